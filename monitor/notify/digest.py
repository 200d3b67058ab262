"""The digest: checks that ran, what happened, and the current status of the watches, in few lines.

It never calms falsely: failed polls and watches of unknown status are part of its headline.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from monitor.notify.forms import Wording
from monitor.notify.message import SUBJECT_LIMIT, Fact, Story, Tone
from monitor.screening.words.labels import counted, day_or_minute, source_title
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
    title: str


@dataclass(frozen=True, slots=True)
class Digest:
    """Its fields are the `data` of its CloudEvent; times are RFC 3339, UTC."""

    id: str
    since: str
    until: str
    looks: tuple[SourceLooks, ...]
    happenings: tuple[Happening, ...]
    states: tuple[str, ...]
    """One sentence a watch."""
    unsure: int
    """How many watches have an unknown status."""

    def headline(self) -> str:
        """How many polls there were and what came of them, in one line."""
        since = day_or_minute(self.since)
        polls, good = sum(look.polls for look in self.looks), sum(look.good for look in self.looks)
        if not polls:
            return f"No checks ran since {since}, so changes are unknown{self._unsure()}."
        failed = f" ({polls - good:,} failed)" if polls > good else ""
        return (
            f"{counted(polls, 'poll')}{failed} since {since}: {self._happened()}{self._unsure()}."
        )

    def subject(self) -> str:
        """The headline, short."""
        unsure = f", {self.unsure} unknown" if self.unsure else ""
        return fit(f"Digest to {self.until[:10]}: {self._happened()}{unsure}", SUBJECT_LIMIT, "...")

    def _unsure(self) -> str:
        watches = counted(self.unsure, "watch", "watches")
        return f"; {watches} with unknown status" if self.unsure else ""

    def _happened(self) -> str:
        if self.happenings:
            return counted(len(self.happenings), "event")
        looked = any(look.good for look in self.looks)
        return "nothing changed" if looked else "changes are unknown"


def word_digest(digest: Digest, public_url: str | None) -> Wording:
    trouble = digest.unsure or not digest.looks or any(not look.good for look in digest.looks)
    story = Story(
        subject=digest.subject(),
        headline=digest.headline(),
        paragraphs=tuple(_some(digest.states)),
        facts=tuple(
            Fact(day_or_minute(one.at), one_line(one.title, 300))
            for one in digest.happenings[-_MOST:]
        ),
        words=tuple(Fact(source_title(look.source), _looked(look)) for look in digest.looks),
        page=web_link(public_url),
        event_id=digest.id,
        kind="digest",
        tone=Tone.TROUBLE if trouble else Tone.NEWS,
    )
    return Wording(story.subject, story)


def _some(sentences: tuple[str, ...]) -> Iterator[str]:
    yield from (one_line(sentence, 400) for sentence in sentences[:_MOST])
    if len(sentences) > _MOST:
        yield f"… and {len(sentences) - _MOST} more watches."


def _looked(source_looks: SourceLooks) -> str:
    last = (
        f", the last {day_or_minute(source_looks.last_good_at)}"
        if source_looks.last_good_at
        else ""
    )
    return f"{counted(source_looks.polls, 'poll')}, {source_looks.good:,} successful{last}"
