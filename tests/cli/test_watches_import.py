"""`watches import`: what it prints, how it ends, and what the service then watches."""

import json
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitor.cli.app import app
from monitor.settings.load import load_watches
from tests.settings.folders import WATCHLIST

RUN = CliRunner()


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A folder with one watch."""
    (tmp_path / "watchlist.yaml").write_text(WATCHLIST, "utf-8")
    return tmp_path


def run(config: Path, rows: str, *options: str) -> tuple[int, str, str]:
    """The exit code, stdout and stderr of an import."""
    file = config / "new.csv"
    file.write_text(f"id,name\n{rows}", "utf-8")
    done = RUN.invoke(app, ["watches", "import", str(file), "--config", str(config), *options])
    return done.exit_code, done.stdout, done.stderr


def test_it_says_what_it_added_and_what_was_there(config: Path) -> None:
    """And that a running service must be started again to watch them."""
    code, out, _ = run(config, "acme,Acme Trading\nother,Other Trading\n")
    assert code == 0
    assert out.splitlines() == [
        f"{config}/new.csv:2: acme is watched just so already.",
        f"1 watch added to {config}/watchlist.yaml, which holds 2.",
        "A running service takes them up when it is started again.",
    ]


def test_a_dry_run_says_what_would_be(config: Path) -> None:
    """In the conditional, and with nothing written."""
    code, out, _ = run(config, "b,Bee Trading\nc,Cee Trading\n", "--dry-run")
    assert (code, out) == (
        0,
        f"2 watches would be added to {config}/watchlist.yaml, which would hold 3.\n",
    )
    assert (config / "watchlist.yaml").read_text("utf-8") == WATCHLIST


def test_json_is_one_document(config: Path) -> None:
    """For programs that keep the list."""
    code, out, _ = run(config, "acme,Acme Trading\nother,Other Trading\n", "--json")
    assert code == 0
    assert json.loads(out) == {
        "watchlist": f"{config}/watchlist.yaml",
        "dry_run": False,
        "added": ["other"],
        "already": [{"line": 2, "id": "acme"}],
        "watches": 2,
    }


def test_wrong_files_end_with_two(config: Path) -> None:
    """Each problem on a line of its own, on stderr."""
    code, out, err = run(config, "Bee,B\n")
    assert (code, out) == (2, "")
    assert [line.split(": ")[:2] for line in err.splitlines()] == [
        [f"{config}/new.csv:2", "id"],
        [f"{config}/new.csv:2", "name"],
    ]


@pytest.mark.slow
def test_very_many_come_in_within_bounds(config: Path) -> None:
    """Twenty thousand rows take about four times what five thousand take, and are all there."""
    took = []
    for count in (5_000, 20_000):
        (config / "watchlist.yaml").write_text(WATCHLIST, "utf-8")
        rows = "".join(f"w{at},Watched Party Number {at}\n" for at in range(count))
        start = time.process_time()
        code, _, err = run(config, rows)
        took.append(time.process_time() - start)
        assert (code, err) == (0, "")
        assert len(load_watches(config / "watchlist.yaml", {})) == count + 1
    assert took[1] < 10 * took[0]
