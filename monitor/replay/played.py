"""What a played scenario came to, as values, and what of it was not as expected."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.deliver import Delivery
from monitor.ledger.records import Poll
from monitor.replay.expected import Expect, Expected, ExpectedWatch
from monitor.screening.event import Event
from monitor.screening.words.event_text import utc
from monitor.status.status import Status


@dataclass(frozen=True, slots=True)
class PlayedStep:
    """One moment: what happened, what the looks brought, what was decided and would be told."""

    at: datetime
    happens: str
    polls: tuple[Poll, ...] = ()
    events: tuple[Event, ...] = ()
    deliveries: tuple[Delivery, ...] = ()


@dataclass(frozen=True, slots=True)
class Played:
    """The whole story."""

    steps: tuple[PlayedStep, ...]
    watches: tuple[Status, ...]
    differences: tuple[str, ...] = ()
    """What was not as the scenario expects, in words; empty where it was."""

    @property
    def events(self) -> tuple[Event, ...]:
        """Every event, in order."""
        return tuple(event for step in self.steps for event in step.events)


def differences(expect: Expect, events: Sequence[Event], watches: Sequence[Status]) -> list[str]:
    """What differs from what a scenario expects, in words."""
    wanted = [one.kind.value for one in expect.events]
    came = [event.kind.value for event in events]
    if wanted != came:
        return [f"expected the events {', '.join(wanted) or 'none'}; came {', '.join(came)}"]
    found = [
        f"event {at} ({event.kind.value}): {problem}"
        for at, (one, event) in enumerate(zip(expect.events, events, strict=True), start=1)
        for problem in _of_event(one, event)
    ]
    stands = {f"{one.watch}/{one.list}": one for one in reversed(watches)}
    stands |= {one.watch: one for one in reversed(watches)}
    for name, want in expect.watches.items():
        if name not in stands:
            found.append(f"nobody is watched as {name}")
            continue
        found += [f"{name}: {problem}" for problem in _of_watch(want, stands[name])]
    return found


def _of_event(want: Expected, event: Event) -> Iterator[str]:
    sources = [witness.source for witness in event.witnesses]
    asked: tuple[tuple[str, object, object], ...] = (
        ("at", utc(want.at) if want.at else None, event.at),
        ("watch", want.watch, event.watch),
        ("source", want.source, sources[0] if sources else None),
        ("citation", want.citation, event.citation),
        ("document_number", want.document_number, event.document_number),
        ("effective_on", want.effective_on and str(want.effective_on), event.effective_on),
        ("review", want.review, event.review),
        ("fields", want.fields, tuple(change.field for change in event.changes)),
    )
    yield from _unlike(asked)
    yield from _unsaid(want.says, f"{event.title} {event.summary}")


def _of_watch(want: ExpectedWatch, status: Status) -> Iterator[str]:
    asked: tuple[tuple[str, object, object], ...] = (
        ("state", want.state, status.state),
        ("since", want.since and str(want.since), status.since),
        ("citation", want.citation, status.citation),
        ("document_number", want.document_number, status.document_number),
    )
    yield from _unlike(asked)
    if want.pending != status.pending:
        yield f"pending is {status.pending}, expected {want.pending}"
    yield from _unsaid(want.says, " ".join(status.reasons))


def _unlike(asked: Sequence[tuple[str, object, object]]) -> Iterator[str]:
    for name, want, have in asked:
        if want is not None and want != have:
            yield f"{name} is {have}, expected {want}"


def _unsaid(wanted: Sequence[str], text: str) -> Iterator[str]:
    for words in wanted:
        if words.casefold() not in text.casefold():
            yield f"does not say “{words}”; it says: {text}"
