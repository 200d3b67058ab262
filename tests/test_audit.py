"""The audit: what is found is told, and what was not asked is never taken for sound."""

import hashlib
import json
import re
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from deploy import audit
from deploy.lock import ROOT, pins

HASH = "a" * 64
FOUND = {
    "name": "jinja2",
    "version": "3.1.6",
    "vulns": [
        {
            "id": "PYSEC-2026-1",
            "fix_versions": ["3.1.7", "3.2"],
            "aliases": ["GHSA-aaaa-bbbb-cccc", "CVE-2026-0001"],
        }
    ],
}
SOUND = {"name": "httpx", "version": "0.28.1", "vulns": []}
UNKNOWN = {
    "name": "jinja2",
    "skip_reason": "Dependency not found on PyPI and could not be audited: jinja2 (3.1.6)",
}
UNREACHED = """WARNING:pip_audit._cli:something else
ERROR:pip_audit._cli:Could not connect to PyPI's vulnerability feed
ERROR:pip_audit._cli:Tip: your network may be blocking this service. Try another service
"""
CRASHED = """Traceback (most recent call last):
  File "requests/adapters.py", line 1, in send
requests.exceptions.ProxyError: cannot reach http://me:secret@proxy.example.org:3128
"""
# What pip-audit 2.10 takes; it refuses every other word.
TAKES = {
    "--requirement", "--disable-pip", "--require-hashes", "--format", "--output", "--aliases",
    "--desc", "--progress-spinner", "--cache-dir",
}  # fmt: skip


def answer(*dependencies: object) -> str:
    """What pip-audit prints with `--format json`."""
    return json.dumps({"dependencies": dependencies, "fixes": []})


class Desk:
    """A folder with a lock of two packages, and a PATH on which a pip-audit may be."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "bin"
        self.path.mkdir()
        self.lock = folder / "some.lock"
        self.locks("httpx==0.28.1", "jinja2==3.1.6")

    def locks(self, *requirements: str) -> None:
        """The lock holds these."""
        lines = [f"{one} --hash=sha256:{HASH}\n" for one in requirements]
        self.lock.write_text("".join(lines), encoding="utf-8")

    def tool(self, out: str, *, err: str = "", code: int = 0) -> None:
        """A pip-audit that answers so, and notes what it was asked."""
        program = self.path / "pip-audit"
        program.write_text(
            f"#!{sys.executable} -IS\nimport sys\n"
            f"open({str(self.folder / 'asked')!r}, 'w').write('\\n'.join(sys.argv[1:]))\n"
            f"sys.stdout.write({out!r})\nsys.stderr.write({err!r})\nsys.exit({code})\n",
            encoding="utf-8",
        )
        program.chmod(0o755)

    def audits(self, *words: str, **environ: str) -> int:
        """The command's exit code."""
        asked = ["--lock", str(self.lock), *words]
        return audit.main(asked, {"PATH": str(self.path), **environ})


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk of its own."""
    return Desk(tmp_path)


def test_nothing_known_is_0_and_says_how_many_were_asked(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every package of the lock has an answer of its own."""
    desk.tool(answer(SOUND, {**FOUND, "vulns": []}), err="No known vulnerabilities found\n")
    assert desk.audits() == 0
    assert capsys.readouterr().out == "audited: nothing is known against 2 of 2 packages\n"


def test_it_is_asked_about_this_lock_in_its_own_words(desk: Desk) -> None:
    """Only words that it takes, no installation of what is audited, no files left behind."""
    desk.tool(answer(SOUND, FOUND), code=1)
    desk.audits()
    asked = (desk.folder / "asked").read_text(encoding="utf-8").splitlines()
    assert {word for word in asked if word.startswith("--")} == TAKES
    assert asked[asked.index("--requirement") + 1] == str(desk.lock)
    assert not Path(asked[asked.index("--cache-dir") + 1]).parent.exists()


@pytest.mark.parametrize("may_skip", ["", "1"])
def test_a_vulnerability_is_1_and_a_table(
    desk: Desk, capsys: pytest.CaptureFixture[str], may_skip: str
) -> None:
    """With every name of it and where it is mended; leave to skip is no leave to ignore."""
    desk.tool(answer(SOUND, FOUND), code=1)
    assert desk.audits(AUDIT_MAY_SKIP=may_skip) == 1
    head, row = capsys.readouterr().out.splitlines()
    assert re.split(" {2,}", head) == [
        "package", "version", "advisory", "also known as", "mended in"
    ]  # fmt: skip
    assert re.split(" {2,}", row) == [
        "jinja2", "3.1.6", "PYSEC-2026-1", "CVE-2026-0001 GHSA-aaaa-bbbb-cccc", "3.1.7 3.2"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("out", "err", "code", "why"),
    [
        ("", UNREACHED, 1, "ended with 1: ERROR:pip_audit._cli:Could not connect to PyPI's"),
        ("", CRASHED, 1, "ProxyError: cannot reach http://***@proxy.example.org:3128"),
        ("", "", 1, "no reason given"),
        ("", "usage: pip-audit\npip-audit: error: no such option\n", 2, "no such option"),
        (answer(SOUND, FOUND), "", 3, "ended with 3"),
        ("no JSON", "", 0, "cannot be read"),
        ("[]", "", 0, "cannot be read"),
        ("{}", "", 0, "cannot be read"),
        (answer("httpx"), "", 0, "cannot be read"),
        (answer({"name": "httpx", "version": "0.28.1"}), "", 0, "cannot be read"),
        (answer({**FOUND, "vulns": [{"id": "X", "fix_versions": "3"}]}), "", 1, "cannot be read"),
        (answer(SOUND), "", 0, "no word about 1 of 2 packages: jinja2 3.1.6"),
        (answer(SOUND, UNKNOWN), "No known vulnerabilities found\n", 0, "no word about 1 of 2"),
        (answer(SOUND, {**FOUND, "version": "3.1.5"}), "", 1, "no word about 1 of 2"),
    ],
)
def test_what_was_not_asked_is_2_and_says_why(
    desk: Desk, capsys: pytest.CaptureFixture[str], out: str, err: str, code: int, why: str
) -> None:
    """No way to the service, a crash, an answer of another shape, a package without an answer."""
    desk.tool(out, err=err, code=code)
    assert desk.audits() == 2
    said = capsys.readouterr()
    assert said.err.startswith("not audited: ")
    assert why in said.err
    assert "audited: nothing" not in said.out
    assert desk.audits(AUDIT_MAY_SKIP="0") == 2
    assert desk.audits(AUDIT_MAY_SKIP="1") == 0
    assert "let pass" in capsys.readouterr().err


def test_a_finding_outweighs_a_package_without_an_answer(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both are told."""
    desk.tool(answer(FOUND, {"name": "httpx", "skip_reason": "not found"}), code=1)
    assert desk.audits(AUDIT_MAY_SKIP="1") == 1
    said = capsys.readouterr()
    assert "PYSEC-2026-1" in said.out
    assert said.err == "not audited: no word about 1 of 2 packages: httpx 0.28.1\n"


def test_what_this_platform_does_not_install_is_named(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    """pip-audit leaves out what a marker keeps away, also a second version; nothing else is so."""
    other = "jinja2==3.1.5 ; sys_platform == 'win32'"
    desk.locks("httpx==0.28.1 ; python_version > '2'", other, "jinja2==3.1.6")
    desk.tool(answer({**FOUND, "vulns": []}))
    assert desk.audits() == 0
    assert "so not asked about: httpx 0.28.1, jinja2 3.1.5\n" in capsys.readouterr().out
    desk.tool(answer({**FOUND, "vulns": []}, {"name": "httpx", "skip_reason": "not found"}))
    assert desk.audits() == 2


def test_many_packages_without_an_answer_are_counted(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    """A service that knows none of them does not fill the screen."""
    desk.locks(*(f"package-{number}==1" for number in range(40)))
    desk.tool(answer())
    assert desk.audits() == 2
    said = capsys.readouterr().err
    assert "no word about 40 of 40 packages: package-0 1, " in said
    assert said.endswith("package-9 1 and 30 more\n")


def test_foreign_text_does_not_steer_the_terminal(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    """Advisories are written by others."""
    vuln: dict[str, Any] = {"id": "X\x1b[2J\nall is well", "fix_versions": [], "aliases": []}
    desk.tool(answer(SOUND, {**FOUND, "vulns": [vuln]}), code=1)
    assert desk.audits() == 1
    _, row = capsys.readouterr().out.splitlines()
    assert "\x1b" not in row
    assert row.endswith("-")


def test_a_broken_lock_is_no_reason_to_skip(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """It is a fault of ours, not of the way to the service."""
    desk.lock.write_text("httpx>=0.28\n", encoding="utf-8")
    assert desk.audits(AUDIT_MAY_SKIP="1") == 2
    assert f"{desk.lock}:1: not a pinned and hashed name" in capsys.readouterr().err


# -- the tool itself


def wheel(folder: Path, out: str) -> str:
    """A pip-audit that can be installed and answers so; returns the sha256 of its file."""
    path = folder / "pip_audit-1-py3-none-any.whl"
    info = "pip_audit-1.dist-info"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("pip_audit.py", f"def main() -> None:\n    print({out!r})\n")
        packed.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: pip-audit\nVersion: 1\n")
        packed.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        packed.writestr(
            f"{info}/entry_points.txt", "[console_scripts]\npip-audit = pip_audit:main\n"
        )
        packed.writestr(f"{info}/RECORD", "")
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.slow
def test_without_one_on_path_the_locked_one_is_installed_and_thrown_away(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    """By its hash: another file under the same name is not run, and that is no audit."""
    digest = wheel(desk.folder, answer(SOUND, {**FOUND, "vulns": []}))
    locked = desk.folder / "tool.lock"
    here = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(desk.folder), "PIP_CONFIG_FILE": "/dev/null"}
    here |= {"TMPDIR": str(desk.folder), "HOME": str(desk.folder)}
    locked.write_text(f"pip-audit==1 --hash=sha256:{digest}\n", encoding="utf-8")
    assert desk.audits("--tool-lock", str(locked), **here) == 0
    assert "audited: nothing is known" in capsys.readouterr().out
    locked.write_text(f"pip-audit==1 --hash=sha256:{HASH}\n", encoding="utf-8")
    assert desk.audits("--tool-lock", str(locked), **here) == 2
    assert "not audited: pip-audit cannot be installed: pip ended" in capsys.readouterr().err


def test_the_tools_lock_holds_hashes_and_no_address() -> None:
    """It is held to what the other locks are held to, and is none of the product's."""
    path = ROOT / "requirements-audit.lock"
    assert "://" not in path.read_text(encoding="utf-8")
    assert "pip-audit" in {pin.name for pin in pins(path)}
    for name in ("", "-dev", "-slow", "-build"):
        shipped = pins(ROOT / f"requirements{name}.lock")
        assert "pip-audit" not in {pin.name for pin in shipped}
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert (
        "requirements-audit.lock"
        in re.findall(r"^LOCKS := ((?:.*\\\n)*.*)", makefile, re.MULTILINE)[0]
    )


def test_ci_audits_after_the_check_and_may_skip() -> None:
    """A mirror of packages need not know advisories; a finding still ends the run."""
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert re.search(
        r"^make check\n(.*\n)+AUDIT_MAY_SKIP=1 (timeout \d+ )?make audit$", script, re.MULTILINE
    )
