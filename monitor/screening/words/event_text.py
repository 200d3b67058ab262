"""Composes events: the id, the sentences, the witnesses and their lag. Decides nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

from monitor.screening.cases import MOST, Case
from monitor.screening.change import Change
from monitor.screening.decide.rules import Facts, Rule
from monitor.screening.decide.testimony import Testimony
from monitor.screening.entry import Entry
from monitor.screening.event import Event, FieldChange, Kind, Lag, Witness, event_id
from monitor.screening.state import LISTED, WatchState
from monitor.screening.witness import Act, Source, Verdict
from monitor.screening.words.labels import (
    STATES,
    capitalized,
    headline,
    list_name,
    minute,
    source_name,
)

_DAY = len("2023-11-17")


@lru_cache(maxsize=4096)
def utc(moment: datetime) -> str:
    """RFC 3339 in UTC with `Z`, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def compose(
    kind: Kind,
    state: WatchState,
    facts: Facts,
    *,
    cause: Sequence[str | None],
    summary: str,
    act: Act | None,
    before: Entry | None,
    after: Entry | None,
    changes: tuple[FieldChange, ...],
    review: bool,
    after_poll: int,
    asked: Case | None = None,
) -> Event:
    """An event of this watch; its id follows from its kind, its cause and the event before it.

    `after_poll`: the decision before this one; witnesses that turned later brought this news.
    """
    dated = kind in {Kind.REMOVAL_CONFIRMED, Kind.LISTING_CONFIRMED, Kind.BASELINE}
    legal = state.since if dated and state.legal else None
    return Event(
        id=event_id(kind, facts.watch.id, state.list, (*cause, state.last_event)),
        kind=kind,
        watch=facts.watch.id,
        list=state.list,
        at=utc(facts.look.now),
        effective_on=legal if act is None else None if act.undated else act.effective_on,
        citation=act.citation if act else state.citation,
        document_number=as_numbered(act.number if act else state.document_number),
        document_url=act.url if act else state.document_url,
        title=headline(
            _title_of(kind, state, act, asked, after),
            facts.watch.name,
            state.list,
            listed=state.state == LISTED,
            possible=bool(facts.asked()),
        ),
        summary=summary,
        review=review,
        witnesses=_witnesses(facts, act),
        before=before,
        after=after,
        changes=changes,
        lag=_lag(kind, facts, act, after_poll),
        party=facts.watch.name,
        case=asked.id if asked else None,
        named=asked.name if asked else "",
        score=asked.score if asked else 0.0,
        why=asked.reasons if asked else (),
    )


def _title_of(
    kind: Kind, state: WatchState, act: Act | None, asked: Case | None, after: Entry | None
) -> str:
    """The headline's key: what a person should read is a document, or what a list lost."""
    if kind is Kind.BASELINE and state.unclear:
        return "baseline_unclear"
    if kind is not Kind.NOTICE_FOUND or act is not None:
        return kind
    if asked:
        return "notice_match_gone"
    return "notice_marked" if after is not None else "notice_one_lost"


def remember(state: WatchState, event: Event, at: datetime) -> WatchState:
    return replace(state, last_event=event.id, last_kind=event.kind.value, last_event_at=at)


def as_numbered(number: str | None) -> str | None:
    """The number as the Federal Register gives it: without the date that tells two of one apart."""
    return number.partition(" (")[0] if number else None


def _witnesses(facts: Facts, act: Act | None) -> tuple[Witness, ...]:
    said = [
        Witness(
            source=source,
            verdict=(word.verdict if word else Verdict.UNKNOWN).value,
            as_of=text_as_of(word, facts.look.now) if word else None,
            seen_at=utc(word.turned_at) if word else None,
            snapshot=word.snapshot if word else None,
            url=word.url if word else None,
        )
        for source in facts.look.sources
        for word in (facts.word(source),)
    ]
    if act is None:
        return tuple(said)
    seen_at = utc(act.seen_at) if act.seen_at else None
    by = Witness(
        Source.FEDERAL_REGISTER, None, act.publication_date, seen_at, act.snapshot, act.url
    )
    return (by, *said)


def _lag(kind: Kind, facts: Facts, act: Act | None, after_poll: int) -> tuple[Lag, ...]:
    """How far each source came behind the first that said what this event tells."""
    target = _target(kind)
    if target is None:
        return ()
    came = {
        word.source: word.turned_at
        for word in facts.words()
        if word.verdict is target and word.definite_poll > after_poll
    }
    if act is not None and act.seen_at is not None:
        came[Source.FEDERAL_REGISTER] = act.seen_at
    if not came:
        return ()
    first = min(came.values())
    return tuple(
        Lag(source, int((came[source] - first).total_seconds()) if source in came else None)
        for source in (*((Source.FEDERAL_REGISTER,) if act else ()), *facts.look.sources)
        if came.get(source) != first
    )


def _target(kind: Kind) -> Verdict | None:
    if kind in {Kind.REMOVAL_ANNOUNCED, Kind.REMOVAL_SUSPECTED, Kind.REMOVAL_CONFIRMED}:
        return Verdict.ABSENT
    if kind in {Kind.LISTING_ANNOUNCED, Kind.LISTING_SUSPECTED, Kind.LISTING_CONFIRMED}:
        return Verdict.LISTED
    return None


# -- sentences ------------------------------------------------------------------------------------


def text_as_of(word: Testimony, now: datetime) -> str | None:
    """The day or time that a source's text speaks of; none is later than the moment it is told.

    A host may run ahead of the calendar, or of this machine's clock. What it says is kept as it is
    for judging; told so, an alert would quote tomorrow's law.
    """
    if word.as_of is None:
        return None
    moment = utc(now)
    return min(word.as_of, moment[: len(word.as_of)] if len(word.as_of) == _DAY else moment)


def says(word: Testimony, facts: Facts) -> str:
    """One source's verdict, as a clause that begins a sentence."""
    verdict = {
        Verdict.LISTED: "lists it",
        Verdict.ABSENT: "does not list it",
        Verdict.UNKNOWN: (
            "has a row that could not be read and may be it"
            if word.source == Source.CSL
            else _named(facts)
        ),
    }[word.verdict]
    day = text_as_of(word, facts.look.now)
    as_of = f" (as of {day[:_DAY]})" if day else ""
    return f"{capitalized(source_name(word.source))} {verdict}{as_of}"


def _named(facts: Facts) -> str:
    """Where a text has a name that stands in no row of its own."""
    if not facts.notes:
        return "names it, but not in an entry we could parse"
    return f"has no entry of it and names it in an editorial note: “{facts.notes[0]}”"


def all_say(facts: Facts, *, but: str | None = None) -> str:
    """What every list source says, those that were never read included."""
    said = []
    for source in facts.look.sources:
        word = facts.word(source)
        if source != but:
            unread = f"{capitalized(source_name(source))} has not been read yet."
            said.append(f"{says(word, facts)}." if word else unread)
    return " ".join(said)


def document(act: Act) -> str:
    return f"{act.citation} (document {act.number})" if act.citation else f"Document {act.number}"


def act_sentence(facts: Facts, act: Act) -> str:
    """What an act does to the watch's entry, since when, in its own words."""
    does = {
        "removes": "removes it from",
        "adds": "adds it to",
        "revises": "revises its entry on",
        "unclear": "names it in connection with",
    }[act.effect.value]
    legal = act.legal_date()
    when = f", effective {legal.isoformat()}" if legal else ""
    when = "; its effective date is uncertain" if act.undated else when
    return f"{document(act)} {does} the {list_name(facts.list_code)}{when}.{_quoted(act)}"


def _quoted(act: Act) -> str:
    return f" It says: “{act.quote}”" if act.quote else ""


def first_look(state: WatchState, facts: Facts, word: Testimony, act: Act | None) -> str:
    """The baseline: the state, on whose word, and what was before."""
    parts = [all_say(facts)]
    if act is not None:
        parts.append(f"{act_sentence(facts, act)} The lists have not been updated yet.")
    last = state.history[-1] if state.history else None
    if state.state != LISTED and last is not None:
        by = f" (removed by {last.to_citation})" if last.to_citation else ""
        since = last.since or "an unknown date"
        parts.append(f"It was listed from {since} until {last.to}{by}.")
    if act is None and any(other.definite is not word.definite for other in facts.words()):
        parts.append(
            f"The sources disagree: it counts as listed because {source_name(word.source)} has it; "
            "please check how the other one spells it."
        )
    if state.state != LISTED and facts.asked():
        parts.append(first_matches(facts))
    return " ".join(parts)


def announced(facts: Facts, act: Act) -> str:
    """By which document, in force when, and what the lists still say."""
    stage = "is on public inspection" if act.publication_date is None else (
        f"is scheduled for publication on {act.publication_date}"
        if not act.published(facts.look.today)
        else f"was published on {act.publication_date}"
    )  # fmt: skip
    return f"{act_sentence(facts, act)} The document {stage}. Currently: {all_say(facts)}"


def confirmed(rule: Rule, facts: Facts, act: Act | None) -> str:
    """By which rule, on whose word, and what the others say."""
    by = f"{act_sentence(facts, act)} " if act is not None else ""
    return f"{by}Confirmed because {rule.value}. {all_say(facts)}"


def must_be_read(act: Act) -> str:
    return (
        f"{document(act)} names it, but its effect could not be determined: "
        f"{act.reason or 'no amendatory instruction was understood'}.{_quoted(act)}"
    )


def disbelieved(facts: Facts, act: Act) -> str:
    """An act is in force and a list says otherwise: neither is presented as the truth."""
    said = f"{act_sentence(facts, act)} It is in force, but the lists contradict it."
    return f"{said} {all_say(facts)}"


def marked(word: Testimony, facts: Facts) -> str:
    """An entry whose name says that it was removed: neither a removal nor nothing."""
    return f"{says(word, facts)}, but the entry's name now says that it was removed. Please check."


def amended(word: Testimony, facts: Facts, fields: Sequence[FieldChange], *, review: bool) -> str:
    """Whose text changed, what became of its footnotes, and that the party stays."""
    doubt = (
        " Its row was matched under a new name by country and a shared address or citation; "
        "please check."
    )
    notes = "".join(f": {footnotes(one)}" for one in fields if one.field == "footnotes")
    return f"{says(word, facts)}, with changes{notes}. It is still listed.{doubt if review else ''}"


def footnotes(change: FieldChange) -> str:
    """Which footnotes came and which went.

    >>> footnotes(FieldChange("footnotes", "1", "1, 4"))
    'footnote 4 added'
    """
    before, after = (
        set(filter(None, (text or "").split(", "))) for text in (change.before, change.after)
    )
    steps = ((after - before, "added"), (before - after, "removed"))
    return "; ".join(
        f"footnote{'s' if len(marks) > 1 else ''} {', '.join(sorted(marks))} {verb}"
        for marks, verb in steps
        if marks
    )


def cannot_tell(state: WatchState, newest: datetime | None) -> str:
    """Since when no list was read, and what was last known."""
    since = f"since {minute(newest)}" if newest else "yet"
    known = f"Last known status: {STATES[state.state]}." if state.state else ""
    return (
        f"No source of the {list_name(state.list)} has been read successfully {since}, so the "
        f"status is unknown. {known}"
    ).rstrip()


def first_matches(facts: Facts) -> str:
    """The near names of a first check."""
    named = ", ".join(f"“{case.name}” ({case.score:.2f})" for case in facts.asked()[:MOST])
    return f"Near names on the list, for a person to decide: {named}." if named else ""


def lost_one(change: Change, word: Testimony) -> str:
    """One of several parties that a watch follows is gone."""
    name = change.before.name if change.before else ""
    return (
        f"{capitalized(source_name(word.source))} no longer lists “{name}”, one of several entries "
        "that this watch follows; others are still listed."
    )
