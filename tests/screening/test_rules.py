"""The decision rules, one test a rule, in the words of the rules."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from monitor.screening.decide.act_rules import act_in_force
from monitor.screening.decide.rules import LISTING, Facts
from monitor.screening.state import WatchState
from monitor.screening.witness import Circumstances
from tests.screening.cases import INSTITUTE, MONDAY, Story, act, row

# -- a removal is confirmed by the first of (a), (b), (c), (d)


def test_a_a_published_act_in_force_confirms() -> None:
    """(a): the lists may still say what they like; since and citation are the law's."""
    story = Story.listed()
    story.now = datetime(2023, 11, 17, 12, tzinfo=UTC)
    assert story.finds(act()) == ["removal_confirmed"]
    assert (story.state.state, story.state.since) == ("not_listed", "2023-11-16")
    assert (story.last.citation, story.last.document_number) == ("88 FR 80131", "2023-25557")
    assert story.last.effective_on == "2023-11-16"


@pytest.mark.parametrize(
    ("now", "kind"),
    [("2023-11-17T04:59:59", "removal_announced"), ("2023-11-17T05:00:00", "removal_confirmed")],
)
def test_a_dates_are_washingtons(now: str, kind: str) -> None:
    """(a): a document shown before its publication date in Washington is announced, no more."""
    story = Story.listed()
    story.now = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert story.finds(act()) == [kind]


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        ("2024-03-11", "2024-03-11T03:59:59", "2024-03-11T04:00:00"),
        ("2024-03-10", "2024-03-10T04:59:59", "2024-03-10T05:00:00"),
        ("2024-11-04", "2024-11-04T04:59:59", "2024-11-04T05:00:00"),
        ("2024-11-03", "2024-11-03T03:59:59", "2024-11-03T04:00:00"),
    ],
)
def test_a_effect_comes_at_washingtons_midnight_on_both_sides_of_the_clock_change(
    day: str, before: str, after: str
) -> None:
    """(a): the day of daylight saving, and the day after, begin when they do there."""
    moment = datetime.fromisoformat(before).replace(tzinfo=UTC)
    story = Story.listed(now=moment - timedelta(hours=2))
    assert story.finds(act(published="2024-02-01", effective=day)) == ["removal_announced"]
    assert story.until(moment) == []
    assert story.until(datetime.fromisoformat(after).replace(tzinfo=UTC)) == ["removal_confirmed"]


def test_a_an_act_in_force_next_month_is_announced_now_and_confirmed_then() -> None:
    """(a): time alone brings the confirmation, once, though no source says anything new."""
    story = Story.listed()
    assert story.finds(act(published="2023-11-13", effective="2023-12-15")) == ["removal_announced"]
    assert story.state.pending == "removal_announced"
    story.polls(("ecfr", "listed"), ("csl", "listed"), after=24 * 31)
    assert story.until(datetime(2023, 12, 15, 4, 59, tzinfo=UTC)) == []
    assert story.until(datetime(2023, 12, 15, 5, 0, tzinfo=UTC)) == ["removal_confirmed"]
    assert story.state.since == "2023-12-15"
    assert story.waits(days=1) == []


def test_a_an_act_on_public_inspection_announces_whatever_its_date() -> None:
    """(a) wants a published act; on inspection even an effective date long past only announces."""
    story = Story.listed()
    assert story.finds(act(inspection=True, effective="2023-11-01")) == ["removal_announced"]
    assert story.waits(days=3) == []
    assert story.state.state == "listed"


def test_a_on_inspection_and_published_is_one_act() -> None:
    """(a): announced once, confirmed once, with the same document number."""
    story = Story.listed()
    assert story.finds(act(inspection=True, published="2023-11-17")) == ["removal_announced"]
    assert story.finds(act(), after=24) == []
    assert story.until(datetime(2023, 11, 17, 11, 5, tzinfo=UTC)) == ["removal_confirmed"]
    assert story.finds(act(), after=24) == []
    assert {event.document_number for event in story.events[1:]} == {"2023-25557"}


def test_b_both_lists_absent_confirm_at_once() -> None:
    """(b): the second list to go decides, whichever it is."""
    one, other = Story.listed(), Story.listed()
    assert one.csl("absent") == ["removal_suspected"]
    assert one.ecfr("absent") == ["removal_confirmed"]
    assert other.ecfr("absent") == ["removal_suspected"]
    assert other.csl("absent") == ["removal_confirmed"]
    assert Story.listed().polls(("ecfr", "absent"), ("csl", "absent"))[-1] == "removal_confirmed"


def test_c_the_ecfr_alone_confirms_after_a_day_and_three_polls() -> None:
    """(c): whatever the CSL says."""
    story = Story.listed()
    assert story.ecfr("absent") == ["removal_suspected"]
    assert story.polls(("ecfr", "absent"), ("csl", "listed"), after=12) == []
    assert story.polls(("csl", "listed"), ("ecfr", "absent"), after=12) == ["removal_confirmed"]


@pytest.mark.parametrize(
    "hours", [(30.0,), (1.0, 1.0, 1.0, 20.9), (23.9,)], ids=["two polls", "23.9 h", "both short"]
)
def test_c_not_before(hours: tuple[float, ...]) -> None:
    """(c): two polls are too few however far apart, a day less a little is too short."""
    story = Story.listed()
    story.ecfr("absent")
    for pause in hours:
        assert story.ecfr("absent", after=pause) == []
    assert story.state.pending == "removal_suspected"


def test_c_silence_is_no_steadiness() -> None:
    """(c): three polls in two hours and then no good one do not become a day by waiting."""
    story = Story.listed()
    for _ in range(3):
        story.ecfr("absent", after=1)
    assert story.waits(hours=30) == []
    assert story.polls(("csl", "listed")) == []
    assert story.ecfr("absent", after=0) == ["removal_confirmed"]


def test_c_a_text_that_cannot_be_read_begins_the_day_anew() -> None:
    """(c): absent in *every* good poll; an `unknown` between is none, and cancels nothing."""
    story = Story.listed()
    story.ecfr("absent")
    story.ecfr("absent", after=12)
    assert story.ecfr("unknown", after=6) == []
    assert story.ecfr("absent", after=7) == []
    assert story.ecfr("absent", after=12) == []
    assert story.ecfr("absent", after=12) == ["removal_confirmed"]


def test_d_without_the_ecfr_the_csl_confirms_after_a_day_and_three_polls() -> None:
    """(d): suspected at once, then the same measure of steadiness."""
    story = Story.listed("csl")
    assert story.csl("absent") == ["removal_suspected"]
    assert story.csl("absent", after=12) == []
    assert story.csl("absent", after=12) == ["removal_confirmed"]
    assert story.csl("absent", after=12) == []


def test_d_the_csl_alone_never_confirms_while_the_ecfr_is_enabled() -> None:
    """(d) does not hold: it stays suspected, for as long as it takes."""
    story = Story.listed()
    assert story.csl("absent") == ["removal_suspected"]
    for _ in range(20):
        assert story.polls(("ecfr", "listed"), ("csl", "absent"), after=12) == []
    assert story.state.pending == "removal_suspected"


def test_d_holds_where_the_ecfr_does_not_carry_the_list() -> None:
    """A source that does not carry a list has no say: its rules run as if it were disabled."""
    story = Story.listed("csl", acts=[])
    story.polls(("csl", "absent"), after=1)
    assert story.kinds[-1] == "removal_suspected"


# -- suspicion and cancellation


def test_a_suspicion_cancels_itself_when_its_source_lists_it_again() -> None:
    """And a second removal is told anew, under new ids."""
    story = Story.listed("csl")
    assert story.csl("absent") == ["removal_suspected"]
    assert story.csl("listed") == ["removal_cancelled"]
    assert story.state.pending is None
    assert story.csl("absent") == ["removal_suspected"]


def test_a_suspicion_is_not_cancelled_by_the_other_source() -> None:
    """Only the source that raised it can take it back."""
    story = Story.listed()
    story.csl("absent")
    assert story.ecfr("listed") == []
    assert story.state.pending == "removal_suspected"


def test_a_list_that_has_not_followed_a_confirmed_act_is_lag() -> None:
    """No suspicion of a listing, however long the lists take; then they follow in silence."""
    story = Story.listed()
    story.now = datetime(2023, 11, 17, 12, tzinfo=UTC)
    story.finds(act())
    for _ in range(5):
        assert story.polls(("ecfr", "listed"), ("csl", "listed"), after=24) == []
    assert story.polls(("ecfr", "absent"), ("csl", "absent"), after=24) == []
    assert story.state.pending is None
    assert story.state.since == "2023-11-16"


def test_an_announced_act_counts_however_late_its_day_is_noticed() -> None:
    """Nobody looked for two months, and the lists lag: what was announced has still happened."""
    story = Story.listed()
    story.finds(act(published="2023-11-13", effective="2023-12-15"))
    assert story.csl("listed", after=24 * 60) == ["removal_confirmed"]
    assert story.state.since == "2023-12-15"


def test_an_act_in_force_that_the_lists_contradict_must_be_read() -> None:
    """Known in time, it is found to name the party only when the lists should have followed."""
    story = Story.listed()
    story.polls(("ecfr", "listed"), ("csl", "listed"), after=24 * 30)
    story.acts = [act(seen_at=datetime(2023, 11, 17, 12, tzinfo=UTC))]
    assert story.csl("listed") == ["notice_found"]
    assert (story.last.document_number, story.last.review) == ("2023-25557", True)
    assert "the lists contradict it" in story.last.summary
    assert story.csl("listed") == []
    assert (story.state.state, story.state.pending) == ("listed", None)


def test_an_act_found_late_is_told_though_the_state_is_not_older() -> None:
    """A first state told while the lists may still lag knows nothing of the act."""
    story = Story.listed(now=datetime(2023, 11, 20, 15, tzinfo=UTC))
    story.polls(("ecfr", "listed"), ("csl", "listed"), after=24 * 18)
    assert story.finds(act(), after=1) == ["removal_confirmed"]
    assert story.state.since == "2023-11-16"


def test_what_the_lists_decided_after_an_act_is_not_undone_by_finding_it_late() -> None:
    """Gone and come back while nobody read the act: the lists have had their say on it."""
    story = Story.listed()
    story.polls(("ecfr", "absent"), ("csl", "absent"), after=24 * 5)
    assert story.polls(("ecfr", "listed"), ("csl", "listed"), after=24 * 30) == [
        "listing_confirmed"
    ]
    assert story.finds(act(), after=1) == []
    assert story.state.state == "listed"


def test_an_announced_act_that_does_something_else_as_printed_gives_no_date() -> None:
    """The lists decide alone then: its citation is no ground for what it does not do."""
    story = Story.listed()
    story.finds(act(inspection=True))
    assert story.finds(act("revises"), after=24) == ["notice_found"]
    story.polls(("ecfr", "absent"), ("csl", "absent"), after=24)
    assert story.kinds[-1] == "removal_confirmed"
    assert (story.state.document_number, story.state.citation) == (None, None)


def test_an_act_read_anew_does_not_undo_its_own_decision() -> None:
    """One document decides once, whatever a later reading of it finds it to do."""
    story = Story.listed()
    story.now = datetime(2023, 11, 17, 12, tzinfo=UTC)
    assert story.finds(act()) == ["removal_confirmed"]
    assert story.finds(act("adds"), after=1) == []
    assert story.state.state == "not_listed"


def test_an_act_from_before_the_last_legal_date_is_past() -> None:
    """The law removed it on the 16th: an act of the 10th that added it is how it came to be there.

    Where the date is only the day on which it was first seen missing, the act may be the newer.
    """
    added = act("adds", number="2023-20000", published="2023-11-10", effective="2023-11-10")
    look = Circumstances(datetime(2023, 11, 20, 15, tzinfo=UTC), 9, watched_since=MONDAY)
    facts = Facts(INSTITUTE, "EL", {}, (added,), look)
    by_law = WatchState("mps-ifs", "EL", "not_listed", since="2023-11-16", legal=True)
    assert act_in_force(by_law, facts, LISTING) is None
    assert act_in_force(replace(by_law, legal=False), facts, LISTING) is added


def test_an_act_looked_up_for_the_past_announces_nothing() -> None:
    """What was read to explain a stay of long ago is no news, though its effect is dated ahead."""
    story = Story.listed()
    assert story.finds(act(effective="2023-12-15", historic=True)) == []
    assert story.finds(act("unclear", number="2023-2", historic=True)) == []
    assert story.state.pending is None


def test_an_act_found_after_the_lists_confirmed_fills_in_and_tells_nothing() -> None:
    """Since, citation and link are the act's from then on."""
    story = Story.listed()
    story.now = datetime(2023, 11, 17, 12, tzinfo=UTC)
    story.polls(("ecfr", "absent"), ("csl", "absent"), after=1)
    assert story.kinds[-1] == "removal_confirmed"
    assert story.finds(act(), after=2) == []
    assert (story.state.since, story.state.citation) == ("2023-11-16", "88 FR 80131")
    assert story.state.document_url
    assert story.state.history[-1].to == "2023-11-16"


def test_an_act_of_another_year_explains_no_decision_of_the_lists() -> None:
    """Its date would be a false since, and its citation a false proof."""
    story = Story.listed()
    story.polls(("ecfr", "absent"), ("csl", "absent"), after=1)
    since = story.state.since
    assert story.finds(act(published="2022-11-17", effective="2022-11-16"), after=2) == []
    assert (story.state.since, story.state.document_number) == (since, None)


def test_an_uncertain_act_near_a_decision_of_the_lists_is_read_and_proves_nothing() -> None:
    """It may be the ground of what the lists did: a person must say."""
    story = Story.listed()
    story.polls(("ecfr", "absent"), ("csl", "absent"), after=1)
    assert story.finds(act(review=True, published="2023-11-10"), after=24 * 7) == ["notice_found"]
    assert story.state.document_number is None


def test_an_act_that_did_the_opposite_explains_nothing() -> None:
    """The addition of three weeks before is not why the lists dropped it."""
    story = Story.listed()
    story.polls(("ecfr", "absent"), ("csl", "absent"), after=1)
    assert story.finds(act("adds", published="2023-10-20", effective="2023-10-20")) == []
    assert story.state.document_number is None


@pytest.mark.parametrize("inspection", [True, False])
def test_an_uncertain_act_is_read_by_a_person_where_no_list_could_be_read(inspection: bool) -> None:
    """It announces and decides nothing: the state stays unknown."""
    story = Story()
    story.now = datetime(2023, 11, 17, 12, tzinfo=UTC)
    assert story.finds(act(review=True, inspection=inspection)) == ["notice_found"]
    assert story.state.state is None
    assert story.state.announced is None


def test_a_withdrawn_act_cancels_its_announcement() -> None:
    """Once; and the lists go on being believed."""
    story = Story.listed()
    on_inspection = act(inspection=True, published=None)
    assert story.finds(on_inspection) == ["removal_announced"]
    withdrawn = act(withdrawn=True, published=None, citation=None)
    assert story.finds(withdrawn, after=3) == ["removal_cancelled"]
    assert story.finds(withdrawn, after=3) == []
    assert story.state.pending is None


def test_an_act_withdrawn_and_filed_again_is_announced_again() -> None:
    """A new number is a new act."""
    story = Story.listed()
    story.finds(act(inspection=True))
    story.finds(act(withdrawn=True))
    assert story.finds(act(inspection=True, number="2023-30000")) == ["removal_announced"]


# -- what an act must do


def test_an_act_under_one_of_several_countries_removes_none() -> None:
    """It is no announcement, no confirmation; the lists bring it as an amendment."""
    rows = (row(country="CN"), row(country="AE"))
    story = Story.listed(rows=rows)
    story.now = datetime(2023, 11, 18, tzinfo=UTC)
    assert "removal_confirmed" not in story.finds(act(places=("AE",)))
    assert story.state.state == "listed"
    assert story.finds(act(number="2023-30001", places=("CN", "AE"))) == ["removal_confirmed"]


def test_the_headings_of_the_law_are_those_an_act_speaks_of() -> None:
    """An entry under CHINA with an address in Hong Kong: the CSL's country is not its heading."""
    story = Story.listed(rows=(row(country="CN"),))
    story.now = datetime(2023, 11, 18, tzinfo=UTC)
    story.rows = (row(country="HK"),)
    assert story.csl("listed") == []
    assert story.finds(act(places=("CN",))) == ["removal_confirmed"]


def test_an_act_under_another_destination_is_read_by_a_person() -> None:
    """A heading that is not known, a misread one or a namesake: it is told, and is no removal."""
    for places in (("OM",), ("KOREA, REPUBLIC",)):
        story = Story.listed()
        assert story.finds(act(places=places)) == ["notice_found"]
        assert story.state.state == "listed"
    alone = Story.listed("csl", rows=(row(country="HK"),))
    assert alone.finds(act(places=("CN",))) == ["notice_found"]


def test_an_act_that_names_no_country_is_read_by_a_person_where_there_are_several() -> None:
    """It cannot be told which entries go."""
    story = Story.listed(rows=(row(country="CN"), row(country="AE")))
    story.now = datetime(2023, 11, 18, tzinfo=UTC)
    assert story.finds(act(places=())) == ["notice_found"]
    assert Story.listed().finds(act(places=(), published="2023-11-13", effective="2023-11-13")) == [
        "removal_confirmed"
    ]


@pytest.mark.parametrize(
    "said", [{"effect": "unclear"}, {"review": True}], ids=["unclear", "unsure"]
)
def test_an_act_that_cannot_be_classed_is_a_notice_once(said: dict[str, Any]) -> None:
    """Not a removal: a person must read it."""
    story = Story.listed()
    story.now = datetime(2023, 11, 18, tzinfo=UTC)
    found = act(**said)
    assert story.finds(found) == ["notice_found"]
    assert story.finds(found, after=5) == []
    assert story.last.review
    assert story.state.state == "listed"


def test_an_act_that_revises_tells_nothing_by_itself() -> None:
    """The amended row will."""
    assert Story.listed().finds(act("revises", published="2023-11-10")) == []


# -- the mirror


def test_mirror_a_published_act_in_force_that_adds_it_confirms() -> None:
    """(a), read the other way: published and in force, whatever the lists say yet."""
    story = Story.not_listed()
    adds = act("adds", published="2023-11-14", effective="2023-11-20")
    assert story.finds(adds) == ["listing_announced"]
    assert story.state.pending == "listing_announced"
    story.polls(("ecfr", "absent"), ("csl", "absent"), after=24 * 5)
    assert story.until(datetime(2023, 11, 20, 5, tzinfo=UTC)) == ["listing_confirmed"]
    assert story.state.since == "2023-11-20"


def test_mirror_the_ecfr_listing_it_confirms_at_once() -> None:
    """It is the law's own text."""
    assert Story.not_listed().ecfr("listed") == ["listing_confirmed"]


def test_mirror_the_csl_alone_is_a_suspicion_for_ever() -> None:
    """Old rows have come back before."""
    story = Story.not_listed()
    assert story.csl("listed") == ["listing_suspected"]
    for _ in range(10):
        assert story.polls(("ecfr", "absent"), ("csl", "listed"), after=12) == []
    assert story.csl("absent") == ["listing_cancelled"]
    story.csl("listed")
    assert story.ecfr("listed") == ["listing_confirmed"]


def test_mirror_without_the_ecfr_two_good_polls_confirm() -> None:
    """The first is a suspicion."""
    story = Story.not_listed("csl", rows=(row(start_date="2023-11-14"),))
    assert story.csl("listed", after=24) == ["listing_suspected"]
    assert story.csl("listed") == ["listing_confirmed"]
    assert story.state.since == "2023-11-14"
    assert story.last.citation == "85 FR 34505"


def test_mirror_a_withdrawn_act_cancels_the_announced_listing() -> None:
    """As for removals."""
    story = Story.not_listed()
    assert story.finds(act("adds", inspection=True)) == ["listing_announced"]
    assert story.finds(act("adds", withdrawn=True)) == ["listing_cancelled"]


def test_removed_and_listed_again_and_removed_again() -> None:
    """Each is told; ids never repeat, history grows."""
    story = Story.listed()
    for _ in range(2):
        story.polls(("ecfr", "absent"), ("csl", "absent"), after=24 * 90)
        story.polls(("ecfr", "listed"), ("csl", "listed"), after=24 * 90)
    told = [kind for kind in story.kinds if kind.endswith("confirmed")]
    assert told == ["removal_confirmed", "listing_confirmed"] * 2
    assert len(story.state.history) == 3


# -- clocks


@pytest.mark.parametrize("jump", [-48.0, -1.0])
def test_a_clock_that_jumps_back_decides_nothing(jump: float) -> None:
    """Turns are ordered by poll: a suspicion still arises, and its day still has to pass.

    Where nobody looks again, how long ago the last look was cannot be told, and that is said.
    """
    story = Story.listed("csl")
    assert story.csl("absent", after=jump) == ["removal_suspected"]
    assert story.csl("absent", after=jump) == []
    assert story.csl("absent", after=jump) == []
    assert story.waits(hours=-5) == ["watch_stale"]
    assert set(story.csl("listed", after=jump)) == {"removal_cancelled", "watch_fresh"}


def test_a_clock_set_back_before_the_decision_makes_no_lag_into_a_suspicion() -> None:
    """What was said before the decision stays before it."""
    story = Story.listed()
    story.now = datetime(2023, 11, 17, 12, tzinfo=UTC)
    story.finds(act())
    assert story.polls(("ecfr", "listed"), ("csl", "listed"), after=-100) == []
    assert story.state.state == "not_listed"


def test_the_hour_that_comes_twice_is_counted_once() -> None:
    """The night the clocks go back in Washington has 25 hours, and a day is 24 real ones."""
    story = Story.listed("csl", now=datetime(2023, 11, 4, 18, tzinfo=UTC))
    story.csl("absent", after=0)
    story.csl("absent", after=12)
    assert story.csl("absent", after=11.9) == []
    assert story.csl("absent", after=0.2) == ["removal_confirmed"]


def test_a_second_first_source_after_an_act_is_lag_for_a_fortnight() -> None:
    """A source enabled after a confirmed removal may still show the old text."""
    story = Story.listed("csl")
    story.now = datetime(2023, 11, 17, 12, tzinfo=UTC)
    story.finds(act())
    story.sources = ("ecfr", "csl")
    assert story.ecfr("listed", after=24) == []
    assert story.state.state == "not_listed"


def test_a_first_word_counts_once_the_lists_had_time_to_follow() -> None:
    """A source enabled three weeks after the act shows no old text any more."""
    story = Story.listed("csl")
    story.now = datetime(2023, 11, 17, 12, tzinfo=UTC)
    story.finds(act())
    story.csl("absent", after=24)
    story.sources = ("ecfr", "csl")
    assert story.ecfr("listed", after=24 * 21) == ["listing_confirmed"]


def test_lag_names_how_far_each_source_came_behind() -> None:
    """In seconds behind the first that said it; null for one that has not."""
    story = Story.listed()
    story.csl("absent", after=1)
    story.ecfr("absent", after=2)
    assert [(lag.source, lag.seconds) for lag in story.last.lag] == [("ecfr", 7200)]
    other = Story.listed(now=MONDAY)
    other.now = datetime(2023, 11, 17, 12, tzinfo=UTC)
    other.finds(act())
    assert {(lag.source, lag.seconds) for lag in other.last.lag} == {("ecfr", None), ("csl", None)}


# -- a source that never listed the party has no say on its removal


def only_the_csl_has_it() -> Story:
    """Listed by the CSL; the eCFR has never had it, and its text is free of its names."""
    story = Story()
    assert story.polls(("ecfr", "absent"), ("csl", "listed")) == ["baseline"]
    return story


def test_b_needs_both_lists_to_have_listed_it() -> None:
    """(b): the eCFR's silence says nothing of a party it never had."""
    story = only_the_csl_has_it()
    assert story.csl("absent") == ["removal_suspected"]
    assert story.ecfr("absent") == []
    assert story.state.state == "listed"


def test_d_where_the_ecfr_never_listed_it_the_csl_confirms_after_a_day_and_three_polls() -> None:
    """(d): as if the eCFR were disabled."""
    story = only_the_csl_has_it()
    assert story.csl("absent") == ["removal_suspected"]
    assert story.csl("absent", after=12) == []
    assert story.csl("absent", after=12) == ["removal_confirmed"]


def test_d_not_while_the_ecfr_holds_the_name_in_a_place_that_was_not_understood() -> None:
    """(d): its text must be free of all the names."""
    story = Story()
    assert story.polls(("ecfr", "unknown"), ("csl", "listed")) == ["baseline"]
    assert story.csl("absent") == ["removal_suspected"]
    assert story.csl("absent", after=24) == []
    assert story.csl("absent", after=24) == []


def test_c_needs_the_ecfr_to_have_listed_it() -> None:
    """(c): absent for days, as it was from the first."""
    story = only_the_csl_has_it()
    for _ in range(4):
        assert story.ecfr("absent", after=12) == []
    assert story.state.pending is None


def test_a_first_word_of_absence_after_the_decision_is_no_suspicion() -> None:
    """It was enabled after the decision; a source that never listed the party did not drop it."""
    story = Story()
    assert story.polls(("csl", "listed")) == ["baseline"]
    assert story.ecfr("absent") == []


def test_d_not_while_the_ecfr_is_enabled_and_has_never_been_read() -> None:
    """(d): what it says of the party is not known, so that it cannot be passed over."""
    story = Story()
    assert story.polls(("csl", "listed")) == ["baseline"]
    assert story.csl("absent") == ["removal_suspected"]
    assert [story.csl("absent", after=24) for _ in range(4)] == [[]] * 4


def test_d_not_where_the_ecfr_listed_it_once() -> None:
    """(d): removed, added again by an act, and the eCFR has not followed that yet."""
    story = Story.listed()
    assert story.polls(("ecfr", "absent"), ("csl", "absent"), after=1)[-1] == "removal_confirmed"
    again = act("adds", number="2023-30001", published="2023-11-14", effective="2023-11-14")
    assert story.finds(again, after=24) == ["listing_confirmed"]
    assert story.csl("listed", after=24) == []
    assert story.csl("absent", after=24) == ["removal_suspected"]
    assert [story.csl("absent", after=24) for _ in range(4)] == [[]] * 4
