"""Asks whether known vulnerabilities concern what `requirements.lock` pins, by way of pip-audit.

`python -m deploy.audit`: 0 when nothing is known against any package that this platform installs, 1
with a table when something is, 2 with the reason when it could not be asked; `AUDIT_MAY_SKIP=1`
turns the 2 into 0, never the 1. The tool is the `pip-audit` on PATH; without one, that of
`requirements-audit.lock`, installed into an environment that is thrown away. It refuses to call a
package sound that the advisory service did not know: pip-audit itself calls such a run a good one.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.lock import LOCK, ROOT, Pin, Unusable, canonical, pins

TOOL_LOCK = ROOT / "requirements-audit.lock"
LIMIT = 60.0  # seconds, for the installation and for the questions each
SHOWN = 10  # packages named in a reason before it is cut short


class NotAudited(Exception):
    """The question could not be asked, or was not answered; says why."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One advisory about one pinned package; `mended` are the versions without the fault."""

    name: str
    version: str
    advisory: str
    aliases: tuple[str, ...]
    mended: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What pip-audit said of a lock: what it found, and about which pins it said nothing.

    `elsewhere` are pins that this platform does not install, so that it was not asked about them.
    """

    findings: tuple[Finding, ...]
    unanswered: tuple[str, ...]
    elsewhere: tuple[str, ...]


# -- reading the answer


def judged(locked: Sequence[Pin], text: str) -> Answer:
    """The answer in pip-audit's JSON, held against the pins; raises NotAudited."""
    try:
        said = {canonical(one["name"]): one for one in json.loads(text)["dependencies"]}
        found = {pin: _told(pin, said) for pin in locked}
        silent = [pin for pin in locked if found[pin] is None]
        away = [pin for pin in silent if _elsewhere(pin, locked, said)]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise NotAudited(f"pip-audit's answer cannot be read: {error!r}") from error
    return Answer(
        tuple(finding for one in found.values() for finding in one or ()),
        tuple(f"{pin.name} {pin.version}" for pin in silent if pin not in away),
        tuple(f"{pin.name} {pin.version}" for pin in away),
    )


def _told(pin: Pin, said: Mapping[str, Any]) -> tuple[Finding, ...] | None:
    """What was found about a pin; None where nothing was said of this very version."""
    one = said.get(pin.name)
    if one is None or "skip_reason" in one or one["version"] != pin.version:
        return None
    return tuple(
        Finding(pin.name, pin.version, str(vuln["id"]),
                _words(vuln.get("aliases", [])), _words(vuln["fix_versions"]))
        for vuln in one["vulns"]
    )  # fmt: skip


def _elsewhere(pin: Pin, locked: Sequence[Pin], said: Mapping[str, Any]) -> bool:
    """Whether its marker kept it, or left the place to the same package in another version."""
    one = said.get(pin.name, {"version": ""})
    others = {other.version for other in locked if other.name == pin.name} - {pin.version}
    return bool(pin.marker) and one.get("version") in {"", *others}


def _words(given: object) -> tuple[str, ...]:
    if not isinstance(given, list):
        raise TypeError(f"no list: {given!r}")
    return tuple(sorted(map(str, given)))


# -- asking


def reason(program: str, done: subprocess.CompletedProcess[str]) -> str:
    """Why a program failed, in one line of its own: its first error, else its last line."""
    lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
    why = [line for line in lines if line.startswith("ERROR")] or lines[-1:] or ["no reason given"]
    return f"{program} ended with {done.returncode}: {why[0]}"


def run(words: Sequence[str], environ: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """A program's end and all that it said; raises NotAudited when it does not come to one."""
    program = Path(words[0]).name
    try:
        return subprocess.run(  # noqa: S603 - our own words and no shell
            words, env=dict(environ), capture_output=True, text=True, errors="replace",
            stdin=subprocess.DEVNULL, timeout=LIMIT, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise NotAudited(f"{program} did not end within {LIMIT:.0f} s") from error
    except OSError as error:
        raise NotAudited(f"{program} cannot be run: {error}") from error


def tool(lock: Path, folder: Path, environ: Mapping[str, str]) -> str:
    """The pip-audit on PATH, else one installed from `lock` into `folder`; raises NotAudited."""
    found = shutil.which("pip-audit", path=environ.get("PATH"))
    if found is not None:
        return found
    venv.create(folder, with_pip=False, symlinks=True)
    done = run(
        [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python"), "install",
         "--quiet", "--disable-pip-version-check", "--only-binary", ":all:", "--require-hashes",
         "--requirement", str(lock)],
        environ,
    )  # fmt: skip
    if done.returncode != 0:
        raise NotAudited(f"pip-audit cannot be installed: {reason('pip', done)}")
    return str(folder / "bin" / "pip-audit")


def ask(program: str, lock: Path, cache: Path, environ: Mapping[str, str]) -> str:
    """What pip-audit prints about a lock; raises NotAudited.

    It ends with 1 when it has found something and when it has failed: only its answer tells which.
    """
    done = run(
        [program, "--requirement", str(lock), "--disable-pip", "--require-hashes",
         "--format", "json", "--output", "-", "--aliases", "on", "--desc", "off",
         "--progress-spinner", "off", "--cache-dir", str(cache)],
        environ,
    )  # fmt: skip
    if done.returncode not in {0, 1} or not done.stdout.strip():
        raise NotAudited(reason("pip-audit", done))
    return done.stdout


def audit(lock: Path, tool_lock: Path, environ: Mapping[str, str]) -> tuple[int, Answer]:
    """How many packages the lock has, and what is known of them; raises NotAudited, Unusable."""
    locked = pins(lock)
    with tempfile.TemporaryDirectory(prefix="audit-") as name:
        program = tool(tool_lock, Path(name) / "environment", environ)
        text = ask(program, lock, Path(name) / "cache", environ)
    return len(locked), judged(locked, text)


# -- telling


def plain(text: str) -> str:
    """Foreign text for a terminal: no control characters, no credentials of an address."""
    shown = re.sub(r"://[^/@\s]*@", "://***@", text)
    return "".join(letter if letter.isprintable() else " " for letter in shown)


def table(findings: Iterable[Finding]) -> str:
    """The findings in columns."""
    rows = [("package", "version", "advisory", "also known as", "mended in")]
    rows += [
        (one.name, one.version, one.advisory, " ".join(one.aliases), " ".join(one.mended) or "-")
        for one in findings
    ]
    shown = [[plain(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in shown
    )


def some(names: Sequence[str]) -> str:
    """The first of many names, and how many more there are."""
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def told(count: int, answer: Answer) -> None:
    """Prints what is known; raises NotAudited when that is nothing of some package."""
    if answer.elsewhere:
        print(f"not for this platform, so not asked about: {some(answer.elsewhere)}")
    if answer.findings:
        print(table(answer.findings))
    if answer.unanswered:
        missing = f"{len(answer.unanswered)} of {count} packages"
        raise NotAudited(f"no word about {missing}: {some(answer.unanswered)}")
    if not answer.findings:
        asked = count - len(answer.elsewhere)
        print(f"audited: nothing is known against {asked} of {count} packages")


def main(words: Sequence[str] | None = None, environ: Mapping[str, str] = os.environ) -> int:
    """The exit code, after all is said."""
    parser = argparse.ArgumentParser(prog="audit", description="known vulnerabilities of a lock")
    parser.add_argument("--lock", type=Path, default=LOCK, help="the lock (%(default)s)")
    parser.add_argument("--tool-lock", type=Path, default=TOOL_LOCK, help="pip-audit's own lock")
    asked = parser.parse_args(words)
    found = False
    try:
        count, answer = audit(asked.lock, asked.tool_lock, environ)
        found = bool(answer.findings)
        told(count, answer)
    except (NotAudited, Unusable) as error:
        may_skip = isinstance(error, NotAudited) and environ.get("AUDIT_MAY_SKIP") == "1"
        passed = " (let pass, for AUDIT_MAY_SKIP is 1)" if may_skip and not found else ""
        sys.stdout.flush()
        print(plain(f"not audited: {error}{passed}"), file=sys.stderr)
        return 1 if found else 0 if may_skip else 2
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
