"""Why a watch's state is what it is, in sentences that stand alone. Decides nothing."""

from datetime import datetime, time, timedelta

from monitor.screening.cases import MOST
from monitor.screening.decide.matches import asks
from monitor.screening.decide.rules import (
    STEADY_POLLS,
    Facts,
    direction,
    find_act,
    law_is_read,
)
from monitor.screening.decide.testimony import Testimony
from monitor.screening.event import Kind
from monitor.screening.state import LISTED, NOT_LISTED, WatchState
from monitor.screening.witness import WASHINGTON, Act, Source, Stage, Verdict
from monitor.screening.words.case_text import how_to_decide
from monitor.screening.words.event_text import document, says
from monitor.screening.words.labels import (
    PENDING,
    VERDICTS,
    capitalized,
    counted,
    list_name,
    minute,
    source_name,
    span,
)

CALLED_OFF_FOR = timedelta(days=30)
"""How long the first sentence still mentions that what was pending was cancelled."""

LATE_AFTER = timedelta(days=8)
"""The lists have followed an act within one to eight days; later, a list may be stale."""


def first_sentence(state: WatchState, facts: Facts, *, fresh: bool) -> str:
    """The state of a watch in one sentence that is right and understandable alone.

    It says the state, since when and by which rule, who says so, and when they were last read.
    """
    name, list_ = facts.watch.name, list_name(facts.list_code)
    if state.state is None:
        return f"{_unknown(name, list_)}: {_nothing_read(facts)}."
    if not fresh:
        return _stale(state, facts, name, list_)
    if asks(state, facts):
        return _possible(state, facts, name, list_)
    if state.pending is None and not state.unclear:
        return f"{_settled(state, facts, name, list_)}{_voices(facts, state)}."
    if state.announced is not None:
        said = _announced(state, facts, name, list_)
    elif state.suspicion is not None:
        said = _suspected(state, name, list_)
    else:
        said = f"{_unknown(name, list_)}: {_unclear(facts)}"
    return f"{said}{_voices(facts)}."


def _settled(state: WatchState, facts: Facts, name: str, list_: str) -> str:
    """The state, of which nothing is pending."""
    if state.state == LISTED:
        said = f"{name} {_on(state, list_)}"
    else:
        said = f"{name} is not on the {list_}{_gone(state)}"
    return f"{said}{_cancelled(state, facts)}"


def reasons(state: WatchState, facts: Facts, *, fresh: bool) -> tuple[str, ...]:
    """The first sentence, then what each source says, what is pending and why, and what lags."""
    found = [first_sentence(state, facts, fresh=fresh)]
    for source in facts.look.sources:
        word = facts.word(source)
        unread = f"{capitalized(source_name(source))} has not been read yet."
        found.append(f"{says(word, facts)}." if word else unread)
    if not facts.look.sources:
        found.append("No enabled source carries this list.")
    found += _cases(facts)
    found += _pending(state, facts)
    found += _lag(state, facts)
    return tuple(found)


def _cases(facts: Facts) -> list[str]:
    """Each open case, why, and how to decide it."""
    return [
        f"Possible match: “{case.name}” (likeness {case.score:.2f}: {'; '.join(case.reasons)})."
        f" {how_to_decide(case)}"
        for case in facts.asked()[:MOST]
    ]


# -- the first sentence -----------------------------------------------------------------------


def _unknown(name: str, list_: str) -> str:
    return f"Status unknown for {name} on the {list_}"


def _nothing_read(facts: Facts) -> str:
    if not facts.look.sources:
        return "no enabled source carries that list"
    if any(word.verdict is Verdict.UNKNOWN for word in facts.words()):
        return _unclear(facts)
    held = _held(facts, "a snapshot")
    return f"no source has been read successfully yet{f', and {held}' if held else ''}"


def _unclear(facts: Facts) -> str:
    if facts.notes:
        return "no entry of it was found, but an editorial note in the law's text names it"
    return "its name appears in the text, but not in an entry we could parse"


def _stale(state: WatchState, facts: Facts, name: str, list_: str) -> str:
    """Since when no list was read, and what was last known."""
    looks = [word.last_good_at for word in facts.words()]
    since = f"since {minute(max(looks))}" if looks else "for too long"
    if any(look > facts.look.now for look in looks):
        since = "since the clock was set back"
    known = f"listed{_since(state)}" if state.state == LISTED else f"not listed{_gone(state, ';')}"
    pending = f", {PENDING[state.pending]}" if state.pending else ""
    held = _held(facts)
    return (
        f"{_unknown(name, list_)}: no list has been read successfully {since}; "
        f"last known: {known}{pending}{f'; {held}' if held else ''}."
    )


def _possible(state: WatchState, facts: Facts, name: str, list_: str) -> str:
    """Which name may be it, how many wait, and what is known beneath."""
    cases = facts.asked()
    first, more = cases[0], len(cases) - 1
    others = f" (and {more} more)" if more else ""
    if state.state == LISTED:
        return (
            f"{_unknown(name, list_)}: its entry is gone, and may go on as “{first.name}”{others}; "
            f"a person has to decide{_voices(facts)}."
        )
    return (
        f"{_unknown(name, list_)}: “{first.name}” may be it{others}, and a person has to decide; "
        f"under its own name it is not listed{_voices(facts)}."
    )


def _announced(state: WatchState, facts: Facts, name: str, list_: str) -> str:
    """By which document, and from when."""
    act = find_act(facts, state.announced)
    by = f" by {document(act)}" if act else f" by document {state.announced}"
    legal = act.sure_date() if act else None
    when = f", effective {legal.isoformat()}" if legal else ""
    doubt = f", but {missing}" if (missing := _doubt(state, facts, act)) else ""
    if state.state == LISTED:
        return f"{name} is still on the {list_}; its removal is announced{by}{when}{doubt}"
    return f"{name} is not yet on the {list_}; its listing is announced{by}{when}{doubt}"


def _doubt(state: WatchState, facts: Facts, act: Act | None) -> str:
    """Why an announced act may not do what was announced."""
    if act is None:
        return "that document no longer names it: needs a human reader"
    if act.effect is not direction(state).effect or act.unsure(facts.look.today):
        return "that document no longer clearly says so: needs a human reader"
    day = act.publication_date
    if act.stage is Stage.INSPECTION and day and day < facts.look.today.isoformat():
        return f"it was due to be published on {day} and has not been found since"
    return ""


def _suspected(state: WatchState, name: str, list_: str) -> str:
    """Who turned, when, and that it is not confirmed."""
    assert state.suspicion is not None
    source, at = source_name(state.suspicion.source), minute(state.suspicion.at)
    if state.state == LISTED:
        return (
            f"{name} may have left the {list_}: {source} has not listed it since {at}; "
            "not confirmed yet"
        )
    return (
        f"{name} may have joined the {list_}: {source} has listed it since {at}; not confirmed yet"
    )


def _on(state: WatchState, list_: str) -> str:
    again = " again" if any(stay.to is not None for stay in state.history[:-1]) else ""
    verb = "has been" if state.since and state.legal else "is"
    return f"{verb} on the {list_}{again}{_since(state)}"


def _since(state: WatchState) -> str:
    """Since when a party is listed, and by which rule."""
    if state.since is None:
        return ""
    by = f" by {state.citation}" if state.citation else ""
    return f" since {state.since}{by}" if state.legal else f"{by}, first seen on {state.since}"


def _gone(state: WatchState, joint: str = ":") -> str:
    """Since when a party is not listed: removed, gone, or never seen there."""
    if state.since is None:
        return ""
    if not state.history:
        return f"; it was not on it at the first check, on {state.since}"
    by = f" by {state.citation}" if state.citation else ""
    if state.legal:
        return f"{joint} it was removed effective {state.since}{by}"
    return f"{joint} it was first found missing on {state.since}{', removed' + by if by else ''}"


def _cancelled(state: WatchState, facts: Facts) -> str:
    what = {
        Kind.REMOVAL_CANCELLED.value: "removal",
        Kind.LISTING_CANCELLED.value: "listing",
    }.get(state.last_kind or "")
    at = state.last_event_at
    if what is None or at is None or facts.look.now - at > CALLED_OFF_FOR:
        return ""
    day = at.astimezone(WASHINGTON).date().isoformat()
    return f"; the {what} announced or suspected earlier was cancelled on {day}"


def _voices(facts: Facts, state: WatchState | None = None) -> str:
    """What each source says, and when the last of them was read.

    A source that has not followed the state decided "still" says otherwise.
    """
    decided = state.state if state else None
    words = facts.words()
    if not words:
        return ""
    said = []
    for verdict, many in (
        (Verdict.LISTED, "list it"),
        (Verdict.ABSENT, "do not list it"),
        (Verdict.UNKNOWN, None),
    ):
        names = [source_name(word.source) for word in words if word.verdict is verdict]
        behind = {(NOT_LISTED, Verdict.LISTED), (LISTED, Verdict.ABSENT)}
        still = "still " if (decided, verdict) in behind else ""
        if names and many is None:
            said.append(f"unclear in {' and '.join(names)}")
        elif names:
            one = VERDICTS[verdict.value]
            said.append(f"{' and '.join(names)} {still}{one if len(names) == 1 else many}")
    read = minute(max(word.last_good_at for word in words))
    held = _held(facts)
    return f" ({', '.join(said)}; last read {read}{f'; {held}' if held else ''})"


def _held(facts: Facts, what: str = "a newer snapshot") -> str:
    """A snapshot is in quarantine, and may say otherwise."""
    names = [source_name(source) for source in facts.look.sources if source in facts.look.held]
    return f"{what} of {' and of '.join(names)} is quarantined" if names else ""


# -- what is pending, and what lags -----------------------------------------------------------


def _pending(state: WatchState, facts: Facts) -> list[str]:
    found = []
    act = find_act(facts, state.announced)
    if act is not None:
        when = act.sure_date()
        comes = f" It takes effect on {when.isoformat()}." if when else ""
        doubt = _doubt(state, facts, act)
        more = f" {capitalized(doubt)}." if doubt else comes
        found.append(f"{document(act)} has been announced.{more}")
    if state.suspicion is not None and state.suspicion.source in facts.look.sources:
        found.append(_what_is_missing(state, facts, state.suspicion.source))
    return found


def _what_is_missing(state: WatchState, facts: Facts, source: str) -> str:
    """What would confirm a suspicion, and why it has not yet."""
    at = minute(state.suspicion.at) if state.suspicion else ""
    begun = f"{capitalized(source_name(source))} changed at {at}."
    if law_is_read(facts) and source == Source.CSL:
        alone = "The Consolidated Screening List alone confirms nothing while the eCFR is enabled."
        return f"{begun} {alone}"
    word = facts.word(source)
    polls = word.good_polls if word else 0
    if state.state == LISTED:
        return (
            f"{begun} Confirmation takes {STEADY_POLLS} successful polls over at least 24 hours; "
            f"{counted(polls, 'poll')} so far."
        )
    return f"{begun} The next successful poll that agrees confirms it."


def _lag(state: WatchState, facts: Facts) -> list[str]:
    """How far each list is, or was, behind the first source of the decision."""
    if state.decided_poll == 0 or state.first_said_at is None:
        return []
    agrees = Verdict.LISTED if state.state == LISTED else Verdict.ABSENT
    act, first = find_act(facts, state.document_number), state.first_said_at
    counts = act.counts_from() if act else None
    # An act announced weeks ahead is followed from its day on.
    due = max(first, datetime.combine(counts, time.min, WASHINGTON)) if counts else first
    late = facts.look.now - due > LATE_AFTER
    return [
        line
        for word in facts.words()
        if (line := _lag_line(word, agrees, first, facts.look.now, late=late)) is not None
    ]


def _lag_line(
    word: Testimony, agrees: Verdict, first: datetime, now: datetime, *, late: bool
) -> str | None:
    name = capitalized(source_name(word.source))
    if word.verdict is agrees and word.turned_at > first:
        return f"{name} followed {_between(first, word.turned_at)} after the first source."
    if word.definite is not agrees and word.definite is not None:
        tail = f", {_between(first, now)} after the first source; it may be stale" if late else ""
        return f"{name} has not followed yet{tail}."
    return None


def _between(earlier: datetime, later: datetime) -> str:
    return span((later - earlier).total_seconds())
