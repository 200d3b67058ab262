"""Since when a state holds, and the history that decisions write."""

from dataclasses import replace
from datetime import UTC, date, datetime

from monitor.screening.decide.dates import forgotten, moved_on, noted, with_citation
from monitor.screening.decide.rules import LISTING, REMOVAL
from monitor.screening.state import Span, WatchState
from tests.screening.cases import Story, act, row

LISTED = WatchState("mps-ifs", "EL", "listed", since="2023-11-16", citation="88 FR 80131")


def test_a_listing_begins_at_the_earliest_start_date_of_its_rows() -> None:
    """And cites what the row cites first."""
    rows = (row(start_date="2021-01-01"), row(country="AE", start_date="2020-06-05"))
    story = Story.listed(rows=rows)
    assert (story.state.since, story.state.citation) == ("2020-06-05", "85 FR 34505")
    assert story.state.history == (Span("2020-06-05", None, "85 FR 34505"),)


def test_a_row_without_a_date_is_listed_since_it_was_seen() -> None:
    """In Washington, where it is still yesterday."""
    story = Story.listed(rows=(row(start_date=None),), now=datetime(2023, 11, 14, 3, tzinfo=UTC))
    assert (story.state.since, story.state.legal) == ("2023-11-13", False)


def test_a_removal_seen_on_the_lists_is_dated_by_the_first_that_showed_it() -> None:
    """The eCFR speaks for the day of its text, the CSL for the day it was seen."""
    story = Story.listed()
    story.polls(("ecfr", "absent"), after=24 * 5, as_of=date(2023, 11, 17))
    story.csl("absent")
    assert story.state.since == "2023-11-17"
    assert story.state.history[-1].to == "2023-11-17"


def test_a_date_that_is_not_certain_dates_nothing() -> None:
    """The lists confirm what was announced: the act is named, and the day is the one seen."""
    story = Story.listed()
    story.finds(act(inspection=True, undated=True, effective="2023-11-01"), after=1)
    assert (story.last.kind.value, story.last.effective_on) == ("removal_announced", None)
    story.polls(("ecfr", "absent"), ("csl", "absent"), after=24 * 5, as_of=date(2023, 11, 18))
    assert story.last.kind.value == "removal_confirmed"
    assert story.last.effective_on is None
    assert (story.state.since, story.state.legal) == ("2023-11-18", False)
    assert story.state.document_number == "2023-25557"


def test_history_closes_the_open_time_or_tells_of_one_unknown() -> None:
    """A removal without a known listing still has an end."""
    open_ = WatchState("a", "EL", since="2023-11-16", citation="X", history=(Span("2020-06-05"),))
    assert moved_on(open_, REMOVAL) == (Span("2020-06-05", "2023-11-16", None, "X"),)
    assert moved_on(LISTED, REMOVAL) == (Span(None, "2023-11-16", None, "88 FR 80131"),)
    assert moved_on(LISTED, LISTING) == (Span("2023-11-16", None, "88 FR 80131"),)


def test_an_act_found_later_dates_the_last_step_only() -> None:
    """The effective date and the citation are the act's; what came before stays."""
    past = (Span("2001-01-01", "2002-01-01"), Span("2020-06-05", "2023-11-20"))
    found = with_citation(WatchState("a", "EL", history=past), act())
    assert found == (past[0], Span("2020-06-05", "2023-11-16", None, "88 FR 80131"))
    assert with_citation(WatchState("a", "EL"), act()) == ()


def test_an_act_is_noted_once() -> None:
    """However often it is seen."""
    state = WatchState("a", "EL", noticed=("1",))
    assert noted(state, act(number="1")) == ("1",)
    assert noted(state, act(number="2")) == ("1", "2")
    assert noted(state, None) == ("1",)


def test_a_withdrawn_act_is_forgotten_and_no_other() -> None:
    """Filed again under its number it is announced, and if need be read, once more."""
    told = replace(LISTED, announced="1", noticed=("1", "2"), read=("1", "2"))
    left = forgotten(told, act(number="1", withdrawn=True))
    assert (left.announced, left.noticed, left.read) == (None, ("2",), ("2",))
