"""The acts of the past: each text once, nobody told, and every change named after its act."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from monitor.cli.app import app
from monitor.errors import SourceFault
from monitor.history.acts import quarters, read_acts
from monitor.history.backfill import Backfilled, backfill
from monitor.status.export.rows import Days, listed_rows
from monitor.status.search import entries_on
from monitor.status.two_days import two_days
from monitor.web.app import create_app
from tests.databases import DATABASES
from tests.dated_world import Monitor, at, monitor_over, write_config
from tests.upstream.parties import INSTITUTE, filler, institute
from tests.upstream.rules import addition, housekeeping, institute_removal
from tests.upstream.server import Upstream
from tests.web.world import no_work

TODAY = date(2024, 6, 3)
SOURCES = ("csl", "ecfr", "federal_register")
LISTING = addition(institute(), number="2020-10868", publication=date(2020, 6, 5),
                   citation="85 FR 34503")  # fmt: skip
NEWCOMER = filler(40)[-1]
ADDITION = addition(NEWCOMER, number="2022-21658", publication=date(2022, 10, 7),
                    citation="87 FR 61971")  # fmt: skip


@pytest.fixture
def up() -> Iterator[Upstream]:
    """The institute came in 2020 and went in 2023, another came in 2022; all by acts in print."""
    with Upstream(TODAY) as up:
        up.is_furnished(8)
        up.lists(NEWCOMER, on=date(2022, 10, 7))
        up.delists(INSTITUTE, ecfr=date(2023, 11, 17))
        up.publishes(LISTING, ADDITION, institute_removal())
        # Twenty of them are newer than the removal, which so has to wait for its turn.
        up.publishes(*housekeeping(45, newest=date(2024, 4, 3)))
        yield up


@pytest.fixture
def monitor(up: Upstream, tmp_path: Path) -> Iterator[Monitor]:
    """A service that has looked once, long after all of it."""
    folder = write_config(tmp_path / "config", up, sources=SOURCES)
    with monitor_over(folder, tmp_path / "data", at(TODAY)) as monitor:
        monitor.looks()
        yield monitor


def runs(monitor: Monitor) -> Backfilled:
    """One backfill without a bar."""
    return backfill(monitor.service, None, lambda *_: None)


def texts_asked(up: Upstream) -> list[str]:
    """The full texts that were asked for."""
    return [one.path for one in up.requests if "/full_text/" in one.path]


def changes_on(monitor: Monitor, day: str) -> list[tuple[str, str, str | None, str | None]]:
    """What `/changes` says of a day: kind, name, citation, number."""
    with TestClient(create_app(monitor.service, no_work)) as client:
        found = client.get("/changes", params={"list": "EL", "since": day}).json()["changes"]
    return [
        (one["kind"], (one["after"] or one["before"])["name"], one["citation"],
         one["document_number"])
        for one in found if one["at"].startswith(day)
    ]  # fmt: skip


def test_quarters_of_a_time() -> None:
    """Whole ones, over a turn of the year, and one alone."""
    assert list(quarters(date(2022, 11, 30), date(2023, 4, 1))) == [
        date(2022, 10, 1), date(2023, 1, 1), date(2023, 4, 1),
    ]  # fmt: skip
    assert list(quarters(date(2024, 2, 29), date(2024, 2, 29))) == [date(2024, 1, 1)]


@pytest.mark.slow
def test_every_change_is_named_after_its_act(monitor: Monitor, up: Upstream) -> None:
    """Removals too; the watch's history gets citations and nothing else; nobody is told."""
    with monitor.service.ledger.reading() as reading:
        events, watched = reading.events(), reading.watched()
    before = monitor.status()
    done = runs(monitor)
    assert changes_on(monitor, "2023-11-17") == [
        ("removed", INSTITUTE, "88 FR 80131", "2023-25557")
    ]
    assert changes_on(monitor, "2020-06-05")[0][2:] == ("85 FR 34503", "2020-10868")
    assert changes_on(monitor, "2022-10-07") == [
        ("added", NEWCOMER.name, "87 FR 61971", "2022-21658")
    ]
    # Those around the removal were read at the first look, which explains the watch's own past.
    assert done.acts is not None
    assert (done.acts.read, done.acts.unread) == (43, [])
    with monitor.service.ledger.reading() as reading:
        assert reading.events() == events
        assert reading.watched() == watched
        certain = [one.name for one in reading.act_parties("2022-21658") if one.certain]
        assert certain == [NEWCOMER.name]
        assert reading.known_acts()["2022-21658"].historic
    after = monitor.status()
    assert list(after.history) == list(before.history) == [
        {"from": "2020-06-05", "to": "2023-11-16", "citation": "85 FR 34505",
         "to_citation": "88 FR 80131"}
    ]  # fmt: skip
    monitor.waits(hours=1)
    assert monitor.looks() == []
    assert monitor.status().state == before.state


@pytest.mark.slow
def test_the_acts_of_the_past_are_shown_as_any(monitor: Monitor) -> None:
    """Newest first, each with what the lists say by now; one without parties is none of them."""
    runs(monitor)
    with TestClient(create_app(monitor.service, no_work)) as client:
        found = client.get("/acts", params={"list": "EL"}).json()["acts"]
        page = client.get("/acts/2023-25557", headers={"Accept": "text/html"})
    assert [one["document_number"] for one in found] == ["2023-25557", "2022-21658", "2020-10868"]
    assert {one["stage"] for one in found} == {"published"}
    (party,) = found[0]["parties"]
    assert (party["kind"], party["name"], party["now"]) == (
        "removed", INSTITUTE, {"csl": "absent", "ecfr": "absent"},
    )  # fmt: skip
    assert INSTITUTE.replace("'", "&#39;") in page.text


@pytest.mark.slow
def test_two_days_differ_by_the_acts_between_them(monitor: Monitor) -> None:
    """Who came and who went, each by its act; who came and went between them is not told."""
    runs(monitor)

    def told(first: str, last: str | None) -> list[tuple[str, str, str | None]]:
        with monitor.service.ledger.reading() as reading:
            found = two_days(reading, "EL", first, last)
        assert found.source == "ecfr"
        return [
            (kind.value, one.change.entries[-1].name, one.by.document_number if one.by else None)
            for kind, some in found.differs.items() for one in some
        ]  # fmt: skip

    assert told("2023-11-16", None) == [("removed", INSTITUTE, "2023-25557")]
    assert told("2020-06-04", "2023-11-17") == [("added", NEWCOMER.name, "2022-21658")]
    assert told("2020-06-05", "2022-10-06") == []
    with TestClient(create_app(monitor.service, no_work)) as client:
        page = client.get("/list?from=2023-11-16").text
    assert '<a href="/acts/2023-25557">88 FR 80131</a>' in page


@pytest.mark.slow
def test_a_text_is_asked_for_once(monitor: Monitor, up: Upstream) -> None:
    """Nothing of a whole run is repeated by the next; a watch that comes later has its act."""
    runs(monitor)
    texts, listed = texts_asked(up), len(up.asked("federal_register", "documents.json"))
    assert len(texts) == len(set(texts))
    again = runs(monitor)
    assert again.acts is not None
    assert again.acts.read == 0
    assert texts_asked(up) == texts
    # The quarter that is not over yet is all that is asked for.
    assert len(up.asked("federal_register", "documents.json")) == listed + 1


@pytest.mark.slow
def test_a_host_that_fails_stops_it_and_it_goes_on(monitor: Monitor, up: Upstream) -> None:
    """What was read is kept; a text that is nowhere is passed over, named, and asked for again."""
    register = monitor.service.register
    assert register is not None
    since, tell = date(2020, 1, 1), lambda *_: None
    up.register.answers(429, retry_after=600, on="2022-21658")
    with pytest.raises(SourceFault):
        read_acts(monitor.service, register, since, tell)
    with monitor.service.ledger.reading() as reading:
        known = set(reading.known_acts())
        assert "2020-10868" in known
        assert "2022-21658" not in known
    asked = texts_asked(up)
    up.register.recovers()
    up.register.answers(404, on="2022-21658")
    done = read_acts(monitor.service, register, since, tell)
    assert [one.number for one in done.unread] == ["2022-21658"]
    again = set(texts_asked(up)[len(asked) :]) & set(asked)
    assert all("2022-21658" in path for path in again)
    up.register.recovers()
    with monitor.service.ledger.reading() as reading:
        events = reading.events()
    last = read_acts(monitor.service, register, since, tell)
    assert (last.read, last.unread) == (1, [])
    with monitor.service.ledger.reading() as reading:
        assert reading.events() == events


@pytest.mark.slow
def test_a_watch_that_comes_later_says_by_which_act_it_went(up: Upstream, tmp_path: Path) -> None:
    """The text is known by then, and judged for a name that nobody watched when it was read."""
    data = tmp_path / "data"
    first = write_config(tmp_path / "one", up, sources=SOURCES, watches=(NEWCOMER.name,))
    with monitor_over(first, data, at(TODAY)) as monitor:
        monitor.looks()
        runs(monitor)
    both = write_config(tmp_path / "two", up, sources=SOURCES, watches=(INSTITUTE, NEWCOMER.name))
    with monitor_over(both, data, at(TODAY, 17)) as monitor:
        told = monitor.looks()
        assert [(one.kind.value, one.citation) for one in told if one.watch == "mps-ifs"] == [
            ("baseline", "88 FR 80131")
        ]


@pytest.mark.slow
def test_the_export_of_the_past_is_the_list_of_each_day(
    monitor: Monitor, up: Upstream, tmp_path: Path
) -> None:
    """As the command writes it: every day made again of one file, the act of each end in it."""
    runs(monitor)
    environ = {
        "MONITOR_DATA_DIR": str(tmp_path / "data"),
        **DATABASES.environment(tmp_path / "data"),
    }
    command = ["list", "export", "--config", str(tmp_path / "config"), "--from", "2017-01-03"]
    done = CliRunner().invoke(app, [*command, "--format", "jsonl"], env=environ)
    assert done.exit_code == 0
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    for day in (date(2017, 1, 3), date(2020, 6, 4), date(2020, 6, 5), date(2023, 11, 16),
                date(2023, 11, 17), TODAY):  # fmt: skip
        there = {row["name"] for row in rows if row["from"] <= str(day) < (row["to"] or "9")}
        with monitor.service.ledger.reading() as reading:
            assert there == {one.name for one in entries_on(reading, "EL", str(day))}, day
            assert there == {
                row.entry.name for row in listed_rows(reading, "EL", Days(str(day), str(day)))
            }
    gone = next(row for row in rows if row["to"] == "2023-11-17")
    assert (gone["name"], gone["ended"], gone["to_citation"], gone["to_document_number"]) == (
        INSTITUTE, "removed", "88 FR 80131", "2023-25557",
    )  # fmt: skip
    assert (gone["began"], gone["document_number"]) == ("added", "2020-10868")
    on = [*command[:4], "--on", "2023-11-16"]
    table = CliRunner().invoke(app, on, env=environ)
    names = {row["name"] for row in csv.DictReader(io.StringIO(table.stdout[1:]))}
    assert INSTITUTE in names
    assert CliRunner().invoke(app, on, env=environ).stdout_bytes == table.stdout_bytes
    refused = CliRunner().invoke(app, [*on[:-1], "2001-01-01"], env=environ)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "backfill" in refused.stderr
