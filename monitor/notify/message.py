"""What a notification says, in the order a reader needs it, before it takes a form.

Every text here has been cleaned and bounded; escaping belongs to the form. The headline is the
event's own title. What the event does not know is left out, never guessed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from monitor.notify.party_groups import PartyGroups, party_groups
from monitor.screening.entry import Entry
from monitor.screening.event import LISTINGS, REMOVALS, Event, Kind, Lag, Witness
from monitor.screening.witness import Source
from monitor.screening.words.labels import (
    KINDS,
    day_or_minute,
    field_name,
    law_name,
    source_title,
    span,
)
from monitor.screening.words.sanitize import fit, one_line, paragraphs, web_link

SUBJECT_LIMIT = 78
"""Characters: what RFC 5322 recommends for a line and a phone shows whole in a notification."""
_MOST_ITEMS = 20
_TYPEWRITTEN = str.maketrans(
    {"…": "...", "–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "→": "->", "·": "-"}
)
_ANNOUNCED = frozenset({Kind.REMOVAL_ANNOUNCED, Kind.LISTING_ANNOUNCED})
_ALERTS = REMOVALS | LISTINGS | {Kind.RULE_CHANGED}
_ASKING = frozenset({Kind.NOTICE_FOUND, Kind.POSSIBLE_MATCH})
"""What a person has to read or to decide."""
_CONFIRMED = frozenset({Kind.REMOVAL_CONFIRMED, Kind.LISTING_CONFIRMED})


class Tone(StrEnum):
    """How a notification strikes the eye: its color in mail, its severity in chats and pagers."""

    ALERT = "alert"
    TROUBLE = "trouble"
    RELIEF = "relief"
    NEWS = "news"

    @property
    def color(self) -> str:
        """Readable beside text on white and on black."""
        return _COLORS[self]


_COLORS = {
    Tone.ALERT: "#d9482b",
    Tone.TROUBLE: "#c98a1b",
    Tone.RELIEF: "#2f9e5b",
    Tone.NEWS: "#2f7fd6",
}
_RELIEFS = frozenset({Kind.SOURCE_RECOVERED, Kind.WATCH_FRESH})
_NEWS = frozenset(
    {
        Kind.BASELINE,
        Kind.REMOVAL_CANCELLED,
        Kind.LISTING_CANCELLED,
        Kind.ENTRY_AMENDED,
        Kind.LIST_CHANGED,
    }
)


def tone_of(kind: Kind) -> Tone:
    """What is announced, suspected, confirmed or to be decided is an alert; so is a new rule."""
    if kind in _NEWS:
        return Tone.NEWS
    if kind in _ALERTS or kind in _ASKING:
        return Tone.ALERT
    return Tone.RELIEF if kind in _RELIEFS else Tone.TROUBLE


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known, with where it can be read."""

    label: str
    value: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Story:
    subject: str
    headline: str
    paragraphs: tuple[str, ...]
    page: str | None
    event_id: str
    kind: str
    tone: Tone
    law: str = ""
    """By which document, effective when, and what the lists say, in one line."""
    review: bool = False
    facts: tuple[Fact, ...] = ()
    words: tuple[Fact, ...] = ()
    """What each source says: the source, and its verdict with dates."""
    entry_title: str = ""
    entry: tuple[Fact, ...] = ()
    changes: tuple[Change, ...] = ()
    parties: PartyGroups = field(default_factory=PartyGroups)
    """Of news of a whole list, whom it concerns."""


def story_of(event: Event, public_url: str | None, note: str = "") -> Story:
    """The story of an event, or of its reminder.

    `public_url` is the base of our own pages, None leaves them out; `note` is the outbox's: empty,
    or `reminder:2`.
    """
    number = reminder_number(note)
    lead = f"Reminder {number}: " if number is not None else ""
    headline = _headline(event)
    stop = f"To stop these reminders: entity-monitor acknowledge {one_line(event.id, 80)}"
    page = f"{public_url.rstrip('/')}{_path(event)}" if public_url else None
    return Story(
        subject=subject_of(event, lead),
        headline=lead + headline,
        law=_law(event),
        paragraphs=(
            *(line for line in paragraphs(event.summary) if line != headline),
            *((stop,) if lead else ()),
        ),
        review=event.review,
        facts=tuple(_facts(event)),
        words=tuple(Fact(_source(witness.source), _word(witness), web_link(witness.url))
                    for witness in event.witnesses),
        entry_title=_entry_title(event),
        entry=tuple(_entry_facts(event.after or event.before)),
        changes=tuple(_changes(event)),
        parties=party_groups(event, public_url),
        page=web_link(page),
        event_id=one_line(event.id, 80),
        kind=event.kind.value,
        tone=tone_of(event.kind),
    )  # fmt: skip


def _path(event: Event) -> str:
    """The page on which a reader goes on: to decide, where there is something to decide."""
    if event.case is not None:
        return f"/cases/{one_line(event.case, 40)}"
    many = event.kind is Kind.POSSIBLE_MATCH and event.watch is None
    return "/cases" if many else f"/event/{one_line(event.id, 80)}"


def _entry_title(event: Event) -> str:
    if event.case is not None:
        return (
            "Entry that may be the party" if event.after else "Entry that may have been the party"
        )
    return "Current entry" if event.after else "Former entry"


def subject_of(event: Event, lead: str = "") -> str:
    """The headline in at most SUBJECT_LIMIT characters; the party's name is cut first.

    What is cut ends in three dots: no mark of ours makes a mail server encode an ASCII subject,
    which filters count against a mail.
    """
    review = " (please check)" if event.review else ""
    room = SUBJECT_LIMIT - len(lead) - len(review)
    headline, party = _in_ascii(_headline(event)), _in_ascii(one_line(event.party))
    over = len(headline) - room
    if over > 0 and party and party in headline:
        headline = headline.replace(party, fit(party, max(len(party) - over, 12), "..."), 1)
    return lead + fit(headline, room, "...") + review


def _in_ascii(text: str) -> str:
    """The text with marks that are ours, or a typesetter's, as a typewriter has them."""
    return text.translate(_TYPEWRITTEN)


def _headline(event: Event) -> str:
    return one_line(event.title, 400) or KINDS[event.kind]


def _source(source: str) -> str:
    return one_line(source_title(source), 60)


def _law(event: Event) -> str:
    if event.kind not in _ANNOUNCED | _CONFIRMED:
        return ""
    document, effective = _document(event), one_line(event.effective_on, 40)
    if document:
        law = f"By {document}, effective {effective or 'date not given'}."
    elif effective:
        law = f"Effective {effective}."
    else:
        law = "No document is known for it yet."
    lists = ", ".join(f"{_source(witness.source)} {one_line(witness.verdict, 20)}"
                      for witness in event.witnesses if witness.verdict)  # fmt: skip
    return f"{law} Lists: {lists or 'not read yet'}."


def _document(event: Event) -> str:
    cited, number = one_line(event.citation, 60), one_line(event.document_number, 40)
    if cited and number:
        return f"{cited} (document {number})"
    return cited or (f"document {number}" if number else "")


# -- reminders ------------------------------------------------------------------------------------

_REMINDER = "reminder:"


def reminder_number(note: str) -> int | None:
    """Which reminder it is, counted from 1; None where the note says that it is none.

    Raises ValueError for a note of another sort.
    """
    if not note:
        return None
    if not note.startswith(_REMINDER):
        raise ValueError(f"not the note of a reminder: {note}")
    return int(note.removeprefix(_REMINDER))


def message_id(event: str, note: str) -> str:
    """The id by which a receiver recognizes a repeat: the same on every try, new for a reminder."""
    number = reminder_number(note)
    return event if number is None else f"{event}_reminder_{number}"


# -- the pieces of a message ----------------------------------------------------------------------


def _facts(event: Event) -> Iterator[Fact]:
    if event.case is not None:
        yield from _question(event)
    if event.effective_on:
        yield Fact("Effective", one_line(event.effective_on, 40))
    document, url = _document(event), web_link(event.document_url)
    if document or url:
        yield Fact(law_name(event), document or "Federal Register document", url)
    yield Fact("Decided", _time(event.at))
    for lag in event.lag:
        yield Fact("Lag", f"{_source(lag.source)} {_lag(lag)}")


def _question(event: Event) -> Iterator[Fact]:
    """What a person decides: both names, how near they are and why, and how to say it."""
    yield Fact("Watched", one_line(event.party))
    if event.named:
        yield Fact("Found", one_line(event.named))
        yield Fact("Likeness", f"{event.score:.2f}: {one_line('; '.join(event.why), 600)}")
    command = f"entity-monitor cases decide {one_line(event.case, 40)} same|different"
    yield Fact("Decide", command)


def _word(witness: Witness) -> str:
    where = "the document" if witness.source == Source.FEDERAL_REGISTER else "its text"
    said = one_line(witness.verdict, 30) if witness.verdict else f"see {where}"
    dates = [f"as of {_time(witness.as_of)}"] if witness.as_of else []
    if witness.seen_at:
        dates.append(f"seen {_time(witness.seen_at)}")
    if witness.snapshot:
        dates.append(f"sha256 {one_line(witness.snapshot, 64)}")
    return f"{said} ({'; '.join(dates)})" if dates else said


def _time(stamp: str) -> str:
    return one_line(day_or_minute(stamp), 40)


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
        label = one_line(field_name(change.field), 60)
        yield Change(label, one_line(change.before, 1500) or "(nothing)",
                     one_line(change.after, 1500) or "(nothing)")  # fmt: skip
    if (more := len(event.changes) - _MOST_ITEMS) > 0:
        yield Change("More fields", f"{more} not shown", f"{more} not shown")


def _lag(lag: Lag) -> str:
    if lag.seconds is None:
        return "has not followed yet"
    late = lag.seconds >= 60
    return f"followed {span(lag.seconds)} after the first source" if late else "came with the first"
