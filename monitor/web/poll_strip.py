"""The strip of polls: one stroke for each poll of the last days, proof that someone checked."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.ledger.records import Poll
from monitor.screening.witness import PollOutcome
from monitor.screening.words.event_text import utc
from monitor.screening.words.labels import counted

DAYS = 14
WIDTH = 960
MOST = 1000
"""Strokes beyond which a strip is not drawn denser."""


@dataclass(frozen=True, slots=True)
class Stroke:
    x: float
    outcome: PollOutcome
    label: str


@dataclass(frozen=True, slots=True)
class Strip:
    """One source's polls over the last days."""

    source: str
    strokes: tuple[Stroke, ...]
    days: tuple[tuple[float, str], ...]
    summary: str


def strip(source: str, polls: Iterable[Poll], now: datetime) -> Strip:
    """The strip of a source; polls of others and older ones are left out."""
    start = now - timedelta(days=DAYS)
    recent = [poll for poll in polls if poll.source == source and start <= poll.at <= now][:MOST]
    return Strip(
        source=source,
        strokes=tuple(_stroke(poll, start) for poll in reversed(recent)),
        days=tuple(
            (_x(day, start), day.date().isoformat())
            for back in range(DAYS)
            if (day := _midnight(now) - timedelta(days=back)) >= start
        ),
        summary=_summary(recent),
    )


def _stroke(poll: Poll, start: datetime) -> Stroke:
    why = f": {'; '.join(poll.reasons)}" if poll.reasons else ""
    return Stroke(_x(poll.at, start), poll.outcome, f"{utc(poll.at)} {poll.outcome}{why}"[:300])


def _x(at: datetime, start: datetime) -> float:
    return round((at - start) / timedelta(days=DAYS) * WIDTH, 1)


def _midnight(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def _summary(recent: Sequence[Poll]) -> str:
    if not recent:
        return f"No polls in the last {DAYS} days."
    counts = Counter(poll.outcome for poll in recent)
    said = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items()))
    return f"{counted(len(recent), 'poll')} in the last {DAYS} days: {said}."
