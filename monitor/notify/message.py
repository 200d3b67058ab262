"""What a notification says, in the order a reader needs it, before it takes a form.

Every text here has been cleaned and bounded; escaping belongs to the form. The headline is the
event's own title. What the event does not know is left out, never guessed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from monitor.language.languages import ENGLISH, Language
from monitor.language.translator import IN_ENGLISH, Translator
from monitor.notify.party_groups import PartyGroups, party_groups
from monitor.screening.entry import Entry
from monitor.screening.event import LISTINGS, REMOVALS, Event, Kind, Lag, Witness
from monitor.screening.words.labels import (
    KINDS,
    day_or_minute,
    field_name,
    law_name,
    source_title,
    span,
)
from monitor.screening.words.message import Message, joined, say, sentences
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
    more: str = ""
    """What those need who check: dates, and the hash of the evidence."""
    part: str = ""
    """What it is where a form treats it apart: `decided` or `lag`."""


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
    teller = _Teller(said)
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
    if event.after:
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


# -- the pieces of a message ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells the parts of an event in a language."""

    said: Translator

    def law(self, event: Event) -> str:
        if event.kind not in _ANNOUNCED | _CONFIRMED:
            return ""
        document, effective = _document(event), one_line(event.effective_on, 40)
        if document:
            law = say(
                "By {document}, effective {day}.",
                document=document,
                day=effective or say("date not given"),
            )
        elif effective:
            law = say("Effective {day}.", day=effective)
        else:
            law = say("No document is known for it yet.")
        verdicts = joined(
            ", ",
            (
                say(
                    "{source} {verdict}",
                    source=source_title(witness.source),
                    verdict=_VERDICTS.get(witness.verdict, one_line(witness.verdict, 20)),
                )
                for witness in event.witnesses
                if witness.verdict
            ),
        )
        lists = say("Lists: {verdicts}.", verdicts=verdicts or say("not read yet"))
        return self.said(sentences(law, lists))

    def facts(self, event: Event) -> Iterator[Fact]:
        if event.case is not None:
            yield from self._question(event)
        if event.effective_on:
            yield self._fact(say("Effective"), one_line(event.effective_on, 40))
        document, url = _document(event), web_link(event.document_url)
        if document or url:
            yield self._fact(law_name(event), document or say("Federal Register document"), url)
        yield self._fact(say("Decided"), _time(event.at), part="decided")
        for lag in event.lag:
            yield self._fact(say("Lag"), _lag(lag), part="lag")

    def _question(self, event: Event) -> Iterator[Fact]:
        """What a person decides: both names, how near they are and why, and how to say it."""
        yield self._fact(say("Watched"), one_line(self.said.name(event.party)))
        if event.named:
            yield self._fact(say("Found"), one_line(event.named))
            why = one_line(self.said(joined("; ", event.why)), 600)
            likeness = say("{score:.2f}: {reasons}", score=event.score, reasons=why)
            yield self._fact(say("Likeness"), likeness)
        command = f"entity-monitor cases decide {one_line(event.case, 40)} same|different"
        yield self._fact(say("Decide"), command)

    def word(self, witness: Witness) -> Fact:
        """What a source says, and beside it the dates and the hash."""
        verdict = _VERDICTS.get(witness.verdict) or one_line(witness.verdict, 30)
        dates = list[str]()
        if witness.as_of:
            dates.append(say("as of {day}", day=_time(witness.as_of)))
        if witness.seen_at:
            dates.append(say("seen {time}", time=_time(witness.seen_at)))
        if witness.snapshot:
            dates.append(f"sha256 {one_line(witness.snapshot, 64)}")
        return Fact(
            one_line(self.said(source_title(witness.source)), 60),
            self.said(verdict or say("see the document")),
            web_link(witness.url),
            self.said(joined("; ", dates)),
        )

    def entry(self, entry: Entry | None) -> Iterator[Fact]:
        if entry is None:
            return
        yield self._fact(say("Name"), one_line(entry.name))
        if entry.aliases:
            yield self._fact(say("Aliases"), _several(entry.aliases))
        if entry.addresses:
            yield self._fact(say("Addresses"), _several(entry.addresses))
        if entry.country:
            yield self._fact(say("Country"), one_line(entry.country, 100))
        if entry.citations:
            yield self._fact(say("Cited as"), _several(entry.citations))
        if entry.license_requirement:
            yield self._fact(say("License requirement"), one_line(entry.license_requirement, 1500))
        if entry.license_policy:
            yield self._fact(say("License review policy"), one_line(entry.license_policy, 2500))

    def changes(self, event: Event) -> Iterator[Change]:
        nothing = self.said(say("(nothing)"))
        for change in event.changes[:_MOST_ITEMS]:
            label = one_line(self.said(field_name(change.field)), 60)
            yield Change(label, one_line(change.before, 1500) or nothing,
                         one_line(change.after, 1500) or nothing)  # fmt: skip
        if (more := len(event.changes) - _MOST_ITEMS) > 0:
            unseen = self.said(say("{count} not shown", count=more))
            yield Change(self.said(say("More fields")), unseen, unseen)

    def _fact(self, label: str, value: str, url: str | None = None, part: str = "") -> Fact:
        return Fact(self.said(label), self.said(value), url, part=part)


_VERDICTS: Mapping[str | None, Message] = {
    "listed": say("listed"), "absent": say("absent"), "unknown": say("unknown"),
}  # fmt: skip


def _document(event: Event) -> str:
    cited, number = one_line(event.citation, 60), one_line(event.document_number, 40)
    if cited and number:
        return say("{citation} (document {number})", citation=cited, number=number)
    return cited or (say("document {number}", number=number) if number else "")


def _time(stamp: str) -> str:
    return one_line(day_or_minute(stamp), 40)


def _several(texts: Sequence[str]) -> str:
    shown = "; ".join(one_line(text, 300) for text in texts[:_MOST_ITEMS])
    more = len(texts) - _MOST_ITEMS
    return say("{shown}; … and {count} more", shown=shown, count=more) if more > 0 else shown


def _lag(lag: Lag) -> Message:
    source = source_title(lag.source)
    if lag.seconds is None:
        return say("{source} has not followed yet", source=source)
    if lag.seconds < 60:
        return say("{source} came with the first", source=source)
    return say("{source} followed {span} after the first source", source=source,
               span=span(lag.seconds))  # fmt: skip
