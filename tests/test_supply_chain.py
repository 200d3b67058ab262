"""What the product is made of, and what is known against it: `make sbom` and `make audit`."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
FLAW = {
    "id": "GHSA-aaaa-bbbb-cccc",
    "summary": "invented",
    "affected": [
        {
            "package": {"name": "jinja2", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "999"}]}],
        }
    ],
}


def locked(name: str) -> dict[str, str]:
    """Name to version of everything in a lock."""
    lock = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9][a-z0-9._-]*)==([^ ;\\]+)", lock, re.MULTILINE))


def make(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Runs make as from a shell of its own."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(
        ["make", *words], cwd=ROOT, env={**env, **environ}, text=True, capture_output=True,
        timeout=300, check=False,
    )  # fmt: skip


@contextmanager
def advisories(*flawed: str) -> Iterator[dict[str, str]]:
    """An advisory service with a flaw in these packages; yields what makes pip-audit ask it."""

    class Osv(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            found = {"vulns": [FLAW]} if query["package"]["name"] in flawed else {}
            body = json.dumps(found).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Osv) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield asking(server.server_port)
        server.shutdown()


def asking(port: int) -> dict[str, str]:
    """The environment in which pip-audit asks this machine, without a proxy between."""
    return {
        "PIP_AUDIT_VULNERABILITY_SERVICE": "osv",
        "PIP_AUDIT_OSV_URL": f"http://127.0.0.1:{port}/v1/query",
        "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1",
    }  # fmt: skip


@pytest.mark.slow
def test_the_bill_of_materials_names_every_locked_package(tmp_path: Path) -> None:
    """Validated by the tool against CycloneDX's schema; the same lock gives the same bytes."""
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    for out in (first, second):
        done = make("sbom", f"OUT={out}")
        assert done.returncode == 0, done.stderr
    assert first.read_bytes() == second.read_bytes()
    bill = json.loads(first.read_text(encoding="utf-8"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert bill["metadata"]["component"]["name"] == "entity-list-monitor"
    assert bill["metadata"]["component"]["version"]
    assert {one["name"]: one["version"] for one in bill["components"]} == locked(
        "requirements.lock"
    )
    assert all(one["externalReferences"][0]["hashes"] for one in bill["components"])


@pytest.mark.slow
@pytest.mark.parametrize("may_skip", ["", "1"])
def test_a_known_vulnerability_fails_the_audit(may_skip: str) -> None:
    """Leave to skip is no leave to ignore; without one the audit passes and skips nothing."""
    with advisories("jinja2") as asked:
        done = make("audit", AUDIT_MAY_SKIP=may_skip, **asked)
    assert done.returncode != 0
    assert "jinja2" in done.stdout
    assert "GHSA-aaaa-bbbb-cccc" in done.stdout
    with advisories() as asked:
        done = make("audit", AUDIT_MAY_SKIP=may_skip, **asked)
    assert done.returncode == 0, done.stderr
    assert "NOT AUDITED" not in done.stderr


@pytest.mark.slow
def test_an_audit_without_an_answer_passes_only_by_leave() -> None:
    """And never in silence."""
    with advisories() as asked:
        pass  # the port is closed again
    assert make("audit", AUDIT_MAY_SKIP="", **asked).returncode != 0
    done = make("audit", AUDIT_MAY_SKIP="1", **asked)
    assert done.returncode == 0
    assert "NOT AUDITED" in done.stderr


def test_the_audit_tools_are_no_part_of_the_product() -> None:
    """Their lock is their own, so they hold back no version that the product wants."""
    tools = locked("requirements-audit.lock")
    assert {"cyclonedx-bom", "pip-audit"} <= tools.keys()
    for name in ("requirements.lock", "requirements-dev.lock", "requirements-build.lock"):
        assert not {"cyclonedx-bom", "pip-audit"} & locked(name).keys()


def test_ci_audits_by_leave_to_skip() -> None:
    """A mirror of packages need not know advisories; a finding still ends the run."""
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert re.search(r"^AUDIT_MAY_SKIP=1 (timeout \d+ )?make audit$", script, re.MULTILINE)
