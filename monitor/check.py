"""One round over every enabled source: keep in step with the watch list, poll, judge the time."""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.errors import UsageError
from monitor.judging.watchlist import follow
from monitor.ledger.records import Poll
from monitor.poll import judge_time, poll
from monitor.screening.event import Event
from monitor.service import Parts
from monitor.upkeep.reminders import remind

ORDER = ("federal_register", "ecfr", "csl")
"""The law first, so that what the lists say is judged with the acts known."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What one round came to."""

    polls: tuple[Poll, ...]
    events: tuple[Event, ...]

    @property
    def all_good(self) -> bool:
        """Whether no source failed and none was quarantined."""
        return all(one.outcome in {"accepted", "unchanged"} for one in self.polls)


def check(parts: Parts, only: str | None = None) -> Checked:
    """Poll every enabled source once, or only one of them.

    Raises UsageError where the one is unknown or disabled.
    """
    names = asked(parts, only)
    parts.heartbeat.begins()
    checked = _round(parts, names)
    parts.heartbeat.ends(good=checked.all_good)
    return checked


def _round(parts: Parts, names: Sequence[str]) -> Checked:
    events = [*follow(parts, awaiting=_lists(parts, names)).events]
    polls: list[Poll] = []
    for at, name in enumerate(names):
        ahead = _lists(parts, names[at + 1 :])
        polled = poll(parts, name, awaiting=ahead)
        polls.append(polled.poll)
        events += polled.events
    events += judge_time(parts)
    remind(parts)
    return Checked(tuple(polls), tuple(events))


def asked(parts: Parts, only: str | None) -> list[str]:
    """The sources of a round, in order. Raises UsageError for an unknown or disabled one."""
    if only is None:
        return [name for name in ORDER if name in parts.enabled]
    if only not in ORDER:
        raise UsageError(f"unknown source “{only}”; the sources are {', '.join(sorted(ORDER))}")
    if only not in parts.enabled:
        raise UsageError(f"source “{only}” is disabled in sources.yaml")
    return [only]


def _lists(parts: Parts, names: Sequence[str]) -> frozenset[str]:
    return frozenset(name for name in names if name in parts.list_sources)
