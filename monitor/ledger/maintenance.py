"""Keeping the database: is it sound, how much does it take, what room can be given back."""

from sqlalchemy import Connection, Engine, text

from monitor.errors import LedgerError
from monitor.ledger import migrate
from monitor.ledger.database_errors import plain_refusals

_OLDEST = 14
"""The oldest PostgreSQL that its own project still mends."""
_WORTH_IT = 0.25
"""Part of a SQLite file that must be free before it is written anew without being asked."""


def examine(engine: Engine) -> str:
    """What kind of database it is and at which revision.

    Raises LedgerError where it is not at the newest schema, undamaged, safe against a power cut
    and writable.
    """
    with plain_refusals():
        found = migrate.current(engine)
        if found != migrate.NEWEST:
            raise LedgerError(f"the database is at revision {found}, not {migrate.NEWEST}")
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                return _postgresql_is_sound(connection)
            return _sqlite_is_sound(connection)


def _sqlite_is_sound(connection: Connection) -> str:
    """The transaction has the right to write by now; what it checks is the whole file."""
    said = connection.execute(text("PRAGMA quick_check(1)")).scalar_one()
    if said != "ok":
        raise LedgerError(
            f"the database file is damaged; restore a backup: docs/backup.md ({said})"
        )
    mode = connection.execute(text("PRAGMA journal_mode")).scalar_one()
    return f"SQLite at revision {migrate.NEWEST}, sound, journal {mode}"


def _postgresql_is_sound(connection: Connection) -> str:
    number = int(connection.execute(text("SHOW server_version_num")).scalar_one()) // 10_000
    settings = ("transaction_read_only", "server_encoding", "synchronous_commit")
    read_only, encoding, commits = (
        str(connection.execute(text(f"SHOW {name}")).scalar_one()) for name in settings
    )
    if read_only != "off":
        raise LedgerError("the database is read-only, as a standby is: name the primary")
    if encoding != "UTF8":
        raise LedgerError(f"the database's encoding is {encoding}: it must be UTF8")
    if commits == "off":
        raise LedgerError("synchronous_commit is off: a power cut could lose a decided alert")
    if number < _OLDEST:
        raise LedgerError(f"PostgreSQL {number} is older than {_OLDEST}")
    return f"PostgreSQL {number} at revision {migrate.NEWEST}, {encoding}"


def size(engine: Engine) -> int:
    with plain_refusals():
        if engine.dialect.name == "postgresql":
            with engine.connect() as connection:
                query = text("SELECT pg_database_size(current_database())")
                return int(connection.execute(query).scalar_one())
        pages, bytes_each, _ = _pages(engine)
        return pages * bytes_each


def vacuum(engine: Engine) -> None:
    """Gives back all free room. Raises LedgerError where the disk or another process forbids."""
    with plain_refusals():
        if engine.dialect.name == "postgresql":
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM (ANALYZE)"))
        else:
            _sqlite(engine, "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA optimize")


def tidy(engine: Engine) -> None:
    """What is right once a day: PostgreSQL cleans by itself, SQLite where it is worth it."""
    if engine.dialect.name == "postgresql":
        return
    with plain_refusals():
        pages, _, free = _pages(engine)
    if pages and free / pages > _WORTH_IT:
        vacuum(engine)
    else:
        with plain_refusals():
            _sqlite(engine, "PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA optimize")


def _pages(engine: Engine) -> tuple[int, int, int]:
    """Pages, bytes of a page, free pages."""
    found = _sqlite(engine, "PRAGMA page_count", "PRAGMA page_size", "PRAGMA freelist_count")
    return found[0], found[1], found[2]


def _sqlite(engine: Engine, *statements: str) -> list[int]:
    """Says these outside of any transaction; the first number of each answer."""
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        answers = []
        for statement in statements:
            row = cursor.execute(statement).fetchone()
            answers.append(int(row[0]) if row else 0)
        cursor.close()
        return answers
    finally:
        connection.close()
