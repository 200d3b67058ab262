"""What an act can still be to a watch: what happens next, what is to come, what a person must read.

The questions that `assess` puts to the acts known. Which way they are read and what the lists say
stands in `rules`; nothing here looks at a clock or decides a state.
"""

from datetime import date, timedelta

from monitor.screening.decide.rules import LISTING, REMOVAL, Direction, Facts, direction, find_act
from monitor.screening.state import WatchState
from monitor.screening.witness import FOLLOWS_WITHIN, WASHINGTON, Act, Effect, Stage, Verdict

FILLS_IN_WITHIN = timedelta(days=60)
"""An act found later explains a decision of the lists if its date is this near."""


def is_news(act: Act, facts: Facts) -> bool:
    """Whether an act in force came after the watch began, and was come upon as news."""
    counts, since = act.counts_from(), facts.look.watched_since
    return (
        not act.historic
        and act.in_force(facts.look.today)
        and counts is not None
        and since is not None
        and counts >= since.astimezone(WASHINGTON).date()
    )


def whole(act: Act, facts: Facts, way: Direction) -> bool:
    """Whether the act moves every entry: under one of several countries it moves none."""
    if act.effect is not way.effect or act.review:
        return False
    if way is LISTING or not act.destinations:
        return way is LISTING or len(facts.countries()) <= 1
    return facts.countries() <= set(act.destinations)


def act_in_force(state: WatchState, facts: Facts, way: Direction) -> Act | None:
    """The newest published act in force that moves the watch and has not been overtaken."""
    acts = [
        act
        for act in facts.acts
        if whole(act, facts, way)
        and act.certain
        and act.in_force(facts.look.today)
        and _still_counts(act, state, facts, way)
    ]
    return max(acts, key=lambda act: act.legal_date() or date.min, default=None)


def _still_counts(act: Act, state: WatchState, facts: Facts, way: Direction) -> bool:
    """Whether an act can be what happens next, and not a story of the past.

    One that the lists had time to follow, and did not, was overtaken by another; unless nobody
    could know it in that time, as then the lists may still be behind it. The announced act always
    counts.
    """
    if act.number == state.announced:
        return True
    if not _is_next(act, state, facts):
        return False
    overtaken = _contradicted(act, facts, way) and not _came_late(act, state, facts, way)
    return not overtaken


def _is_next(act: Act, state: WatchState, facts: Facts) -> bool:
    """Whether an act can come after what was decided last.

    An act before the last legal date is past, as is one with a later act in force that does the
    opposite.
    """
    counts, legal = act.counts_from(), act.legal_date()
    if counts is None or legal is None or act.number == state.document_number:
        return False
    if state.legal and state.since is not None and legal.isoformat() < state.since:
        return False
    return not any(_undoes(other, act, facts) for other in facts.acts)


def _contradicted(act: Act, facts: Facts, way: Direction) -> bool:
    """Whether a list says the opposite after it had time to follow the act."""
    counts = act.counts_from()
    opposite = Verdict.LISTED if way is REMOVAL else Verdict.ABSENT
    return counts is not None and any(
        word.definite is opposite
        and word.last_good_at.astimezone(WASHINGTON).date() > counts + FOLLOWS_WITHIN
        for word in facts.words()
    )


def _came_late(act: Act, state: WatchState, facts: Facts, way: Direction) -> bool:
    """Whether an act was first seen when the lists should have followed, and they never moved.

    So it is where the Federal Register could not be read for weeks and the lists lag: the law says
    it all the same. A list that turned after the act has had its say on it.
    """
    counts = act.counts_from()
    if counts is None or act.seen_at is None or not _is_news_to(state, act, facts):
        return False
    moved = any(
        word.definite is not way.target
        and not word.first
        and word.turned_at.astimezone(WASHINGTON).date() >= counts
        for word in facts.words()
    )
    return act.seen_at.astimezone(WASHINGTON).date() > counts + FOLLOWS_WITHIN and not moved


def _is_news_to(state: WatchState, act: Act, facts: Facts) -> bool:
    """Whether an act came after the watch began, and what was decided since cannot have known it.

    A decision taken while the lists may still lag says nothing of the act; a later one does.
    """
    counts, decided = act.counts_from(), state.decided_at
    if counts is None or decided is None or not is_news(act, facts):
        return False
    return decided.astimezone(WASHINGTON).date() <= counts + FOLLOWS_WITHIN


def _undoes(later: Act, act: Act, facts: Facts) -> bool:
    """Whether another act in force did the opposite afterwards."""
    opposite = {Effect.REMOVES: Effect.ADDS, Effect.ADDS: Effect.REMOVES}
    if later.effect is not opposite.get(act.effect) or not later.certain:
        return False
    return later.in_force(facts.look.today) and _order(later) > _order(act)


def _order(act: Act) -> tuple[date, str, str]:
    """Acts in the order of the law: in force, published, numbered."""
    return act.legal_date() or date.min, act.publication_date or "", act.number


def to_come(act: Act, facts: Facts) -> bool:
    """On public inspection, or published with its publication or effect to come.

    Once in print, a date that is not certain may have come, and is for a person to read.
    """
    if act.historic:
        return False
    if act.stage is Stage.INSPECTION:
        return True
    today = facts.look.today
    return act.stage is Stage.DOCUMENT and not act.unsure(today) and not act.in_force(today)


def must_be_read(act: Act, state: WatchState, facts: Facts, way: Direction) -> bool:
    """An act that names the watch and cannot be classed with certainty.

    The announced act is one when its text, as printed, no longer does what was announced.
    """
    if act.stage is Stage.WITHDRAWN or act.historic:
        return False
    if act.effect is Effect.UNCLEAR:
        return True
    if act.effect is not way.effect:
        return act.number == state.announced
    unsure = act.unsure(facts.look.today) or _placed_unclearly(act, facts, way)
    return unsure or disbelieved(act, state, facts, way)


def _placed_unclearly(act: Act, facts: Facts, way: Direction) -> bool:
    """Whether a removal says not, or not in words that are known, which of the entries goes.

    A heading that is misread, or a namesake under another one: nobody else would tell of it.
    """
    countries, places = facts.countries(), set(act.destinations)
    if way is LISTING or not countries:
        return False
    return countries.isdisjoint(places) if places else len(countries) > 1


def disbelieved(act: Act, state: WatchState, facts: Facts, way: Direction) -> bool:
    """Whether an act came after the watch began and is in force, and a list yet contradicts it."""
    return (
        way is direction(state)
        and whole(act, facts, way)
        and _is_news_to(state, act, facts)
        and _is_next(act, state, facts)
        and not _still_counts(act, state, facts, way)
    )


def announced_act(state: WatchState, facts: Facts, way: Direction) -> Act | None:
    """The announced act, if its text still does what was announced."""
    act = find_act(facts, state.announced)
    return act if act is not None and act.effect is way.effect else None


def ground(state: WatchState, facts: Facts, effect: Effect) -> Act | None:
    """The newest act in force that explains what the lists decided."""
    near = [
        act
        for act in facts.acts
        if act.effect is effect
        and act.certain
        and act.in_force(facts.look.today)
        and explains(act, state)
    ]
    return max(near, key=lambda act: act.legal_date() or date.min, default=None)


def explains(act: Act, state: WatchState) -> bool:
    """Whether an act is near enough to a decision of the lists to be its legal ground."""
    legal = act.legal_date()
    since = date.fromisoformat(state.since) if state.since else None
    return legal is not None and since is not None and abs(legal - since) <= FILLS_IN_WITHIN
