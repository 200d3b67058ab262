"""Whether a database is at the newest schema, undamaged, safe against a power cut, and writable."""

from sqlalchemy import Connection, Engine, text

from monitor.errors import LedgerError
from monitor.ledger import migrate
from monitor.ledger.database_errors import plain_refusals

_OLDEST = 14
"""The oldest PostgreSQL that its own project still mends."""


def examine(engine: Engine) -> str:
    """What was seen of it. Raises LedgerError where anything is not as it must be."""
    with plain_refusals():
        found = migrate.current(engine)
        if found != migrate.NEWEST:
            raise LedgerError(f"the database is at revision {found}, not {migrate.NEWEST}")
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                return _postgresql(connection)
            return _sqlite(connection)


def _sqlite(connection: Connection) -> str:
    """The transaction has the right to write by now; what it checks is the whole file."""
    said = connection.execute(text("PRAGMA quick_check(1)")).scalar_one()
    if said != "ok":
        raise LedgerError(
            f"the database file is damaged; restore a backup: docs/backup.md ({said})"
        )
    mode = connection.execute(text("PRAGMA journal_mode")).scalar_one()
    return f"SQLite at revision {migrate.NEWEST}, sound, journal {mode}"


def _postgresql(connection: Connection) -> str:
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
