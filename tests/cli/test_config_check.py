"""`config check`: how many watches came from which file, and which lines gave none."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitor.cli.app import app
from monitor.screening.words.labels import NO_CHANNEL
from tests.settings.folders import SOURCES, WATCHLIST, Folder

RUN = CliRunner()
UNREAD = (
    "The Entity List has not been read yet: entity-monitor check reads it, and then this command "
    "says which lines are listed."
)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A folder with one watch in YAML and a table beside it."""
    Folder(tmp_path).says(watchlist=WATCHLIST, sources=SOURCES)
    (tmp_path / "watchlist.csv").write_text(
        "No;Vendor;Country\n1;Bee Trading;Atlantis\n2;X;CN\n3;acme trading;CN\n", "utf-8"
    )
    return tmp_path


def run(config: Path, *options: str) -> tuple[int, str]:
    data = {"MONITOR_DATA_DIR": str(config / "data")}
    done = RUN.invoke(app, ["config", "check", "--config", str(config), *options], env=data)
    return done.exit_code, done.stdout


def test_it_names_files_and_lines(config: Path) -> None:
    """A person can mend the table with it, and see which column was taken."""
    code, out = run(config)
    table = f"{config}/watchlist.csv"
    assert code == 0
    assert out.splitlines() == [
        f"{config}/watchlist.yaml: 1 watch",
        f"{table}: 1 watch (names from the column “Vendor”)",
        f"{table}: columns that are not used: No",
        f"{table}:2: Country: should be a country or its two-letter code, such as CN; left out",
        f"{table}:3: Vendor: should be a name of at least 3 letters or digits (line skipped)",
        f"{table}:4: Vendor: is watched on EL already; acme has the same name (line skipped)",
        "watchlist.csv: 1 not read yet",
        UNREAD,
        f"{config}: 2 watches, sources , 0 channels. 2 lines skipped.",
        NO_CHANNEL,
    ]


def test_json_is_one_document(config: Path) -> None:
    """For programs that keep the list."""
    code, out = run(config, "--json")
    assert code == 0
    found = json.loads(out)
    assert (found["watches"], [one["watches"] for one in found["watch_files"]]) == (2, [1, 1])
    assert [one["line"] for one in found["watch_files"][1]["skipped"]] == [3, 4]


def test_a_wrong_file_ends_with_two(config: Path) -> None:
    """On stderr, with nothing on stdout."""
    (config / "watchlist.csv").write_text("No;Country\n1;CN\n", "utf-8")
    code, out = run(config)
    assert (code, out) == (2, "")
