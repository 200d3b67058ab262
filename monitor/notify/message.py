"""What a notification says, in the order a reader needs it, before it takes a form.

Every text here has been cleaned and bounded; escaping belongs to the form. The headline is the
event's own title. What the event does not know is left out, never guessed.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from monitor.language.languages import ENGLISH, Language
from monitor.language.translator import IN_ENGLISH, Translator
from monitor.notify.facts import Change, Fact, Teller
from monitor.notify.party_groups import PartyGroups, party_groups
from monitor.screening.event import LISTINGS, REMOVALS, Event, Kind
from monitor.screening.words.labels import (
    KINDS,
)
from monitor.screening.words.message import Message, say
from monitor.screening.words.sanitize import fit, one_line, paragraphs, web_link

SUBJECT_LIMIT = 78
"""Characters: what RFC 5322 recommends for a line and a phone shows whole in a notification."""
_TYPEWRITTEN = str.maketrans(
    {"…": "...", "–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "→": "->", "·": "-"}
)
_STILL_LISTED = REMOVALS - {Kind.REMOVAL_CONFIRMED}
"""A removal that has not come to pass leaves the entry where it is."""
_ALERTS = REMOVALS | LISTINGS | {Kind.RULE_CHANGED}
_ASKING = frozenset({Kind.NOTICE_FOUND, Kind.POSSIBLE_MATCH})
"""What a person has to read or to decide."""


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
    language: Language = ENGLISH


def story_of(
    event: Event, public_url: str | None, note: str = "", said: Translator = IN_ENGLISH
) -> Story:
    """The story of an event, or of its reminder, in a language.

    `public_url` is the base of our own pages, None leaves them out; `note` is the outbox's: empty,
    or `reminder:2`.
    """
    number = reminder_number(note)
    lead = said(say("Reminder {number}: ", number=number)) if number is not None else ""
    headline = _headline(event, said)
    stop = say(
        "To stop these reminders: entity-monitor acknowledge {event}", event=one_line(event.id, 80)
    )
    page = f"{public_url.rstrip('/')}{_path(event, said)}" if public_url else None
    teller = Teller(said)
    return Story(
        subject=subject_of(event, lead, said),
        headline=lead + headline,
        law=teller.law(event),
        paragraphs=(
            *(line for line in paragraphs(said(event.summary)) if line != headline),
            *((said(stop),) if lead else ()),
        ),
        review=event.review,
        facts=tuple(teller.facts(event)),
        words=tuple(teller.word(witness) for witness in event.witnesses),
        entry_title=said(_entry_title(event)),
        entry=tuple(teller.entry(event.after or event.before)),
        changes=tuple(teller.changes(event)),
        parties=party_groups(event, public_url, said),
        page=web_link(page),
        event_id=one_line(event.id, 80),
        kind=event.kind.value,
        tone=tone_of(event.kind),
        language=said.language,
    )


def _path(event: Event, said: Translator) -> str:
    """The page on which a reader goes on: to decide, where there is something to decide."""
    many = event.kind is Kind.POSSIBLE_MATCH and event.watch is None
    path = "/cases" if many else f"/event/{one_line(event.id, 80)}"
    if event.case is not None:
        path = f"/cases/{one_line(event.case, 40)}"
    return path + in_language(said)


def in_language(said: Translator) -> str:
    """What leads to a page in the reader's language, at the end of its address."""
    return "" if said.language is ENGLISH else f"?lang={said.language.code}"


def _entry_title(event: Event) -> Message:
    if event.case is not None:
        if event.after:
            return say("Entry that may be the party, as published")
        return say("Entry that may have been the party, as published")
    if event.after or event.kind in _STILL_LISTED:
        return say("Current entry, as published")
    return say("Former entry, as published")


def subject_of(event: Event, lead: str = "", said: Translator = IN_ENGLISH) -> str:
    """The headline in at most SUBJECT_LIMIT characters; the party's name is cut first.

    What is cut ends in three dots: no mark of ours makes a mail server encode an ASCII subject,
    which filters count against a mail.
    """
    review = said(say(" (please check)")) if event.review else ""
    room = SUBJECT_LIMIT - len(lead) - len(review)
    headline, party = _in_ascii(_headline(event, said)), _in_ascii(one_line(said.name(event.party)))
    own = said.language.own(event.party.local) if isinstance(event.party, Message) else ""
    if len(headline) > room and own:
        headline, party = headline.replace(party, own, 1), own
    over = len(headline) - room
    if over > 0 and party and party in headline:
        headline = headline.replace(party, fit(party, max(len(party) - over, 12), "..."), 1)
    return lead + fit(headline, room, "...") + review


def _in_ascii(text: str) -> str:
    """The text with marks that are ours, or a typesetter's, as a typewriter has them."""
    return text.translate(_TYPEWRITTEN)


def _headline(event: Event, said: Translator) -> str:
    return one_line(said(event.title), 400) or said(KINDS[event.kind])


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
