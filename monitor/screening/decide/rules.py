"""What the decision rules ask of the witnesses. Removal and listing are the rules read two ways."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from monitor.screening.cases import Case
from monitor.screening.change import Change
from monitor.screening.decide.testimony import Testimony
from monitor.screening.entry import ENTITY_LIST
from monitor.screening.event import Kind
from monitor.screening.state import LISTED, NOT_LISTED, Span, WatchState
from monitor.screening.watch import Watch
from monitor.screening.witness import (
    FOLLOWS_WITHIN,
    Act,
    Circumstances,
    Effect,
    Source,
    Verdict,
)
from monitor.screening.words.message import Message, filled, template

STEADY_FOR = timedelta(hours=24)
"""Rules (c) and (d): absent for at least this long …"""
STEADY_POLLS = 3
"""… and in at least this many good polls."""
LISTED_POLLS = 2
"""With the eCFR disabled, this many good polls of the CSL confirm a listing."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a judgement of one watch on one list looks at."""

    watch: Watch
    list_code: str
    testimonies: Mapping[str, Testimony]
    acts: Sequence[Act]
    look: Circumstances
    changes: Sequence[Change] = ()
    """Changes of the watch's own rows in the snapshot that is being judged."""
    changed_source: str | None = None
    past: tuple[Span, ...] = ()
    """Times on the list before now, where they are known."""
    cases: Sequence[Case] = ()
    """What may be the watch's party, decided or not."""
    notes: Sequence[str] = ()
    """The editors' notes in the law's text that name the watch."""

    def word(self, source: str) -> Testimony | None:
        """The testimony of an enabled source that carries the list."""
        return self.testimonies.get(source) if source in self.look.sources else None

    def words(self) -> list[Testimony]:
        """All testimonies that count here, the law's own text first."""
        return [word for source in self.look.sources for word in (self.word(source),) if word]

    def asked(self) -> list[Case]:
        """The open cases that leave the state unknown, the likeliest first."""
        weighing = [case for case in self.cases if case.weighs]
        return sorted(weighing, key=lambda case: (-case.score, case.id))

    def may_go_on(self) -> bool:
        """Whether a person is yet to say if the watch's own row, now gone, goes on as another."""
        return any(case.successor for case in self.asked())

    def countries(self) -> frozenset[str]:
        """Every destination under which the watch is listed now.

        Acts speak in the headings of the law, and so does the eCFR. The CSL has the countries of
        the addresses (Hong Kong for an entry under CHINA): it is asked only where the eCFR is mute.
        """
        said = (
            frozenset(entry.country for entry in word.matched if entry.country)
            for word in (self.word(Source.ECFR), self.word(Source.CSL))
            if word is not None
        )
        return next((countries for countries in said if countries), frozenset())


class Rule(StrEnum):
    """By which rule a removal or listing was confirmed; the value is its sentence."""

    ACT = template("a published act is in force")
    BOTH_LISTS = template("the eCFR and the Consolidated Screening List agree")
    ECFR_STEADY = template(
        "it has been absent from the eCFR in at least 3 successful polls over at least 24 hours"
    )
    CSL_STEADY = template("the only list source has consistently said so")
    ECFR_LISTS = template("the eCFR lists it")

    @property
    def said(self) -> Message:
        return filled(self.value)


@dataclass(frozen=True, slots=True)
class Direction:
    """Removal and listing are mirror images; this says which way one reads the rules."""

    target: Verdict
    """What a list says once it has happened."""
    comes_from: str
    becomes: str
    effect: Effect
    announced: Kind
    suspected: Kind
    confirmed: Kind
    cancelled: Kind


REMOVAL = Direction(
    Verdict.ABSENT,
    LISTED,
    NOT_LISTED,
    Effect.REMOVES,
    Kind.REMOVAL_ANNOUNCED,
    Kind.REMOVAL_SUSPECTED,
    Kind.REMOVAL_CONFIRMED,
    Kind.REMOVAL_CANCELLED,
)
LISTING = Direction(
    Verdict.LISTED,
    NOT_LISTED,
    LISTED,
    Effect.ADDS,
    Kind.LISTING_ANNOUNCED,
    Kind.LISTING_SUSPECTED,
    Kind.LISTING_CONFIRMED,
    Kind.LISTING_CANCELLED,
)


def direction(state: WatchState) -> Direction:
    """The way the next decision of a decided state can go."""
    return REMOVAL if state.state == LISTED else LISTING


def way_of(act: Act) -> Direction | None:
    """The way an act goes; None for one that neither removes nor adds."""
    if act.effect is Effect.REMOVES:
        return REMOVAL
    return LISTING if act.effect is Effect.ADDS else None


def turned(word: Testimony, state: WatchState, facts: Facts, target: Verdict) -> bool:
    """Whether a source came to say `target` after the last decision.

    A source that never listed the party has no say on its removal. One whose very first word is
    that it lists it may still be following an older act.
    """
    if word.verdict is not target or word.definite_poll <= state.decided_poll:
        return False
    if not word.first:
        return True
    if target is Verdict.ABSENT:
        return False
    act = find_act(facts, state.document_number)
    counts = act.counts_from() if act else None
    return counts is None or word.as_of_date() > counts + FOLLOWS_WITHIN


def lists_confirm(state: WatchState, facts: Facts, way: Direction) -> Rule | None:
    """The rule by which the lists alone confirm, if one does."""
    if way is LISTING:
        return _lists_confirm_a_listing(state, facts)
    # Whether the row that went goes on as another is for a person to say first.
    return None if facts.may_go_on() else _lists_confirm_a_removal(state, facts)


def _lists_confirm_a_removal(state: WatchState, facts: Facts) -> Rule | None:
    csl, ecfr = facts.word(Source.CSL), facts.word(Source.ECFR)
    csl_turned = csl is not None and turned(csl, state, facts, Verdict.ABSENT)
    if ecfr is not None and turned(ecfr, state, facts, Verdict.ABSENT):
        if csl_turned:
            return Rule.BOTH_LISTS
        return Rule.ECFR_STEADY if _steady(ecfr) else None
    alone = csl is not None and csl_turned and _no_say(facts) and _steady(csl)
    return Rule.CSL_STEADY if alone else None


def _lists_confirm_a_listing(state: WatchState, facts: Facts) -> Rule | None:
    csl, ecfr = facts.word(Source.CSL), facts.word(Source.ECFR)
    if ecfr is not None and turned(ecfr, state, facts, Verdict.LISTED):
        return Rule.ECFR_LISTS
    if law_is_read(facts) or csl is None:
        return None
    steady = turned(csl, state, facts, Verdict.LISTED) and csl.good_polls >= LISTED_POLLS
    return Rule.CSL_STEADY if steady else None


def _no_say(facts: Facts) -> bool:
    """Whether the eCFR has no say on a removal.

    It is disabled, does not carry the list, or never listed the party and is free of its names.
    """
    ecfr = facts.word(Source.ECFR)
    if ecfr is None:
        return not law_is_read(facts)
    return ecfr.first and ecfr.verdict is Verdict.ABSENT


def law_is_read(facts: Facts) -> bool:
    """Whether the law's own text of the list is read, or will be: then the lists wait for it.

    Supplements No. 6 and 7 come in another answer than the Entity List. One that never came has no
    say: the CSL's word on these lists must not wait for it for ever.
    """
    if Source.ECFR not in facts.look.sources:
        return False
    return facts.list_code == ENTITY_LIST or facts.word(Source.ECFR) is not None


def _steady(word: Testimony) -> bool:
    """Whether good polls have said it for long enough; time in which nobody looked proves none."""
    return word.good_polls >= STEADY_POLLS and word.last_good_at - word.turned_at >= STEADY_FOR


def find_act(facts: Facts, number: str | None) -> Act | None:
    """The act of that number, among those known."""
    return next((act for act in facts.acts if number is not None and act.number == number), None)


def with_doubt(state: WatchState, facts: Facts) -> WatchState:
    """The state, and whether a text that never listed the party names it outside of all rows."""
    named = any(
        word.verdict is Verdict.UNKNOWN and word.definite is not Verdict.LISTED
        for word in facts.words()
    )
    unclear = named and state.state == NOT_LISTED and state.document_number is None
    return state if unclear == state.unclear else replace(state, unclear=unclear)


def stays_open(state: WatchState, facts: Facts) -> bool:
    """Whether time alone, or the next poll of any source, can change it: then every look judges it.

    A list that still disagrees keeps it open: one that never follows an act is spoken of again
    after a fortnight.
    """
    agrees = Verdict.LISTED if state.state == LISTED else Verdict.ABSENT
    differ = any(word.definite is not agrees for word in facts.words())
    return state.state is None or state.pending is not None or state.stale or differ
