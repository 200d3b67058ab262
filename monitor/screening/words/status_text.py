"""Why a watch's state is what it is, in sentences that stand alone. Decides nothing."""

from datetime import UTC, date, datetime, time, timedelta

from monitor.screening.decide.rules import STEADY_POLLS, Case, direction, find_act
from monitor.screening.decide.testimony import Testimony
from monitor.screening.event import Kind
from monitor.screening.state import LISTED, NOT_LISTED, WatchState
from monitor.screening.witness import WASHINGTON, Act, Stage, Verdict
from monitor.screening.words.event_text import SOURCE_NAMES, document, list_name, says, source_name

CALLED_OFF_FOR = timedelta(days=30)
"""How long the first sentence still says that what was pending was called off."""

LATE_AFTER = timedelta(days=8)
"""The lists have followed an act within one to eight days; later, a list may be stale."""


def first_sentence(state: WatchState, case: Case, *, fresh: bool) -> str:
    """The state of a watch in one sentence that is right and understandable alone.

    It says the state, since when and by which rule, who says so, and when they were last read.
    """
    name, list_ = case.watch.name, list_name(case.list_code)
    if state.state is None:
        return f"It cannot be told yet whether {name} is on the {list_}: {_nothing_read(case)}."
    if not fresh:
        return _cannot_tell(state, case, name, list_)
    if state.announced is not None:
        return f"{_announced(state, case, name, list_)}{_voices(case)}."
    if state.suspicion is not None:
        return f"{_suspected(state, name, list_)}{_voices(case)}."
    if state.state == LISTED:
        said = f"{name} is {_again(state)}on the {list_}{_since(state)}"
    else:
        said = f"{name} is not on the {list_}{_gone(state)}"
    return f"{said}{_called_off(state, case)}{_voices(case, state)}."


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


# -- the first sentence -----------------------------------------------------------------------


def _nothing_read(case: Case) -> str:
    """Why nothing is known at all."""
    if not case.look.sources:
        return "no enabled source carries that list"
    said = [word for word in case.words() if word.verdict is Verdict.UNKNOWN]
    if said:
        return "the text that was read holds its name in a place that could not be understood"
    held = _held(case, "a text")
    return f"no source has been read well so far{f', and {held}' if held else ''}"


def _cannot_tell(state: WatchState, case: Case, name: str, list_: str) -> str:
    """That nobody looked well for too long, and what was last known."""
    looks = [word.last_good_at for word in case.words()]
    since = f"since {_minute(max(looks))}" if looks else "for too long"
    if any(look > case.look.now for look in looks):
        since = "since the clock was set back"
    when = ", when it was on it" if state.state == LISTED else ", when it was not on it"
    known = f"{when}{_since(state)}" if state.state == LISTED else f"{when}{_gone(state)}"
    waiting = {
        None: "",
        "removal_announced": ", with its removal announced",
        "removal_suspected": ", with its removal suspected",
        "listing_announced": ", with its listing announced",
        "listing_suspected": ", with its listing suspected",
    }[state.pending]
    held = _held(case)
    return (
        f"It cannot be told now whether {name} is on the {list_}: no list has been read well "
        f"{since}{known}{waiting}{f'; {held}' if held else ''}."
    )


def _announced(state: WatchState, case: Case, name: str, list_: str) -> str:
    """By which document, and from when."""
    act = find_act(case, state.announced)
    by = f" by {document(act)}" if act else f" by document {state.announced}"
    legal = act.sure_date() if act else None
    when = f", effective {legal.isoformat()}" if legal else ""
    doubt = f", but {missing}" if (missing := _doubt(state, case, act)) else ""
    if state.state == LISTED:
        return f"{name} is still on the {list_}; its removal is announced{by}{when}{doubt}"
    return f"{name} is not yet on the {list_}; its listing is announced{by}{when}{doubt}"


def _doubt(state: WatchState, case: Case, act: Act | None) -> str:
    """What speaks against it that an announced act will still do what was announced."""
    if act is None:
        return "that document is no longer found to name it: a person must read it"
    if act.effect is not direction(state).effect or act.unsure(case.look.today):
        return "as now read that document is not certain to do so: a person must read it"
    day = act.publication_date
    if act.stage is Stage.INSPECTION and day and day < case.look.today.isoformat():
        return f"it was to be published on {day} and has not been found among what is published"
    return ""


def _suspected(state: WatchState, name: str, list_: str) -> str:
    """Who turned, when, and that it is not confirmed."""
    assert state.suspicion is not None
    source, at = SOURCE_NAMES[state.suspicion.source], _minute(state.suspicion.at)
    if state.state == LISTED:
        return (
            f"{name} may have left the {list_}: {source} has not listed it since {at}, and "
            f"nothing confirms that yet"
        )
    return (
        f"{name} may have joined the {list_}: {source} has listed it since {at}, and nothing "
        f"confirms that yet"
    )


def _again(state: WatchState) -> str:
    return "again " if any(span.to is not None for span in state.history[:-1]) else ""


def _since(state: WatchState) -> str:
    """Since when a party is listed, and by which rule."""
    if state.since is None:
        return ""
    by = f" by {state.citation}" if state.citation else ""
    return f" since {state.since}{by}" if state.legal else f"{by}, as first seen on {state.since}"


def _gone(state: WatchState) -> str:
    """Since when a party is not listed: removed, seen to be gone, or never seen there."""
    if state.since is None:
        return ""
    if not state.history:
        return f", nor was it when first looked up on {state.since}"
    by = f" by {state.citation}" if state.citation else ""
    if state.legal:
        return f": it was removed effective {state.since}{by}"
    return f": it was first seen to be gone on {state.since}{', removed' + by if by else ''}"


def _called_off(state: WatchState, case: Case) -> str:
    """That what was announced or suspected before is so no more."""
    what = {
        Kind.REMOVAL_CANCELLED.value: "removal",
        Kind.LISTING_CANCELLED.value: "listing",
    }.get(state.last_kind or "")
    at = state.last_event_at
    if what is None or at is None or case.look.now - at > CALLED_OFF_FOR:
        return ""
    return f"; its {what}, announced or suspected before, was called off on {_day(at).isoformat()}"


def _voices(case: Case, state: WatchState | None = None) -> str:
    """What each source says, and when the last of them was read.

    A source that has not followed the state decided says what it still says.
    """
    decided = state.state if state else None
    words = case.words()
    if not words:
        return ""
    said = []
    for verdict, one, many in (
        (Verdict.LISTED, "lists it", "list it"),
        (Verdict.ABSENT, "does not list it", "do not list it"),
        (Verdict.UNKNOWN, "cannot be read with certainty", "cannot be read with certainty"),
    ):
        names = [SOURCE_NAMES[word.source] for word in words if word.verdict is verdict]
        behind = {(NOT_LISTED, Verdict.LISTED), (LISTED, Verdict.ABSENT)}
        still = "still " if (decided, verdict) in behind else ""
        if names:
            said.append(f"{' and '.join(names)} {still}{one if len(names) == 1 else many}")
    read = _minute(max(word.last_good_at for word in words))
    held = _held(case)
    return f" ({', '.join(said)}; last read well {read}{f'; {held}' if held else ''})"


def _held(case: Case, what: str = "a newer text") -> str:
    """That a text is there which is not believed, and may say otherwise."""
    names = [SOURCE_NAMES[source] for source in case.look.sources if source in case.look.held]
    if not names:
        return ""
    return f"{what} of {' and of '.join(names)} is held back and not judged"


def _minute(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def _day(moment: datetime) -> date:
    return moment.astimezone(WASHINGTON).date()


# -- what is pending, and what lags -----------------------------------------------------------


def _pending(state: WatchState, case: Case) -> list[str]:
    found = []
    act = find_act(case, state.announced)
    if act is not None:
        when = act.sure_date()
        comes = f" It comes into force on {when.isoformat()}." if when else ""
        doubt = _doubt(state, case, act)
        more = f" {doubt[0].upper()}{doubt[1:]}." if doubt else comes
        found.append(f"{document(act)} is announced.{more}")
    if state.suspicion is not None and state.suspicion.source in case.look.sources:
        found.append(_what_is_missing(state, case, state.suspicion.source))
    return found


def _what_is_missing(state: WatchState, case: Case, source: str) -> str:
    """What would confirm a suspicion, and why it has not yet."""
    at = _minute(state.suspicion.at) if state.suspicion else ""
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
    act, first = find_act(case, state.document_number), state.first_said_at
    counts = act.counts_from() if act else None
    # An act announced weeks ahead is followed from its day on.
    due = max(first, datetime.combine(counts, time.min, WASHINGTON)) if counts else first
    late = case.look.now - due > LATE_AFTER
    return [
        line
        for word in case.words()
        if (line := _lag_line(word, agrees, first, case.look.now, late=late)) is not None
    ]


def _lag_line(
    word: Testimony, agrees: Verdict, first: datetime, now: datetime, *, late: bool
) -> str | None:
    name = source_name(word.source)
    if word.verdict is agrees and word.turned_at > first:
        return f"{name} followed {_span(word.turned_at, first)} after the first source to say so."
    if word.definite is not agrees and word.definite is not None:
        tail = f", {_span(now, first)} after the first: it may be stale" if late else ""
        return f"{name} has yet to follow{tail}."
    return None


def _span(later: datetime, earlier: datetime) -> str:
    seconds = int((later - earlier).total_seconds())
    days, hours = seconds // 86_400, seconds % 86_400 // 3600
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {seconds % 3600 // 60} min"
