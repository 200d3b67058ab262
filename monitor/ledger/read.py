"""Questions to the ledger that change nothing."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import accumulate

from sqlalchemy import Text, func, type_coerce
from sqlmodel import Session, col, select

from monitor.ledger.acts import ActsReading
from monitor.ledger.cases import CasesReading
from monitor.ledger.entry_history import EntryHistory
from monitor.ledger.history import History
from monitor.ledger.json import from_json
from monitor.ledger.list_changes import ListChangesReading
from monitor.ledger.list_rows import ListRows
from monitor.ledger.news import NewsReading
from monitor.ledger.parties import PartiesReading
from monitor.ledger.queue import Queue
from monitor.ledger.records import (
    Key,
    KnownAct,
    Notification,
    Poll,
    Snapshot,
    SourceMemory,
    StoredEvent,
    Watched,
)
from monitor.ledger.rows import LARGEST_ID, columns_of, event_of, known_act_of, record, watched_of
from monitor.ledger.rules import RulesReading
from monitor.ledger.tables import (
    ActRow,
    EntryRow,
    EventRow,
    FactRow,
    FindingRow,
    NotificationRow,
    PollRow,
    SnapshotRow,
    SourceListRow,
    SourceRow,
    TestimonyRow,
    WatchRow,
)
from monitor.ledger.watchlist import WatchlistReading
from monitor.screening.decide.testimony import SourceList, StoredTestimony
from monitor.screening.entry import Entry
from monitor.screening.state import DecidedState
from monitor.screening.witness import Act

NOTES = "notes"
REMARKS = "remarks"


class Reading(
    PartiesReading,
    CasesReading,
    ActsReading,
    RulesReading,
    WatchlistReading,
    ListChangesReading,
    NewsReading,
):
    """A consistent view of the ledger."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def queue(self) -> Queue:
        return Queue(self._session)

    def entry_history(self, source: str, list_: str) -> EntryHistory:
        return EntryHistory(self._session, source, list_)

    def list_rows(self, list_: str) -> ListRows:
        return ListRows(self._session, list_)

    def history(self) -> History:
        return History(self._session)

    def decided_states(self) -> list[DecidedState]:
        """Where every watch stands on every list, and no more: cheap for fifty thousand."""
        texts = self._session.exec(select(type_coerce(col(WatchRow.body), Text)))
        return from_json(f"[{','.join(texts)}]", list[DecidedState])

    def heard(self, list_: str, sources: Collection[str]) -> set[str]:
        """Every watch on a list of which one of these sources has said anything."""
        query = select(TestimonyRow.watch).where(
            TestimonyRow.list == list_, col(TestimonyRow.source).in_(sources)
        )
        return set(self._session.exec(query))

    def watched(self, *watches: str) -> dict[Key, Watched]:
        """Decided states, of these watches or of all; at most CHUNK can be named."""
        query = columns_of(WatchRow).select().order_by(col(WatchRow.watch), col(WatchRow.list))
        if watches:
            query = query.where(col(WatchRow.watch).in_(watches))
        return {one.key: one for one in map(watched_of, self._session.execute(query))}

    def words(self, *watches: str) -> list[StoredTestimony]:
        query = columns_of(TestimonyRow).select()
        if watches:
            query = query.where(col(TestimonyRow.watch).in_(watches))
        return [record(row, StoredTestimony) for row in self._session.execute(query)]

    def acts_by_key(self, *watches: str) -> dict[Key, list[Act]]:
        """What acts do to these watches or to all, by watch and list, ordered by their numbers."""
        query = select(FindingRow).order_by(col(FindingRow.number))
        if watches:
            query = query.where(col(FindingRow.watch).in_(watches))
        found: dict[Key, list[Act]] = {}
        for row in self._session.exec(query):
            found.setdefault((row.watch, row.list), []).append(row.body)
        return found

    def memory(self, source: str) -> SourceMemory:
        """What is known of a source; empty before its first poll."""
        row = self._session.get(SourceRow, source)
        return record(row, SourceMemory) if row else SourceMemory(source)

    def known_acts(self) -> dict[str, KnownAct]:
        return {row.number: known_act_of(row) for row in self._session.exec(select(ActRow))}

    def memories(self) -> dict[str, SourceMemory]:
        rows = self._session.exec(select(SourceRow))
        return {row.source: record(row, SourceMemory) for row in rows}

    def source_lists(self, source: str | None = None) -> dict[Key, SourceList]:
        """Every list of every source, or of one, by source and list."""
        query = select(SourceListRow)
        if source is not None:
            query = query.where(SourceListRow.source == source)
        rows = self._session.exec(query)
        return {(row.source, row.list): record(row, SourceList) for row in rows}

    def notes(self, list_: str) -> tuple[str, ...]:
        """The editors' notes below the law's text of a list."""
        row = self._session.get(FactRow, f"{NOTES} {list_}")
        return from_json(row.value, tuple[str, ...]) if row else ()

    def remarks(self) -> dict[str, tuple[str, ...]]:
        """By source, what of its accepted texts was not understood, each once."""
        query = select(FactRow).where(col(FactRow.name).startswith(f"{REMARKS} "))
        found: dict[str, dict[str, None]] = {}
        for row in self._session.exec(query.order_by(col(FactRow.name))):
            some = from_json(row.value, tuple[str, ...])
            found.setdefault(row.name.split(" ")[1], {}).update(dict.fromkeys(some))
        return {source: tuple(some) for source, some in found.items()}

    def polls(
        self, source: str | None = None, before: int | None = None, limit: int = 100
    ) -> list[Poll]:
        """Polls, newest first; `before` is the id to go on from."""
        query = select(PollRow).order_by(col(PollRow.id).desc()).limit(limit)
        if source is not None:
            query = query.where(PollRow.source == source)
        if before is not None:
            query = query.where(col(PollRow.id) < min(before, LARGEST_ID))
        return [record(row, Poll) for row in self._session.exec(query)]

    def events(
        self,
        *,
        watch: str | None = None,
        kind: str | None = None,
        since: datetime | None = None,
        before: int | None = None,
        limit: int | None = 100,
    ) -> list[StoredEvent]:
        """Events, newest first; `before` is the place to go on from."""
        query = select(EventRow).order_by(col(EventRow.seq).desc())
        if watch is not None:
            query = query.where(EventRow.watch == watch)
        if kind is not None:
            query = query.where(EventRow.kind == kind)
        if since is not None:
            query = query.where(col(EventRow.at) >= since)
        if before is not None:
            query = query.where(col(EventRow.seq) < min(before, LARGEST_ID))
        return [event_of(row) for row in self._session.exec(query.limit(limit))]

    def event(self, event: str) -> StoredEvent | None:
        row = self._session.exec(select(EventRow).where(EventRow.id == event)).first()
        return event_of(row) if row else None

    def snapshot(self, sha256: str) -> Snapshot | None:
        row = self._session.get(SnapshotRow, sha256)
        return record(row, Snapshot) if row else None

    def snapshot_like(self, beginning: str) -> Snapshot | None:
        """The one snapshot whose hash begins so; None where none or several do."""
        query = select(SnapshotRow).where(col(SnapshotRow.sha256).startswith(beginning)).limit(2)
        rows = self._session.exec(query).all() if beginning else []
        return record(rows[0], Snapshot) if len(rows) == 1 else None

    def snapshots(self, *, status: str | None = None, limit: int = 100) -> list[Snapshot]:
        query = select(SnapshotRow).order_by(col(SnapshotRow.last_seen_at).desc()).limit(limit)
        if status is not None:
            query = query.where(SnapshotRow.status == status)
        return [record(row, Snapshot) for row in self._session.exec(query)]

    def entries(self, source: str, list_: str, on: str | None = None) -> list[Entry]:
        """What a source published on a list, now or on an ISO date."""
        query = select(col(EntryRow.body)).where(EntryRow.source == source, EntryRow.list == list_)
        if on is None:
            query = query.where(col(EntryRow.valid_to).is_(None))
        else:
            query = query.where(
                EntryRow.valid_from <= on,
                (col(EntryRow.valid_to).is_(None)) | (col(EntryRow.valid_to) > on),
            )
        return list(self._session.exec(query))

    def dead_letters(self) -> dict[str | None, list[str]]:
        """The channels that did not take an alert, by watch; None for those of no watch."""
        query = (
            select(EventRow.watch, NotificationRow.channel)
            .where(NotificationRow.event == EventRow.id, NotificationRow.status == "dead")
            .distinct()
        )
        found: dict[str | None, list[str]] = {}
        for watch, channel in self._session.exec(query):
            found.setdefault(watch, []).append(channel)
        return found

    def notifications(
        self, *, statuses: Sequence[str] = (), event: str | None = None, limit: int = 200
    ) -> list[Notification]:
        query = select(NotificationRow).order_by(col(NotificationRow.id).desc()).limit(limit)
        if statuses:
            query = query.where(col(NotificationRow.status).in_(list(statuses)))
        if event is not None:
            query = query.where(NotificationRow.event == event)
        return [record(row, Notification) for row in self._session.exec(query)]

    def polls_between(self, start: datetime, end: datetime, limit: int = 1000) -> list[Poll]:
        """Polls of all sources at these times and between them, newest first."""
        query = select(PollRow).where(col(PollRow.at) >= start, col(PollRow.at) <= end)
        return [
            record(row, Poll)
            for row in self._session.exec(query.order_by(col(PollRow.id).desc()).limit(limit))
        ]

    def sizes(self, source: str, list_: str) -> list[tuple[str, int]]:
        """How many rows a source's list had from each ISO date on at which that number changed."""
        steps: Counter[str] = Counter()
        for column, step in ((col(EntryRow.valid_from), 1), (col(EntryRow.valid_to), -1)):
            query = (
                select(column, func.count())
                .where(EntryRow.list == list_, EntryRow.source == source, column.is_not(None))
                .group_by(column)
            )
            for day, count in self._session.exec(query):
                steps[str(day)] += step * count
        days = sorted(day for day, step in steps.items() if step)
        return list(zip(days, accumulate(steps[day] for day in days), strict=True))

    def event_counts(self) -> dict[str, int]:
        query = select(EventRow.kind, func.count()).group_by(col(EventRow.kind))
        return dict(self._session.exec(query).all())

    def notification_counts(self) -> dict[str, int]:
        query = select(NotificationRow.status, func.count()).group_by(col(NotificationRow.status))
        return dict(self._session.exec(query).all())

    def waiting_since(self) -> datetime | None:
        """When the oldest notification that still waits to be sent was written."""
        query = select(func.min(NotificationRow.created_at)).where(
            NotificationRow.status == "pending"
        )
        return self._session.exec(query).first()
