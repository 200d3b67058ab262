"""What the decision rules ask of the witnesses. Removal and listing are the rules read two ways."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from monitor.screening.change import Change
from monitor.screening.event import Kind
from monitor.screening.match import Watch
from monitor.screening.state import LISTED, NOT_LISTED, Span, WatchState
from monitor.screening.witness import (
    FOLLOWS_WITHIN,
    WASHINGTON,
    Act,
    Effect,
    Look,
    Stage,
    Testimony,
    Verdict,
)

STEADY_FOR = timedelta(hours=24)
"""Rules (c) and (d): absent for at least this long …"""
STEADY_POLLS = 3
"""… and in at least this many good polls."""
LISTED_POLLS = 2
"""With the eCFR disabled, this many good polls of the CSL confirm a listing."""
FILLS_IN_WITHIN = timedelta(days=60)
"""An act found later explains a decision of the lists if its date is this near."""


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a judgement of one watch on one list looks at."""

    watch: Watch
    list_code: str
    testimonies: Mapping[str, Testimony]
    acts: Sequence[Act]
    look: Look
    changes: Sequence[Change] = ()
    """Changes of the watch's own rows in the snapshot that is being judged."""
    changed_source: str | None = None
    past: tuple[Span, ...] = ()
    """Times on the list before now, where they are known."""

    def word(self, source: str) -> Testimony | None:
        """The testimony of an enabled source that carries the list."""
        return self.testimonies.get(source) if source in self.look.sources else None

    def words(self) -> list[Testimony]:
        """All testimonies that count here, the law's own text first."""
        return [word for source in self.look.sources for word in (self.word(source),) if word]

    def countries(self) -> frozenset[str]:
        """Every destination under which the watch is listed now.

        Acts speak in the headings of the law, and so does the eCFR. The CSL has the countries of
        the addresses (Hong Kong for an entry under CHINA): it is asked only where the eCFR is mute.
        """
        said = (
            frozenset(entry.country for entry in word.matched if entry.country)
            for word in (self.word("ecfr"), self.word("csl"))
            if word is not None
        )
        return next((countries for countries in said if countries), frozenset())


class Rule(StrEnum):
    """By which rule a removal or listing was confirmed; the value is its sentence."""

    ACT = "a published act is in force"
    BOTH_LISTS = "the eCFR and the Consolidated Screening List both say so"
    ECFR_STEADY = "absent from the eCFR in at least 3 good polls over at least 24 hours"
    CSL_STEADY = "the one list source has said so steadily"
    ECFR_LISTS = "the eCFR lists it"


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


def is_news(act: Act, case: Case) -> bool:
    """Whether an act in force came after the watch began."""
    counts, since = act.counts_from(), case.look.watched_since
    return (
        act.in_force(case.look.today)
        and counts is not None
        and since is not None
        and counts >= since.astimezone(WASHINGTON).date()
    )


def turned(word: Testimony, state: WatchState, case: Case, target: Verdict) -> bool:
    """Whether a source came to say `target` after the last decision.

    A source's very first word after an act is no turn while the lists may still be following.
    """
    if word.verdict is not target or word.definite_poll <= state.decided_poll:
        return False
    if not word.first:
        return True
    act = find_act(case, state.document_number)
    counts = act.counts_from() if act else None
    return counts is None or word.as_of_date() > counts + FOLLOWS_WITHIN


def lists_confirm(state: WatchState, case: Case, way: Direction) -> Rule | None:
    """The rule by which the lists alone confirm, if one does."""
    csl, ecfr = case.word("csl"), case.word("ecfr")
    if ecfr is not None and turned(ecfr, state, case, way.target):
        if way is LISTING:
            return Rule.ECFR_LISTS
        if csl is not None and csl.verdict is way.target:
            return Rule.BOTH_LISTS
        if _steady(ecfr):
            return Rule.ECFR_STEADY
    if "ecfr" in case.look.sources or csl is None or not turned(csl, state, case, way.target):
        return None
    steady = csl.good_polls >= LISTED_POLLS if way is LISTING else _steady(csl)
    return Rule.CSL_STEADY if steady else None


def _steady(word: Testimony) -> bool:
    """Whether good polls have said it for long enough; time in which nobody looked proves none."""
    return word.good_polls >= STEADY_POLLS and word.last_good_at - word.turned_at >= STEADY_FOR


def find_act(case: Case, number: str | None) -> Act | None:
    """The act of that number, among those known."""
    return next((act for act in case.acts if number is not None and act.number == number), None)


def whole(act: Act, case: Case, way: Direction) -> bool:
    """Whether the act moves every entry: under one of several countries it moves none."""
    if act.effect is not way.effect or act.review:
        return False
    if way is LISTING or not act.destinations:
        return way is LISTING or len(case.countries()) <= 1
    return case.countries() <= set(act.destinations)


def act_in_force(state: WatchState, case: Case, way: Direction) -> Act | None:
    """The newest published act in force that moves the watch and has not been overtaken."""
    acts = [
        act
        for act in case.acts
        if whole(act, case, way)
        and act.in_force(case.look.today)
        and _still_counts(act, state, case, way)
    ]
    return max(acts, key=lambda act: act.legal_date() or date.min, default=None)


def _still_counts(act: Act, state: WatchState, case: Case, way: Direction) -> bool:
    """Whether an act can be what happens next, and not a story of the past.

    An act before the last legal date is past. One that the lists had time to follow, and did not,
    was overtaken by another, as was one with a later act in force that does the opposite. The
    announced act always counts.
    """
    if act.number == state.announced:
        return True
    counts, legal = act.counts_from(), act.legal_date()
    if counts is None or legal is None or act.number == state.document_number:
        return False
    if state.legal and state.since is not None and legal.isoformat() < state.since:
        return False
    if any(_undoes(other, act, case) for other in case.acts):
        return False
    opposite = Verdict.LISTED if way is REMOVAL else Verdict.ABSENT
    overtaken = any(
        word.definite is opposite
        and word.last_good_at.astimezone(WASHINGTON).date() > counts + FOLLOWS_WITHIN
        for word in case.words()
    )
    return not overtaken


def _undoes(later: Act, act: Act, case: Case) -> bool:
    """Whether another act in force did the opposite afterwards."""
    opposite = {Effect.REMOVES: Effect.ADDS, Effect.ADDS: Effect.REMOVES}
    if later.effect is not opposite.get(act.effect) or later.review:
        return False
    return later.in_force(case.look.today) and _order(later) > _order(act)


def _order(act: Act) -> tuple[date, str, str]:
    """Acts in the order of the law: in force, published, numbered."""
    return act.legal_date() or date.min, act.publication_date or "", act.number


def to_come(act: Act, case: Case) -> bool:
    """On public inspection, or published with its publication or effect to come."""
    if act.historic:
        return False
    if act.stage is Stage.INSPECTION:
        return True
    return act.stage is Stage.DOCUMENT and not act.in_force(case.look.today)


def must_be_read(act: Act, case: Case, way: Direction) -> bool:
    """An act that names the watch and cannot be classed with certainty."""
    if act.stage is Stage.WITHDRAWN or act.historic:
        return False
    if act.effect is Effect.UNCLEAR:
        return True
    countries, places = case.countries(), set(act.destinations)
    several = way is REMOVAL and len(countries) > 1 and not places
    # a heading that is not known, or is misread, or a namesake: nobody else would tell of it
    elsewhere = way is REMOVAL and bool(countries and places) and countries.isdisjoint(places)
    return act.effect is way.effect and (act.review or several or elsewhere)


def explains(act: Act, state: WatchState) -> bool:
    """Whether an act is near enough to a decision of the lists to be its legal ground."""
    legal = act.legal_date()
    since = date.fromisoformat(state.since) if state.since else None
    return legal is not None and since is not None and abs(legal - since) <= FILLS_IN_WITHIN
