"""When a source turned, and how often it said so since: the rules behind each decision of lists."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.screening.decide.dates import text_day
from monitor.screening.decide.staleness import gone_quiet
from monitor.screening.decide.testimony import SourceList, StoredTestimony
from monitor.screening.witness import PollOutcome, Verdict
from tests.screening.cases import MONDAY, Story, act

ABSENT, LISTED, UNKNOWN = Verdict.ABSENT, Verdict.LISTED, Verdict.UNKNOWN


def spoken(*verdicts: Verdict) -> StoredTestimony:
    """The word after a row of good polls, numbered from 1."""
    word = None
    for poll, verdict in enumerate(verdicts, 1):
        looked = SourceList("ecfr", "EL", good_polls=poll, last_good_at=MONDAY)
        now = StoredTestimony.begun("mps-ifs", looked, verdict, (), at=MONDAY, poll=poll)
        word = now.following(word)
    assert word is not None
    return word


@pytest.mark.parametrize("verdict", [ABSENT, LISTED])
def test_unknown_between_two_equal_verdicts_is_no_turn(verdict: Verdict) -> None:
    """A row that could not be read for a day neither went nor came back."""
    word = spoken(verdict, UNKNOWN, verdict)
    assert (word.definite, word.definite_poll, word.first) == (verdict, 1, True)


def test_another_verdict_is_a_turn_of_that_poll_and_no_first_word() -> None:
    """Also where nobody could tell in between."""
    for said in ((LISTED, ABSENT), (LISTED, UNKNOWN, ABSENT)):
        word = spoken(*said)
        assert (word.definite, word.definite_poll, word.first) == (ABSENT, len(said), False)


def test_the_first_definite_word_is_the_first_whatever_went_before() -> None:
    """`unknown` is no word on the party."""
    word = spoken(UNKNOWN, UNKNOWN, LISTED)
    assert (word.definite, word.definite_poll, word.first) == (LISTED, 3, True)


def test_good_polls_count_from_the_turn_on_the_first_included() -> None:
    """Rules (c) and (d) ask for three: the turn and two more."""
    word = spoken(LISTED, ABSENT)
    for polls, counted in ((2, 1), (3, 2), (4, 3)):
        beside = word.beside(SourceList("ecfr", "EL", good_polls=polls, last_good_at=MONDAY))
        assert beside.good_polls == counted


def test_a_source_that_could_not_tell_for_a_day_raises_no_suspicion() -> None:
    """Listed by an act that the eCFR has not followed: it is still absent there, not again."""
    story = Story.not_listed("ecfr")
    listing = act("adds", number="2026-1", published="2023-11-13", effective="2023-11-13")
    assert story.finds(listing) == ["listing_confirmed"]
    assert story.ecfr("absent") == []
    assert story.ecfr("unknown") == []
    assert story.ecfr("absent") == []
    assert story.state.pending is None


def test_a_list_that_never_follows_an_act_is_spoken_of_again_after_a_fortnight() -> None:
    """It differs, so the watch stays open, and time alone brings it up."""
    story = Story.not_listed("ecfr", "csl")
    listing = act("adds", number="2026-1", published="2023-11-13", effective="2023-11-13")
    assert story.finds(listing) == ["listing_confirmed"]
    assert story.is_open
    assert story.polls(("ecfr", "listed"), ("csl", "listed"), after=24) == []
    assert not story.is_open


def test_what_is_pending_or_undecided_stays_open() -> None:
    """Every look judges it."""
    assert Story().is_open
    story = Story.listed()
    assert not story.is_open
    assert story.csl("absent") == ["removal_suspected"]
    assert story.is_open


def test_what_is_announced_or_stale_stays_open_though_the_lists_agree() -> None:
    """An act's day comes by time alone, and so does the next good look."""
    announced = Story.listed()
    assert announced.finds(act(inspection=True)) == ["removal_announced"]
    assert announced.is_open
    stale = Story.listed()
    assert stale.waits(days=5) == ["watch_stale"]
    assert stale.is_open


def test_an_older_copy_never_files_a_change_before_the_text_it_follows() -> None:
    """Two edges of one host serve different days."""
    now = datetime(2023, 11, 20, 12, tzinfo=UTC)
    assert text_day("2023-11-17", now, "2023-11-18T01:00:00Z") == "2023-11-18"
    assert text_day("2023-11-19", now, "2023-11-18") == "2023-11-19"
    assert text_day(None, now, None) == "2023-11-20"


def test_a_list_is_quiet_when_no_source_of_it_was_read_within_its_limit() -> None:
    """One good source is enough, and a look ahead of the clock is none."""
    now, day = MONDAY, timedelta(days=1)
    looks = {"EL": [now - 3 * day, now - day], "UVL": [now - 3 * day], "MEU": [now + day]}
    limits = dict.fromkeys(looks, (2 * day).total_seconds())
    assert gone_quiet(looks, limits, now) == {"UVL", "MEU"}


def test_only_a_poll_that_read_the_source_whole_is_good() -> None:
    """Quarantined is whole and not believed."""
    assert [one.value for one in PollOutcome if one.good] == ["accepted", "unchanged"]
