"""The envelopes of the JSON routes, as the OpenAPI document shows them."""

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.ledger.records import Snapshot, StoredEvent
from monitor.screening.entry import Entry
from monitor.screening.event import Event
from monitor.screening.words.event_text import utc
from monitor.status.shapes import PublicChange, PublicDisagreement, PublicPoll, PublicSource
from monitor.status.status import Status


@dataclass(frozen=True, slots=True)
class StatusList:
    """One STATUS for each watch and list, and when it was made."""

    generated_at: str
    watches: tuple[Status, ...]


@dataclass(frozen=True, slots=True)
class EventPage:
    """Events, newest first; `next` is the cursor of the next page."""

    events: tuple[Event, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class PollPage:
    """Polls, newest first; `next` is the cursor of the next page."""

    polls: tuple[PublicPoll, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class ChangePage:
    """Changes of whole lists, newest first; `next` is the cursor of the next page."""

    changes: tuple[PublicChange, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Sources:
    """The health of every source."""

    sources: tuple[PublicSource, ...]


@dataclass(frozen=True, slots=True)
class Disagreements:
    """What each of two list sources has alone."""

    disagreements: tuple[PublicDisagreement, ...]


@dataclass(frozen=True, slots=True)
class FoundEntry(Entry):
    """An entry that a search brought up, with its likeness in percent and the reason."""

    score: float = 100.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Entries:
    """Entries of a list, the nearest first."""

    entries: tuple[FoundEntry, ...]


@dataclass(frozen=True, slots=True)
class PublicSnapshot:
    """The facts of a kept body: where it came from, and what was found of it."""

    sha256: str
    source: str
    url: str
    media: str
    size: int
    stored_size: int
    as_of: str | None
    first_seen_at: str
    last_seen_at: str
    status: str
    held: tuple[str, ...]
    reasons: tuple[str, ...]
    counts: Mapping[str, int]
    kept: bool
    accepted_by: str | None


@dataclass(frozen=True, slots=True)
class Started:
    """That a round of polls was asked for, and where its polls will show."""

    started: bool
    """False where one was running already."""
    polls: str


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """That a person has taken note of an event; the first note stays."""

    event: str
    acknowledged_at: str
    acknowledged_by: str


@dataclass(frozen=True, slots=True)
class Released:
    """The events that a released snapshot came to."""

    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Badge:
    """A badge for shields.io's endpoint."""

    schemaVersion: int  # noqa: N815 - the field's name there
    label: str
    message: str
    color: str
    cacheSeconds: int  # noqa: N815 - the field's name there


def public_snapshot(one: Snapshot) -> PublicSnapshot:
    """A snapshot as told."""
    return PublicSnapshot(
        one.sha256,
        one.source,
        one.url,
        one.media,
        one.size,
        one.stored_size,
        one.as_of,
        utc(one.first_seen_at),
        utc(one.last_seen_at),
        one.status,
        one.held,
        one.reasons,
        one.counts,
        one.kept,
        one.accepted_by,
    )


def acknowledged(one: StoredEvent) -> Acknowledged:
    """What is noted of an event, once it is."""
    assert one.acknowledged_at is not None
    return Acknowledged(one.event.id, utc(one.acknowledged_at), one.acknowledged_by or "")
