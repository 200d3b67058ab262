"""Plays a scenario: the stage's world, a simulated clock, a throw-away ledger, and the real judge.

Everything between the wire and the alert is the service's own code. The network is never asked; the
channels only where the caller hands some over.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from monitor import wiring
from monitor.deliver import Delivery, deliver
from monitor.errors import UsageError
from monitor.judging.vouch import accept
from monitor.notify.channels import Channel
from monitor.poll import check
from monitor.replay.configured import settings_for
from monitor.replay.deeds import Accepts
from monitor.replay.played import Played, PlayedStep, differences
from monitor.replay.scenario import Scenario, Step
from monitor.replay.stage import Stage
from monitor.screening.event import Event, Kind, topic
from monitor.service import Parts
from monitor.status.status import statuses

_MOST_SENDS = 1_000


class Clock:
    """The simulated clock."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """The time it is in the story."""
        return self.now


def play(
    scenario: Scenario,
    folder: Path,
    channels: Sequence[Channel] = (),
    *,
    database_url: str | None = None,
) -> Played:
    """Plays the whole story. `folder` is where a recording's bodies are.

    Events go to `channels` when there are any. Raises UsageError where the story asks for what is
    not there, MonitorError where the ledger refuses.
    """
    clock = Clock(scenario.begins)
    with TemporaryDirectory(prefix="replay-") as temporary:
        stage = Stage(scenario, clock, folder)
        found = settings_for(scenario, Path(temporary), database_url)
        with wiring.build(found, clock, stage.https) as built:
            parts = replace(built, channels=tuple(channels))
            steps = tuple(_steps(scenario, stage, parts, clock))
            with parts.ledger.reading() as reading:
                watches = tuple(statuses(parts, reading, clock()))
    played = Played(steps, watches)
    if scenario.expect is None:
        return played
    found_out = differences(scenario.expect, played.events, watches)
    return replace(played, differences=tuple(found_out))


def _steps(scenario: Scenario, stage: Stage, parts: Parts, clock: Clock) -> Iterator[PlayedStep]:
    for step in _timeline(scenario):
        clock.now = step.at
        by_hand: tuple[Event, ...] = ()
        for deed in step.do:
            stage.does(deed)
            if isinstance(deed, Accepts):
                by_hand += _accept(parts, deed.accepts)
        checked = check(parts, step.only) if step.check else None
        events = (*by_hand, *(checked.events if checked else ()))
        yield PlayedStep(
            at=step.at,
            happens=step.happens,
            polls=checked.polls if checked else (),
            events=events,
            deliveries=tuple(_delivered(parts, events)),
        )


def _timeline(scenario: Scenario) -> Iterator[Step]:
    """The steps, and the looks between them."""
    if not scenario.steps or scenario.steps[0].at > scenario.begins:
        yield Step.model_construct(at=scenario.begins)
    before = scenario.begins
    for step in scenario.steps:
        if scenario.every is not None:
            at = before + scenario.every.delta
            while at < step.at:
                yield Step.model_construct(at=at)
                at += scenario.every.delta
        yield step
        before = step.at


def _accept(parts: Parts, source: str) -> tuple[Event, ...]:
    """A person vouches for what is held. Raises UsageError where nothing is."""
    with parts.ledger.reading() as reading:
        held = [one.held_sha256 for one in reading.source_lists(source).values()]
    sha = next((one for one in held if one), None)
    if sha is None:
        raise UsageError(f"no snapshot of {source} is held back for a person to accept")
    return accept(parts, sha, "replay")


def _delivered(parts: Parts, events: Sequence[Event]) -> Iterator[Delivery]:
    """What was sent; without channels, what would have been."""
    if not parts.channels:
        for event in events:
            about = topic(event.kind)
            if event.kind is not Kind.BASELINE:
                reason = f"would go to every channel for {about}"
                yield Delivery(event.id, about, "skipped", reason)
        return
    for _ in range(_MOST_SENDS):
        sent = deliver(parts)
        yield from sent
        if not any(one.outcome == "sent" for one in sent):
            return
