"""Times on the list before the watching began, joined to what was decided since.

A decision always wins over what is read later of the same stay; the past only adds what came before
it, and the beginning it did not know. Nothing here tells an event.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from monitor.screening.decide.act_rules import FILLS_IN_WITHIN
from monitor.screening.state import LISTED, Span, WatchState
from monitor.screening.witness import Act, Effect

EARLIER = timedelta(days=31)
"""A row's first date so long before the last version that lacks it belongs to an earlier stay."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What one dated version says of a party."""

    present: bool
    cited: tuple[str, ...] | None = None
    """The citations of its rows, in their order; None where no row was understood."""
    start: str | None = None
    """The earliest date that its rows give."""


def stays(changes: Iterable[tuple[date, bool]], marks: Mapping[date, Mark]) -> tuple[Span, ...]:
    """The spans of a course of presence.

    `changes`: the first version known and each one in which presence differs from the one before.
    A stay begins on the law's date where its row gives one, else on the date of the version; it
    ends on the date of the version that lacks it. One that stands in the very first version began
    on its row's date, or on a date that is not known.
    """
    spans: list[Span] = []
    for day, present in changes:
        if present:
            spans.append(_begun(day, marks))
        elif spans:
            spans[-1] = replace(spans[-1], to=day.isoformat())
    return tuple(spans)


def _begun(day: date, marks: Mapping[date, Mark]) -> Span:
    mark, before = marks[day], max((seen for seen in marks if seen < day), default=None)
    start = mark.start if mark.start is not None and mark.start <= day.isoformat() else None
    cited = list(mark.cited or ())
    if before is None:
        return Span(start, None, cited[0] if cited else None)
    known = {one for seen, other in marks.items() if seen < day for one in other.cited or ()}
    fresh = [one for one in cited if one not in known]
    if start is not None and start >= (before - EARLIER).isoformat():
        return Span(start, None, (fresh or cited)[0] if cited else None)
    return Span(day.isoformat(), None, (fresh or cited)[-1] if cited else None)


def joined(past: Sequence[Span], own: Sequence[Span]) -> tuple[Span, ...]:
    """The history of decisions with the past before it; joining twice changes nothing."""
    if not own or not past:
        return tuple(own or past)
    first = own[0]
    earlier = [one for one in past if first.to is None or (one.since or "") < first.to]
    if not earlier:
        return tuple(own)
    *before, last = earlier
    if last.to is not None and first.since is not None and last.to <= first.since:
        return (*earlier, *own)
    one_stay = Span(
        last.since or first.since,
        first.to,
        last.citation or first.citation,
        first.to_citation,
    )
    return (*before, one_stay, *own[1:])


def with_past(state: WatchState, past: Sequence[Span], before: Sequence[Span] = ()) -> WatchState:
    """A decided state with the past found later; one that is not decided is left as it is.

    `before`: the past as an earlier reading had it. A history that is no more than that decides
    nothing: what is read later, of versions that could not be had then, takes its place.
    """
    if state.state is None or not past:
        return state
    inherited = bool(before) and state.history == tuple(before)
    own = () if inherited else state.history
    history = joined(past, own)
    if state.state == LISTED:
        return _still_listed(replace(state, history=history), decisions=len(own) - 1)
    if history[-1].to is None:
        history = (*history[:-1], replace(history[-1], to=state.since))
    last, dated = history[-1], not own and not state.legal
    if dated and last.to is not None and (inherited or last.to < (state.since or "9")):
        state = replace(state, since=last.to, citation=last.to_citation)
    return replace(state, history=history)


def _still_listed(state: WatchState, *, decisions: int) -> WatchState:
    """The date of a listing that stood already when the watching began."""
    since = state.history[-1].since
    if decisions > 0 or since is None or since == state.since:
        return state
    if state.legal and since < (state.since or ""):
        return state
    given = state.entry.start_date if state.entry else None
    return replace(state, since=since, legal=since == given, citation=state.history[-1].citation)


def explained(spans: Sequence[Span], acts: Sequence[Act], today: date) -> tuple[Span, ...]:
    """The spans with the legal dates and citations of the acts that ended them."""
    removals = [
        (legal, act)
        for act in acts
        if act.effect is Effect.REMOVES and act.certain and act.in_force(today)
        if (legal := act.legal_date()) is not None
    ]
    return tuple(_ended(span, removals) for span in spans)


def _ended(span: Span, removals: Sequence[tuple[date, Act]]) -> Span:
    if span.to is None or span.to_citation is not None:
        return span
    end = date.fromisoformat(span.to)
    near = [one for one in removals if abs(one[0] - end) <= FILLS_IN_WITHIN]
    if not near:
        return span
    legal, act = min(near, key=lambda one: abs(one[0] - end))
    return replace(span, to=legal.isoformat(), to_citation=act.citation)
