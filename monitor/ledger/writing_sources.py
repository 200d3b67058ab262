"""Sources, their polls and snapshots, inside a judging transaction.

A poll changes the same few rows several times over. They are read once, held until the transaction
ends, and what changes in them is written together: before the next question, or with the commit.
"""

from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from sqlmodel import Session, col, select

from monitor.ledger.codec import to_json
from monitor.ledger.records import (
    Key,
    Poll,
    Snapshot,
    SourceList,
    SourceMemory,
)
from monitor.ledger.rows import (
    memory_of,
    poll_of,
    snapshot_of,
    source_list_of,
)
from monitor.ledger.tables import (
    PollRow,
    SnapshotRow,
    SourceListRow,
    SourceRow,
    Table,
)

Row = TypeVar("Row", bound=Table)


class SourcesWriting:
    """What is written of sources."""

    _session: Session
    _held: list[Table]
    """Rows in use; the session alone would let go of them and read them again."""

    def _row(self, table: type[Row], key: Any) -> Row | None:
        """A row by its key, held until the transaction ends."""
        row = self._session.get(table, key)
        if row is not None:
            self._held.append(row)
        return row

    def _new(self, row: Row) -> Row:
        """A new row, written at once."""
        self._session.add(row)
        self._session.flush()
        self._held.append(row)
        return row

    def memory(self, source: str) -> SourceMemory:
        """What is known of the source; empty before its first poll."""
        row = self._row(SourceRow, source)
        return memory_of(row) if row else SourceMemory(source)

    def remember(self, source: str, **fields: object) -> None:
        """Changes fields of the source's row."""
        row = self._row(SourceRow, source) or self._new(SourceRow(source=source))
        for name, value in fields.items():
            plain = value is None or isinstance(value, (str, int, bool, datetime))
            setattr(row, name, value if plain else to_json(value))

    def add_poll(self, source: str, at: datetime, outcome: str, run: str | None = None) -> int:
        """Opens the record of a poll; its id orders everything judged in it."""
        row = self._new(PollRow(source=source, at=at, outcome=outcome, run=run))
        if row.id is None:
            raise AssertionError("the database gave no id")
        return row.id

    def close_poll(self, poll: int, **fields: object) -> Poll:
        """Completes the record of a poll."""
        row = self._session.get_one(PollRow, poll)
        reasons = fields.pop("reasons", ())
        for name, value in fields.items():
            setattr(row, name, value)
        row.reasons = to_json(reasons)
        return poll_of(row)

    def newest_poll(self) -> int:
        """Id of the newest poll; 0 before the first."""
        newest = self._session.exec(select(PollRow.id).order_by(col(PollRow.id).desc()).limit(1))
        return newest.first() or 0

    def source_lists(self, source: str | None = None) -> dict[Key, SourceList]:
        """Every list of every source (or of one), by source and list."""
        rows = self._lists.items()
        return {key: source_list_of(row) for key, row in rows if source in {None, key[0]}}

    def set_source_list(self, source: str, list_: str, **fields: object) -> None:
        """Changes fields of one list of one source."""
        key = (source, list_)
        if key not in self._lists:
            self._lists[key] = self._new(SourceListRow(source=source, list=list_))
        for name, value in fields.items():
            held = name == "held_reasons"
            setattr(self._lists[key], name, to_json(value) if held else value)

    @cached_property
    def _lists(self) -> dict[Key, SourceListRow]:
        """Nobody else writes them meanwhile: read once."""
        rows = self._session.exec(select(SourceListRow))
        return {(row.source, row.list): row for row in rows}

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
