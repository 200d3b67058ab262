"""The first sentence of a watch, for each state that there is: right, and understandable alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from monitor.screening.decide import testimony
from monitor.screening.decide.rules import Facts
from monitor.screening.state import Span, Suspicion, WatchState
from monitor.screening.watch import Watch
from monitor.screening.witness import Act, Circumstances, Effect, Stage, Verdict
from monitor.screening.words.status_text import first_sentence

NOW = datetime(2023, 11, 20, 16, 25, tzinfo=UTC)
LISTED = WatchState(
    watch="acme",
    list="EL",
    state="listed",
    since="2020-06-05",
    legal=True,
    citation="85 FR 34503",
    history=(Span("2020-06-05", None, "85 FR 34503"),),
)
REMOVED = replace(
    LISTED,
    state="not_listed",
    since="2023-11-16",
    citation="88 FR 80131",
    history=(Span("2020-06-05", "2023-11-16", "85 FR 34503", "88 FR 80131"),),
)
RULE = Act(
    number="2023-25557",
    stage=Stage.INSPECTION,
    effect=Effect.REMOVES,
    list="EL",
    effective_on="2023-11-22",
    citation="88 FR 80131",
)
BOTH = "the eCFR and the Consolidated Screening List"
READ = "last read 2023-11-20 16:25 UTC"


def facts(*acts: Act, now: datetime = NOW, **verdicts: Verdict) -> Facts:
    """What the sources say, as read a moment ago."""
    words = {
        source: testimony.Testimony(
            source=source, verdict=verdict, turned_at=NOW, turned_poll=1, good_polls=1,
            definite=verdict, definite_poll=1, first=True, last_good_at=NOW,
        )
        for source, verdict in verdicts.items()
    }  # fmt: skip
    look = Circumstances(now=now, poll=1, sources=("ecfr", "csl"))
    return Facts(Watch("acme", "Acme Trading"), "EL", words, acts, look)


def said(state: WatchState, asked: Facts, *, fresh: bool = True) -> str:
    """The sentence; it is one, and names party and list."""
    sentence = first_sentence(state, asked, fresh=fresh)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert "Acme Trading" in sentence
    assert "Entity List" in sentence
    return sentence


def test_first_run_with_nothing_read() -> None:
    """Before any good look nothing is claimed."""
    assert said(WatchState("acme", "EL"), facts(), fresh=False) == (
        "Status unknown for Acme Trading on the Entity List: no source has been read successfully"
        " yet."
    )


def test_first_run_of_a_list_that_nobody_carries() -> None:
    """Why it will stay so is said."""
    nobody = replace(facts(), look=Circumstances(now=NOW, poll=0, sources=()))
    assert "no enabled source carries that list" in said(
        WatchState("acme", "EL"), nobody, fresh=False
    )


def test_first_run_that_could_not_be_understood() -> None:
    """A name in a text that was not understood is neither listed nor absent."""
    unread = facts(ecfr=Verdict.UNKNOWN)
    assert "not in an entry we could parse" in said(WatchState("acme", "EL"), unread)


def test_listed() -> None:
    """Since when, by which rule, on whose word, as of when."""
    assert said(LISTED, facts(ecfr=Verdict.LISTED, csl=Verdict.LISTED)) == (
        f"Acme Trading has been on the Entity List since 2020-06-05 by 85 FR 34503 ({BOTH} list it;"
        f" {READ})."
    )


def test_listed_with_a_text_held_back() -> None:
    """A newer text that is not believed may say otherwise; the reader must know of it."""
    asked = facts(ecfr=Verdict.LISTED, csl=Verdict.LISTED)
    held = replace(asked, look=replace(asked.look, held=frozenset({"csl"})))
    assert said(LISTED, held) == (
        f"Acme Trading has been on the Entity List since 2020-06-05 by 85 FR 34503 ({BOTH} list it;"
        f" {READ}; a newer snapshot of the Consolidated Screening List is quarantined)."
    )
    assert said(LISTED, held, fresh=False).endswith(
        "by 85 FR 34503; a newer snapshot of the Consolidated Screening List is quarantined."
    )
    nothing = replace(held, testimonies={})
    both = replace(nothing, look=replace(held.look, held=frozenset({"csl", "ecfr"})))
    assert said(WatchState("acme", "EL"), both, fresh=False).endswith(
        "no source has been read successfully yet, and a snapshot of the eCFR and of the"
        " Consolidated Screening List is quarantined."
    )


def test_listed_without_a_legal_date() -> None:
    """A date that is only ours is said to be only seen."""
    seen = replace(LISTED, legal=False, citation=None, since="2023-11-02")
    assert ", first seen on 2023-11-02 (" in said(seen, facts(ecfr=Verdict.LISTED))


def test_removal_announced() -> None:
    """Still on it; by which document it is to go, and when."""
    state = replace(LISTED, announced=RULE.number)
    assert said(state, facts(RULE, ecfr=Verdict.LISTED, csl=Verdict.LISTED)) == (
        "Acme Trading is still on the Entity List; its removal is announced by 88 FR 80131"
        f" (document 2023-25557), effective 2023-11-22 ({BOTH} list it; {READ})."
    )


def test_removal_suspected() -> None:
    """May have left: who turned, since when, and that nothing confirms it."""
    state = replace(LISTED, suspicion=Suspicion("csl", 2, NOW, "ev_1"))
    assert said(state, facts(ecfr=Verdict.LISTED, csl=Verdict.ABSENT)) == (
        "Acme Trading may have left the Entity List: the Consolidated Screening List has not"
        " listed it since 2023-11-20 16:25 UTC; not confirmed yet (the eCFR lists it,"
        f" the Consolidated Screening List does not list it; {READ})."
    )


def test_removal_confirmed() -> None:
    """Removed: effective when, by which rule; a list that lags is named."""
    assert said(REMOVED, facts(ecfr=Verdict.ABSENT, csl=Verdict.LISTED)) == (
        "Acme Trading is not on the Entity List: it was removed effective 2023-11-16 by"
        " 88 FR 80131 (the Consolidated Screening List still lists it, the eCFR does not list it;"
        f" {READ})."
    )


def test_removal_confirmed_by_the_lists_alone() -> None:
    """Without the rule, the date is the day it was seen."""
    seen = replace(REMOVED, legal=False, citation=None, since="2023-11-17")
    assert "Entity List: it was first found missing on 2023-11-17 (" in said(
        seen, facts(ecfr=Verdict.ABSENT, csl=Verdict.ABSENT)
    )


def test_never_listed() -> None:
    """A party that was never seen on the list has not "left" it."""
    never = WatchState("acme", "EL", state="not_listed", since="2023-11-20")
    assert said(never, facts(ecfr=Verdict.ABSENT)) == (
        "Acme Trading is not on the Entity List; it was not on it at the first check, on 2023-11-20"
        f" (the eCFR does not list it; {READ})."
    )


def test_removal_cancelled() -> None:
    """It stays, and that the fear is over is said for a while, then no more."""
    state = replace(LISTED, last_kind="removal_cancelled", last_event_at=NOW)
    assert "by 85 FR 34503; the removal announced or suspected earlier was cancelled on" in said(
        state, facts(ecfr=Verdict.LISTED, csl=Verdict.LISTED)
    )
    later = facts(now=NOW + timedelta(days=31), ecfr=Verdict.LISTED)
    assert "cancelled" not in said(state, later)


def test_listing_announced_and_suspected() -> None:
    """The mirror of a removal."""
    adds = replace(RULE, effect=Effect.ADDS)
    announced = replace(REMOVED, announced=RULE.number)
    assert said(announced, facts(adds, ecfr=Verdict.ABSENT)).startswith(
        "Acme Trading is not yet on the Entity List; its listing is announced by 88 FR 80131"
    )
    suspected = replace(REMOVED, suspicion=Suspicion("csl", 2, NOW, "ev_1"))
    assert said(suspected, facts(csl=Verdict.LISTED)).startswith(
        "Acme Trading may have joined the Entity List: the Consolidated Screening List has listed"
        " it since 2023-11-20 16:25 UTC; not confirmed yet"
    )


def test_relisted() -> None:
    """Again on the list."""
    again = replace(
        LISTED,
        since="2027-03-01",
        citation="92 FR 1",
        history=(*REMOVED.history, Span("2027-03-01", None, "92 FR 1")),
    )
    assert said(again, facts(ecfr=Verdict.LISTED)).startswith(
        "Acme Trading has been on the Entity List again since 2027-03-01 by 92 FR 1 ("
    )


def test_stale() -> None:
    """Too long without a good look: nothing is claimed, and what was last known stays beside."""
    assert said(REMOVED, facts(ecfr=Verdict.ABSENT), fresh=False) == (
        "Status unknown for Acme Trading on the Entity List: no list has been read successfully"
        " since 2023-11-20 16:25 UTC; last known: not listed; it was removed effective 2023-11-16"
        " by 88 FR 80131."
    )
    pending = replace(LISTED, announced=RULE.number)
    assert said(pending, facts(RULE, ecfr=Verdict.LISTED), fresh=False).endswith(
        "last known: listed since 2020-06-05 by 85 FR 34503, removal announced."
    )
