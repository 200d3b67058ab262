"""Events and their notifications, inside a judging transaction."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import insert
from sqlmodel import Session, col, select

from monitor.ledger.chunks import chunks
from monitor.ledger.codec import to_json
from monitor.ledger.tables import (
    EventRow,
    NotificationRow,
)
from monitor.screening.event import Event


class EventsWriting:
    """What is written of events."""

    _session: Session

    def add_event(self, event: Event, *, poll: int | None, at: datetime) -> bool:
        """Writes an event; False when the same happening was told before."""
        return bool(self.add_events([event], poll=poll, at=at))

    def add_events(self, events: Sequence[Event], *, poll: int | None, at: datetime) -> list[Event]:
        """Writes events; those among them that had not been told before, in their order."""
        known: set[str] = set()
        for ids in chunks([event.id for event in events]):
            known |= set(self._session.exec(select(EventRow.id).where(col(EventRow.id).in_(ids))))
        fresh = [event for event in events if event.id not in known]
        rows = [
            {
                "id": event.id, "kind": event.kind.value, "watch": event.watch,
                "list": event.list, "at": at, "body": to_json(event), "poll": poll,
            }
            for event in fresh
        ]  # fmt: skip
        if rows:
            self._session.execute(insert(EventRow), rows)
        return fresh

    def add_notifications(
        self, event: str, channels: Iterable[str], at: datetime, note: str = ""
    ) -> None:
        """One notification a channel, due at once."""
        self.notify([(event, channel) for channel in channels], at, note)

    def notify(self, pairs: Sequence[tuple[str, str]], at: datetime, note: str = "") -> None:
        """Notifications of events for channels, due at once."""
        rows = [
            {
                "event": event, "channel": channel, "note": note, "status": "pending",
                "created_at": at, "next_at": at, "attempts": 0, "reason": "",
            }
            for event, channel in pairs
        ]  # fmt: skip
        if rows:
            self._session.execute(insert(NotificationRow), rows)
