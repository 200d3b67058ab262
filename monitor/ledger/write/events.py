"""Events and their notifications, inside a judging transaction."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import insert
from sqlmodel import Session, col, select

from monitor.ledger.engine import chunks
from monitor.ledger.records import Key
from monitor.ledger.tables import EventRow, NotificationRow
from monitor.screening.event import Event, Kind


class EventsWriting:
    _session: Session

    def add_event(self, event: Event, *, poll: int | None, at: datetime) -> bool:
        """Writes an event; False when the same happening was told before."""
        return bool(self.add_events([event], poll=poll, at=at))

    def add_events(self, events: Sequence[Event], *, poll: int | None, at: datetime) -> list[Event]:
        """Writes events; those among them that had not been told before, in their order."""
        known: set[str] = set()
        for ids in chunks(event.id for event in events):
            known |= set(self._session.exec(select(EventRow.id).where(col(EventRow.id).in_(ids))))
        fresh = [event for event in events if event.id not in known]
        rows = (
            {
                "id": event.id, "kind": event.kind.value, "watch": event.watch,
                "list": event.list, "at": at, "body": event, "poll": poll,
            }
            for event in fresh
        )  # fmt: skip
        for some in chunks(rows):
            # All at once would be the JSON of fifty thousand first states in memory.
            self._session.execute(insert(EventRow), some)
        return fresh

    def last_told(self, keys: Collection[Key]) -> dict[Key, str]:
        """The newest event of each of these watches that was ever told of one."""
        found: dict[Key, str] = {}
        for watches in chunks(sorted({watch for watch, _ in keys})):
            query = (
                select(EventRow.watch, EventRow.list, EventRow.id)
                .where(
                    col(EventRow.watch).in_(watches),
                    EventRow.kind != Kind.DELIVERY_FAILED.value,
                )
                .order_by(col(EventRow.seq))
            )
            for watch, list_, id_ in self._session.exec(query):
                found[watch or "", list_ or ""] = id_
        return {key: id_ for key, id_ in found.items() if key in keys}

    def add_notifications(
        self, event: str, channels: Iterable[str], at: datetime, note: str = ""
    ) -> None:
        """One notification a channel, due at once."""
        self.notify([(event, channel) for channel in channels], at, note)

    def notify(self, pairs: Sequence[tuple[str, str]], at: datetime, note: str = "") -> None:
        """Notifications of events for channels, due at once."""
        rows = (
            {
                "event": event, "channel": channel, "note": note, "status": "pending",
                "created_at": at, "next_at": at, "attempts": 0, "reason": "",
            }
            for event, channel in pairs
        )  # fmt: skip
        for some in chunks(rows):
            self._session.execute(insert(NotificationRow), some)
