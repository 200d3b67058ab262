"""Composes events: the id, the sentences, the witnesses and their lag. Decides nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

from monitor.screening.decide.rules import Case, Rule
from monitor.screening.decide.testimony import Testimony
from monitor.screening.entry import Entry
from monitor.screening.event import Event, FieldChange, Kind, Lag, Witness, event_id
from monitor.screening.state import LISTED, WatchState
from monitor.screening.watch import Watch
from monitor.screening.witness import Act, Verdict

SOURCE_NAMES = {
    "csl": "the Consolidated Screening List",
    "ecfr": "the eCFR",
    "federal_register": "the Federal Register",
}
LIST_NAMES = {
    "EL": "Entity List",
    "UVL": "Unverified List",
    "MEU": "Military End-User List",
    "DPL": "Denied Persons List",
    "SDN": "Specially Designated Nationals List",
}

_TITLES = {
    Kind.REMOVAL_ANNOUNCED: "Removal announced: {name} is to leave the {list}",
    Kind.REMOVAL_SUSPECTED: "Removal suspected: {name} may have left the {list}",
    Kind.REMOVAL_CONFIRMED: "Removed: {name} has left the {list}",
    Kind.REMOVAL_CANCELLED: "Removal cancelled: {name} stays on the {list}",
    Kind.LISTING_ANNOUNCED: "Listing announced: {name} is to join the {list}",
    Kind.LISTING_SUSPECTED: "Listing suspected: {name} may have joined the {list}",
    Kind.LISTING_CONFIRMED: "Listed: {name} has joined the {list}",
    Kind.LISTING_CANCELLED: "Listing cancelled: {name} is not on the {list}",
    Kind.ENTRY_AMENDED: "Amended: the {list} entry of {name} has changed",
    Kind.NOTICE_FOUND: "Please read: a Federal Register document names {name}",
    Kind.WATCH_STALE: "Cannot tell: no good look at {name} on the {list}",
    Kind.WATCH_FRESH: "Can tell again: {name} on the {list}",
}


@lru_cache(maxsize=4096)
def utc(moment: datetime) -> str:
    """RFC 3339 in UTC with `Z`, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def list_name(code: str) -> str:
    """The list's name in a sentence."""
    return LIST_NAMES.get(code, f"list {code}")


def title(kind: Kind, watch: Watch, state: WatchState) -> str:
    """One line that says what happened, and how sure it is."""
    name, list_ = watch.name, list_name(state.list)
    if kind is Kind.BASELINE:
        known = "is on" if state.state == LISTED else "is not on"
        return f"First look: {name} {known} the {list_}"
    return _TITLES[kind].format(name=name, list=list_)


def named(event: Event) -> str | None:
    """The watch's name, which an event that brings no entry has in its title alone."""
    pattern = _TITLES.get(event.kind)
    if pattern is None:
        return None
    said = pattern.replace("{list}", list_name(event.list or ""))
    before, _, behind = said.partition("{name}")
    if not event.title.startswith(before) or not event.title.endswith(behind):
        return None
    return event.title[len(before) : len(event.title) - len(behind)] or None


def compose(
    kind: Kind,
    state: WatchState,
    case: Case,
    *,
    cause: Sequence[str | None],
    summary: str,
    act: Act | None,
    before: Entry | None,
    after: Entry | None,
    changes: tuple[FieldChange, ...],
    review: bool,
    after_poll: int,
) -> Event:
    """An event of this watch; its id follows from its kind, its cause and the event before it.

    `after_poll`: the decision before this one; witnesses that turned later brought this news.
    """
    dated = kind in {Kind.REMOVAL_CONFIRMED, Kind.LISTING_CONFIRMED, Kind.BASELINE}
    legal = state.since if dated and state.legal else None
    return Event(
        id=event_id(kind, case.watch.id, state.list, (*cause, state.last_event)),
        kind=kind,
        watch=case.watch.id,
        list=state.list,
        at=utc(case.look.now),
        effective_on=legal if act is None else None if act.undated else act.effective_on,
        citation=act.citation if act else state.citation,
        document_number=as_numbered(act.number if act else state.document_number),
        document_url=act.url if act else state.document_url,
        title=title(kind, case.watch, state),
        summary=summary,
        review=review,
        witnesses=_witnesses(case, act),
        before=before,
        after=after,
        changes=changes,
        lag=_lag(kind, case, act, after_poll),
    )


def remember(state: WatchState, event: Event, at: datetime) -> WatchState:
    """The state with this event as its last."""
    return replace(state, last_event=event.id, last_kind=event.kind.value, last_event_at=at)


def as_numbered(number: str | None) -> str | None:
    """The number as the Federal Register gives it: without the date that tells two of one apart."""
    return number.partition(" (")[0] if number else None


def _witnesses(case: Case, act: Act | None) -> tuple[Witness, ...]:
    said = [
        Witness(
            source=source,
            verdict=(word.verdict if word else Verdict.UNKNOWN).value,
            as_of=word.as_of if word else None,
            seen_at=utc(word.turned_at) if word else None,
            snapshot=word.snapshot if word else None,
            url=word.url if word else None,
        )
        for source in case.look.sources
        for word in (case.word(source),)
    ]
    if act is None:
        return tuple(said)
    seen_at = utc(act.seen_at) if act.seen_at else None
    by = Witness("federal_register", None, act.publication_date, seen_at, act.snapshot, act.url)
    return (by, *said)


def _lag(kind: Kind, case: Case, act: Act | None, after_poll: int) -> tuple[Lag, ...]:
    """How far each source came behind the first that said what this event tells."""
    target = _target(kind)
    if target is None:
        return ()
    came = {
        word.source: word.turned_at
        for word in case.words()
        if word.verdict is target and word.definite_poll > after_poll
    }
    if act is not None and act.seen_at is not None:
        came["federal_register"] = act.seen_at
    if not came:
        return ()
    first = min(came.values())
    return tuple(
        Lag(source, int((came[source] - first).total_seconds()) if source in came else None)
        for source in (*(("federal_register",) if act else ()), *case.look.sources)
        if came.get(source) != first
    )


def _target(kind: Kind) -> Verdict | None:
    if kind in {Kind.REMOVAL_ANNOUNCED, Kind.REMOVAL_SUSPECTED, Kind.REMOVAL_CONFIRMED}:
        return Verdict.ABSENT
    if kind in {Kind.LISTING_ANNOUNCED, Kind.LISTING_SUSPECTED, Kind.LISTING_CONFIRMED}:
        return Verdict.LISTED
    return None


# -- sentences ------------------------------------------------------------------------------------


def source_name(source: str) -> str:
    """The source at the beginning of a sentence."""
    name = SOURCE_NAMES[source]
    return name[0].upper() + name[1:]


def says(word: Testimony) -> str:
    """One source's verdict, as a clause."""
    verdict = {
        Verdict.LISTED: "lists it",
        Verdict.ABSENT: "does not list it",
        Verdict.UNKNOWN: "cannot be read with certainty on it",
    }[word.verdict]
    as_of = f" (as of {word.as_of[:10]})" if word.as_of else ""
    return f"{source_name(word.source)} {verdict}{as_of}"


def all_say(case: Case, *, but: str | None = None) -> str:
    """What every list source says, those without a word included."""
    said = []
    for source in case.look.sources:
        word = case.word(source)
        if source != but:
            said.append(
                f"{says(word)}." if word else f"{source_name(source)} has said nothing yet."
            )
    return " ".join(said)


def document(act: Act) -> str:
    """The act by its citation and number."""
    return f"{act.citation} (document {act.number})" if act.citation else f"Document {act.number}"


def act_sentence(case: Case, act: Act) -> str:
    """What an act does to the watch's entry, since when, in its own words."""
    does = {
        "removes": "removes it from",
        "adds": "adds it to",
        "revises": "revises its entry on",
        "unclear": "names it with regard to",
    }[act.effect.value]
    legal = act.legal_date()
    when = f", effective {legal.isoformat()}" if legal else ""
    when = ", on a date that could not be read with certainty" if act.undated else when
    quoted = f" It says: “{act.quote}”" if act.quote else ""
    return f"{document(act)} {does} the {list_name(case.list_code)}{when}.{quoted}"


def first_look(state: WatchState, case: Case, word: Testimony, act: Act | None) -> str:
    """The baseline: the state, on whose word, and what was before."""
    parts = [all_say(case)]
    if act is not None:
        parts.append(f"{act_sentence(case, act)} The lists have yet to follow.")
    last = state.history[-1] if state.history else None
    if state.state != LISTED and last is not None:
        by = f" by {last.to_citation}" if last.to_citation else ""
        parts.append(f"It was listed from {last.since or 'an unknown date'} to {last.to}{by}.")
    if act is None and any(other.definite is not word.definite for other in case.words()):
        parts.append(f"The sources differ; {SOURCE_NAMES[word.source]} is believed.")
    return " ".join(parts)


def announced(case: Case, act: Act) -> str:
    """By which document, in force when, and what the lists still say."""
    stage = "is on public inspection" if act.publication_date is None else (
        f"is to be published on {act.publication_date}"
        if not act.published(case.look.today)
        else f"was published on {act.publication_date}"
    )  # fmt: skip
    return f"{act_sentence(case, act)} It {stage}. Until then: {all_say(case)}"


def confirmed(rule: Rule, case: Case, act: Act | None) -> str:
    """By which rule, on whose word, and what the others say."""
    by = f"{act_sentence(case, act)} " if act is not None else ""
    return f"{by}Confirmed because {rule.value}. {all_say(case)}"


def must_be_read(act: Act) -> str:
    """Why a person must read a document."""
    quoted = f" It says: “{act.quote}”" if act.quote else ""
    return (
        f"{document(act)} names it, and what it does could not be told with certainty: "
        f"{act.reason or 'no amendatory sentence was understood'}.{quoted}"
    )


def disbelieved(case: Case, act: Act) -> str:
    """That an act is in force and a list says otherwise: neither is told as the truth."""
    said = f"{act_sentence(case, act)} It is in force, and the lists do not bear it out."
    return f"{said} {all_say(case)}"


def amended(word: Testimony, *, review: bool) -> str:
    """Whose text changed, and that the party stays."""
    doubt = (
        " The row was found again under another name, by its country and a shared address or "
        "citation: a person should look."
    )
    return f"{says(word)} with changes. It stays listed.{doubt if review else ''}"


def cannot_tell(state: WatchState, newest: datetime | None) -> str:
    """That nobody looked well for too long, and what was last known."""
    since = f"since {utc(newest)}" if newest else "yet"
    known = (state.state or "none").replace("_", " ")
    return (
        f"No list source was good {since}. Whether it is on the {list_name(state.list)} cannot be "
        f"told now. Last known state: {known}."
    )
