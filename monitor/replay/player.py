"""Plays a scenario: its tape, a simulated clock, a throw-away ledger, and the service's own code.

The network is never asked; the channels only where the caller hands some over.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from monitor import wiring
from monitor.deliver import Delivery, deliver
from monitor.ledger.records import Poll
from monitor.notify.channels import Channel
from monitor.poll import check
from monitor.replay.scenario import Look, Scenario
from monitor.replay.tape import tapes
from monitor.screening.event import Event, Kind, topic
from monitor.service import Service
from monitor.settings import Settings, load
from monitor.status.status import Status, statuses

_MOST_SENDS = 1_000


@dataclass(frozen=True, slots=True)
class PlayedLook:
    """One look: what it brought, what was decided and would be told."""

    at: datetime
    happens: str
    polls: tuple[Poll, ...]
    events: tuple[Event, ...]
    deliveries: tuple[Delivery, ...]


@dataclass(frozen=True, slots=True)
class Played:
    """The whole story, and how each watch stands at its end."""

    looks: tuple[PlayedLook, ...]
    watches: tuple[Status, ...]

    @property
    def events(self) -> tuple[Event, ...]:
        """Every event, in order."""
        return tuple(event for look in self.looks for event in look.events)


class Clock:
    """The simulated clock."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """The time it is in the story."""
        return self.now


def play(scenario: Scenario, folder: Path, channels: Sequence[Channel] = ()) -> Played:
    """Plays the whole story. `folder` holds the bodies; events go to `channels` if there are any.

    Raises UsageError where the tape lacks an answer, ConfigError where its watches or sources are
    none, MonitorError where the ledger refuses.
    """
    clock = Clock(scenario.looks[0].at)
    with TemporaryDirectory(prefix="replay-") as temporary:
        found = _settings(scenario, Path(temporary))
        with wiring.build(found, clock, tapes(scenario, folder, clock)) as built:
            service = replace(built, channels=tuple(channels))
            looks = tuple(_look(look, service, clock) for look in scenario.looks)
            with service.ledger.reading() as reading:
                return Played(looks, tuple(statuses(service, reading, clock())))


def _settings(scenario: Scenario, folder: Path) -> Settings:
    """The scenario's watches and sources, as an operator would have configured them."""
    sources = {"user_agent": "replay", "sources": scenario.sources}
    for name, said in (("watchlist", {"watches": scenario.watches}), ("sources", sources)):
        # JSON is YAML too.
        (folder / f"{name}.yaml").write_text(json.dumps(said, default=str), encoding="utf-8")
    return load(folder, {"MONITOR_DATA_DIR": str(folder / "data")})


def _look(look: Look, service: Service, clock: Clock) -> PlayedLook:
    clock.now = look.at
    checked = check(service, look.only)
    deliveries = tuple(_delivered(service, checked.events))
    return PlayedLook(look.at, look.happens, checked.polls, checked.events, deliveries)


def _delivered(service: Service, events: Sequence[Event]) -> Iterator[Delivery]:
    """What was sent; without channels, what would have been."""
    if not service.channels:
        for event in events:
            about = topic(event.kind)
            if event.kind is not Kind.BASELINE:
                reason = f"would go to every channel for {about}"
                yield Delivery(event.id, about, "skipped", reason)
        return
    for _ in range(_MOST_SENDS):
        sent = deliver(service)
        yield from sent
        if not any(one.outcome == "sent" for one in sent):
            return
