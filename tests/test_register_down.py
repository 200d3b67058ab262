"""The Federal Register blocked for a week: the lists still tell, and what is missing is said."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from monitor.poll import check
from monitor.service import Service
from monitor.status.status import statuses
from tests.installed import WATCH, Clock, asking, opened, write
from tests.upstream.parties import INSTITUTE
from tests.upstream.register import Register
from tests.upstream.rules import Rule, housekeeping, removal
from tests.upstream.server import Upstream


@pytest.fixture
def up() -> Iterator[Upstream]:
    """All three hosts, with some rules published."""
    with Upstream(today=date(2023, 11, 10)) as running:
        running.is_furnished(60)
        running.publishes(*housekeeping(5, newest=date(2023, 11, 8)))
        yield running


@contextmanager
def monitor(
    up: Upstream, folder: Path
) -> Iterator[tuple[Service, Callable[[datetime], list[str]]]]:
    """The service, and a check at a moment that returns the kinds of its events."""
    write(folder, "watchlist.yaml", {"watches": [WATCH]})
    write(folder, "sources.yaml", asking(up, ("csl", "ecfr", "federal_register")))
    clock = Clock()
    with opened(folder, {"MONITOR_DATA_DIR": str(folder / "data")}, clock) as service:

        def at_moment(moment: datetime) -> list[str]:
            clock.now = moment
            up.moves_clock(moment)
            return [event.kind.value for event in check(service).events]

        yield service, at_moment


WAYS_TO_BE_AWAY: dict[str, Callable[[Register], object]] = {
    "403": lambda register: register.answers(403),
    "429, a bare page": lambda register: register.answers(429, body=b"<html>Slow down</html>"),
    "503": lambda register: register.answers(503),
    "a block page with 200": lambda register: register.html_page(),
    "sent to another host": lambda register: register.redirects_to("http://unblock.invalid/"),
    "reset": lambda register: register.resets(),
    "cut": lambda register: register.half_gzip(),
    "404": lambda register: register.answers(404),
}


@pytest.mark.parametrize(
    "way",
    [way if way == "503" else pytest.param(way, marks=pytest.mark.slow) for way in WAYS_TO_BE_AWAY],
)
@pytest.mark.slow
def test_a_week_without_the_federal_register(way: str, up: Upstream, tmp_path: Path) -> None:
    """One alert that it fails, the removal from the lists, one recovery; the status says so."""
    start = datetime(2023, 11, 10, 15, tzinfo=UTC)
    with monitor(up, tmp_path) as (service, at):
        assert at(start) == ["baseline"]
        WAYS_TO_BE_AWAY[way](up.register)
        told = [kind for day in range(1, 5) for kind in at(start + timedelta(days=day))]
        assert told == ["source_failing"]
        up.delists(INSTITUTE, csl=True, ecfr=date(2023, 11, 15))
        removal = [kind for day in range(5, 8) for kind in at(start + timedelta(days=day))]
        assert removal == ["removal_suspected", "removal_confirmed"]
        with service.ledger.reading() as reading:
            status = statuses(service, reading, service.clock())[0]
        assert status.state == "not_listed"
        assert any("poll of the Federal Register failed" in reason for reason in status.reasons)
        register = next(source for source in status.sources if source.source == "federal_register")
        assert (register.verdict, register.outcome) == (None, "failed")
        up.register.recovers()
        after = [kind for day in range(8, 11) for kind in at(start + timedelta(days=day))]
        assert after == ["source_recovered"]
        up.publishes(_act(date(2023, 11, 16)), on=date(2023, 11, 21))
        assert at(start + timedelta(days=11)) == []
        with service.ledger.reading() as reading:
            filled = statuses(service, reading, service.clock())[0]
        assert (filled.since, filled.citation) == ("2023-11-16", "88 FR 80131")
        assert filled.document_number == "2023-25557"


@pytest.mark.slow
def test_silence_of_the_register_for_weeks_is_told_once(up: Upstream, tmp_path: Path) -> None:
    """Good answers without a new rule for four weeks are suspicious; a new rule ends that."""
    with monitor(up, tmp_path) as (service, at):
        at(datetime(2023, 11, 10, 15, tzinfo=UTC))
        assert at(datetime(2023, 12, 5, 15, tzinfo=UTC)) == []
        for day, told in ((7, ["format_changed"]), (8, [])):
            assert at(datetime(2023, 12, day, 15, tzinfo=UTC)) == told
        with service.ledger.reading() as reading:
            (event,) = (one.event for one in reading.events(kind="format_changed"))
            poll = reading.polls("federal_register", limit=1)[0]
        assert event.title == "The Federal Register: nothing new for suspiciously long"
        assert "since 2023-11-08" in event.summary
        assert "suspicious" in poll.reasons[0]
        up.publishes(*housekeeping(1, newest=date(2023, 12, 8)))
        assert at(datetime(2023, 12, 9, 15, tzinfo=UTC)) == []
        with service.ledger.reading() as reading:
            assert reading.polls("federal_register", limit=1)[0].reasons == ()


def _act(effective: date, name: str = INSTITUTE) -> Rule:
    return removal(
        name,
        number="2023-25557",
        publication=date(2023, 11, 17),
        citation="88 FR 80131",
        effective=effective,
    )


FILED = datetime(2023, 11, 16, 13, 50, tzinfo=UTC)
PRINTED = datetime(2023, 11, 17, 14, tzinfo=UTC)


@pytest.mark.slow
def test_documents_that_cannot_be_asked_for_take_nothing_back(up: Upstream, tmp_path: Path) -> None:
    """In print and still on inspection, it comes into force though only inspection answers."""
    act = _act(date(2023, 12, 15))
    with monitor(up, tmp_path) as (_, at):
        at(datetime(2023, 11, 15, 15, tzinfo=UTC))
        up.files(act, at=FILED)
        assert at(FILED) == ["removal_announced"]
        up.register.publishes(act, stays_on_inspection=True)
        assert at(PRINTED) == []
        up.register.answers(503, on="documents.json")
        assert at(PRINTED + timedelta(hours=4)) == []
        told = at(datetime(2023, 12, 15, 5, tzinfo=UTC))
        assert "removal_confirmed" in told


@pytest.mark.slow
def test_an_act_that_no_condition_finds_in_print_is_found_by_its_number(
    up: Upstream, tmp_path: Path
) -> None:
    """Its row names only the department and no part of the law: what was announced comes true."""
    act = replace(
        _act(date(2023, 11, 17)), cfr=(), agency="commerce-department",
        agency_name="Commerce Department",
    )  # fmt: skip
    with monitor(up, tmp_path) as (_, at):
        at(datetime(2023, 11, 15, 15, tzinfo=UTC))
        up.files(act, at=FILED)
        assert at(FILED) == ["removal_announced"]
        up.register.publishes(act)
        assert at(PRINTED) == ["removal_confirmed"]


@pytest.mark.slow
def test_an_act_judged_by_another_reader_is_judged_anew(up: Upstream, tmp_path: Path) -> None:
    """A stored text is read again where what is kept of it was read otherwise, once."""
    with monitor(up, tmp_path) as (service, at):
        at(datetime(2023, 11, 15, 15, tzinfo=UTC))
        up.files(_act(date(2023, 12, 15)), at=FILED)
        assert at(FILED) == ["removal_announced"]
        with service.ledger.judging() as tx:
            act = tx.known_acts()["2023-25557"]
            tx.set_act(replace(act, judged="by a reader of old"))
            tx.set_findings(act.document.number, {})
        up.register.answers(503)
        assert at(FILED + timedelta(hours=1)) == []
        with service.ledger.judging() as tx:
            assert tx.known_acts()["2023-25557"].judged == act.judged
            (found,) = tx.acts_on([("mps-ifs", "EL")])["mps-ifs", "EL"]
        assert (found.number, found.effect.value) == ("2023-25557", "removes")


@pytest.mark.slow
def test_a_text_in_print_is_asked_for_until_it_comes(up: Upstream, tmp_path: Path) -> None:
    """The filed text decides meanwhile; the printed one is read as soon as it is there, once."""
    act = _act(date(2023, 11, 16))
    with monitor(up, tmp_path) as (_, at):
        at(datetime(2023, 11, 15, 15, tzinfo=UTC))
        up.files(act, at=FILED)
        at(FILED)
        up.publishes(act)
        up.register.answers(404, on="full_text")
        assert at(PRINTED) == ["removal_confirmed"]
        up.register.recovers()
        for hour in (1, 2):
            assert at(PRINTED + timedelta(hours=hour)) == []
        texts = [one for one in up.asked("federal_register", "full_text") if act.number in one.path]
        assert [text.path.endswith(".txt") for text in texts].count(True) == 2


@pytest.mark.slow
def test_a_printed_text_that_no_longer_names_the_party_must_be_read(
    up: Upstream, tmp_path: Path
) -> None:
    """What was announced is neither confirmed nor forgotten: a person is asked, once."""
    with monitor(up, tmp_path) as (service, at):
        at(datetime(2023, 11, 15, 15, tzinfo=UTC))
        up.files(_act(date(2023, 11, 16)), at=FILED)
        assert at(FILED) == ["removal_announced"]
        up.publishes(_act(date(2023, 11, 16), "Some Other Institute of Optics"))
        assert at(PRINTED) == ["notice_found"]
        assert at(PRINTED + timedelta(hours=1)) == []
        with service.ledger.reading() as reading:
            status = statuses(service, reading, service.clock())[0]
        assert "needs a human reader" in status.reasons[0]


@pytest.mark.slow
def test_a_filed_text_without_a_date_is_announced_all_the_same(
    up: Upstream, tmp_path: Path
) -> None:
    """Told from public inspection whatever its date, and as not certain; in print it confirms."""
    act = _act(date(2023, 11, 16))
    filed = replace(act, text=act.text.replace("This rule is effective November 16, 2023.", ""))
    assert filed.text != act.text
    with monitor(up, tmp_path) as (service, at):
        at(datetime(2023, 11, 15, 15, tzinfo=UTC))
        up.files(filed, at=FILED)
        assert at(FILED) == ["removal_announced"]
        with service.ledger.reading() as reading:
            event = reading.events(kind="removal_announced")[0].event
        assert (event.review, event.effective_on) == (True, None)
        assert "its effective date is uncertain" in event.summary
        up.publishes(act)
        assert at(PRINTED) == ["removal_confirmed"]
