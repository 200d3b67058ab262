"""Giving back the room that rows have left, and saying how much the database takes."""

from sqlalchemy import Engine, text

from monitor.ledger.database_errors import plain_refusals

_WORTH_IT = 0.25
"""Part of a SQLite file that must be free before it is written anew without being asked."""


def size(engine: Engine) -> int:
    """Bytes that the database takes."""
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
