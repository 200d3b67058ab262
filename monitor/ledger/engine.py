"""Opening the database: SQLite with safe transactions by default, PostgreSQL beside it.

SQLite runs with WAL (readers never wait), `BEGIN IMMEDIATE` for writers (the default of deferred
transactions loses concurrent increments without an error), foreign keys on, and `synchronous=FULL`:
an alert once decided survives a power cut, and polls are few. On PostgreSQL a writer that judges
holds one advisory lock for its transaction, so that two replicas never judge a watch at once.
"""

from pathlib import Path

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from monitor.errors import LedgerError

BUSY_SECONDS = 60
_JUDGING = 7_440_004
"""Key of the advisory lock: part 744, Supplement No. 4."""


def normalized_url(url: str) -> str:
    """The URL as SQLAlchemy wants it; `postgres://` and `postgresql://` mean psycopg 3."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return f"postgresql+psycopg://{url.removeprefix(prefix)}"
    return url


def open_engine(url: str) -> Engine:
    """An engine for the URL, with nothing asked of the database yet.

    Raises LedgerError when the URL is none or its driver is not installed.
    """
    try:
        parsed = make_url(normalized_url(url))
        if parsed.get_backend_name() == "sqlite":
            return _sqlite(parsed.render_as_string(hide_password=False), parsed.database)
        if parsed.get_backend_name() == "postgresql":
            return create_engine(parsed, pool_pre_ping=True, pool_size=5, max_overflow=10)
    except (ArgumentError, ImportError) as error:
        raise LedgerError(f"the database URL cannot be used: {type(error).__name__}") from error
    raise LedgerError("the database must be sqlite:///… or postgresql+psycopg://…")


def _sqlite(url: str, database: str | None) -> Engine:
    if database:
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False})
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_SECONDS * 1000}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def lock_for_judging(connection: Connection) -> None:
    """Makes this the only judging transaction; SQLite's writers already are."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _JUDGING})
