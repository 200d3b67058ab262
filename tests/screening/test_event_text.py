"""What an alert says of a document and of a text's day: no more than they mean."""

from dataclasses import replace

import pytest

from monitor.notify.message import story_of
from monitor.screening.decide.rules import Facts
from monitor.screening.event import Event, Kind
from monitor.screening.witness import Act, Circumstances
from monitor.screening.words.event_text import all_say, compose
from monitor.screening.words.labels import law_name
from tests.screening.cases import INSTITUTE, MONDAY, Story, act


def told(kind: Kind, by: Act | None = None, *, as_of: str | None = None) -> Event:
    """An event of the institute, at MONDAY; every source says that its text is of a day."""
    story = Story.listed()
    said = {name: replace(word, as_of=as_of) for name, word in story.testimonies.items()}
    facts = Facts(INSTITUTE, "EL", said, (), Circumstances(MONDAY, 9, story.sources))
    return compose(
        kind, story.state, facts, cause=("x",), summary=all_say(facts), act=by, before=None,
        after=None, changes=(), review=False, after_poll=0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (Kind.REMOVAL_SUSPECTED, "Listed by"), (Kind.REMOVAL_CANCELLED, "Listed by"),
        (Kind.ENTRY_AMENDED, "Listed by"), (Kind.LISTING_SUSPECTED, "Removed by"),
        (Kind.LISTING_CANCELLED, "Removed by"), (Kind.WATCH_STALE, "Last rule known"),
        (Kind.POSSIBLE_MATCH, "Last rule known"), (Kind.BASELINE, "Rule"),
        (Kind.LISTING_CONFIRMED, "Rule"),
    ],
)  # fmt: skip
def test_the_document_behind_the_state_is_not_the_rule_of_a_suspicion(
    kind: Kind, name: str
) -> None:
    """It listed the party and removed nothing."""
    event = told(kind)
    assert event.citation == "85 FR 34505"
    assert law_name(event) == name
    facts = {fact.label: fact.value for fact in story_of(event, None).facts}
    assert facts[name].startswith("85 FR 34505")
    assert name == "Rule" or "Rule" not in facts


@pytest.mark.parametrize(
    "kind", [Kind.REMOVAL_ANNOUNCED, Kind.REMOVAL_CANCELLED, Kind.NOTICE_FOUND, Kind.ENTRY_AMENDED]
)
def test_an_act_is_the_rule_of_its_event(kind: Kind) -> None:
    """Withdrawn, to be read, or revising."""
    event = told(kind, act())
    assert (event.citation, law_name(event)) == ("88 FR 80131", "Rule")


@pytest.mark.parametrize(
    ("as_of", "shown"),
    [
        ("2023-11-14", "2023-11-13"), ("2024-01-01", "2023-11-13"),
        ("2023-11-13T16:00:00Z", "2023-11-13T15:00:00Z"), ("2023-11-13", "2023-11-13"),
        ("2023-11-10", "2023-11-10"), ("2023-11-13T14:59:59Z", "2023-11-13T14:59:59Z"),
        (None, None),
    ],
)  # fmt: skip
def test_no_alert_shows_a_date_later_than_its_own_moment(
    as_of: str | None, shown: str | None
) -> None:
    """A host ahead of the calendar, by a day or by a year, or of our clock by an hour."""
    event = told(Kind.REMOVAL_SUSPECTED, as_of=as_of)
    assert {witness.as_of for witness in event.witnesses} == {shown}
    assert (f"(as of {shown[:10]})" in event.summary) if shown else "as of" not in event.summary
