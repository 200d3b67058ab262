"""Opening the database: SQLite with safe transactions by default, PostgreSQL beside it.

SQLite runs with WAL (readers never wait), `BEGIN IMMEDIATE` for writers (the default of deferred
transactions loses concurrent increments without an error), foreign keys on, and `synchronous=FULL`:
an alert once decided survives a power cut, and polls are few. On PostgreSQL a writer that judges
holds one advisory lock for its transaction, so that two replicas never judge a watch at once; a
replica that freezes inside one loses it after `BUSY_SECONDS`.

Nothing on PostgreSQL lasts longer than its transaction: no prepared statement, no setting, no lock.
So a pooler that gives every transaction another connection (PgBouncer) may stand between.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from monitor.errors import LedgerError

T = TypeVar("T")
CHUNK = 500
"""Keys or rows in one statement; SQLite takes no more than 32,766 parameters."""
BUSY_SECONDS = 60.0
"""How long a writer waits for another one, and how long one may sit idle inside a transaction."""
_JUDGING = 7_440_004
"""Key of the advisory lock: part 744, Supplement No. 4."""
_POSTGRESQL = {
    "application_name": "entity-list-monitor",
    "connect_timeout": "10",
    # A database host that vanishes is noticed within about half a minute.
    "keepalives_idle": "15",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
}
"""Connection parameters of libpq; the URL may set its own."""


_NO_DRIVER = (
    "PostgreSQL needs psycopg, which is not installed: install the extra “postgresql” "
    "(pip install '.[postgresql]'), or leave MONITOR_DATABASE_URL out for SQLite"
)


def normalized_url(url: str) -> str:
    """The URL as SQLAlchemy wants it; `postgres://` and `postgresql://` mean psycopg 3."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return f"postgresql+psycopg://{url.removeprefix(prefix)}"
    return url


def open_engine(url: str, *, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """An engine for the URL, with nothing asked of the database yet.

    Raises LedgerError when the URL is none, its driver is not installed, or its folder cannot be
    made.
    """
    try:
        parsed = make_url(normalized_url(url))
        if parsed.get_backend_name() == "sqlite":
            return _sqlite(parsed, busy_seconds)
        if parsed.get_backend_name() == "postgresql":
            return _postgresql(parsed, busy_seconds)
    except ImportError as error:
        raise LedgerError(_NO_DRIVER) from error
    except (ArgumentError, ValueError) as error:
        raise LedgerError(f"the database URL cannot be used: {type(error).__name__}") from error
    except OSError as error:
        raise LedgerError(
            f"the folder {error.filename} cannot be made ({error.strerror}): "
            "set MONITOR_DATA_DIR to one that this user may write"
        ) from error
    raise LedgerError("the database must be sqlite:///… or postgresql+psycopg://…")


def _sqlite(url: URL, busy_seconds: float) -> Engine:
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    settings = {"timeout": busy_seconds, "check_same_thread": False}
    engine = create_engine(url, connect_args=settings)

    def prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        _say(
            connection,
            f"PRAGMA busy_timeout={int(busy_seconds * 1000)}",
            "PRAGMA journal_mode=WAL",
            "PRAGMA synchronous=FULL",
            "PRAGMA foreign_keys=ON",
            # A log that one long reader has swollen shrinks again.
            "PRAGMA journal_size_limit=16777216",
        )

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _begin_sqlite(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _postgresql(url: URL, busy_seconds: float) -> Engine:
    settings: dict[str, Any] = {
        name: value for name, value in _POSTGRESQL.items() if name not in url.query
    }
    engine = create_engine(
        url,
        connect_args={**settings, "prepare_threshold": None},
        pool_pre_ping=True,
        pool_size=5,
        max_overflow=10,
    )
    wait = int(busy_seconds * 1000)

    def prepare(connection: Connection) -> None:
        connection.exec_driver_sql(
            f"SET LOCAL lock_timeout = {wait}; "
            f"SET LOCAL idle_in_transaction_session_timeout = {wait}; "
            "SET LOCAL timezone = 'UTC'"
        )

    event.listen(engine, "begin", prepare)
    event.listen(engine, "before_cursor_execute", _without_nul, retval=True)
    return engine


def _say(connection: DBAPIConnection, *statements: str) -> None:
    cursor = connection.cursor()
    for statement in statements:
        cursor.execute(statement)
    cursor.close()


def _without_nul(
    _connection: Connection, _cursor: Any, statement: str, values: Any, _context: Any, _many: bool
) -> tuple[str, Any]:
    """PostgreSQL's text holds no NUL, and foreign text may: one such row must not stop a poll."""
    if isinstance(values, dict):
        return statement, _clean(values)
    return statement, [_clean(row) for row in values] if isinstance(values, list) else values


def _clean(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.replace("\0", "\ufffd") if isinstance(value, str) and "\0" in value else value
        for name, value in values.items()
    }


def for_reading(engine: Engine) -> Connection:
    """A connection whose one transaction sees one moment of the ledger, and changes nothing."""
    if engine.dialect.name == "postgresql":
        return engine.connect().execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
    return engine.connect().execution_options(reading=True)


def lock_for_judging(connection: Connection) -> None:
    """Makes this the only judging transaction; SQLite's writers already are."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _JUDGING})


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """The values, as many at a time as a statement takes."""
    rest = iter(values)
    while some := list(islice(rest, CHUNK)):
        yield some
