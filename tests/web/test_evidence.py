"""The evidence of an event: whole, checkable with the usual tools, readable alone."""

import json
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from monitor.cli.app import app
from monitor.errors import UsageError
from monitor.status.evidence import gather, write
from tests.databases import DATABASES
from tests.web.test_pages import Page
from tests.web.world import Site


def suspected(client: TestClient) -> dict[str, object]:
    """The event whose evidence is taken."""
    found: dict[str, object] = client.get("/events?kind=removal_suspected").json()["events"][0]
    return found


def test_the_bundle_proves_itself(lived_in: Site, client: TestClient, tmp_path: Path) -> None:
    """`sha256sum -c` holds, snapshots are named by their own hash, the event is the event."""
    event, out = suspected(client), tmp_path / "evidence.zip"
    names = write(gather(lived_in.service, str(event["id"])), lived_in.service.ledger.bodies, out)
    with ZipFile(out) as bundle:
        assert bundle.testzip() is None
        assert bundle.namelist() == names
        bundle.extractall(tmp_path / "unpacked")
    folder = tmp_path / "unpacked"
    assert json.loads((folder / "event.json").read_text("utf-8")) == event
    bodies = list((folder / "snapshots").iterdir())
    assert len(bodies) == 2
    for body in bodies:
        assert sha256(body.read_bytes()).hexdigest() == body.stem
    assert len(json.loads((folder / "polls.json").read_text("utf-8"))["polls"]) >= 8
    if shutil.which("sha256sum"):
        done = subprocess.run(["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=folder,
                              capture_output=True, text=True, timeout=20, check=True)  # fmt: skip
        assert done.stdout.count(": OK") == len(names) - 1
    assert list(tmp_path.glob("*.part")) == []


def test_the_report_can_be_read_alone(lived_in: Site, client: TestClient, tmp_path: Path) -> None:
    """One file: no script, nothing loaded, everything said."""
    event, out = suspected(client), tmp_path / "evidence.zip"
    write(gather(lived_in.service, str(event["id"])), lived_in.service.ledger.bodies, out)
    with ZipFile(out) as bundle:
        text = bundle.read("report.html").decode()
    page = Page(text.strip())
    assert "script" not in page.tags
    assert page.loads == []
    for said in ("may have left the Entity List", "sha256sum -c SHA256SUMS", "Entry before",
                 "Polls around the event", str(event["id"])):  # fmt: skip
        assert said in text


def test_bytes_that_are_gone_are_named(site: Site, tmp_path: Path) -> None:
    """The bundle is made without them, and says so."""
    event = site.check().events[0]
    sha = next(witness.snapshot for witness in event.witnesses if witness.snapshot)
    site.service.ledger.bodies.drop(sha)
    evidence = gather(site.service, event.id)
    assert evidence.missing == (sha,)
    names = write(evidence, site.service.ledger.bodies, tmp_path / "e.zip")
    assert not [name for name in names if sha in name]
    assert sha in ZipFile(tmp_path / "e.zip").read("report.html").decode()


def test_an_unknown_event_is_refused(site: Site) -> None:
    """There is nothing to gather."""
    with pytest.raises(UsageError):
        gather(site.service, "ev_0")


def test_the_command(site: Site, tmp_path: Path) -> None:
    """`export EVENT --out FILE` writes it; a folder that is not there is an error in words."""
    event, out = site.check().events[0].id, tmp_path / "out.zip"
    data = site.world.folder / "data"
    environ = {"MONITOR_DATA_DIR": str(data), **DATABASES.environment(data)}
    config = ["--config", str(site.world.folder)]
    done = CliRunner().invoke(app, [*config, "export", event, "--out", str(out)], env=environ)
    assert (done.exit_code, out.is_file()) == (0, True)
    assert "sha256sum -c" in done.stdout
    away = [*config, "export", event, "--out", str(tmp_path / "no" / "out.zip"), "--json"]
    done = CliRunner().invoke(app, away, env=environ)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "cannot be written" in done.stderr
    done = CliRunner().invoke(app, [*config, "export", "ev_0", "--out", str(out)], env=environ)
    assert done.exit_code == 2
