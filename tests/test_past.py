"""Learning the past at the first run: exact, with few requests, resumable, and never in the way."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from monitor.errors import SourceFault
from monitor.history.versions import Dated, Unread, Version
from monitor.screening.event import Kind
from monitor.sources.ecfr.client import Ecfr
from monitor.sources.fetch import Fetcher
from tests.dated_world import (
    REMOVED,
    Monitor,
    at,
    idle_versions,
    monitor_over,
    names,
    versions_asked,
    write_config,
)
from tests.upstream.ecfr_xml import appendix
from tests.upstream.parties import INSTITUTE, canaries, neighbors
from tests.upstream.rules import institute_removal
from tests.upstream.server import Upstream
from tests.upstream.wire import XML

TODAY = date(2023, 12, 4)


@pytest.fixture
def up() -> Iterator[Upstream]:
    """Versions every three weeks since 2017, the institute among them for a while."""
    with Upstream(TODAY).is_furnished(8) as world:
        idle_versions(world, 110)
        world.delists(INSTITUTE, ecfr=REMOVED)
        yield world


@pytest.fixture
def monitor(up: Upstream, tmp_path: Path) -> Iterator[Monitor]:
    """A monitor that has never looked."""
    folder = write_config(tmp_path / "config", up)
    with monitor_over(folder, tmp_path / "data", at(TODAY)) as found:
        yield found


def test_a_first_run_says_since_when_and_what_was_before(monitor: Monitor, up: Upstream) -> None:
    """Both ends of the stay, from at most forty versions; one baseline, no removal."""
    assert names(monitor.looks()) == ["baseline"]
    status = monitor.status()
    assert (status.state, status.since) == ("not_listed", "2023-11-17")
    assert status.history == (
        {"from": "2020-06-05", "to": "2023-11-17", "citation": "85 FR 34505", "to_citation": None},
    )
    assert 10 < len(versions_asked(up)) <= 41
    assert any("dated versions" in reason for reason in status.reasons)
    monitor.waits(hours=3)
    before = len(versions_asked(up))
    assert monitor.looks() == []
    assert len(versions_asked(up)) == before + 1


@pytest.mark.slow
def test_the_law_says_the_day_once_its_act_is_found(up: Upstream, tmp_path: Path) -> None:
    """The Federal Register is asked about the days on which a stay ended: legal date, citation."""
    up.publishes(institute_removal())
    folder = write_config(tmp_path / "law", up, sources=("csl", "ecfr", "federal_register"))
    with monitor_over(folder, tmp_path / "data-law", at(date(2026, 11, 20))) as monitor:
        up.moves_clock(date(2026, 11, 20))
        [told] = monitor.looks()
        status = monitor.status()
    assert told.kind is Kind.BASELINE
    assert "2020-06-05 until 2023-11-16 (removed by 88 FR 80131)" in told.summary
    assert (status.since, status.citation) == ("2023-11-16", "88 FR 80131")
    assert status.document_number == "2023-25557"
    assert (status.history[0]["to"], status.history[0]["to_citation"]) == (
        "2023-11-16",
        "88 FR 80131",
    )


@pytest.mark.slow
def test_without_the_versions_the_state_is_told_and_the_past_filled_in(
    monitor: Monitor, up: Upstream
) -> None:
    """No versions, no delay: the baseline comes at once, its history silently with a later poll."""
    up.ecfr.answers(404, on="/versions/")
    assert names(monitor.looks()) == ["baseline"]
    status = monitor.status()
    assert (status.state, status.since, status.history) == ("not_listed", "2023-12-04", ())
    assert any("could not be read" in reason for reason in status.reasons)
    up.ecfr.recovers()
    monitor.waits(hours=3)
    assert monitor.looks() == []
    assert monitor.spans() == [("2020-06-05", "2023-11-17")]
    assert monitor.status().since == "2023-11-17"
    assert not any("could not be read" in reason for reason in monitor.status().reasons)


@pytest.mark.slow
def test_a_version_had_only_later_mends_what_the_first_reading_said(
    monitor: Monitor, up: Upstream
) -> None:
    """The version of the removal cannot be had at first: its date comes with a later poll."""
    up.ecfr.answers(404, on=f"/full/{REMOVED}")
    assert names(monitor.looks()) == ["baseline"]
    first = monitor.status()
    assert (first.since or "") > "2023-11-17"
    assert any(f"version of {REMOVED} could not be used" in reason for reason in first.reasons)
    up.ecfr.recovers()
    monitor.waits(hours=3)
    assert monitor.looks() == []
    assert monitor.status().since == "2023-11-17"
    assert monitor.spans() == [("2020-06-05", "2023-11-17")]


@pytest.mark.slow
def test_a_date_years_ahead_does_not_end_the_looking(monitor: Monitor, up: Upstream) -> None:
    """Once told a date that has not come, the next true one is no old copy; a true old one is."""
    monitor.looks()
    up.moves_clock(date(2031, 1, 2))
    monitor.looks("ecfr")
    up.moves_clock(TODAY + timedelta(days=1))
    monitor.waits(days=1)
    monitor.looks("ecfr")
    poll = monitor.rounds[-1].polls[0]
    assert (poll.outcome, poll.reasons) == ("unchanged", ())
    up.moves_clock(TODAY - timedelta(days=20))
    monitor.looks("ecfr")
    assert "is passed over" in monitor.rounds[-1].polls[0].reasons[0]


@pytest.mark.slow
def test_a_codified_list_that_stands_still_is_told(monitor: Monitor, up: Upstream) -> None:
    """Its date is that of Monday for a week of good answers; then it moves again."""
    monitor.looks()
    told = []
    for _ in range(8):
        monitor.waits(days=1)
        told += names(monitor.looks("ecfr"))
    assert told == ["source_failing"]
    assert any("should come every business day" in reason for reason in monitor.status().reasons)
    up.moves_clock(TODAY + timedelta(days=8))
    assert names(monitor.looks("ecfr")) == ["source_recovered"]
    assert not any("business day" in reason for reason in monitor.status().reasons)


@pytest.mark.slow
def test_a_search_cut_short_goes_on_and_reads_nothing_twice(monitor: Monitor, up: Upstream) -> None:
    """The host fails in mid-search: what was read is kept, and no version is asked for again."""
    for day in ("2020", "2021", "2022"):
        up.ecfr.answers(429, retry_after=600, on=f"/full/{day}")
    monitor.looks()
    assert monitor.status().history == ()
    read = {one.path for one in versions_asked(up) if "/full/202" not in one.path}
    up.ecfr.recovers()
    asked = len(versions_asked(up))
    monitor.waits(hours=3)
    monitor.looks()
    again = {one.path for one in versions_asked(up)[asked + 1 :]}
    assert monitor.spans() == [("2020-06-05", "2023-11-17")]
    assert len(again & read) <= 1


def test_a_version_is_believed_only_with_reason(up: Upstream) -> None:
    """A cut table and a missing text are no versions; a true loss is, when the next confirms it."""
    days = [date(2021, 6, 2) + timedelta(days=21 * step) for step in range(4)]
    with Fetcher(user_agent="entity-list-monitor tests", timeout=5, max_bytes=10**7, retries=0,
                 sleep=time.sleep, monotonic=time.monotonic) as http:  # fmt: skip
        versions = Dated(Ecfr(http, up.base_url), days, 0.2)
        assert isinstance(versions.read(days[0]), Version)
        up.ecfr.serves(third_of(up, days[1]), XML, times=1, on=f"/full/{days[1]}")
        cut = versions.read(days[1])
        assert isinstance(cut, Unread)
        assert "rows" in cut.reason
        up.ecfr.answers(404, times=1, on=f"/full/{days[1]}")
        assert isinstance(versions.read(days[1]), Unread)
        up.ecfr.cuts_body(with_length=False, times=2, on="/full/")
        assert isinstance(versions.read(days[3]), Unread)
        up.ecfr.answers(503, times=1, on="/full/")
        with pytest.raises(SourceFault):
            versions.read(days[1])
        up.ecfr.changes_on(days[2], lambda rows: rows[: len(rows) // 2])
        assert isinstance(versions.read(days[1]), Version)
        assert isinstance(versions.read(days[2]), Version)


@pytest.mark.slow
def test_a_watch_added_later_has_its_past_at_its_baseline(up: Upstream, tmp_path: Path) -> None:
    """Listed, removed and listed again: a watch taken up later knows all of it."""
    name = neighbors()[1].name
    up.delists(name, csl=False, ecfr=date(2019, 5, 6))
    again = replace(neighbors()[1], citations=("88 FR 13675", "88 FR 99999"))
    up.lists(again, on=date(2023, 3, 6), csl=False)
    folder = write_config(tmp_path / "config", up)
    with monitor_over(folder, tmp_path / "data", at(TODAY)) as monitor:
        monitor.looks()
    write_config(folder, up, watches=(INSTITUTE, name))
    with monitor_over(folder, tmp_path / "data", at(TODAY, 18)) as monitor:
        assert names(monitor.looks("csl")) == ["baseline"]
        assert monitor.status("w1").state == "listed"
        assert monitor.spans("w1") == [(None, "2019-05-06"), ("2023-03-06", None)]
        assert monitor.status("w1").since == "2023-03-06"


@pytest.mark.slow
def test_many_watches_cost_no_more_versions_than_one(up: Upstream, tmp_path: Path) -> None:
    """One version read serves every watch."""
    everyone = (INSTITUTE, *(one.name for one in (*neighbors(), *canaries())))
    folder = write_config(tmp_path / "config", up, watches=everyone)
    with monitor_over(folder, tmp_path / "data", at(TODAY)) as monitor:
        assert names(monitor.looks()) == ["baseline"] * len(everyone)
        assert len(versions_asked(up)) <= 41
        assert monitor.spans() == [("2020-06-05", "2023-11-17")]


@pytest.mark.slow
def test_killed_in_mid_search_it_goes_on(up: Upstream, tmp_path: Path) -> None:
    """A kill between two versions loses at most one of them; one baseline is told in the end."""
    folder, data = write_config(tmp_path / "config", up), tmp_path / "data"
    up.ecfr.hangs(0.05, on="/full/")
    process = subprocess.Popen(
        [sys.executable, "-m", "monitor", "check", "--config", str(folder), "--json",
         "--now", at(TODAY).isoformat(), "--no-deliver"],
        env={**os.environ, "MONITOR_DATA_DIR": str(data)}, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        waited = time.monotonic() + 60
        while len(versions_asked(up)) < 12 and time.monotonic() < waited:
            time.sleep(0.01)
    finally:
        process.kill()
        process.wait(10)
    up.ecfr.recovers()
    asked = [one.path for one in versions_asked(up)]
    assert 12 <= len(asked) < 38
    with monitor_over(folder, data, at(TODAY, 16)) as monitor:
        assert names(monitor.looks()) == ["baseline"]
        assert monitor.spans() == [("2020-06-05", "2023-11-17")]
    later = [one.path for one in versions_asked(up)[len(asked) :]]
    # The newest text is asked for by the poll itself, and one version was on its way.
    assert len(set(asked) & set(later)) <= 2
    assert len(later) == len(set(later))


def third_of(up: Upstream, day: date) -> bytes:
    """The version of a day with the first third of its rows."""
    rows = up.ecfr.rows_on(day)
    return appendix(rows[: len(rows) // 3])


@pytest.mark.slow
def test_no_version_is_asked_for_where_nobody_waits(monitor: Monitor, up: Upstream) -> None:
    """Once the past is known, a poll is one question more than before for nobody."""
    monitor.looks()
    asked = len(up.asked("ecfr", "/versions/"))
    for _ in range(3):
        monitor.waits(hours=6)
        monitor.looks()
    assert len(up.asked("ecfr", "/versions/")) == asked
