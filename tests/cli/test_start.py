"""What the service loads before it is ready: nothing that a command or a first poll alone needs."""

import subprocess
import sys
from pathlib import Path

import pytest

LATER = (
    "alembic", "apprise", "jinja2", "monitor.doctor",
    "monitor.replay.scenario", "monitor.screening.acts.clauses",
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
