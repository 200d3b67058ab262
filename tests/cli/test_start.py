"""What the service loads before it is ready: nothing that a command or a first poll alone needs."""

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitor.cli.app import COMMANDS, app

LATER = (
    "alembic", "apprise", "jinja2", "monitor.doctor",
    "monitor.replay.scenario", "monitor.screening.acts.clauses",
)  # fmt: skip
ONLY_READS = (
    "import sys\nfrom monitor.__main__ import main\n"
    "sys.argv = ['entity-monitor', 'status', '--json']\n"
    "try:\n    main()\nexcept SystemExit:\n    print(*sys.modules)"
)
FOR_OTHERS = (
    "httpx", "rich", "uvicorn", "fastapi", "apprise", "jinja2", "apscheduler", "monitor.poll",
    "monitor.deliver", "monitor.judging.list_look", "monitor.sources.ecfr.table",
)  # fmt: skip
SERVES = (
    "import sys, monitor.cli.app, monitor.logs, monitor.upkeep.retention\n"
    "import monitor.schedule, monitor.web.app\n"
    "print(*sys.modules)"
)


@pytest.mark.slow
def test_a_start_loads_nothing_that_can_wait() -> None:
    """Each of these costs a tenth of a second or more, and is loaded where it is used."""
    done = subprocess.run(
        [sys.executable, "-c", SERVES],
        capture_output=True, check=True, cwd=Path(__file__).parents[2], text=True, timeout=120,
    )  # fmt: skip
    loaded = set(done.stdout.split())
    assert "monitor.web.app" in loaded
    assert loaded.isdisjoint(LATER)


@pytest.mark.slow
def test_a_command_that_reads_loads_nothing_that_polls(tmp_path: Path) -> None:
    """Half of what a start costs is code; `status` needs no source, no channel and no page."""
    (tmp_path / "watchlist.yaml").write_text("watches: [{id: acme, name: Acme Trading}]", "utf-8")
    places = {"MONITOR_CONFIG_DIR": str(tmp_path), "MONITOR_DATA_DIR": str(tmp_path / "data")}
    run = partial(
        subprocess.run, [sys.executable, "-c", ONLY_READS], env={**os.environ, **places},
        capture_output=True, check=True, cwd=Path(__file__).parents[2], text=True, timeout=120,
    )  # fmt: skip
    run()
    loaded = set(run().stdout.split())
    assert "monitor.status.status" in loaded
    assert sorted(loaded.intersection(FOR_OTHERS)) == []


def test_every_command_is_found_by_its_name() -> None:
    """In the help, and as what a misspelled one may have meant."""
    shown = CliRunner().invoke(app, ["--help"]).stdout
    assert [name for name in COMMANDS if f"\n  {name} " not in shown] == []
    assert "Did you mean 'status'?" in CliRunner().invoke(app, ["statu"]).output
