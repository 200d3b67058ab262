"""The envelopes of the JSON routes, as the OpenAPI document shows them."""

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.ledger.records import Snapshot, StoredEvent
from monitor.screening.entry import Entry
from monitor.screening.event import PublicEvent
from monitor.screening.rules.register import PublicRule
from monitor.screening.words.event_text import utc
from monitor.status.acts import PublicAct
from monitor.status.cases import PublicCase
from monitor.status.shapes import PublicChange, PublicDisagreement, PublicPoll, PublicSource
from monitor.status.status import Status


@dataclass(frozen=True, slots=True)
class StatusList:
    """One STATUS for each watch and list, and when they were made; `next` is the next cursor."""

    generated_at: str
    watches: tuple[Status, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class EventPage:
    """Events, newest first; `next` is the cursor of the next page."""

    events: tuple[PublicEvent, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class CasePage:
    """Possible matches, newest first; `next` is the cursor of the next page."""

    cases: tuple[PublicCase, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class ActPage:
    """Acts that touch the lists, newest first; `next` is the cursor of the next page."""

    acts: tuple[PublicAct, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class RuleList:
    """What governs the lists: in force, stayed or announced."""

    rules: tuple[PublicRule, ...]


@dataclass(frozen=True, slots=True)
class DecidedCase:
    """A case as it was decided, and the events that followed."""

    case: PublicCase
    events: tuple[PublicEvent, ...]


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
    """What only one of the two list sources has."""

    disagreements: tuple[PublicDisagreement, ...]


@dataclass(frozen=True, slots=True)
class FoundEntry(Entry):
    """An entry found by a search, with its similarity in percent and the reason."""

    score: float = 100.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Entries:
    """Entries of a list, the nearest first."""

    entries: tuple[FoundEntry, ...]


@dataclass(frozen=True, slots=True)
class PublicSnapshot:
    """A kept body: where it came from, and how it was judged."""

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
    """A round of polls was requested; where its polls will appear."""

    started: bool
    """False if one was already running."""
    polls: str


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A person has acknowledged an event; the first acknowledgment stays."""

    event: str
    acknowledged_at: str
    acknowledged_by: str


@dataclass(frozen=True, slots=True)
class Released:
    """The events that followed from an accepted snapshot."""

    events: tuple[PublicEvent, ...]


@dataclass(frozen=True, slots=True)
class Badge:
    """A badge for shields.io's endpoint."""

    schemaVersion: int  # noqa: N815 - the field's name there
    label: str
    message: str
    color: str
    cacheSeconds: int  # noqa: N815 - the field's name there


def public_snapshot(snapshot: Snapshot) -> PublicSnapshot:
    return PublicSnapshot(
        snapshot.sha256,
        snapshot.source,
        snapshot.url,
        snapshot.media,
        snapshot.size,
        snapshot.stored_size,
        snapshot.as_of,
        utc(snapshot.first_seen_at),
        utc(snapshot.last_seen_at),
        snapshot.status,
        snapshot.held,
        snapshot.reasons,
        snapshot.counts,
        snapshot.kept,
        snapshot.accepted_by,
    )


def acknowledged(event: StoredEvent) -> Acknowledged:
    assert event.acknowledged_at is not None
    return Acknowledged(event.event.id, utc(event.acknowledged_at), event.acknowledged_by or "")
