"""The whole database as plain lines of JSON, one file a table, and back into an empty database.

The lines know neither SQLite nor PostgreSQL: what one wrote the other can read. Tables are taken as
the database has them, so that a backup of an older schema is read into that schema and migrated
then. This room refuses to write into a ledger that holds anything.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, BinaryIO

import msgspec
from sqlalchemy import Connection, DateTime, Engine, Integer, MetaData, Table, func, insert, select
from sqlalchemy import text as sql

from monitor.errors import LedgerError
from monitor.ledger import migrate
from monitor.ledger.database_errors import plain_refusals
from monitor.ledger.engine import CHUNK, chunks, for_reading, lock_for_judging

_NOT_OURS = "alembic_version"


def dump(engine: Engine, write: Callable[[str, Iterator[bytes]], None]) -> None:
    """Gives every table's name and lines, all of one moment; each must be used up before the next.

    Raises LedgerError where the database refuses.
    """
    with plain_refusals("read"), for_reading(engine) as connection:
        for table in _tables(connection):
            write(table.name, _lines(connection, table))


def _tables(connection: Connection) -> list[Table]:
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != _NOT_OURS]


def _lines(connection: Connection, table: Table) -> Iterator[bytes]:
    key = list(table.primary_key.columns)
    rows = connection.execution_options(yield_per=CHUNK).execute(select(table).order_by(*key))
    for row in rows.mappings():
        yield msgspec.json.encode({name: _plain(value) for name, value in row.items()}) + b"\n"


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        # SQLite keeps UTC without saying so.
        moment = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return moment.isoformat()
    return value


def load(
    engine: Engine, revision: str, tables: Mapping[str, Callable[[], BinaryIO]]
) -> dict[str, int]:
    """Fills an empty database of any kind at that revision, then migrates it; rows by table.

    Raises LedgerError where the database is not empty, does not know the revision, or the lines are
    not what its tables hold. Nothing is kept then.
    """
    if migrate.upgrade(engine, revision)[1] != revision:
        raise LedgerError(f"the backup has revision {revision}: give it a database never used")
    with plain_refusals("filled"), engine.begin() as connection:
        lock_for_judging(connection)
        known = {table.name: table for table in _tables(connection)}
        _refuse_unless_empty(connection, known.values())
        strange = sorted(tables.keys() - known.keys())
        if strange:
            raise LedgerError(f"the backup has tables that revision {revision} has not: {strange}")
        counts = {}
        for name, opened in tables.items():
            with opened() as stream:
                counts[name] = _fill(connection, known[name], stream)
    migrate.upgrade(engine)
    return counts


def _refuse_unless_empty(connection: Connection, tables: Iterable[Table]) -> None:
    for table in tables:
        if connection.execute(select(table).limit(1)).first() is not None:
            raise LedgerError(
                "the database is not empty; a backup is restored into an empty one, "
                "so that nothing is mixed or lost"
            )


def _fill(connection: Connection, table: Table, stream: BinaryIO) -> int:
    count = 0
    with _plain_lines(table.name):
        rows = (_row(table, line) for line in stream if line.strip())
        for some in chunks(rows):
            connection.execute(insert(table), some)
            count += len(some)
    _go_on_counting(connection, table)
    return count


@contextmanager
def _plain_lines(name: str) -> Iterator[None]:
    try:
        yield
    except (msgspec.MsgspecError, ValueError, KeyError) as error:
        raise LedgerError(f"the backup's table {name} is broken: {error}") from error


def _row(table: Table, line: bytes) -> dict[str, Any]:
    said = msgspec.json.decode(line, type=dict[str, Any])
    times = [name for name, column in table.columns.items() if isinstance(column.type, DateTime)]
    for name in times:
        if said[name] is not None:
            said[name] = datetime.fromisoformat(said[name])
    return said


def _go_on_counting(connection: Connection, table: Table) -> None:
    """New rows get ids after the restored ones; SQLite sees to that by itself."""
    key = list(table.primary_key.columns)
    if connection.dialect.name != "postgresql" or len(key) != 1:
        return
    if not isinstance(key[0].type, Integer):
        return
    last = connection.execute(select(func.max(key[0]))).scalar()
    if last is not None:
        sequence = sql("SELECT setval(pg_get_serial_sequence(:table, :column), :last)")
        named = {"table": table.name, "column": key[0].name, "last": last}
        connection.execute(sequence, named)
