"""Follows in watchlist.yaml: what one may be, how a wrong one is told, and who hears of it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitor import wiring
from monitor.cli.app import app
from monitor.screening.follow import Follow
from tests.installed import SECRET
from tests.settings.folders import SOURCES, WATCHLIST, Folder

GOOD = (
    WATCHLIST
    + """\
follows:
  - id: china-removals
    countries: [CN, HK]
    kinds: [removed]
    words: [forensic science, AI]
    note: why
  - id: unverified
    list: UVL
"""
)


def test_a_follow_is_read_whole(folder: Folder) -> None:
    """What is left out asks for any, on the Entity List; a file may hold follows alone."""
    found = folder.says(watchlist=GOOD).loaded()
    assert wiring.follows(found) == (
        Follow(
            "china-removals", "EL", ("CN", "HK"), ("removed",), ("forensic science", "AI"), "why"
        ),
        Follow("unverified", "UVL"),
    )
    assert folder.says(watchlist="follows:\n  - id: any\n").loaded().watches == ()


@pytest.mark.parametrize(
    ("follow", "told"),
    [
        ("id: Not a slug", "watchlist.yaml:5: follows[0].id: should be a slug"),
        ("id: removal", "watchlist.yaml:5: follows[0].id: should not be a word that routes"),
        ("id: list_changed", "watchlist.yaml:5: follows[0].id: should not be a word that routes"),
        ("id: acme", "watchlist.yaml:5: follows[0].id: must be unique; the watch acme has"),
        ("id: f\n  - id: f", "watchlist.yaml:6: follows[1].id: must be unique; follows[0] has the"),
        ("id: f\n    country: CN", "watchlist.yaml:6: follows[0].country: unknown key"),
        ("id: f\n    countries: [China]", "follows[0].countries[0]: should be a two-letter"),
        ("id: f\n    countries: [CN, CN]", "follows[0].countries: should name each only once"),
        ("id: f\n    kinds: [removal]", "follows[0].kinds[0]: should be"),
        ("id: f\n    words: ['--']", "follows[0].words[0]: should be a word with letters"),
        ("id: f\n    list: el", "did you mean EL?"),
        ("list: EL", "watchlist.yaml:5: follows[0].id: is required"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(folder: Folder, follow: str, told: str) -> None:
    """File, line and key, and what would be right."""
    said = folder.says(watchlist=f"{WATCHLIST}follows:\n  - {follow}\n").told()
    assert any(told in one for one in said), said


def test_config_check_says_who_hears_of_a_follow(tmp_path: Path) -> None:
    """And warns of one of which nobody does."""
    hook = f"webhooks:\n  - id: desk\n    url: http://127.0.0.1:9/x\n    secret: {SECRET}\n"
    Folder(tmp_path).says(
        watchlist=GOOD, sources=SOURCES, monitor=f"{hook}    tags: [china-removals]\n"
    )
    environ = {"MONITOR_DATA_DIR": str(tmp_path / "data")}
    done = CliRunner().invoke(app, ["config", "check", "--config", str(tmp_path)], env=environ)
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert (
        "follow china-removals: Entity List (CN, HK; removed; forensic science, AI), "
        "told to webhook:desk"
    ) in lines
    assert "follow unverified: Unverified List (every change), told to nobody" in lines
    assert any(
        line.startswith("Warning: no channel gets the news of follow unverified") for line in lines
    )
