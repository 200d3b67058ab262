"""Sources, their polls and snapshots, inside a judging transaction."""

from datetime import datetime

from sqlmodel import Session, col, select

from monitor.ledger.json import to_json
from monitor.ledger.held import Held
from monitor.ledger.records import Key, Poll, Snapshot, SourceList, SourceMemory
from monitor.ledger.rows import memory_of, poll_of, snapshot_of, source_list_of
from monitor.ledger.tables import PollRow, SnapshotRow, SourceListRow, SourceRow


class SourcesWriting:
    """What is written of sources."""

    _session: Session
    _held: Held

    def memory(self, source: str) -> SourceMemory:
        """What is known of the source; empty before its first poll."""
        row = self._held.row(SourceRow, source)
        return memory_of(row) if row else SourceMemory(source)

    def remember(self, source: str, **fields: object) -> None:
        """Changes fields of the source's row."""
        if self._held.row(SourceRow, source) is None:
            self._held.add(SourceRow(source=source))
        self._held.change(SourceRow, source, **{name: _plain(one) for name, one in fields.items()})

    def add_poll(self, source: str, at: datetime, outcome: str, run: str | None = None) -> int:
        """Opens the record of a poll; its id orders everything judged in it."""
        row = self._held.add(PollRow(source=source, at=at, outcome=outcome, run=run))
        assert isinstance(row.id, int)
        return row.id

    def close_poll(self, poll: int, **fields: object) -> Poll:
        """Completes the record of a poll."""
        fields["reasons"] = to_json(fields.get("reasons", ()))
        self._held.change(PollRow, poll, **fields)
        return poll_of(self._held.row(PollRow, poll))

    def newest_poll(self) -> int:
        """Id of the newest poll; 0 before the first."""
        newest = self._session.exec(select(PollRow.id).order_by(col(PollRow.id).desc()).limit(1))
        return newest.first() or 0

    def source_lists(self, source: str | None = None) -> dict[Key, SourceList]:
        """Every list of every source (or of one), by source and list."""
        found = map(source_list_of, self._held.rows(SourceListRow))
        return {(one.source, one.list): one for one in found if source in {None, one.source}}

    def set_source_list(self, source: str, list_: str, **fields: object) -> None:
        """Changes fields of one list of one source."""
        if self._held.row(SourceListRow, source, list_) is None:
            self._held.add(SourceListRow(source=source, list=list_))
        plain = {name: _plain(one) for name, one in fields.items()}
        self._held.change(SourceListRow, source, list_, **plain)

    def snapshot(self, sha256: str) -> Snapshot | None:
        """The facts of a snapshot."""
        row = self._session.get(SnapshotRow, sha256)
        return snapshot_of(row) if row else None

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
        row.held, row.reasons = to_json(snapshot.held), to_json(snapshot.reasons)
        row.counts, row.accepted_by = to_json(snapshot.counts), snapshot.accepted_by
        self._session.flush()


def _plain(value: object) -> object:
    """A value as a column takes it; what is none of these is kept as JSON."""
    plain = value is None or isinstance(value, (str, int, bool, datetime))
    return value if plain else to_json(value)
