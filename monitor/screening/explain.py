"""Why a watch's state is what it is, in sentences that stand alone. Decides nothing."""

from datetime import datetime, timedelta

from monitor.screening.rules import STEADY_POLLS, Case
from monitor.screening.state import LISTED, WatchState
from monitor.screening.telling import SOURCE_NAMES, document, list_name, says, source_name, utc
from monitor.screening.witness import Testimony, Verdict

LATE_AFTER = timedelta(days=8)
"""The lists have followed an act within one to eight days; later, a list may be stale."""


def first_sentence(state: WatchState, case: Case, *, fresh: bool) -> str:
    """The state of a watch in one sentence that is right and understandable alone."""
    name, list_ = case.watch.name, list_name(case.list_code)
    if state.state is None:
        return f"It cannot be told yet whether {name} is on the {list_}: no list was read so far."
    was = "on" if state.state == LISTED else "not on"
    if not fresh:
        return (
            f"It cannot be told now whether {name} is on the {list_}: no list was read well for "
            f"too long. It was {was} it when last known."
        )
    pending = {
        None: "",
        "removal_announced": "; its removal is announced",
        "removal_suspected": "; its removal is suspected and not confirmed",
        "listing_announced": "; its listing is announced",
        "listing_suspected": "; its listing is suspected and not confirmed",
    }[state.pending]
    since = _since(state)
    return f"{name} is {was} the {list_}{since}{pending}."


def reasons(state: WatchState, case: Case, *, fresh: bool) -> tuple[str, ...]:
    """The first sentence, then on whose word, what is pending and why, and what lags behind."""
    found = [first_sentence(state, case, fresh=fresh)]
    for source in case.look.sources:
        word = case.word(source)
        found.append(f"{says(word)}." if word else f"{source_name(source)} has not been read yet.")
    if not case.look.sources:
        found.append("No enabled source carries this list.")
    found += _pending(state, case)
    found += _lag(state, case)
    return tuple(found)


def _since(state: WatchState) -> str:
    if state.since is None:
        return ""
    if not state.legal:
        return f", as first seen on {state.since}"
    by = f" by {state.citation}" if state.citation else ""
    return f" since {state.since}{by}"


def _pending(state: WatchState, case: Case) -> list[str]:
    found = []
    act = next((act for act in case.acts if act.number == state.announced), None)
    if act is not None:
        when = act.legal_date()
        comes = f" It comes into force on {when.isoformat()}." if when else ""
        found.append(f"{document(act)} is announced.{comes}")
    if state.suspicion is not None and state.suspicion.source in case.look.sources:
        found.append(_what_is_missing(state, case, state.suspicion.source))
    return found


def _what_is_missing(state: WatchState, case: Case, source: str) -> str:
    """What would confirm a suspicion, and why it has not yet."""
    at = utc(state.suspicion.at) if state.suspicion else ""
    begun = f"{source_name(source)} turned at {at}."
    if "ecfr" in case.look.sources and source == "csl":
        alone = "The Consolidated Screening List alone confirms nothing while the eCFR is enabled."
        return f"{begun} {alone}"
    word = case.word(source)
    polls = word.good_polls if word else 0
    if state.state == LISTED:
        return (
            f"{begun} It is confirmed after {STEADY_POLLS} good polls over at least 24 hours; "
            f"there have been {polls}."
        )
    return f"{begun} It is confirmed by the next good poll that says the same."


def _lag(state: WatchState, case: Case) -> list[str]:
    """How far each list came, or still is, behind the first that said what was decided."""
    if state.decided_poll == 0 or state.first_said_at is None:
        return []
    agrees = Verdict.LISTED if state.state == LISTED else Verdict.ABSENT
    return [
        line
        for word in case.words()
        if (line := _lag_line(word, agrees, state.first_said_at, case.look.now)) is not None
    ]


def _lag_line(word: Testimony, agrees: Verdict, first: datetime, now: datetime) -> str | None:
    name = SOURCE_NAMES[word.source]
    if word.verdict is agrees and word.turned_at > first:
        return (
            f"{name[0].upper()}{name[1:]} followed {_span(word.turned_at, first)} after the first."
        )
    if word.definite is not agrees and word.definite is not None:
        late = f"{_span(now, first)} after the first: it may be stale"
        tail = f", {late}" if now - first > LATE_AFTER else ""
        return f"{name[0].upper()}{name[1:]} has yet to follow{tail}."
    return None


def _span(later: datetime, earlier: datetime) -> str:
    seconds = int((later - earlier).total_seconds())
    days, hours = seconds // 86_400, seconds % 86_400 // 3600
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {seconds % 3600 // 60} min"
