"""Sources, their polls and snapshots, inside a judging transaction."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from monitor.ledger.json import from_json, to_json
from monitor.ledger.read import NOTES, REMARKS
from monitor.ledger.records import Poll, Snapshot
from monitor.ledger.rows import record
from monitor.ledger.tables import FactRow, PollRow, SnapshotRow, SourceListRow, SourceRow, Table
from monitor.screening.lost_store import LostStore

_LOST = "lost store"


class SourcesWriting:
    _session: Session

    def remember(self, source: str, **fields: object) -> None:
        row = self._session.get(SourceRow, source) or SourceRow(source=source)
        self._change(row, fields)

    def add_poll(self, source: str, at: datetime, outcome: str, run: str | None = None) -> int:
        """Opens the record of a poll; its id orders everything judged in it."""
        row = PollRow(source=source, at=at, outcome=outcome, run=run)
        self._change(row, {})
        self._session.flush()
        assert row.id is not None
        return row.id

    def close_poll(self, poll: int, **fields: object) -> Poll:
        row = self._session.get_one(PollRow, poll)
        self._change(row, fields)
        return record(row, Poll)

    def newest_poll(self) -> int:
        """Id of the newest poll; 0 before the first."""
        newest = self._session.exec(select(PollRow.id).order_by(col(PollRow.id).desc()).limit(1))
        return newest.first() or 0

    def set_lost_store(self, lost: LostStore) -> None:
        self._session.merge(FactRow(name=_LOST, value=to_json(lost)))
        self._session.flush()

    def lost_store(self) -> LostStore | None:
        """The last loss of the store that was noticed."""
        row = self._session.get(FactRow, _LOST)
        return from_json(row.value, LostStore) if row else None

    def set_notes(self, list_: str, notes: tuple[str, ...]) -> None:
        self._session.merge(FactRow(name=f"{NOTES} {list_}", value=to_json(notes)))
        self._session.flush()

    def set_remarks(self, source: str, list_: str, remarks: tuple[str, ...]) -> None:
        """What of the accepted text of a list was not understood."""
        name = f"{REMARKS} {source} {list_}"
        if remarks or self._session.get(FactRow, name) is not None:
            self._session.merge(FactRow(name=name, value=to_json(remarks)))
            self._session.flush()

    def set_source_list(self, source: str, list_: str, **fields: object) -> None:
        row = self._session.get(SourceListRow, (source, list_))
        self._change(row or SourceListRow(source=source, list=list_), fields)

    def keep_snapshot(self, snapshot: Snapshot) -> None:
        """Records a body, or that it came again; a doubt already settled stays settled."""
        row = self._session.get(SnapshotRow, snapshot.sha256)
        if row is None:
            row = SnapshotRow(
                sha256=snapshot.sha256,
                source=snapshot.source,
                url=snapshot.url,
                media=snapshot.media,
                size=snapshot.size,
                stored_size=snapshot.stored_size,
                first_seen_at=snapshot.first_seen_at,
                last_seen_at=snapshot.last_seen_at,
                status=snapshot.status,
            )
            self._session.add(row)
        row.status, row.as_of = snapshot.status, snapshot.as_of
        row.last_seen_at, row.kept = snapshot.last_seen_at, snapshot.kept
        # A body that the disk refused at first was nothing then.
        row.stored_size = snapshot.stored_size or row.stored_size
        row.held, row.reasons = snapshot.held, snapshot.reasons
        row.counts, row.accepted_by = snapshot.counts, snapshot.accepted_by
        self._session.flush()

    def _change(self, row: Table, fields: Mapping[str, object]) -> None:
        """Written at the next question to the database, or at the end of the transaction."""
        for name, value in fields.items():
            setattr(row, name, value)
        self._session.add(row)
