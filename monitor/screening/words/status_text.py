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
from monitor.screening.words.event_text import document, sentence, source_says
from monitor.screening.words.labels import (
    PENDING,
    list_name,
    minute,
    polls,
    source_name,
    span,
)
from monitor.screening.words.message import (
    Message,
    capitalized,
    filled,
    joined,
    say,
    say_many,
    sentences,
    template,
)

CALLED_OFF_FOR = timedelta(days=30)
"""How long the first sentence still mentions that what was pending was cancelled."""

LATE_AFTER = timedelta(days=8)
"""The lists have followed an act within one to eight days; later, a list may be stale."""


def first_sentence(state: WatchState, facts: Facts, *, fresh: bool) -> Message:
    """The state of a watch in one sentence that is right and understandable alone.

    It says the state, since when and by which rule, who says so, and when they were last read.
    """
    name, list_ = facts.watch.called, list_name(facts.list_code)
    if state.state is None:
        return _unknown(name, list_, _nothing_read(facts))
    if not fresh:
        return _stale(state, facts, name, list_)
    if asks(state, facts):
        return _possible(state, facts, name, list_)
    if state.pending is None and not state.unclear:
        return _with_voices(_settled(state, facts, name, list_), _voices(facts, state))
    if state.announced is not None:
        said = _announced(state, facts, name, list_)
    elif state.suspicion is not None:
        said = _suspected(state, name, list_)
    else:
        said = _status_unknown(name, list_, _unclear(facts))
    return _with_voices(said, _voices(facts))


def _with_voices(said: Message, voices: str) -> Message:
    return say("{said}{voices}.", said=said, voices=voices)


def _settled(state: WatchState, facts: Facts, name: str, list_: str) -> Message:
    """The state, of which nothing is pending."""
    cancelled = _cancelled(state, facts)
    if state.state == LISTED:
        return filled(
            _on(state), name=name, list=list_, since=_since(state), cancelled=cancelled
        )  # fmt: skip
    return say(
        "{name} is not on the {list}{gone}{cancelled}",
        name=name,
        list=list_,
        gone=_gone(state),
        cancelled=cancelled,
    )


def reasons(state: WatchState, facts: Facts, *, fresh: bool) -> tuple[str, ...]:
    """The first sentence, then what each source says, what is pending and why, and what lags."""
    found = [first_sentence(state, facts, fresh=fresh)]
    found += [source_says(source, facts) for source in facts.look.sources]
    if not facts.look.sources:
        found.append(say("No enabled source carries this list."))
    found += _cases(facts)
    found += _pending(state, facts)
    found += _lag(state, facts)
    return tuple(found)


def _cases(facts: Facts) -> list[Message]:
    """Each open case, why, and how to decide it."""
    return [
        sentences(
            say(
                "Possible match: “{name}” (likeness {score:.2f}: {reasons}).",
                name=case.name,
                score=case.score,
                reasons=joined("; ", case.reasons),
            ),
            how_to_decide(case),
        )
        for case in facts.asked()[:MOST]
    ]


# -- the first sentence -----------------------------------------------------------------------


def _unknown(name: str, list_: str, why: str) -> Message:
    return sentence(_status_unknown(name, list_, why))


def _status_unknown(name: str, list_: str, why: str) -> Message:
    return say("Status unknown for {name} on the {list}: {why}", name=name, list=list_, why=why)


def _nothing_read(facts: Facts) -> Message:
    if not facts.look.sources:
        return say("no enabled source carries that list")
    if any(word.verdict is Verdict.UNKNOWN for word in facts.words()):
        return _unclear(facts)
    unread = say("no source has been read successfully yet")
    held = _held_names(facts)
    if not held:
        return unread
    quarantined = say("a snapshot of {sources} is quarantined", sources=held)
    return say("{unread}, and {quarantined}", unread=unread, quarantined=quarantined)


def _unclear(facts: Facts) -> Message:
    if facts.notes:
        return say("no entry of it was found, but an editorial note in the law's text names it")
    return say("its name appears in the text, but not in an entry we could parse")


def _stale(state: WatchState, facts: Facts, name: str, list_: str) -> Message:
    """Since when no list was read, and what was last known."""
    looks = [word.last_good_at for word in facts.words()]
    since = say("since {time}", time=minute(max(looks))) if looks else say("for too long")
    if any(look > facts.look.now for look in looks):
        since = say("since the clock was set back")
    known = (
        say("listed{since}", since=_since(state))
        if state.state == LISTED
        else say("not listed{gone}", gone=_gone(state, again=True))
    )
    pending = joined(", ", (known, PENDING[state.pending] if state.pending else ""))
    held = _held(facts)
    return say(
        "Status unknown for {name} on the {list}: no list has been read successfully {since}; last "
        "known: {known}{held}.",
        name=name,
        list=list_,
        since=since,
        known=pending,
        held=say("; {held}", held=held) if held else "",
    )


def _possible(state: WatchState, facts: Facts, name: str, list_: str) -> Message:
    """Which name may be it, how many wait, and what is known beneath."""
    cases = facts.asked()
    more = len(cases) - 1
    found = {
        "name": name, "list": list_, "found": cases[0].name,
        "others": say(" (and {count} more)", count=more) if more else "",
        "voices": _voices(facts),
    }  # fmt: skip
    if state.state == LISTED:
        return say(
            "Status unknown for {name} on the {list}: its entry is gone, and may go on as “{found}”"
            "{others}; a person has to decide{voices}.",
            **found,
        )
    return say(
        "Status unknown for {name} on the {list}: “{found}” may be it{others}, and a person has to "
        "decide; under its own name it is not listed{voices}.",
        **found,
    )


def _announced(state: WatchState, facts: Facts, name: str, list_: str) -> Message:
    """By which document, and from when."""
    act = find_act(facts, state.announced)
    legal = act.sure_date() if act else None
    missing = _doubt(state, facts, act)
    found = {
        "name": name, "list": list_,
        "document": document(act) if act else say("document {number}", number=state.announced),
        "when": say(", effective {day}", day=legal) if legal else "",
        "doubt": say(", but {missing}", missing=missing) if missing else "",
    }  # fmt: skip
    if state.state == LISTED:
        return say(
            "{name} is still on the {list}; its removal is announced by {document}{when}{doubt}",
            **found,
        )
    return say(
        "{name} is not yet on the {list}; its listing is announced by {document}{when}{doubt}",
        **found,
    )


def _doubt(state: WatchState, facts: Facts, act: Act | None) -> str:
    """Why an announced act may not do what was announced."""
    if act is None:
        return say("that document no longer names it: needs a human reader")
    if act.effect is not direction(state).effect or act.unsure(facts.look.today):
        return say("that document no longer clearly says so: needs a human reader")
    day = act.publication_date
    if act.stage is Stage.INSPECTION and day and day < facts.look.today.isoformat():
        return say("it was due to be published on {day} and has not been found since", day=day)
    return ""


def _suspected(state: WatchState, name: str, list_: str) -> Message:
    """Who turned, when, and that it is not confirmed."""
    assert state.suspicion is not None
    source, at = source_name(state.suspicion.source), minute(state.suspicion.at)
    if state.state == LISTED:
        return say(
            "{name} may have left the {list}: {source} has not listed it since {time}; not "
            "confirmed yet",
            name=name, list=list_, source=source, time=at,
        )  # fmt: skip
    return say(
        "{name} may have joined the {list}: {source} has listed it since {time}; not confirmed yet",
        name=name, list=list_, source=source, time=at,
    )  # fmt: skip


def _on(state: WatchState) -> str:
    """The template of a state of being listed."""
    again = any(stay.to is not None for stay in state.history[:-1])
    if state.since and state.legal:
        if again:
            return template("{name} has been on the {list} again{since}{cancelled}")
        return template("{name} has been on the {list}{since}{cancelled}")
    if again:
        return template("{name} is on the {list} again{since}{cancelled}")
    return template("{name} is on the {list}{since}{cancelled}")


def _since(state: WatchState) -> str:
    """Since when a party is listed, and by which rule."""
    if state.since is None:
        return ""
    by = _by(state)
    if state.legal:
        return say(" since {day}{by}", day=state.since, by=by)
    return say("{by}, first seen on {day}", by=by, day=state.since)


def _by(state: WatchState) -> str:
    return say(" by {citation}", citation=state.citation) if state.citation else ""


def _gone(state: WatchState, *, again: bool = False) -> str:
    """Since when a party is not listed: removed, gone, or never seen there.

    `again`: it stands behind another colon.
    """
    if state.since is None:
        return ""
    day, by = state.since, _by(state)
    if not state.history:
        return say("; it was not on it at the first check, on {day}", day=day)
    if state.legal:
        if again:
            return say("; it was removed effective {day}{by}", day=day, by=by)
        return say(": it was removed effective {day}{by}", day=day, by=by)
    removed = say(", removed{by}", by=by) if by else ""
    if again:
        return say("; it was first found missing on {day}{removed}", day=day, removed=removed)
    return say(": it was first found missing on {day}{removed}", day=day, removed=removed)


def _cancelled(state: WatchState, facts: Facts) -> str:
    at = state.last_event_at
    if at is None or facts.look.now - at > CALLED_OFF_FOR:
        return ""
    day = at.astimezone(WASHINGTON).date()
    if state.last_kind == Kind.REMOVAL_CANCELLED:
        return say(
            "; the removal announced or suspected earlier was cancelled on {day}", day=day
        )  # fmt: skip
    if state.last_kind == Kind.LISTING_CANCELLED:
        return say(
            "; the listing announced or suspected earlier was cancelled on {day}", day=day
        )  # fmt: skip
    return ""


def _voices(facts: Facts, state: WatchState | None = None) -> str:
    """What each source says, and when the last of them was read.

    A source that has not followed the state decided "still" says otherwise.
    """
    decided = state.state if state else None
    words = facts.words()
    if not words:
        return ""
    said = [
        _voice(verdict, names, still=(decided, verdict) in _BEHIND)
        for verdict in (Verdict.LISTED, Verdict.ABSENT, Verdict.UNKNOWN)
        if (names := [source_name(word.source) for word in words if word.verdict is verdict])
    ]
    read, held = minute(max(word.last_good_at for word in words)), _held(facts)
    return say(
        " ({said}; last read {time}{held})",
        said=joined(", ", said),
        time=read,
        held=say("; {held}", held=held) if held else "",
    )


_BEHIND = {(NOT_LISTED, Verdict.LISTED), (LISTED, Verdict.ABSENT)}


def _voice(verdict: Verdict, names: list[str], *, still: bool) -> Message:
    """What one or several sources say."""
    sources = joined(" and ", names)
    if verdict is Verdict.UNKNOWN:
        return say("unclear in {sources}", sources=sources)
    if verdict is Verdict.LISTED:
        if still:
            return say_many(
                len(names), "{sources} still lists it", "{sources} still list it", sources=sources
            )
        return say_many(len(names), "{sources} lists it", "{sources} list it", sources=sources)
    if still:
        return say_many(
            len(names), "{sources} still does not list it", "{sources} still do not list it",
            sources=sources,
        )  # fmt: skip
    return say_many(
        len(names), "{sources} does not list it", "{sources} do not list it", sources=sources
    )


def _held(facts: Facts) -> str:
    """A newer snapshot is in quarantine, and may say otherwise."""
    names = _held_names(facts)
    return say("a newer snapshot of {sources} is quarantined", sources=names) if names else ""


def _held_names(facts: Facts) -> Message:
    held = (source_name(source) for source in facts.look.sources if source in facts.look.held)
    return joined(" and of ", held)


# -- what is pending, and what lags -----------------------------------------------------------


def _pending(state: WatchState, facts: Facts) -> list[Message]:
    found = []
    act = find_act(facts, state.announced)
    if act is not None:
        when = act.sure_date()
        comes = say("It takes effect on {day}.", day=when) if when else ""
        doubt = _doubt(state, facts, act)
        more = say("{clause}.", clause=capitalized(doubt)) if doubt else comes
        said = say("{document} has been announced.", document=document(act))
        found.append(sentences(said, more))
    if state.suspicion is not None and state.suspicion.source in facts.look.sources:
        found.append(_what_is_missing(state, facts, state.suspicion.source))
    return found


def _what_is_missing(state: WatchState, facts: Facts, source: str) -> Message:
    """What would confirm a suspicion, and why it has not yet."""
    begun = say(
        "{source} changed at {time}.",
        source=capitalized(source_name(source)),
        time=minute(state.suspicion.at) if state.suspicion else "",
    )
    if law_is_read(facts) and source == Source.CSL:
        alone = say(
            "The Consolidated Screening List alone confirms nothing while the eCFR is enabled."
        )
        return sentences(begun, alone)
    word = facts.word(source)
    if state.state == LISTED:
        takes = say(
            "Confirmation takes {needed} successful polls over at least 24 hours; {polls} so far.",
            needed=STEADY_POLLS,
            polls=polls(word.good_polls if word else 0),
        )
        return sentences(begun, takes)
    return sentences(begun, say("The next successful poll that agrees confirms it."))


def _lag(state: WatchState, facts: Facts) -> list[Message]:
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
) -> Message | None:
    name = capitalized(source_name(word.source))
    if word.verdict is agrees and word.turned_at > first:
        return say(
            "{source} followed {span} after the first source.",
            source=name,
            span=_between(first, word.turned_at),
        )
    if word.definite is not agrees and word.definite is not None:
        if late:
            return say(
                "{source} has not followed yet, {span} after the first source; it may be stale.",
                source=name,
                span=_between(first, now),
            )
        return say("{source} has not followed yet.", source=name)
    return None


def _between(earlier: datetime, later: datetime) -> Message:
    return span((later - earlier).total_seconds())
