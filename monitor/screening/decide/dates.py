"""Since when a state holds, and the history that a decision writes on."""

from dataclasses import replace
from datetime import date, datetime

from monitor.screening.decide.rules import LISTING, REMOVAL, Direction, Facts, turned
from monitor.screening.decide.testimony import Testimony
from monitor.screening.state import LISTED, Span, WatchState
from monitor.screening.witness import WASHINGTON, Act, Effect, Source


def with_entry(state: WatchState, facts: Facts) -> WatchState:
    """Keeps the newest text of the entry, and gives every source's list its say on it."""
    entry = next((word.matched[0] for word in facts.words() if word.matched), None)
    return replace(state, entry=entry) if entry is not None else state


def first_dates(state: WatchState, facts: Facts, word: Testimony, act: Act | None) -> WatchState:
    """Since when the first state holds, as far as anything known says so."""
    if act is not None:
        legal = act.legal_date()
        state = replace(
            state,
            since=legal.isoformat() if legal else None,
            legal=legal is not None,
            citation=act.citation,
            document_number=act.number,
            document_url=act.url,
            noticed=noted(state, act),
        )
        return replace(
            state, history=moved_on(state, LISTING if state.state == LISTED else REMOVAL)
        )
    last = state.history[-1] if state.history else None
    if state.state == LISTED:
        dates = [entry.start_date for entry in word.matched if entry.start_date]
        cited = next((entry.citations[0] for entry in word.matched if entry.citations), None)
        open_ = last is not None and last.to is None
        since = last.since if last and open_ and last.since else min(dates, default=None)
        state = replace(
            state,
            since=since or _seen_on(facts),
            legal=since is not None,
            citation=(last.citation if last and open_ else None) or cited,
        )
        if not open_:
            state = replace(state, history=(*state.history, Span(since, None, state.citation)))
        return state
    if last is not None and last.to is None:
        # The dated versions say listed to the end, and a later word says not.
        last = replace(last, to=_seen_on(facts))
        state = replace(state, history=(*state.history[:-1], last))
    if last is not None:
        return replace(state, since=last.to, citation=last.to_citation)
    return replace(state, since=_seen_on(facts))


def _seen_on(facts: Facts) -> str:
    return facts.look.today.isoformat()


def since_when(
    state: WatchState, facts: Facts, way: Direction, act: Act | None
) -> tuple[str, bool]:
    """The legal effective date when known, else the date the change was first seen."""
    legal = act.sure_date() if act else None
    if legal is not None:
        return legal.isoformat(), True
    if way is LISTING and state.entry is not None and state.entry.start_date:
        given = state.entry.start_date
        if state.since is None or given >= state.since:
            return given, True
    days = [_first_day(word) for word in facts.words() if turned(word, state, facts, way.target)]
    return min(days, default=facts.look.today).isoformat(), False


def _first_day(word: Testimony) -> date:
    """The day a source first said it; the codified list speaks of a day, and may come later."""
    seen = word.turned_at.astimezone(WASHINGTON).date()
    return min(word.as_of_date(), seen) if word.source == Source.ECFR else seen


def entry_citation(state: WatchState, way: Direction) -> str | None:
    """A listing seen on a list brings its citation with it; a removal does not."""
    if way is REMOVAL or state.entry is None or not state.entry.citations:
        return None
    return state.entry.citations[-1]


def first_said(state: WatchState, facts: Facts, way: Direction, act: Act | None) -> datetime:
    """When the first witness of a decision said it."""
    came = [word.turned_at for word in facts.words() if turned(word, state, facts, way.target)]
    if act is not None and act.seen_at is not None:
        came.append(act.seen_at)
    return min(came, default=facts.look.now)


def moved_on(state: WatchState, way: Direction) -> tuple[Span, ...]:
    """The history with the decision just taken."""
    spans = list(state.history)
    if way is LISTING:
        return (*spans, Span(state.since, None, state.citation))
    if spans and spans[-1].to is None:
        spans[-1] = replace(spans[-1], to=state.since, to_citation=state.citation)
        return tuple(spans)
    return (*spans, Span(None, state.since, None, state.citation))


def with_citation(state: WatchState, act: Act) -> tuple[Span, ...]:
    """The history with the date and citation of the act that explains its last step."""
    if not state.history:
        return state.history
    legal = act.legal_date()
    day = legal.isoformat() if legal else None
    last = state.history[-1]
    if act.effect is Effect.REMOVES:
        last = replace(last, to=day or last.to, to_citation=act.citation)
    else:
        last = replace(last, since=day or last.since, citation=act.citation)
    return (*state.history[:-1], last)


def forgotten(state: WatchState, act: Act) -> WatchState:
    """The state without a withdrawn act: filed again under its number, it is news again."""
    return replace(
        state,
        announced=None,
        noticed=tuple(number for number in state.noticed if number != act.number),
        read=tuple(number for number in state.read if number != act.number),
    )


def noted(state: WatchState, act: Act | None) -> tuple[str, ...]:
    """The acts already told, with this one."""
    if act is None or act.number in state.noticed:
        return state.noticed
    return (*state.noticed, act.number)


def text_day(as_of: str | None, now: datetime, last: str | None) -> str:
    """The day (ISO) a list's text speaks of; never before that of the text it follows.

    An older copy from another edge of the host must not file a return before the going.
    """
    return max((as_of or now.date().isoformat())[:10], (last or "")[:10])
