"""Two witnesses and their past, end to end over loopback hosts: what is told, and what is not."""

from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from monitor.errors import UsageError
from monitor.history.backfill import backfill
from monitor.screening.event import Kind
from monitor.status.compare import disagreement
from monitor.status.search import entries_on, look_up
from monitor.web.app import create_app
from tests.dated_world import (
    REMOVED,
    Monitor,
    at,
    idle_versions,
    monitor_over,
    names,
    write_config,
)
from tests.extent import mostly_slow
from tests.upstream.ecfr_xml import appendix
from tests.upstream.parties import INSTITUTE, filler, neighbors
from tests.upstream.server import Upstream
from tests.upstream.wire import XML

BEFORE = date(2023, 11, 13)
AFTER = date(2023, 11, 27)


@pytest.fixture
def up() -> Iterator[Upstream]:
    """Versions since 2017 that hold the institute from 2020-06-05 to the version of 2023-11-17."""
    with Upstream(BEFORE).is_furnished(8) as world:
        idle_versions(world, 40, first=date(2021, 8, 4))
        yield world


@pytest.fixture
def monitor(up: Upstream, tmp_path: Path) -> Iterator[Monitor]:
    """A monitor over both lists that has looked once, before the removal."""
    folder = write_config(tmp_path / "config", up)
    with monitor_over(folder, tmp_path / "data", at(BEFORE)) as found:
        assert names(found.looks()) == ["baseline"]
        yield found


def goes(up: Upstream, monitor: Monitor, *, csl: bool, ecfr: bool) -> None:
    """The day of the version without the institute comes."""
    up.moves_clock(REMOVED)
    monitor.moves_to(at(REMOVED))
    up.delists(INSTITUTE, csl=csl, ecfr=REMOVED if ecfr else None)


def test_a_first_run_after_it_tells_a_past_and_no_alert(up: Upstream, tmp_path: Path) -> None:
    """Not listed since the version of 2023-11-17, listed from 2020-06-05: one baseline."""
    up.delists(INSTITUTE, ecfr=REMOVED)
    up.moves_clock(AFTER)
    folder = write_config(tmp_path / "config", up)
    with monitor_over(folder, tmp_path / "data", at(AFTER)) as monitor:
        assert names(monitor.looks()) == ["baseline"]
        status = monitor.status()
        assert (status.state, status.since) == ("not_listed", "2023-11-17")
        assert monitor.spans() == [("2020-06-05", "2023-11-17")]
        assert status.history[0]["citation"] == "85 FR 34505"


def test_a_first_run_before_it_is_listed(monitor: Monitor) -> None:
    """Listed since the law's date, with the citation of its rule."""
    status = monitor.status()
    assert (status.state, status.since) == ("listed", "2020-06-05")
    assert status.citation == "85 FR 34505"
    assert monitor.spans() == [("2020-06-05", None)]


def test_both_lists_absent_confirm(monitor: Monitor, up: Upstream) -> None:
    """Rule (b): the first raises a suspicion, the second confirms it; the history is closed."""
    goes(up, monitor, csl=True, ecfr=True)
    suspected, told = monitor.looks()
    assert [suspected.kind, told.kind] == [Kind.REMOVAL_SUSPECTED, Kind.REMOVAL_CONFIRMED]
    assert {witness.source: witness.verdict for witness in told.witnesses} == {
        "csl": "absent",
        "ecfr": "absent",
    }
    assert monitor.spans() == [("2020-06-05", "2023-11-17")]
    monitor.waits(hours=6)
    assert monitor.looks() == []


def test_the_codified_list_alone_confirms_in_time(monitor: Monitor, up: Upstream) -> None:
    """Rule (c): absent in three good polls over a day, whatever the other list says."""
    goes(up, monitor, csl=False, ecfr=True)
    assert names(monitor.looks()) == ["removal_suspected"]
    monitor.waits(hours=12)
    assert monitor.looks() == []
    monitor.waits(hours=13)
    assert names(monitor.looks()) == ["removal_confirmed"]
    status = monitor.status()
    assert (status.state, status.since) == ("not_listed", "2023-11-17")
    assert any("has not followed yet" in reason for reason in status.reasons)


def test_the_consolidated_list_alone_stays_a_suspicion(monitor: Monitor, up: Upstream) -> None:
    """The codified list still has it: suspected however long it takes, and the status says why."""
    goes(up, monitor, csl=True, ecfr=False)
    assert names(monitor.looks()) == ["removal_suspected"]
    for _ in range(5):
        monitor.waits(hours=24)
        assert monitor.looks() == []
    status = monitor.status()
    assert (status.state, status.pending) == ("listed", "removal_suspected")
    assert any("alone confirms nothing" in reason for reason in status.reasons)
    assert any("eCFR lists it" in reason for reason in status.reasons)


@dataclass(frozen=True)
class Fault:
    """One way for the eCFR to go wrong, and what the poll is to come to."""

    does: Callable[[Upstream], object]
    outcome: str = "failed"


def _json(text: str) -> bytes:
    return f'{{"error":"{text}"}}'.encode()


def _other_appendix(up: Upstream) -> bytes:
    return appendix(up.ecfr.rows_on(REMOVED)).replace(b"Supplement No. 4", b"Supplement No. 7")


FAULTS = {
    "past the date": Fault(
        lambda up: up.ecfr.answers(
            404,
            body=_json("The requested date is past the title's most recent issue date of today"),
            on="/full/",
        )
    ),
    "no content": Fault(
        lambda up: up.ecfr.answers(404, body=_json("No matching content found."), on="/full/")
    ),
    "406 without gzip": Fault(lambda up: up.ecfr.answers(406, on="/full/")),
    "too often": Fault(lambda up: up.ecfr.answers(429, retry_after=120)),
    "importing": Fault(lambda up: up.ecfr.imports()),
    "unavailable": Fault(lambda up: up.ecfr.answers(503, retry_after=600, on="/full/")),
    "timed out": Fault(lambda up: up.ecfr.answers(504, retry_after=60, on="/full/")),
    "block page": Fault(lambda up: up.ecfr.blocks()),
    "blocked by redirect": Fault(lambda up: up.ecfr.blocks(redirecting=True)),
    "another appendix": Fault(lambda up: up.ecfr.serves(_other_appendix(up), XML, on="/full/")),
    "cut XML": Fault(lambda up: up.ecfr.cuts_body(with_length=False, on="/full/")),
    "a third of the rows": Fault(
        lambda up: up.ecfr.serves(
            appendix(up.ecfr.rows_on(REMOVED)[: len(up.ecfr.rows_on(REMOVED)) // 3]),
            XML,
            on="/full/",
        ),
        "quarantined",
    ),
}


@pytest.mark.parametrize("fault", mostly_slow(FAULTS, quick=6))
def test_no_fault_is_an_absence(fault: str, up: Upstream, tmp_path: Path) -> None:
    """Each fault is told as one; the state stays, and a true removal behind it is still caught."""
    folder = write_config(tmp_path / "config", up, sources=("ecfr",))
    with monitor_over(folder, tmp_path / "data", at(BEFORE)) as monitor:
        monitor.looks()
        up.moves_clock(REMOVED)
        monitor.moves_to(at(REMOVED))
        FAULTS[fault].does(up)
        for _ in range(2):
            told = monitor.looks()
            assert [poll.outcome for poll in monitor.rounds[-1].polls] == [FAULTS[fault].outcome]
            assert not any("removal" in kind for kind in names(told))
            monitor.waits(hours=3)
        assert monitor.status().sources[0].verdict == "listed"
        up.ecfr.recovers()
        up.delists(INSTITUTE, csl=False, ecfr=REMOVED)
        assert "removal_suspected" in names(monitor.looks())


@pytest.mark.slow
def test_a_list_of_a_past_day(up: Upstream, tmp_path: Path) -> None:
    """The last day has the institute and the next has not: by HTTP, by search, in the changes."""
    up.delists(INSTITUTE, ecfr=REMOVED)
    up.moves_clock(AFTER)
    folder = write_config(tmp_path / "config", up)
    with monitor_over(folder, tmp_path / "data", at(AFTER)) as monitor:
        monitor.looks()
        with monitor.service.ledger.reading() as reading, pytest.raises(UsageError):
            entries_on(reading, "EL", "2023-11-16")
        backfill(monitor.service, None, lambda *_: None)
        client = TestClient(create_app(monitor.service, no_work))
        for day, there in (("2020-06-04", 0), ("2020-06-05", 1), ("2023-11-16", 1),
                           ("2023-11-17", 0)):  # fmt: skip
            found = client.get("/entries", params={"q": INSTITUTE, "on": day}).json()["entries"]
            assert sum(one["score"] == 100 for one in found) == there, day
        changes = client.get("/changes", params={"list": "EL", "since": "2020-06-05"}).json()
        told = [
            (one["at"], one["kind"])
            for one in changes["changes"]
            if INSTITUTE in {(one["before"] or {}).get("name"), (one["after"] or {}).get("name")}
        ]
        assert told == [
            ("2023-11-17T00:00:00Z", "removed"),
            ("2020-06-05T00:00:00Z", "added"),
        ]
        later = client.get("/changes", params={"list": "EL", "since": "2023-11-18"}).json()
        assert later == {"changes": [], "next": None}
        with monitor.service.ledger.reading() as reading:
            assert look_up(reading, INSTITUTE, "EL", "2022-01-01")[0].score == 100
            with pytest.raises(UsageError):
                entries_on(reading, "EL", "2016-12-31")
            assert entries_on(reading, "EL", AFTER.isoformat())
            with pytest.raises(UsageError, match=f"last good look was on {AFTER}"):
                entries_on(reading, "EL", (AFTER + timedelta(days=1)).isoformat())


def test_the_lists_disagreement_is_visible(monitor: Monitor, up: Upstream) -> None:
    """A party that one source alone has is named; another spelling of it is no difference."""
    up.delists(neighbors()[0].name, csl=True)
    newcomer = filler(30)[-1]
    up.csl.lists(newcomer)
    monitor.waits(hours=3)
    monitor.looks()
    with monitor.service.ledger.reading() as reading:
        found = disagreement(reading, "EL")
    assert [one.name for one in found.only_ecfr] == [neighbors()[0].name]
    assert [one.name for one in found.only_csl] == [newcomer.name]
    client = TestClient(create_app(monitor.service, no_work))
    apart = client.get("/disagreements").json()["disagreements"]
    assert [
        (one["list"], one["source"], one["missing_from"], one["count"], one["entries"][0]["name"])
        for one in apart
    ] == [
        ("EL", "csl", "ecfr", 1, newcomer.name),
        ("EL", "ecfr", "csl", 1, neighbors()[0].name),
    ]
    page = client.get("/sources", headers={"Accept": "text/html"}).text
    assert newcomer.name in page
    assert neighbors()[0].name in page
    up.csl.delists(newcomer.name)
    monitor.waits(hours=3)
    monitor.looks()
    counts = [one["count"] for one in client.get("/disagreements").json()["disagreements"]]
    assert counts == [0, 1]


def no_work() -> AbstractAsyncContextManager[None]:
    """Nothing runs beside the pages."""
    return nullcontext()
