"""Reading the past of the whole list: right to the day, resumable, quiet, and never twice."""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitor.cli.app import app
from monitor.errors import SourceFault, UsageError
from monitor.history.backfill import Backfilled, backfill
from monitor.ledger.records import ListChange
from monitor.screening.entry import Entry
from monitor.status.export.rows import Days, gaps, listed_rows
from monitor.status.search import entries_on
from tests.databases import DATABASES
from tests.dated_world import (
    Monitor,
    at,
    idle_versions,
    monitor_over,
    names,
    versions_asked,
    write_config,
)
from tests.extent import so_many
from tests.upstream.ecfr_xml import appendix
from tests.upstream.parties import INSTITUTE, canaries, filler
from tests.upstream.server import Upstream
from tests.upstream.wire import XML

START = date(2017, 1, 3)
TODAY = date(2017, 12, 4)
NEXT = date(2017, 12, 18)
Change = tuple[str, str, str]
"""Date, kind, name."""


@dataclass
class Story:
    """A list that lives: versions with additions, removals and amendments, and what they were."""

    up: Upstream
    days: list[date] = field(default_factory=list)
    truth: set[Change] = field(default_factory=set)

    def told(self, *, versions: int, entries: int, seed: int = 1) -> "Story":
        """Every version adds, removes and amends a few; some removed come back under a new rule."""
        chance, pool = random.Random(seed), self._parties(entries + versions * 3)
        listed, waiting, gone = pool[:entries], pool[entries:], list[Entry]()
        self.up.lists(*canaries(), *listed, on=START)
        self.days = [START + timedelta(days=20 * step) for step in range(versions)]
        for number, day in enumerate(self.days[1:]):
            for entry in chance.sample(listed, 2):
                listed.remove(entry)
                gone.append(entry)
                self._happens(day, "removed", entry)
                self.up.delists(entry.name, csl=False, ecfr=day)
            new = [waiting.pop() for _ in range(chance.randrange(3))]
            if number % 4 == 3:
                back = gone.pop(0)
                new.append(replace(back, citations=(*back.citations, f"99 FR {number}")))
            for entry in chance.sample(listed, 1):
                changed = replace(entry, addresses=(*entry.addresses, f"Dock {number}, Pier Road"))
                listed[listed.index(entry)] = changed
                self._happens(day, "amended", entry)
                self.up.amends(entry.name, csl=False, ecfr=day, addresses=changed.addresses)
            for entry in new:
                listed.append(entry)
                self._happens(day, "added", entry)
            if new:
                self.up.lists(*new, on=day, csl=False)
        return self

    def _parties(self, count: int) -> list[Entry]:
        """Parties that share neither citation nor address, so that none is another's successor."""
        return [
            replace(one, citations=(f"82 FR {at + 1}",), addresses=(f"Yard {at}, Long Street",))
            for at, one in enumerate(filler(count))
        ]

    def _happens(self, day: date, kind: str, entry: Entry) -> None:
        self.truth.add((day.isoformat(), kind, entry.name))


@pytest.fixture
def story() -> Iterator[Story]:
    """Sixteen versions of a list of thirty-three, served."""
    with Upstream(TODAY) as up:
        yield Story(up).told(versions=16, entries=30)


def changes_of(monitor: Monitor) -> list[ListChange]:
    """Every change in the ledger, page by page as a reader would."""
    found: list[ListChange] = []
    with monitor.service.ledger.reading() as reading:
        while page := reading.changes(list_="EL", before=found[-1].id if found else None, limit=7):
            found += page
    return found


def truth_of(changes: list[ListChange]) -> set[Change]:
    """The changes as the story tells them."""
    assert all(change.source == "ecfr" for change in changes)
    sides = [(change, change.before or change.after) for change in changes]
    return {(one.on_date, one.kind, side.name) for one, side in sides if side is not None}


def listed_on(monitor: Monitor, day: date) -> set[str]:
    """The names on the list of a day, as the ledger has it."""
    with monitor.service.ledger.reading() as reading:
        return {one.name for one in entries_on(reading, "EL", day.isoformat())}


def true_names(up: Upstream, day: date) -> set[str]:
    """The names on the list of a day, as the world has it."""
    return {row.entry.name for row in up.ecfr.rows_on(day) if row.entry is not None}


def runs(monitor: Monitor, since: date | None = None) -> Backfilled:
    """One backfill without a bar."""
    return backfill(monitor.service, since, lambda *_: None)


def holds_the_truth(monitor: Monitor, story: Story) -> None:
    """Every change and none beside, newest first, and the right list on every kind of day."""
    changes = changes_of(monitor)
    assert truth_of(changes) == story.truth
    assert len(changes) == len(story.truth)
    assert [change.on_date for change in changes] == sorted(
        (c.on_date for c in changes), reverse=True
    )
    for day in random.Random(2).sample(story.days, 8):
        for moment in (day - timedelta(days=1), day, day + timedelta(days=9)):
            if moment >= START:
                assert listed_on(monitor, moment) == true_names(story.up, moment), moment


@pytest.mark.slow
def test_every_change_is_found_and_none_invented(story: Story, tmp_path: Path) -> None:
    """Additions, removals, amendments with their dates; no event of it; run again, nothing."""
    folder = write_config(tmp_path / "config", story.up, sources=("ecfr",))
    with monitor_over(folder, tmp_path / "data", at(TODAY)) as monitor:
        assert names(monitor.looks()) == ["baseline"]
        done = runs(monitor)
        holds_the_truth(monitor, story)
        assert done.versions == len(story.days)
        assert done.since == START.isoformat()
        assert sum(done.changes.values()) == len(story.truth)
        with monitor.service.ledger.reading() as reading:
            assert len(reading.events()) == 1
        asked = len(versions_asked(story.up))
        again = runs(monitor)
        assert (again.versions, len(versions_asked(story.up))) == (0, asked)
        assert len(changes_of(monitor)) == len(story.truth)


@pytest.mark.slow
def test_what_polls_saw_stays_and_is_joined(story: Story, tmp_path: Path) -> None:
    """A change that a poll saw is told once, an entry that goes on is one entry with one date."""
    folder = write_config(tmp_path / "config", story.up, sources=("ecfr",))
    with monitor_over(folder, tmp_path / "data", at(TODAY)) as monitor:
        monitor.looks()
        stayed = true_names(story.up, START) & true_names(story.up, story.days[-1])
        survivor = sorted(stayed)[5]
        monitor.moves_to(at(NEXT))
        story.up.moves_clock(NEXT)
        story.up.delists(survivor, csl=False, ecfr=NEXT)
        monitor.looks()
        story.truth.add((NEXT.isoformat(), "removed", survivor))
        runs(monitor)
        holds_the_truth(monitor, story)
        assert survivor in listed_on(monitor, NEXT - timedelta(days=1))
        assert survivor not in listed_on(monitor, NEXT)


@pytest.mark.slow
def test_from_a_date_and_then_from_the_beginning(story: Story, tmp_path: Path) -> None:
    """`--since` reads from the text of that day; an earlier start adds only what came before."""
    folder = write_config(tmp_path / "config", story.up, sources=("ecfr",))
    since = story.days[8] + timedelta(days=4)
    with monitor_over(folder, tmp_path / "data", at(TODAY)) as monitor:
        monitor.looks()
        assert runs(monitor, since).since == since.isoformat()
        assert listed_on(monitor, since) == true_names(story.up, since)
        with pytest.raises(UsageError, match="is known; `entity-monitor backfill`"):
            listed_on(monitor, since - timedelta(days=1))
        later = {one for one in story.truth if one[0] > since.isoformat()}
        assert truth_of(changes_of(monitor)) == later
        runs(monitor)
        holds_the_truth(monitor, story)


@pytest.mark.slow
def test_killed_in_the_middle_it_goes_on(story: Story, tmp_path: Path) -> None:
    """The command, killed: at most one version is asked for twice, and the truth is the same."""
    folder, data = write_config(tmp_path / "config", story.up, sources=("ecfr",)), tmp_path / "data"
    with monitor_over(folder, data, at(TODAY)) as monitor:
        monitor.looks()
    before = len(versions_asked(story.up))
    dies_at_version(story.up, folder, data, before + 6)
    killed = [one.path for one in versions_asked(story.up)[before:]]
    assert 6 <= len(killed) < 16
    with monitor_over(folder, data, at(TODAY)) as monitor:
        assert 0 < len(changes_of(monitor)) < len(story.truth)
        runs(monitor)
        holds_the_truth(monitor, story)
    resumed = [one.path for one in versions_asked(story.up)[before + len(killed) :]]
    assert len(set(killed) & set(resumed)) <= 1
    assert len(resumed) == len(set(resumed))


def dies_at_version(up: Upstream, folder: Path, data: Path, count: int) -> None:
    """The command is killed once so many versions were asked for in all."""
    up.ecfr.hangs(0.03, on="/full/")
    process = subprocess.Popen(
        [sys.executable, "-m", "monitor", "backfill", "--config", str(folder)],
        env={**os.environ, "MONITOR_DATA_DIR": str(data)}, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        waited = time.monotonic() + 120
        while len(versions_asked(up)) < count and time.monotonic() < waited:
            time.sleep(0.005)
            assert process.poll() is None
    finally:
        process.kill()
        process.wait(10)
        up.ecfr.recovers()


@pytest.mark.slow
def test_a_host_that_fails_stops_it_and_it_goes_on(story: Story, tmp_path: Path) -> None:
    """What was read is kept; a cut version and a missing one are passed over, and named."""
    folder = write_config(tmp_path / "config", story.up, sources=("ecfr",))
    up = story.up
    with monitor_over(folder, tmp_path / "data", at(TODAY)) as monitor:
        monitor.looks()
        up.ecfr.answers(429, retry_after=600, on=f"/full/{story.days[8]}")
        with pytest.raises(SourceFault):
            runs(monitor)
        kept = len(changes_of(monitor))
        assert kept == sum(1 for one in story.truth if one[0] < story.days[8].isoformat())
        with (
            monitor.service.ledger.reading() as reading,
            pytest.raises(UsageError, match=f"from {story.days[8]} until .* goes on there"),
        ):
            listed_rows(reading, "EL", Days(START.isoformat()))
        up.ecfr.recovers()
        rows = up.ecfr.rows_on(story.days[10])
        up.ecfr.serves(appendix(rows[:12]), XML, on=f"/full/{story.days[10]}")
        done = runs(monitor)
        assert [one.on for one in done.unread] == [story.days[10]]
        with monitor.service.ledger.reading() as reading:
            assert list(listed_rows(reading, "EL", Days(START.isoformat())))
            (said,) = gaps(reading, "EL", Days(START.isoformat()))
            assert said.startswith(f"the list from {story.days[10]} until {story.days[11]} is unkn")
            assert gaps(reading, "EL", Days(story.days[11].isoformat())) == []
        found = truth_of(changes_of(monitor))
        moved = {story.days[10].isoformat(): story.days[11].isoformat()}
        late = {(moved.get(day, day), kind, name) for day, kind, name in story.truth}
        assert found <= late
        for day in (*story.days[:10], *story.days[11:]):
            assert listed_on(monitor, day) == true_names(up, day)
        for moment in (story.days[10], story.days[11] - timedelta(days=1)):
            with pytest.raises(UsageError, match=f"version of {story.days[10]} was unusable"):
                listed_on(monitor, moment)


@pytest.mark.slow
def test_a_text_cut_on_its_way_is_asked_for_again(story: Story, tmp_path: Path) -> None:
    """It comes as a 200; one such answer leaves no gap, the same again is passed over and named."""
    folder = write_config(tmp_path / "config", story.up, sources=("ecfr",))
    once, always = story.days[6], story.days[10]
    with monitor_over(folder, tmp_path / "data", at(TODAY)) as monitor:
        monitor.looks()
        for day, times in ((once, 1), (always, None)):
            body = appendix(story.up.ecfr.rows_on(day))
            story.up.ecfr.serves(body[: len(body) // 2], XML, times=times, on=f"/full/{day}")
        done = runs(monitor)
        assert [one.on for one in done.unread] == [always]
        assert "cut off" in done.unread[0].reason
        assert listed_on(monitor, once) == true_names(story.up, once)


@pytest.mark.slow
def test_a_host_without_any_version_teaches_nothing(story: Story, tmp_path: Path) -> None:
    """Nothing found anywhere is the host's trouble, and no empty past."""
    folder = write_config(tmp_path / "config", story.up, sources=("ecfr",))
    with monitor_over(folder, tmp_path / "data", at(TODAY)) as monitor:
        monitor.looks()
        story.up.ecfr.answers(404, on="/full/")
        with pytest.raises(SourceFault):
            runs(monitor)
        assert changes_of(monitor) == []


def test_before_the_first_look_there_is_nothing_to_join(story: Story, tmp_path: Path) -> None:
    """A backfill without an accepted text, or without the eCFR, says what to do."""
    folder = write_config(tmp_path / "config", story.up, sources=("ecfr",))
    with (
        monitor_over(folder, tmp_path / "data", at(TODAY)) as monitor,
        pytest.raises(UsageError, match="check"),
    ):
        runs(monitor)
    folder = write_config(tmp_path / "csl", story.up, sources=("csl",))
    with (
        monitor_over(folder, tmp_path / "data2", at(TODAY)) as monitor,
        pytest.raises(UsageError, match="disabled"),
    ):
        runs(monitor)


@pytest.mark.slow
def test_it_completes_the_past_of_the_watches(tmp_path: Path) -> None:
    """A short stay that the first run could not meet is found when every version is read."""
    with Upstream(date(2023, 12, 4)).is_furnished(8, institute_listed=False) as up:
        idle_versions(up, 60)
        folder = write_config(tmp_path / "config", up, sources=("ecfr",))
        with monitor_over(folder, tmp_path / "data", at(date(2023, 12, 4))) as monitor:
            monitor.looks()
            assert monitor.spans() == []
            asked = {one.path for one in versions_asked(up)}
            idle = [date(2017, 2, 1) + timedelta(days=21 * step) for step in range(60)]
            at_ = next(
                at for at, day in enumerate(idle) if not any(str(day) in one for one in asked)
            )
            days = idle[at_ : at_ + 2]
            up.lists_institute(on=days[0], csl=False)
            up.delists(INSTITUTE, csl=False, ecfr=days[1])
            runs(monitor)
            status = monitor.status()
            assert monitor.spans() == [(days[0].isoformat(), days[1].isoformat())]
            assert status.since == days[1].isoformat()
            assert not any("looked at" in reason for reason in status.reasons)
            monitor.waits(hours=3)
            assert monitor.looks() == []


def test_the_command_prints_one_document(story: Story, tmp_path: Path) -> None:
    """`--json` alone on stdout, the bar on stderr."""
    folder, data = write_config(tmp_path / "config", story.up, sources=("ecfr",)), tmp_path / "data"
    with monitor_over(folder, data, at(TODAY)) as monitor:
        monitor.looks()
    done = CliRunner().invoke(
        app,
        ["backfill", "--config", str(folder), "--json", "--since", "2017-09-01"],
        env={"MONITOR_DATA_DIR": str(data), **DATABASES.environment(data)},
    )
    assert done.exit_code == 0
    said = json.loads(done.stdout)
    assert said["since"] == "2017-09-01"
    assert said["removed"] > 0
    assert said["unread"] == []
    assert "version" in done.stderr


@pytest.mark.long
def test_a_hundred_and_fifty_versions_of_three_thousand(tmp_path: Path) -> None:
    """The whole list's size, killed on the way and resumed."""
    versions = so_many(150, 60)
    newest = START + timedelta(days=20 * versions)
    with Upstream(newest) as up:
        story = Story(up).told(versions=versions, entries=so_many(3_000, 60))
        folder, data = write_config(tmp_path / "config", up, sources=("ecfr",)), tmp_path / "data"
        with monitor_over(folder, data, at(newest)) as monitor:
            monitor.looks()
        dies_at_version(up, folder, data, len(versions_asked(up)) + 40)
        with monitor_over(folder, data, at(newest)) as monitor:
            assert 0 < len(changes_of(monitor)) < len(story.truth)
            runs(monitor)
            holds_the_truth(monitor, story)
