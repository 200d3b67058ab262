"""The parts of a message: what is known of an event, each with its label, in a language."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from monitor.language.translator import Translator
from monitor.screening.entry import Entry
from monitor.screening.event import Event, Kind, Lag, Witness
from monitor.screening.words.labels import (
    day_or_minute,
    field_name,
    law_name,
    source_title,
    span,
)
from monitor.screening.words.message import Message, joined, say, sentences
from monitor.screening.words.sanitize import one_line, web_link

_MOST_ITEMS = 20
_BY_LAW = frozenset(
    {
        Kind.REMOVAL_ANNOUNCED,
        Kind.REMOVAL_CONFIRMED,
        Kind.LISTING_ANNOUNCED,
        Kind.LISTING_CONFIRMED,
    }
)


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
class Teller:
    """Tells the parts of an event in a language."""

    said: Translator

    def law(self, event: Event) -> str:
        if event.kind not in _BY_LAW:
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
