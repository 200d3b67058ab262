"""What the ledger has kept becomes a scenario, and comes out the same when it is played."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from monitor import wiring
from monitor.errors import UsageError
from monitor.poll import check
from monitor.replay.configured import settings_for
from monitor.replay.player import Clock, play
from monitor.replay.recorder import record
from monitor.replay.scenario import Scenario, read_scenario
from monitor.replay.shipped import find
from monitor.replay.stage import Stage
from monitor.service import Parts
from monitor.settings import Settings


@contextmanager
def lived(scenario: Scenario, folder: Path) -> Iterator[tuple[Settings, Parts, list[str]]]:
    """A ledger that has really been through a scenario, and the kinds it told."""
    clock = Clock(scenario.begins)
    stage = Stage(scenario, clock, folder)
    found = settings_for(scenario, folder / "data")
    told: list[str] = []
    with wiring.build(found, clock, stage.https) as parts:
        for step in scenario.steps:
            clock.now = step.at
            for deed in step.do:
                stage.does(deed)
            told += [event.kind.value for event in check(parts).events]
        yield found, parts, told


@pytest.mark.parametrize("name", ["november-2023", "2022-09-moved-urls", "2026-10-mass-removal"])
def test_a_recording_comes_out_as_the_original(name: str, tmp_path: Path) -> None:
    """The same decisions from the same bytes: acts, faults and quarantine included."""
    scenario = read_scenario(find(name))
    with lived(scenario, tmp_path) as (found, parts, told):
        kept = record(parts, found, scenario.begins, scenario.steps[-1].at, tmp_path / "out")
    assert kept.gaps == []
    again = read_scenario(tmp_path / "out" / "scenario.yaml")
    played = play(again, tmp_path / "out", database_url="sqlite:///:memory:")
    decided = [one for one in told if one.startswith(("baseline", "removal", "snapshot"))]
    came = [event.kind.value for event in played.events]
    assert [one for one in came if one.startswith(("baseline", "removal", "snapshot"))] == decided


def test_a_recording_of_a_part_begins_with_what_was_shown_before(tmp_path: Path) -> None:
    """From the day of the filing on: a baseline, then the story."""
    scenario = read_scenario(find("november-2023"))
    begins, ends = scenario.steps[1].at, scenario.steps[-1].at
    with lived(scenario, tmp_path) as (found, parts, _):
        record(parts, found, begins, ends, tmp_path / "out")
    again = read_scenario(tmp_path / "out" / "scenario.yaml")
    played = play(again, tmp_path / "out", database_url="sqlite:///:memory:")
    assert [event.kind.value for event in played.events] == [
        "baseline", "removal_announced", "removal_confirmed",
    ]  # fmt: skip


def test_a_body_that_is_no_longer_kept_is_named(tmp_path: Path) -> None:
    """It is left out and said so, never invented."""
    scenario = read_scenario(find("2019-03-no-metadata"))
    with lived(scenario, tmp_path) as (found, parts, _):
        with parts.ledger.reading() as reading:
            sha = next(one.sha256 for one in reading.snapshots() if one.source == "csl")
        parts.ledger.bodies.drop(sha)
        kept = record(parts, found, scenario.begins, scenario.steps[-1].at, tmp_path / "out")
    assert any("its body is no longer kept" in gap for gap in kept.gaps)


def test_nothing_to_record_and_nowhere_to_write_are_refused(tmp_path: Path) -> None:
    """A period without polls; a folder that holds something."""
    scenario = read_scenario(find("2019-03-no-metadata"))
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").touch()
    with lived(scenario, tmp_path) as (found, parts, _):
        with pytest.raises(UsageError, match="is not an empty folder"):
            record(parts, found, scenario.begins, scenario.steps[-1].at, tmp_path / "full")
        with pytest.raises(UsageError, match="nothing was polled"):
            record(parts, found, scenario.steps[-1].at.replace(year=2030),
                   scenario.begins.replace(year=2031), tmp_path / "out")  # fmt: skip
