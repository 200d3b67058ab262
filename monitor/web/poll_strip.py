"""The strip of polls: one stroke for each poll of the last days, proof that someone checked."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.ledger.records import Poll
from monitor.screening.witness import PollOutcome
from monitor.screening.words.event_text import utc
from monitor.screening.words.labels import OUTCOMES
from monitor.screening.words.labels import polls as counted_polls
from monitor.screening.words.message import joined, say

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
    told = say("{time} {outcome}", time=utc(poll.at), outcome=OUTCOMES[poll.outcome])
    if poll.reasons:
        told = say("{poll}: {reasons}", poll=told, reasons=joined("; ", poll.reasons[:5]))
    return Stroke(_x(poll.at, start), poll.outcome, told)


def _x(at: datetime, start: datetime) -> float:
    return round((at - start) / timedelta(days=DAYS) * WIDTH, 1)


def _midnight(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def _summary(recent: Sequence[Poll]) -> str:
    if not recent:
        return say("No polls in the last {days} days.", days=DAYS)
    counts = Counter(poll.outcome for poll in recent)
    said = (
        say("{count} {outcome}", count=count, outcome=OUTCOMES[outcome])
        for outcome, count in sorted(counts.items())
    )
    return say(
        "{polls} in the last {days} days: {outcomes}.",
        polls=counted_polls(len(recent)), days=DAYS, outcomes=joined(", ", said),
    )  # fmt: skip
