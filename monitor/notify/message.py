"""What a notification tells, in the order a reader needs it, before it takes a form.

Every text here has been cleaned and bounded; escaping belongs to the form. A field that the event
does not know is left out, never guessed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.notify.clean import fit, one_line, paragraphs, web_link
from monitor.notify.phrases import FIELDS, LISTS, PHRASES, SOURCES, Phrase
from monitor.notify.tone import Tone, tone_of
from monitor.screening.entry import Entry
from monitor.screening.event import OPERATIONS, Event, Kind, Lag, Witness
from monitor.screening.words.event_text import named

SUBJECT_LIMIT = 78
"""Characters: what RFC 5322 recommends for a line and a phone shows whole in a notification."""
_MOST_ITEMS = 20
_ANNOUNCED = frozenset({Kind.REMOVAL_ANNOUNCED, Kind.LISTING_ANNOUNCED})
_CONFIRMED = frozenset({Kind.REMOVAL_CONFIRMED, Kind.LISTING_CONFIRMED})


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known, with where it can be read."""

    label: str
    value: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One field of an entry, before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Story:
    """A notification's content."""

    subject: str
    headline: str
    paragraphs: tuple[str, ...]
    review: bool
    facts: tuple[Fact, ...]
    words: tuple[Fact, ...]
    """What each source says: the source, and its verdict with dates."""
    entry_title: str
    entry: tuple[Fact, ...]
    changes: tuple[Change, ...]
    page: str | None
    event_id: str
    kind: str
    tone: Tone


def story_of(event: Event, public_url: str | None) -> Story:
    """The story of an event; `public_url` is the base of our own pages, None leaves them out."""
    headline = _headline(event)
    page = f"{public_url.rstrip('/')}/event/{one_line(event.id, 80)}" if public_url else None
    return Story(
        subject=subject_of(event),
        headline=headline,
        paragraphs=tuple(line for line in paragraphs(event.summary) if line != headline),
        review=event.review,
        facts=tuple(_facts(event)),
        words=tuple(Fact(source_name(one.source), _word(one), web_link(one.url))
                    for one in event.witnesses),
        entry_title="The entry now" if event.after else "The entry as it was",
        entry=tuple(_entry_facts(event.after or event.before)),
        changes=tuple(_changes(event)),
        page=web_link(page),
        event_id=one_line(event.id, 80),
        kind=event.kind.value,
        tone=tone_of(event.kind),
    )  # fmt: skip


def subject_of(event: Event) -> str:
    """What happened to whom, in at most SUBJECT_LIMIT characters on one line."""
    phrase = PHRASES[event.kind]
    lead = phrase.subject.format(list=list_name(event.list))
    review = " (please check)" if event.review else ""
    name = party_name(event)
    if not name:
        return fit(lead + review, SUBJECT_LIMIT)
    return f"{lead}: {fit(name, SUBJECT_LIMIT - len(lead) - len(review) - 2)}{review}"


def party_name(event: Event) -> str:
    """Whom or what the event is about: the entry's name, the watch, or the source."""
    entry = event.after or event.before
    if entry is not None and event.kind not in OPERATIONS:
        return one_line(entry.name, 300)
    if event.watch:
        return one_line(named(event) or event.watch, 300)
    return source_name(event.witnesses[0].source) if event.witnesses else ""


def list_name(code: str | None) -> str:
    """The list's name, its code where it has no name here, or "list" where none is meant."""
    return LISTS.get(code, f"{one_line(code, 20)} list") if code else "list"


def source_name(source: str) -> str:
    """The source's name as its readers know it."""
    return SOURCES.get(source, one_line(source, 60))


def day_or_time(stamp: str) -> str:
    """An RFC 3339 time as "2023-11-17 12:00 UTC"; a date, or what is neither, as it is."""
    try:
        moment = datetime.strptime(stamp, "%Y-%m-%dT%H:%M:%S%z")
    except ValueError:
        return one_line(stamp, 40)
    return moment.strftime("%Y-%m-%d %H:%M UTC")


def _headline(event: Event) -> str:
    title = one_line(event.title, 400) or _sentence(PHRASES[event.kind], event)
    if event.kind in _ANNOUNCED and (event.after or event.before or not event.title):
        return _with_law(event, _sentence(PHRASES[event.kind], event))
    return _with_law(event, title) if event.kind in _ANNOUNCED | _CONFIRMED else title


def _sentence(phrase: Phrase, event: Event) -> str:
    name = party_name(event) or "a watched party"
    said = phrase.sentence.format(name=name, list=list_name(event.list))
    return said[0].upper() + said[1:]


def _with_law(event: Event, said: str) -> str:
    """What happened, by which document, in force when, and what the lists now say."""
    document = _document(event)
    if event.kind in _CONFIRMED:
        number = one_line(event.document_number, 40)
        cited = one_line(event.citation, 60)
        document = (
            (f"{cited} (document {number})" if cited else f"document {number}") if number else ""
        )
    since = "since " if event.kind in _CONFIRMED else ""
    force = f"in force {since}{event.effective_on}"
    if not event.effective_on:
        known = document or event.kind in _ANNOUNCED
        force = "effective date not given" if known else "no document is known for it yet"
    lists = ", ".join(
        f"{source_name(one.source)}: {one_line(one.verdict, 20)}"
        for one in event.witnesses
        if one.verdict
    )
    law = "; ".join([f"by {document}", force] if document else [force])
    # A title that is a sentence stays whole; what follows it is the next.
    whole = event.kind in _CONFIRMED and said.endswith(".")
    told = f"{said} {law[0].upper()}{law[1:]}" if whole else f"{said.rstrip('.')}, {law}"
    return one_line(f"{told}. The lists now: {lists or 'no good look yet'}.", 600)


def _document(event: Event) -> str:
    parts = [one_line(event.citation, 60)] if event.citation else []
    if event.document_number:
        parts.append(f"FR Doc. {one_line(event.document_number, 40)}")
    return ", ".join(parts)


def _facts(event: Event) -> Iterator[Fact]:
    if event.kind in OPERATIONS or event.kind is Kind.ENTRY_AMENDED:
        force = "Effective date"
    else:
        force = "In force from" if event.kind in _ANNOUNCED else "In force since"
    if event.effective_on:
        yield Fact(force, one_line(event.effective_on, 40))
    document, url = _document(event), web_link(event.document_url)
    if document or url:
        yield Fact("Rule", document or "Federal Register document", url)
    yield Fact("Decided", day_or_time(event.at))
    for lag in event.lag:
        yield Fact("Lag", f"{source_name(lag.source)} {_lag(lag)}")


def _word(witness: Witness) -> str:
    said = one_line(witness.verdict, 30) if witness.verdict else "see the document"
    dates = [f"as of {day_or_time(witness.as_of)}"] if witness.as_of else []
    if witness.seen_at:
        dates.append(f"seen {day_or_time(witness.seen_at)}")
    if witness.snapshot:
        dates.append(f"sha256 {one_line(witness.snapshot, 64)}")
    return f"{said} ({'; '.join(dates)})" if dates else said


def _entry_facts(entry: Entry | None) -> Iterator[Fact]:
    if entry is None:
        return
    yield Fact("Name", one_line(entry.name))
    if entry.aliases:
        yield Fact("Aliases", _several(entry.aliases))
    if entry.addresses:
        yield Fact("Addresses", _several(entry.addresses))
    if entry.country:
        yield Fact("Country", one_line(entry.country, 100))
    if entry.citations:
        yield Fact("Cited as", _several(entry.citations))
    if entry.license_requirement:
        yield Fact("License requirement", one_line(entry.license_requirement, 1500))
    if entry.license_policy:
        yield Fact("License review policy", one_line(entry.license_policy, 2500))


def _several(texts: Sequence[str]) -> str:
    shown = [one_line(text, 300) for text in texts[:_MOST_ITEMS]]
    more = len(texts) - _MOST_ITEMS
    return "; ".join(shown) + (f"; … and {more} more" if more > 0 else "")


def _changes(event: Event) -> Iterator[Change]:
    for change in event.changes[:_MOST_ITEMS]:
        label = FIELDS.get(change.field, one_line(change.field.replace("_", " "), 60))
        yield Change(label, one_line(change.before, 1500) or "(nothing)",
                     one_line(change.after, 1500) or "(nothing)")  # fmt: skip
    if (more := len(event.changes) - _MOST_ITEMS) > 0:
        yield Change("More fields", f"{more} not shown", f"{more} not shown")


def _lag(lag: Lag) -> str:
    if lag.seconds is None:
        return "has not followed yet"
    minutes = max(lag.seconds, 0) // 60
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    spans = [(days, "day"), (hours, "hour"), (minutes, "minute")]
    said = [f"{count} {unit}{'s' if count > 1 else ''}" for count, unit in spans if count][:2]
    return f"came {' '.join(said)} after the first" if said else "came with the first"
