"""Acts are told to who follows: at the filing, in force, and when they do not come; once each."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from monitor.screening.acts.document import Stage
from monitor.screening.event import Event, Kind, NamedParty
from monitor.screening.follow import Follow
from tests.screening.news.acts import (
    ANY,
    CHINA,
    RUSSIA,
    SEEN,
    SET_AT,
    Telling,
    filed,
    party,
    printed,
    withdrawn,
)

GONE = party("Institute of Forensic Science")
COMES = party("Kaluga Optics JSC", "added", "RU")


def test_at_the_filing_and_in_force_once_each() -> None:
    """Whoever follows the country is told its parties, and nobody else anything."""
    china, russia, every = Telling(CHINA), Telling(RUSSIA), Telling(ANY)
    for telling in (china, russia, every):
        for act, day in (
            (filed(GONE), "2023-11-16"), (filed(GONE), "2023-11-16"), (printed(GONE), "2023-11-17"),
            (printed(GONE), "2023-11-18"), (printed(GONE), "2024-01-10"),
        ):  # fmt: skip
            telling.on(act, day)
    assert russia.titles() == []
    assert china.titles() == every.titles() == [
        "Filed for public inspection: Entity List removal of Institute of Forensic Science",
        "In force: Entity List removal of Institute of Forensic Science",
    ]  # fmt: skip
    first, last = china.events.values()
    assert (first.follow, first.watch, first.list) == ("china", None, "EL")
    assert first.parties == (NamedParty("removed", GONE.name, "CN"),)
    assert (last.citation, last.document_number, last.effective_on) == (
        "88 FR 80131", "2023-25557", "2023-11-16",
    )  # fmt: skip
    assert not first.review


def test_a_mixed_rule_is_counted_by_kind_and_country() -> None:
    """Removals first; what a follow does not ask for is counted and not named."""
    parties = (GONE, COMES, party("Harbin Marine", "added"), party("Xi'an Radar", "amended"))
    (event,) = Telling(ANY).on(filed(*parties), "2023-11-16")
    assert event.title == (
        "Filed for public inspection: 1 removal, 2 additions and 1 amendment on the Entity List "
        "(China 3, Russia 1)"
    )
    assert "2 additions: China 1, Russia 1." in event.summary
    (event,) = Telling(RUSSIA).on(filed(*parties), "2023-11-16")
    assert event.parties == (NamedParty("added", COMES.name, "RU"),)
    assert "3 further parties that this follow does not ask for" in event.summary


@pytest.mark.parametrize(
    ("act", "day", "told"),
    [
        pytest.param(printed(GONE), "2023-11-17", ["In force"], id="found only in print"),
        pytest.param(
            printed(GONE, effective_on="2023-12-01"), "2023-11-17", ["Published, not yet in force"],
            id="effective later",
        ),
        pytest.param(
            printed(GONE, effective_on="2023-12-01"), "2023-12-01", ["In force"],
            id="its day has come",
        ),
        pytest.param(printed(GONE), "2023-11-16", ["Filed for public inspection"], id="too early"),
        pytest.param(
            printed(GONE, replace(GONE, name="Second", effective_on="2023-12-01")), "2023-11-17",
            ["Published, not yet in force", "In force"], id="two days in one act",
        ),
        pytest.param(withdrawn(GONE), "2023-11-17", [], id="withdrawn and never announced"),
        pytest.param(printed(), "2023-11-17", [], id="names nobody"),
    ],
)  # fmt: skip
def test_an_act_is_told_as_far_as_it_has_come(act: object, day: str, told: list[str]) -> None:
    """To a follow that was told nothing of it before."""
    events = Telling().on(act, day)  # type: ignore[arg-type]
    assert [event.title.partition(":")[0] for event in events] == told


@pytest.mark.parametrize(
    ("set_at", "act", "day", "told"),
    [
        pytest.param("2023-11-16T15:00", filed(GONE), "2023-11-16", 0, id="filed and read before"),
        pytest.param("2023-11-16T13:00", filed(GONE), "2023-11-16", 1, id="filed after"),
        pytest.param("2023-11-16T13:50", filed(GONE), "2023-11-16", 1, id="read after"),
        pytest.param("2023-11-16T15:00", printed(GONE), "2023-11-17", 1, id="printed after"),
        pytest.param("2023-11-17T15:00", printed(GONE), "2023-11-17", 0, id="in force that day"),
        pytest.param("2023-11-18T15:00", printed(GONE), "2023-11-18", 0, id="the past"),
        pytest.param(
            "2023-11-20T15:00", printed(GONE, effective_on="2023-12-01"), "2023-12-01", 1,
            id="in force after",
        ),
    ],
)  # fmt: skip
def test_a_follow_hears_what_comes_after_it_was_set(
    set_at: str, act: object, day: str, told: int
) -> None:
    """Filed, printed or read; the past is under /acts."""
    telling = Telling(set_at=datetime.fromisoformat(f"{set_at}:00+00:00"))
    assert len(telling.on(act, day)) == told  # type: ignore[arg-type]


def test_an_announcement_that_is_withdrawn_is_taken_back_once() -> None:
    """With its own parties and the register's words; filed again, it is news again."""
    telling = Telling()
    telling.on(filed(GONE), "2023-11-16")
    (event,) = telling.on(withdrawn(), "2023-11-17")
    assert event.title.startswith("Withdrawn: Entity List removal of Institute")
    assert event.parties == (NamedParty("removed", GONE.name, "CN"),)
    assert "requesting withdrawal" in event.summary
    assert telling.on(withdrawn(), "2023-11-18") == []
    (again,) = telling.on(filed(GONE), "2023-11-20")
    assert again.title.startswith("Filed for public inspection")
    (event,) = telling.on(withdrawn(), "2023-11-21")
    assert event.title.startswith("Withdrawn")


def test_what_print_leaves_out_is_said() -> None:
    """All of it is an event of its own; some of it stands in the news that it is in force."""
    telling = Telling()
    telling.on(filed(GONE), "2023-11-16")
    (event,) = telling.on(printed(COMES), "2023-11-17")
    assert event.title.startswith("Not found in print: Entity List removal of Institute")
    assert event.review
    telling = Telling()
    telling.on(filed(GONE, party("Other")), "2023-11-16")
    (event,) = telling.on(printed(GONE), "2023-11-17")
    assert "Announced at the filing and not found in print: Other." in event.summary
    assert event.review


def test_doubt_is_said_and_never_silent() -> None:
    """A party that is not certain, a country that is not known, a day that is not certain."""
    unsure = party("Nanjing Radio", country=None, certain=False)
    (event,) = Telling(CHINA).on(filed(unsure), "2023-11-16")
    assert event.title.startswith("Please read: Filed for public inspection")
    assert event.review
    (event,) = Telling(CHINA).on(printed(GONE, effective_on=None), "2023-11-17")
    assert event.review
    assert "not certain" in event.summary


def test_an_act_that_is_read_anew_puts_nobody_in_force_twice() -> None:
    """Another reader, or the XML of the day after, gives a party a date of its own."""
    telling = Telling()
    assert len(telling.on(printed(GONE), "2023-11-17")) == 1
    anew = printed(replace(GONE, effective_on="2023-11-16"))
    assert telling.on(anew, "2023-11-18") == []


def test_an_act_found_after_a_text_told_it_is_no_news() -> None:
    """Only what the text had not brought is told of it."""
    text = Event(
        "ev_text", Kind.LIST_CHANGED, None, "EL", "2023-11-15T14:00:00Z",
        follow="china", parties=(NamedParty("removed", "INSTITUTE of Forensic Science", "CN"),),
    )  # fmt: skip
    assert Telling().on(printed(GONE), "2023-11-17", text) == []
    (event,) = Telling().on(printed(GONE, party("Other")), "2023-11-17", text)
    assert [one.name for one in event.parties] == ["Other"]
    later = replace(text, at="2023-11-16T20:00:00Z")
    assert len(Telling().on(printed(GONE), "2023-11-17", later)) == 1


def test_ids_follow_from_what_happened() -> None:
    """Two follows have two; a replay makes the same."""
    one = Telling().on(filed(GONE), "2023-11-16")
    assert [e.id for e in one] == [e.id for e in Telling().on(filed(GONE), "2023-11-16")]
    other = Telling(Follow("other", countries=("CN",))).on(filed(GONE), "2023-11-16")
    assert one[0].id != other[0].id
    assert SET_AT < SEEN < datetime(2023, 11, 17, tzinfo=UTC)
    assert filed(GONE).document.stage is Stage.INSPECTION
