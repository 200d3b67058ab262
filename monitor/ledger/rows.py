"""Rows of the tables made the values that the rest of the service knows."""

from typing import Any

from sqlalchemy import FromClause, Row, inspect

from monitor.ledger.json import from_json
from monitor.ledger.records import (
    KnownAct,
    ListChange,
    Notification,
    Poll,
    Snapshot,
    SourceList,
    SourceMemory,
    StoredEvent,
    Watched,
    Word,
)
from monitor.ledger.tables import (
    ActRow,
    EventRow,
    FindingRow,
    ListChangeRow,
    NotificationRow,
    PollRow,
    SnapshotRow,
    SourceListRow,
    SourceRow,
    Table,
    TestimonyRow,
    WatchRow,
)
from monitor.screening.acts.document import Document
from monitor.screening.entry import Entry
from monitor.screening.event import Event, FieldChange
from monitor.screening.state import WatchState
from monitor.screening.witness import Act, Verdict


def columns_of(table: type[Table]) -> FromClause:
    """A table's columns, for reading very many rows: a quarter of the time its objects take."""
    found: FromClause = inspect(table).local_table
    return found


def entry_of(body: str) -> Entry:
    """An entry as stored."""
    return from_json(body, Entry)


def memory_of(row: SourceRow | Row[Any]) -> SourceMemory:
    """A source between polls."""
    return SourceMemory(
        source=row.source,
        last_poll_at=row.last_poll_at,
        last_outcome=row.last_outcome,
        last_good_at=row.last_good_at,
        last_reasons=tuple(from_json(row.last_reasons, list[str])),
        known_sha256=row.known_sha256,
        accepted_sha256=row.accepted_sha256,
        validators=from_json(row.validators, dict[str, str | None]),
        counts=from_json(row.counts, dict[str, int]),
        health=row.health,
        due_at=row.due_at,
        lease_until=row.lease_until,
    )


def source_list_of(row: SourceListRow | Row[Any]) -> SourceList:
    """A list of a source."""
    return SourceList(
        source=row.source,
        list=row.list,
        accepted_sha256=row.accepted_sha256,
        as_of=row.as_of,
        rows=row.rows,
        good_polls=row.good_polls,
        last_good_at=row.last_good_at,
        url=row.url,
        held=row.held,
        held_sha256=row.held_sha256,
        held_reasons=tuple(from_json(row.held_reasons, list[str])),
    )


def snapshot_of(row: SnapshotRow) -> Snapshot:
    """The facts of a snapshot."""
    return Snapshot(
        sha256=row.sha256,
        source=row.source,
        url=row.url,
        media=row.media,
        size=row.size,
        stored_size=row.stored_size,
        as_of=row.as_of,
        first_seen_at=row.first_seen_at,
        last_seen_at=row.last_seen_at,
        status=row.status,
        held=tuple(from_json(row.held, list[str])),
        reasons=tuple(from_json(row.reasons, list[str])),
        counts=from_json(row.counts, dict[str, int]),
        kept=row.kept,
        accepted_by=row.accepted_by,
    )


def poll_of(row: PollRow) -> Poll:
    """A poll."""
    return Poll(
        row.id or 0,
        row.source,
        row.at,
        row.outcome,
        tuple(from_json(row.reasons, list[str])),
        row.snapshot,
        row.entries,
        row.as_of,
        row.url,
    )


def word_of(row: TestimonyRow | Row[Any]) -> Word:
    """A testimony as stored."""
    return Word(
        watch=row.watch,
        list=row.list,
        source=row.source,
        verdict=Verdict(row.verdict),
        turned_at=row.turned_at,
        turned_poll=row.turned_poll,
        turned_good=row.turned_good,
        definite=Verdict(row.definite) if row.definite else None,
        definite_poll=row.definite_poll,
        first=row.first,
        matched=from_json(row.matched, tuple[Entry, ...]),
    )


def watched_of(row: WatchRow | Row[Any]) -> Watched:
    """A watch with its decided state."""
    return Watched(from_json(row.body, WatchState), row.names, row.watched_since)


def act_of(finding: FindingRow) -> Act:
    """An act with what it does to a watch."""
    return from_json(finding.body, Act)


def known_act_of(row: ActRow) -> KnownAct:
    """A Federal Register document with what is known of it."""
    return KnownAct(
        from_json(row.body, Document),
        row.snapshot,
        row.seen_at,
        row.seen_poll,
        row.judged,
        row.historic,
    )


def event_of(row: EventRow) -> StoredEvent:
    """An event."""
    return StoredEvent(
        row.seq or 0, from_json(row.body, Event), row.acknowledged_at, row.acknowledged_by
    )


def list_change_of(row: ListChangeRow) -> ListChange:
    """A change of a whole list."""
    return ListChange(
        id=row.id or 0,
        source=row.source,
        list=row.list,
        kind=row.kind,
        at=row.at,
        on_date=row.on_date,
        before=entry_of(row.before) if row.before else None,
        after=entry_of(row.after) if row.after else None,
        fields=from_json(row.fields, tuple[FieldChange, ...]),
        citation=row.citation,
    )


def notification_of(row: NotificationRow) -> Notification:
    """A notification."""
    return Notification(
        id=row.id or 0,
        event=row.event,
        channel=row.channel,
        note=row.note,
        status=row.status,
        created_at=row.created_at,
        next_at=row.next_at,
        attempts=row.attempts,
        reason=row.reason,
        first_tried_at=row.first_tried_at,
        sent_at=row.sent_at,
    )
