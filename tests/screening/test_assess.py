"""The frame around the rules: first states, silence, ids, what is told once and what is kept."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.screening.change import Change, ChangeKind
from monitor.screening.decide.assess import assess
from monitor.screening.decide.rules import Facts
from monitor.screening.event import FieldChange
from monitor.screening.state import Span, WatchState
from monitor.screening.witness import Circumstances
from tests.screening.cases import INSTITUTE, MONDAY, Story, act, row

# -- first states


@pytest.mark.parametrize("verdict", ["listed", "absent"])
def test_a_first_state_is_a_baseline_and_never_an_alert(verdict: str) -> None:
    """Whatever the first look shows; the second look adds nothing."""
    story = Story()
    assert story.polls(("ecfr", verdict), ("csl", verdict)) == ["baseline"]
    assert not story.last.review
    assert story.polls(("ecfr", verdict), ("csl", verdict), after=1) == []
    assert story.state.state == {"listed": "listed", "absent": "not_listed"}[verdict]


def test_a_first_state_waits_for_all_sources_of_the_round() -> None:
    """The eCFR is asked first; its word alone makes no baseline while the CSL is yet to come."""
    story = Story()
    story.polls(("ecfr", "listed"), ("csl", "listed"))
    assert story.last.witnesses[1].verdict == "listed"


@pytest.mark.parametrize("said", [("absent", "listed"), ("listed", "absent")])
def test_where_one_list_has_the_party_it_is_listed_and_a_person_looks(
    said: tuple[str, str],
) -> None:
    """The other may lack it by another spelling, or lag: neither is calm, and neither a turn."""
    story = Story()
    polls = tuple(zip(("ecfr", "csl"), said, strict=True))
    assert story.polls(*polls) == ["baseline"]
    assert story.state.state == "listed"
    assert story.last.review
    assert story.polls(*polls, after=24) == []
    assert story.state.pending is None


def test_where_an_act_in_force_removed_it_a_list_that_still_has_it_lags() -> None:
    """The law is believed, not the list that has yet to follow."""
    story = Story(acts=[act()], now=datetime(2023, 11, 17, 15, tzinfo=UTC))
    assert story.polls(("ecfr", "absent"), ("csl", "listed")) == ["baseline"]
    assert (story.state.state, story.last.review) == ("not_listed", False)


def test_no_verdict_is_unknown_without_a_baseline() -> None:
    """A name in the full text without a row that was understood settles nothing."""
    story = Story()
    assert story.polls(("ecfr", "unknown")) == []
    assert story.state.state is None
    assert story.csl("listed") == ["baseline"]


def test_a_first_run_with_a_removing_act_on_inspection() -> None:
    """The baseline, then the announcement."""
    story = Story(acts=[act(inspection=True, seen_at=MONDAY)])
    assert story.polls(("ecfr", "listed"), ("csl", "listed")) == ["baseline", "removal_announced"]
    assert story.state.pending == "removal_announced"


def test_a_first_run_before_the_lists_have_followed_an_act() -> None:
    """The act is in force: the first state is the law's, and no alert."""
    story = Story(acts=[act()], now=datetime(2023, 11, 20, 15, tzinfo=UTC))
    assert story.polls(("ecfr", "listed"), ("csl", "listed")) == ["baseline"]
    assert (story.state.state, story.state.since) == ("not_listed", "2023-11-16")
    assert story.polls(("ecfr", "absent"), ("csl", "absent"), after=24) == []


def test_a_first_run_years_later_tells_the_known_past() -> None:
    """Not listed, removed effective 2023-11-16 by 88 FR 80131, as one baseline."""
    past = (Span("2020-06-05", "2023-11-16", "85 FR 34505", "88 FR 80131"),)
    story = Story(past=past, now=datetime(2026, 11, 20, 15, tzinfo=UTC))
    assert story.polls(("ecfr", "absent"), ("csl", "absent")) == ["baseline"]
    assert (story.state.since, story.state.citation) == ("2023-11-16", "88 FR 80131")
    assert "2023-11-16 (removed by 88 FR 80131)" in story.last.summary
    assert story.finds(act(historic=True)) == []


def test_an_old_act_does_not_undo_a_listing_that_stands_long_after_it() -> None:
    """A removal of 2023 found by looking back says nothing against a row of 2026."""
    story = Story.listed(now=datetime(2026, 11, 20, 15, tzinfo=UTC))
    assert story.finds(act(historic=True)) == []
    assert story.finds(act(), after=1) == []
    assert story.state.state == "listed"


# -- silence


def test_silence_makes_a_watch_stale_once_and_a_good_look_fresh_once() -> None:
    """The last known state is kept; nothing is decided."""
    story = Story.listed("csl", stale_after=timedelta(hours=12))
    assert story.waits(hours=12) == []
    assert story.waits(seconds=1) == ["watch_stale"]
    assert story.waits(days=3) == []
    assert story.state.state == "listed"
    assert story.csl("listed") == ["watch_fresh"]
    assert story.csl("listed") == []


def test_a_watch_that_was_never_seen_is_stale_too() -> None:
    """Without a baseline; the first look then brings both."""
    story = Story(sources=("csl",), stale_after=timedelta(hours=12))
    assert story.waits(hours=13) == ["watch_stale"]
    assert story.csl("absent") == ["baseline", "watch_fresh"]


def test_one_good_source_is_enough_not_to_be_silent() -> None:
    """Stale is when no list source was good."""
    story = Story.listed(stale_after=timedelta(days=4))
    for _ in range(10):
        story.csl("listed", after=24)
    assert story.waits(hours=1) == []


def test_a_removal_in_the_first_look_after_a_silence_is_told() -> None:
    """Both: fresh again, and suspected."""
    story = Story.listed("csl", stale_after=timedelta(hours=12))
    story.waits(hours=13)
    assert sorted(story.csl("absent")) == ["removal_suspected", "watch_fresh"]


# -- ids and witnesses


def test_the_same_story_makes_the_same_ids() -> None:
    """They follow from what happened alone: a replay and a replica tell nothing twice."""

    def told() -> list[str]:
        story = Story.listed("csl")
        story.csl("absent")
        story.csl("listed")
        story.csl("absent")
        return [event.id for event in story.events]

    assert told() == told()
    assert len(set(told())) == 4


def test_every_event_names_every_witness_and_its_evidence() -> None:
    """Also the ones that disagree, and the act where there is one."""
    story = Story.listed()
    story.now = datetime(2023, 11, 17, 12, tzinfo=UTC)
    story.finds(act(snapshot="f" * 64))
    said = {witness.source: witness for witness in story.last.witnesses}
    assert set(said) == {"federal_register", "ecfr", "csl"}
    assert said["federal_register"].snapshot == "f" * 64
    assert said["federal_register"].verdict is None
    assert said["csl"].verdict == "listed"
    assert said["csl"].snapshot


def test_a_removal_keeps_the_entry_that_was() -> None:
    """Before is the row as last published; after is nothing."""
    story = Story.listed("csl")
    story.csl("absent")
    assert story.last.before is not None
    assert story.last.before.name == INSTITUTE.name
    assert story.last.after is None


# -- amendments beside decisions


def amendment(field: str = "license_policy", new: str = "Policy of denial") -> Change:
    one = row()
    return Change(
        "EL", ChangeKind.AMENDED, one, one, (FieldChange(field, "Presumption of denial", new),)
    )


def test_an_amendment_is_told_once_though_both_lists_bring_it() -> None:
    """The eCFR weeks after the CSL, in its own words, is the same news."""
    story = Story.listed()
    assert story.amended(amendment(), source="csl") == ["entry_amended"]
    assert story.amended(amendment(new="denial policy."), source="ecfr", after=24 * 20) == []
    assert story.amended(amendment(new="Another policy"), source="csl", after=24) == [
        "entry_amended"
    ]


def test_changes_of_a_row_that_went_are_no_amendment() -> None:
    """A removal is a removal."""
    gone = Change("EL", ChangeKind.REMOVED, row(), None)
    story = Story.listed("csl")
    assert story.polls(("csl", "absent"), after=1, changes=[gone]) == ["removal_suspected"]


def test_amendments_of_a_row_that_only_lags_are_not_told() -> None:
    """Removed by an act in force, and still on a list that follows late: it is not listed."""
    story = Story.listed()
    story.now = datetime(2023, 11, 17, 12, tzinfo=UTC)
    assert story.finds(act()) == ["removal_confirmed"]
    assert story.amended(amendment()) == []


@pytest.mark.parametrize("verdict", ["absent", "unknown"])
def test_no_amendment_where_the_source_does_not_list_it(verdict: str) -> None:
    """What else a source says of a party that it does not list is no amendment."""
    story = Story.listed("csl")
    kinds = story.polls(("csl", verdict), after=1, changes=[amendment()])
    assert "entry_amended" not in kinds


def test_a_successor_is_an_amendment_to_be_reviewed() -> None:
    """Continuity: the row was found again under another name."""
    one, other = row(), row(name="Institute of Forensic Sciences")
    fields = (FieldChange("name", one.name, other.name),)
    change = Change("EL", ChangeKind.AMENDED, one, other, fields, review=True)
    story = Story.listed("csl")
    assert story.amended(change) == ["entry_amended"]
    assert story.last.review
    assert (story.last.before, story.last.after) == (one, other)


# -- any story

_POLLS = st.lists(
    st.tuples(
        st.sampled_from(["ecfr", "csl"]),
        st.sampled_from(["listed", "absent", "unknown"]),
        st.floats(-2, 30),
    ),
    max_size=25,
)


@given(_POLLS)
def test_decisions_alternate_and_suspicions_are_resolved(
    polls: list[tuple[str, str, float]],
) -> None:
    """Whatever the sources say: no removal of what is not listed, no suspicion told twice."""
    story = Story()
    for source, verdict, pause in polls:
        story.polls((source, verdict), after=pause)
    told = [kind for kind in story.kinds if kind.endswith("confirmed")]
    assert all(one != other for one, other in pairwise(told))
    open_: str | None = None
    for kind in story.kinds:
        if kind.endswith("suspected"):
            assert open_ is None
            open_ = kind
        elif kind.endswith(("confirmed", "cancelled")):
            open_ = None
    assert (open_ is not None) == (story.state.pending is not None)


@given(_POLLS)
def test_one_list_alone_never_confirms_against_a_steady_ecfr(
    polls: list[tuple[str, str, float]],
) -> None:
    """However the CSL flickers, while every eCFR poll lists it."""
    story = Story.listed()
    for _, verdict, pause in polls:
        story.csl(verdict, after=pause)
        story.ecfr("listed", after=0)
    assert not [kind for kind in story.kinds if kind == "removal_confirmed"]


@given(_POLLS)
def test_judging_the_same_again_tells_nothing(polls: list[tuple[str, str, float]]) -> None:
    """A second judgement of what is known, at the same moment, is silent and changes nothing."""
    story = Story()
    for source, verdict, pause in polls:
        story.polls((source, verdict), after=pause)
        known = story.state
        assert story.waits() in ([], ["watch_stale"])
        assert story.waits() == []
        if not story.state.stale:
            assert story.state == known


def test_nothing_known_judges_to_nothing() -> None:
    """No source, no act, no time: no event."""
    state = WatchState("mps-ifs", "EL")
    facts = Facts(INSTITUTE, "EL", {}, (), Circumstances(MONDAY, 0))
    assert assess(state, facts).events == ()
