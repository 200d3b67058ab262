"""Rows of the tables made the records that the rest of the service knows."""

from typing import Any, TypeVar

import msgspec
from sqlalchemy import FromClause, Row, inspect

from monitor.errors import LedgerError
from monitor.ledger.json import made
from monitor.ledger.records import KnownAct, StoredEvent, Watched
from monitor.ledger.tables import ActRow, EventRow, Table, WatchRow

LARGEST_ID = 2**31 - 1
"""PostgreSQL refuses to compare an id with what none can be; SQLite does not mind."""


T = TypeVar("T")


def columns_of(table: type[Table]) -> FromClause:
    """A table's columns, for reading very many rows: a quarter of the time its objects take."""
    found: FromClause = inspect(table).local_table
    return found


def record(row: Table | Row[Any], shape: type[T]) -> T:
    """The record whose fields bear the names of the row's columns.

    Raises LedgerError when a column holds what the record cannot.
    """
    try:
        return msgspec.convert(row, shape, from_attributes=True, dec_hook=made)
    except msgspec.MsgspecError as error:
        raise LedgerError(f"a row of the ledger is no {shape.__name__}: {error}") from error


def watched_of(row: WatchRow | Row[Any]) -> Watched:
    return Watched(row.body, row.names, row.watched_since)


def event_of(row: EventRow) -> StoredEvent:
    return StoredEvent(row.seq or 0, row.body, row.acknowledged_at, row.acknowledged_by)


def known_act_of(row: ActRow) -> KnownAct:
    return KnownAct(
        row.body, row.snapshot, row.seen_at, row.seen_poll, row.judged, historic=row.historic
    )
