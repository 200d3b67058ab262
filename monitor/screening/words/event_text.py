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
from monitor.screening.witness import Act, Effect, Source, Verdict
from monitor.screening.words.labels import (
    STATES,
    headline,
    list_name,
    minute,
    source_name,
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
    summary: Message,
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
            facts.watch.called,
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
        party=facts.watch.called,
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


def says(word: Testimony, facts: Facts) -> Message:
    """One source's verdict, as a clause that begins a sentence."""
    verdict = {
        Verdict.LISTED: say("lists it"),
        Verdict.ABSENT: say("does not list it"),
        Verdict.UNKNOWN: (
            say("has a row that could not be read and may be it")
            if word.source == Source.CSL
            else _named(facts)
        ),
    }[word.verdict]
    day = text_as_of(word, facts.look.now)
    as_of = say(" (as of {day})", day=day[:_DAY]) if day else ""
    source = capitalized(source_name(word.source))
    return say("{source} {verdict}{as_of}", source=source, verdict=verdict, as_of=as_of)


def _named(facts: Facts) -> Message:
    """Where a text has a name that stands in no row of its own."""
    if not facts.notes:
        return say("names it, but not in an entry we could parse")
    return say(
        "has no entry of it and names it in an editorial note: “{note}”", note=facts.notes[0]
    )


def sentence(clause: Message) -> Message:
    return say("{clause}.", clause=clause)


def source_says(source: str, facts: Facts) -> Message:
    """What a list source says, as a sentence, or that it was never read."""
    word = facts.word(source)
    if word:
        return sentence(says(word, facts))
    return say("{source} has not been read yet.", source=capitalized(source_name(source)))


def all_say(facts: Facts, *, but: str | None = None) -> Message:
    """What every list source says, those that were never read included."""
    return sentences(*(source_says(one, facts) for one in facts.look.sources if one != but))


def document(act: Act) -> Message:
    if act.citation:
        return say("{citation} (document {number})", citation=act.citation, number=act.number)
    return say("Document {number}", number=act.number)


def act_sentence(facts: Facts, act: Act) -> Message:
    """What an act does to the watch's entry, since when, in its own words."""
    legal = act.legal_date()
    when: str = say(", effective {day}", day=legal) if legal else ""
    if act.undated:
        when = say("; its effective date is uncertain")
    does = filled(
        _DOES[act.effect],
        document=document(act),
        list=list_name(facts.list_code),
        when=when,
    )
    return sentences(does, _quoted(act))


_DOES = {
    Effect.REMOVES: template("{document} removes it from the {list}{when}."),
    Effect.ADDS: template("{document} adds it to the {list}{when}."),
    Effect.REVISES: template("{document} revises its entry on the {list}{when}."),
    Effect.UNCLEAR: template("{document} names it in connection with the {list}{when}."),
}


def _quoted(act: Act) -> str:
    return say("It says: “{quote}”", quote=act.quote) if act.quote else ""


def first_look(state: WatchState, facts: Facts, word: Testimony, act: Act | None) -> Message:
    """The baseline: the state, on whose word, and what was before."""
    parts: list[str] = [all_say(facts)]
    if act is not None:
        parts += [act_sentence(facts, act), say("The lists have not been updated yet.")]
    last = state.history[-1] if state.history else None
    if state.state != LISTED and last is not None:
        by = say(" (removed by {citation})", citation=last.to_citation) if last.to_citation else ""
        since = last.since or say("an unknown date")
        parts.append(
            say("It was listed from {since} until {to}{by}.", since=since, to=last.to, by=by)
        )
    if act is None and any(other.definite is not word.definite for other in facts.words()):
        parts.append(
            say(
                "The sources disagree: it counts as listed because {source} has it; please check "
                "how the other one spells it.",
                source=source_name(word.source),
            )
        )
    if state.state != LISTED and facts.asked():
        parts.append(first_matches(facts))
    return sentences(*parts)


def announced(facts: Facts, act: Act) -> Message:
    """By which document, in force when, and what the lists still say."""
    if act.publication_date is None:
        stage = say("The document is on public inspection.")
    elif act.published(facts.look.today):
        stage = say("The document was published on {day}.", day=act.publication_date)
    else:
        stage = say("The document is scheduled for publication on {day}.", day=act.publication_date)
    now = say("Currently: {all}", all=all_say(facts))
    return sentences(act_sentence(facts, act), stage, now)


def confirmed(rule: Rule, facts: Facts, act: Act | None) -> Message:
    """By which rule, on whose word, and what the others say."""
    by = act_sentence(facts, act) if act is not None else ""
    return sentences(by, say("Confirmed because {rule}.", rule=rule.said), all_say(facts))


def must_be_read(act: Act) -> Message:
    reason = act.reason or say("no amendatory instruction was understood")
    return sentences(
        say(
            "{document} names it, but its effect could not be determined: {reason}.",
            document=document(act),
            reason=reason,
        ),
        _quoted(act),
    )


def disbelieved(facts: Facts, act: Act) -> Message:
    """An act is in force and a list says otherwise: neither is presented as the truth."""
    doubt = say("It is in force, but the lists contradict it.")
    return sentences(act_sentence(facts, act), doubt, all_say(facts))


def marked(word: Testimony, facts: Facts) -> Message:
    """An entry whose name says that it was removed: neither a removal nor nothing."""
    return say(
        "{source_says}, but the entry's name now says that it was removed. Please check.",
        source_says=says(word, facts),
    )


def amended(
    word: Testimony, facts: Facts, fields: Sequence[FieldChange], *, review: bool
) -> Message:
    """Whose text changed, what became of its footnotes, and that the party stays."""
    marks = [footnotes(one) for one in fields if one.field == "footnotes"]
    notes = say(": {footnotes}", footnotes=marks[0]) if marks else ""
    doubt = (
        say(
            "Its row was matched under a new name by country and a shared address or citation; "
            "please check."
        )
        if review
        else ""
    )
    said = say("{source_says}, with changes{notes}.", source_says=says(word, facts), notes=notes)
    return sentences(said, say("It is still listed."), doubt)


def footnotes(change: FieldChange) -> Message:
    """Which footnotes came and which went.

    >>> footnotes(FieldChange("footnotes", "1", "1, 4"))
    'footnote 4 added'
    """
    before, after = (
        set(filter(None, (text or "").split(", "))) for text in (change.before, change.after)
    )
    came, went = sorted(after - before), sorted(before - after)
    steps = (
        came
        and say_many(
            len(came), "footnote {marks} added", "footnotes {marks} added", marks=", ".join(came)
        ),
        went
        and say_many(
            len(went), "footnote {marks} removed", "footnotes {marks} removed",
            marks=", ".join(went),
        ),
    )  # fmt: skip
    return joined("; ", (step for step in steps if step))


def cannot_tell(state: WatchState, newest: datetime | None) -> Message:
    """Since when no list was read, and what was last known."""
    list_ = list_name(state.list)
    unread = (
        say(
            "No source of the {list} has been read successfully since {time}, so the status is "
            "unknown.",
            list=list_,
            time=minute(newest),
        )
        if newest
        else say(
            "No source of the {list} has been read successfully yet, so the status is unknown.",
            list=list_,
        )
    )
    last = STATES[state.state] if state.state else ""
    return sentences(unread, say("Last known status: {state}.", state=last) if last else "")


def first_matches(facts: Facts) -> str:
    """The near names of a first check."""
    named = [
        say("“{name}” ({score:.2f})", name=case.name, score=case.score)
        for case in facts.asked()[:MOST]
    ]
    if not named:
        return ""
    names = joined(", ", named)
    return say("Near names on the list, for a person to decide: {names}.", names=names)


def lost_one(change: Change, word: Testimony) -> Message:
    """One of several parties that a watch follows is gone."""
    return say(
        "{source} no longer lists “{name}”, one of several entries that this watch follows; others "
        "are still listed.",
        source=capitalized(source_name(word.source)),
        name=change.before.name if change.before else "",
    )
