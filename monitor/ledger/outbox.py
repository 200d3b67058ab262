"""Notifications and leases: who may send or poll what, claimed in the database by exactly one.

A claim is one conditional UPDATE with a lease; a holder that dies loses it when the lease ends. So
it holds on SQLite and PostgreSQL alike, over any number of processes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import CursorResult, Executable, func, or_, update
from sqlalchemy.dialects import sqlite
from sqlmodel import col, select

from monitor.ledger.queue import REST, Queue, is_due, is_free
from monitor.ledger.records import Notification, StoredEvent
from monitor.ledger.reminders import REMINDER, Reminders
from monitor.ledger.rows import event_of, record
from monitor.ledger.tables import AttemptRow, EventRow, FactRow, NotificationRow, SourceRow
from monitor.screening.source_health import Health


@dataclass(frozen=True, slots=True)
class Claimed:
    """A notification that is this process's to send until its lease ends."""

    notification: Notification
    event: StoredEvent


@dataclass(frozen=True, slots=True)
class ClaimedDigest:
    """A digest that is this process's to send until its lease ends."""

    notification: Notification
    text: str
    """The digest as it was queued."""


class Outbox(Queue):
    def claim(
        self, notification: int, owner: str, now: datetime, lease: timedelta
    ) -> Claimed | None:
        """Takes a due notification; None where another has it or it is no longer due."""
        row = self._take(notification, owner, now, lease)
        if row is None:
            return None
        event = self._session.exec(select(EventRow).where(EventRow.id == row.event)).one()
        return Claimed(record(row, Notification), event_of(event))

    def claim_digest(
        self, notification: int, owner: str, now: datetime, lease: timedelta
    ) -> ClaimedDigest | None:
        """Takes a due digest; None where another has it or it is no longer due."""
        row = self._take(notification, owner, now, lease)
        if row is None:
            return None
        text = self._session.get_one(FactRow, row.event).value
        return ClaimedDigest(record(row, Notification), text)

    def settle(
        self,
        notification: int,
        owner: str,
        *,
        at: datetime,
        outcome: str,
        reason: str,
        status: str,
        next_at: datetime | None,
        rest_until: datetime | None = None,
    ) -> bool:
        """Writes what became of a try; False where the lease was lost to another meanwhile.

        Nothing goes to its channel until `rest_until`.
        """
        row = self._session.get_one(NotificationRow, notification)
        self._session.refresh(row)
        if row.lease_owner != owner or row.status != "pending":
            return False
        row.status, row.reason, row.attempts = status, reason, row.attempts + 1
        row.first_tried_at = row.first_tried_at or at
        row.sent_at = at if status == "sent" else None
        row.next_at = next_at or row.next_at
        row.lease_owner, row.lease_until = None, None
        if rest_until is not None:
            self._session.merge(FactRow(name=REST + row.channel, value=rest_until.isoformat()))
        self._session.add(
            AttemptRow(notification=notification, at=at, outcome=outcome, reason=reason)
        )
        self._session.flush()
        return True

    def case(self, stored: StoredEvent) -> str | None:
        """What an event belongs to: all of a watch on a list between two decisions."""
        event = stored.event
        if event.watch is None:
            return None
        decided = self._session.exec(
            select(func.count()).where(
                EventRow.watch == event.watch,
                EventRow.list == event.list,
                col(EventRow.kind).in_(["removal_confirmed", "listing_confirmed"]),
                col(EventRow.seq) < stored.seq,
            )
        ).one()
        return f"{event.watch}.{event.list}.{decided + 1}"

    def skip(self, notification: int, reason: str) -> None:
        """Ends a notification that nobody can send."""
        row = self._session.get_one(NotificationRow, notification)
        row.status, row.reason = "skipped", reason

    def resume(self, notifications: Sequence[int]) -> None:
        self._session.execute(
            update(NotificationRow)
            .where(
                col(NotificationRow.id).in_(list(notifications)),
                col(NotificationRow.status) == "skipped",
            )
            .values(status="pending", reason="")
        )

    def retry(self, notifications: Sequence[int], now: datetime) -> int:
        """Makes dead letters due again, with a new term; how many there were."""
        done = self._session.execute(
            update(NotificationRow)
            .where(
                col(NotificationRow.id).in_(list(notifications)),
                col(NotificationRow.status) == "dead",
            )
            .values(status="pending", next_at=now, attempts=0, first_tried_at=None)
        )
        return done.rowcount if isinstance(done, CursorResult) else 0

    def acknowledge(self, event: str, who: str, now: datetime) -> StoredEvent | None:
        """Notes that a person has taken note of an event; the first note stays.

        Reminders of it that still wait are dropped. None for an unknown event.
        """
        row = self._session.exec(select(EventRow).where(EventRow.id == event)).first()
        if row is None:
            return None
        if row.acknowledged_at is None:
            row.acknowledged_at, row.acknowledged_by = now, who
        self._session.execute(
            update(NotificationRow)
            .where(
                col(NotificationRow.event) == event,
                col(NotificationRow.status) == "pending",
                col(NotificationRow.note).startswith(REMINDER),
            )
            .values(status="skipped", reason=f"acknowledged by {row.acknowledged_by}")
        )
        self._session.flush()
        return event_of(row)

    def reminders(self) -> Reminders:
        return Reminders(self._session)

    def _take(
        self, notification: int, owner: str, now: datetime, lease: timedelta
    ) -> NotificationRow | None:
        taken = self._session.execute(
            update(NotificationRow)
            .where(
                col(NotificationRow.id) == notification,
                col(NotificationRow.status) == "pending",
                col(NotificationRow.channel).not_in(self.resting(now)),
                is_due(now),
                is_free(now),
            )
            .values(lease_owner=owner, lease_until=now + lease)
        )
        if not isinstance(taken, CursorResult) or taken.rowcount != 1:
            return None
        row = self._session.get_one(NotificationRow, notification)
        self._session.refresh(row)
        return row

    def claim_poll(self, source: str, owner: str, now: datetime, lease: timedelta) -> bool:
        """Takes the right to poll a source that is due; exactly one process gets it."""
        self._ensure(source)
        taken = self._session.execute(
            update(SourceRow)
            .where(
                col(SourceRow.source) == source,
                or_(
                    col(SourceRow.due_at).is_(None),
                    col(SourceRow.due_at) <= now,
                    # The clock was set back: what was planned by the old one says nothing.
                    col(SourceRow.last_poll_at) > now + lease,
                ),
                or_(
                    col(SourceRow.lease_until).is_(None),
                    col(SourceRow.lease_until) <= now,
                    col(SourceRow.lease_until) > now + 2 * lease,
                    col(SourceRow.lease_owner) == owner,
                ),
            )
            .values(lease_owner=owner, lease_until=now + lease)
        )
        return isinstance(taken, CursorResult) and taken.rowcount == 1

    def renew_poll(self, source: str, owner: str, now: datetime, lease: timedelta) -> bool:
        """Keeps the right while a poll runs; False where it was lost."""
        kept = self._session.execute(
            update(SourceRow)
            .where(col(SourceRow.source) == source, col(SourceRow.lease_owner) == owner)
            .values(lease_until=now + lease)
        )
        return isinstance(kept, CursorResult) and kept.rowcount == 1

    def release_poll(self, source: str, owner: str, due_at: datetime) -> None:
        """Gives the right back and says when the source is due again."""
        self._session.execute(
            update(SourceRow)
            .where(col(SourceRow.source) == source, col(SourceRow.lease_owner) == owner)
            .values(lease_owner=None, lease_until=None, due_at=due_at)
        )

    def _ensure(self, source: str) -> None:
        """The source's row, also where another process writes it at the same moment."""
        if self._session.get(SourceRow, source) is None:
            row = {
                "source": source, "last_reasons": (), "validators": {}, "counts": {},
                "health": Health(),
            }  # fmt: skip
            statement: Executable = sqlite.insert(SourceRow).values(row).on_conflict_do_nothing()
            if self._session.get_bind().dialect.name == "postgresql":
                # Only here: a start over SQLite need not load all of another dialect.
                from sqlalchemy.dialects import postgresql

                statement = postgresql.insert(SourceRow).values(row).on_conflict_do_nothing()
            self._session.execute(statement)
