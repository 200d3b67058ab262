"""The digest: how often was looked, what happened, and what can be told now, in few lines.

It never calms falsely: looks that failed and watches that nobody can tell of come first.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from monitor.notify.clean import fit, one_line, web_link
from monitor.notify.forms import Wording
from monitor.notify.message import SUBJECT_LIMIT, Fact, Story, day_or_time, source_name
from monitor.notify.tone import Tone

_MOST = 20


@dataclass(frozen=True, slots=True)
class Looked:
    """How often one source was asked, and how often well."""

    source: str
    polls: int
    good: int
    last_good_at: str | None


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of the time."""

    id: str
    kind: str
    at: str
    title: str


@dataclass(frozen=True, slots=True)
class Digest:
    """What a digest tells; its fields are the `data` of its CloudEvent. Times are RFC 3339, UTC."""

    id: str
    since: str
    until: str
    looks: tuple[Looked, ...]
    happenings: tuple[Happening, ...]
    states: tuple[str, ...]
    """One sentence a watch."""
    unsure: int
    """How many watches nobody can tell of now."""

    def headline(self) -> str:
        """How often was looked and what came of it, in one line."""
        polls, good = sum(one.polls for one in self.looks), sum(one.good for one in self.looks)
        failed = f" ({polls - good} of them not good)" if polls > good else ""
        looked = f"Checked {_times(polls)}{failed}" if polls else "Nobody has looked"
        unsure = f"; {self.unsure} of the watches cannot be told now" if self.unsure else ""
        return f"{looked} since {day_or_time(self.since)}: {self._happened()}{unsure}."

    def subject(self) -> str:
        """The headline, short."""
        unsure = f", {self.unsure} unknown" if self.unsure else ""
        return fit(f"Digest to {self.until[:10]}: {self._happened()}{unsure}", SUBJECT_LIMIT)

    def _happened(self) -> str:
        count = len(self.happenings)
        if count:
            return f"{count} event{'s' * (count > 1)}"
        looked = any(one.good for one in self.looks)
        return "nothing changed" if looked else "nobody can say whether anything changed"


def word_digest(digest: Digest, public_url: str | None) -> Wording:
    """The digest in every form a notification takes."""
    trouble = digest.unsure or not digest.looks or any(not one.good for one in digest.looks)
    story = Story(
        subject=digest.subject(),
        headline=digest.headline(),
        paragraphs=tuple(_some(digest.states)),
        review=False,
        facts=tuple(
            Fact(day_or_time(one.at), one_line(one.title, 300))
            for one in digest.happenings[-_MOST:]
        ),
        words=tuple(Fact(source_name(one.source), _looked(one)) for one in digest.looks),
        entry_title="",
        entry=(),
        changes=(),
        page=web_link(public_url),
        event_id=digest.id,
        kind="digest",
        tone=Tone.TROUBLE if trouble else Tone.NEWS,
    )
    return Wording(story.subject, story)


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _some(sentences: tuple[str, ...]) -> Iterator[str]:
    yield from (one_line(sentence, 400) for sentence in sentences[:_MOST])
    if len(sentences) > _MOST:
        yield f"… and {len(sentences) - _MOST} more watches."


def _looked(one: Looked) -> str:
    last = f", last well {day_or_time(one.last_good_at)}" if one.last_good_at else ""
    return f"asked {_times(one.polls)}, {one.good} of them good{last}"
