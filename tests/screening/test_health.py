"""The health of a source is told aloud, and once."""

from datetime import UTC, datetime

from monitor.screening.event import Event, Kind
from monitor.screening.plausibility import Doubt
from monitor.screening.source_health import (
    Health,
    after_detour,
    after_doubts,
    after_failure,
    after_good,
    after_reformat,
    after_remarks,
    doubts_settled,
)

NOW = datetime(2023, 11, 13, 15, 0, tzinfo=UTC)
SHRUNK = Doubt("EL", "shrink", "list EL shrank from 3420 to 1710 rows")
TOTAL = Doubt(None, "total", "the document says it has 9 rows and has 8")
SHA = "a" * 64


class Source:
    """A source whose polls end one way or another; collects what is told."""

    def __init__(self) -> None:
        self.health = Health()
        self.events: list[Event] = []

    def fails(self, *, at_once: bool = False) -> list[str]:
        return self._told(after_failure(self.health, "csl", "answered 503", NOW, at_once=at_once))

    def is_good(self) -> list[str]:
        self.health = doubts_settled(self.health, (), ())
        return self._told(after_good(self.health, "csl", NOW))

    def is_doubted(self, *doubts: Doubt, held: tuple[str, ...] = ("EL",)) -> list[str]:
        self.health = doubts_settled(self.health, doubts, held)
        return self._told(after_doubts(self.health, "csl", doubts, NOW, SHA, ("Institute",)))

    def serves_from(self, url: str, *failed: tuple[str, str]) -> list[str]:
        return self._told(after_detour(self.health, "csl", failed, url, NOW))

    def remarks(self, *remarks: str) -> list[str]:
        return self._told(after_remarks(self.health, "csl", remarks, NOW, SHA))

    def _told(self, told: object) -> list[str]:
        self.health = told.health  # type: ignore[attr-defined]
        events: tuple[Event, ...] = told.events  # type: ignore[attr-defined]
        self.events += events
        assert len({event.id for event in self.events}) == len(self.events)
        return [event.kind.value for event in events]


def test_failing_after_three_polls_in_a_row_once() -> None:
    """Two are a hiccup; the fourth and later say nothing new."""
    source = Source()
    assert [source.fails() for _ in range(5)] == [[], [], ["source_failing"], [], []]


def test_a_good_poll_between_begins_the_count_anew() -> None:
    """In a row means in a row."""
    source = Source()
    source.fails()
    source.fails()
    source.is_good()
    assert [source.fails() for _ in range(3)] == [[], [], ["source_failing"]]


def test_some_faults_are_told_at_the_first_time() -> None:
    """404 and 410, a redirect to another host, a broken contract."""
    source = Source()
    assert source.fails(at_once=True) == ["source_failing"]
    assert source.fails(at_once=True) == []


def test_one_source_that_gives_no_answer_is_failing_by_itself() -> None:
    """Where the others answer our own line is not the suspect."""
    health, titles = Health(), []
    for others in ((Health(), Health()), (Health(), Health(unreached=True)), (Health(), Health())):
        told = after_failure(
            health, "csl", "no route to host", NOW, at_once=False, unreached=True, others=others
        )
        health = told.health
        titles += [event.title for event in told.events]
    assert titles == ["The Consolidated Screening List is failing"]
    assert health.cut_off is None


def test_all_sources_that_give_no_answer_are_one_message() -> None:
    """Whichever fails last says it for all; the others then have nothing to add."""
    away = Health(failures=2, unreached=True)
    told = after_failure(
        away, "csl", "no route to host", NOW, at_once=False, unreached=True, others=(away, away)
    )
    (event,) = told.events
    assert "offline" in event.title
    next_ = after_failure(
        away, "ecfr", "no route", NOW, at_once=False, unreached=True, others=(told.health, away)
    )
    assert next_.events == ()


def test_recovered_after_two_good_polls_in_a_row() -> None:
    """And failing is told anew after that."""
    source = Source()
    source.fails(at_once=True)
    assert source.is_good() == []
    assert source.fails() == []
    assert source.is_good() == []
    assert source.is_good() == ["source_recovered"]
    assert source.is_good() == []
    assert source.fails(at_once=True) == ["source_failing"]


def test_a_quarantined_poll_is_no_good_one() -> None:
    """It does not help a source recover."""
    source = Source()
    source.fails(at_once=True)
    source.is_good()
    source.is_doubted(SHRUNK)
    assert source.is_good() == []
    assert source.is_good() == ["source_recovered"]


def test_each_reason_of_a_quarantine_is_told_once() -> None:
    """The same one again with other numbers is not news; another is."""
    source = Source()
    assert source.is_doubted(SHRUNK) == ["snapshot_quarantined"]
    assert source.is_doubted(Doubt("EL", "shrink", "other numbers")) == []
    floor = Doubt("EL", "floor", "fewer than its floor")
    assert source.is_doubted(SHRUNK, floor) == ["snapshot_quarantined"]
    assert source.is_doubted(floor) == []


def test_a_doubt_about_the_whole_snapshot_is_told_once_too() -> None:
    """Poll after poll with a wrong total is one message."""
    source = Source()
    assert source.is_doubted(TOTAL) == ["snapshot_quarantined"]
    assert source.is_doubted(TOTAL) == []
    source.is_good()
    assert source.is_doubted(TOTAL) == ["snapshot_quarantined"]


def test_a_doubt_that_comes_back_after_acceptance_is_told_anew() -> None:
    """Also when the good document came as one that had not changed."""
    source = Source()
    source.is_doubted(SHRUNK)
    source.is_good()
    assert source.is_doubted(SHRUNK) == ["snapshot_quarantined"]


def test_a_list_nobody_watches_may_vanish_twice() -> None:
    """Each time it is told, once."""
    source = Source()
    gone = Doubt("SDN", "missing", "list SDN is not in the document")
    assert source.is_doubted(gone, held=("SDN",)) == ["snapshot_quarantined"]
    assert source.is_doubted(gone, held=("SDN",)) == []
    source.is_good()
    assert source.is_doubted(gone, held=("SDN",)) == ["snapshot_quarantined"]


def test_a_quarantine_says_who_is_missing_and_how_to_release() -> None:
    """A true mass removal hides no watch."""
    source = Source()
    source.is_doubted(SHRUNK)
    (event,) = source.events
    assert "Institute" in event.summary
    assert f"snapshots accept {SHA}" in event.summary
    assert event.witnesses[0].snapshot == SHA


def test_an_address_that_fails_while_the_next_serves_is_told_once() -> None:
    """Until it serves again."""
    source = Source()
    assert source.serves_from("u2", ("u1", "answered 404")) == ["source_failing"]
    assert source.serves_from("u2", ("u1", "answered 404")) == []
    assert source.serves_from("u1") == []
    assert source.serves_from("u2", ("u1", "answered 404")) == ["source_failing"]


def test_what_was_not_understood_is_remarked_on_once() -> None:
    """A new remark beside an old one is told alone."""
    source = Source()
    assert source.remarks("unknown field “a”") == ["format_changed"]
    assert source.remarks("unknown field “a”") == []
    assert source.remarks("unknown field “a”", "unknown field “b”") == ["format_changed"]
    assert "“a”" not in source.events[-1].summary
    assert source.remarks() == []


def test_very_many_remarks_are_one_short_message() -> None:
    """A hostile document cannot flood the reader."""
    source = Source()
    source.remarks(*(f"unknown field “{number}”" for number in range(5000)))
    assert len(source.health.remarks) <= 200
    assert source.events[-1].summary == (
        "5000 passages, all shown on /sources; the first: unknown field “0”. They are kept in the "
        "snapshot; nothing is concluded from it."
    )


def test_a_new_format_names_list_and_field() -> None:
    """And that nobody's entry changed."""
    told = after_reformat(Health(), "csl", "EL", ("aliases",), NOW, SHA)
    (event,) = told.events
    assert (event.kind, event.list) == (Kind.FORMAT_CHANGED, "EL")
    assert "aliases" in event.summary
