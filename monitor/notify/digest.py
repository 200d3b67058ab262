"""The digest: checks that ran, what happened, and the current status of the watches, in few lines.

It never calms falsely: failed polls and watches of unknown status are part of its headline.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from monitor.language.translator import IN_ENGLISH, Translator
from monitor.notify.facts import Fact
from monitor.notify.forms import Wording
from monitor.notify.message import SUBJECT_LIMIT, Story, Tone, in_language
from monitor.screening.words.labels import day_or_minute, polls, source_title
from monitor.screening.words.message import Message, Text, say, say_many
from monitor.screening.words.sanitize import fit, one_line, web_link

_MOST = 20


@dataclass(frozen=True, slots=True)
class SourceLooks:
    """One source's polls in the time of the digest."""

    source: str
    polls: int
    good: int
    last_good_at: str | None


@dataclass(frozen=True, slots=True)
class Happening:
    id: str
    kind: str
    at: str
    title: Text


@dataclass(frozen=True, slots=True)
class Digest:
    """Its fields are the `data` of its CloudEvent; times are RFC 3339, UTC."""

    id: str
    since: str
    until: str
    looks: tuple[SourceLooks, ...]
    happenings: tuple[Happening, ...]
    states: tuple[Text, ...]
    """One sentence a watch."""
    unsure: int
    """How many watches have an unknown status."""

    def headline(self) -> Message:
        """How many polls there were and what came of them, in one line."""
        since = day_or_minute(self.since)
        count, good = sum(look.polls for look in self.looks), sum(look.good for look in self.looks)
        if not count:
            return say(
                "No checks ran since {time}, so changes are unknown{unsure}.",
                time=since,
                unsure=self._unsure(),
            )
        return say(
            "{polls}{failed} since {time}: {happened}{unsure}.",
            polls=polls(count),
            failed=say(" ({count:,} failed)", count=count - good) if count > good else "",
            time=since,
            happened=self._happened(),
            unsure=self._unsure(),
        )

    def subject(self) -> Message:
        """The headline, short."""
        return say(
            "Digest to {day}: {happened}{unsure}",
            day=self.until[:10],
            happened=self._happened(),
            unsure=say(", {count} unknown", count=self.unsure) if self.unsure else "",
        )

    def _unsure(self) -> str:
        if not self.unsure:
            return ""
        return say_many(
            self.unsure,
            "; {count:,} watch with unknown status",
            "; {count:,} watches with unknown status",
        )

    def _happened(self) -> Message:
        if self.happenings:
            return say_many(len(self.happenings), "{count:,} event", "{count:,} events")
        if any(look.good for look in self.looks):
            return say("nothing changed")
        return say("changes are unknown")


def word_digest(digest: Digest, public_url: str | None, said: Translator = IN_ENGLISH) -> Wording:
    trouble = digest.unsure or not digest.looks or any(not look.good for look in digest.looks)
    page = f"{public_url.rstrip('/')}/{in_language(said)}" if public_url else None
    story = Story(
        subject=fit(said(digest.subject()), SUBJECT_LIMIT, "..."),
        headline=said(digest.headline()),
        paragraphs=tuple(_some(digest.states, said)),
        facts=tuple(
            Fact(said(day_or_minute(one.at)), one_line(said(one.title), 300))
            for one in digest.happenings[-_MOST:]
        ),
        words=tuple(
            Fact(said(source_title(look.source)), said(_looked(look))) for look in digest.looks
        ),
        page=web_link(page if in_language(said) else public_url),
        event_id=digest.id,
        kind="digest",
        tone=Tone.TROUBLE if trouble else Tone.NEWS,
        language=said.language,
    )
    return Wording(story.subject, story)


def _some(sentences: tuple[str, ...], said: Translator) -> Iterator[str]:
    yield from (one_line(said(sentence), 400) for sentence in sentences[:_MOST])
    if len(sentences) > _MOST:
        yield said(say("… and {count} more watches.", count=len(sentences) - _MOST))


def _looked(source_looks: SourceLooks) -> Message:
    last = source_looks.last_good_at
    return say(
        "{polls}, {good:,} successful{last}",
        polls=polls(source_looks.polls),
        good=source_looks.good,
        last=say(", the last {time}", time=day_or_minute(last)) if last else "",
    )
