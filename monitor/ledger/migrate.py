"""Bringing a database to the newest schema; run at every start and by `db upgrade`."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from monitor.errors import LedgerError
from monitor.ledger.engine import lock_for_judging
from monitor.ledger.tables import Table

if TYPE_CHECKING:
    from alembic.config import Config

NEWEST = "0002"
"""The revision this version of the service needs; a test holds it to the migrations."""

_SCRIPTS = Path(__file__).parent / "migrations"


def config_for(connection: Connection | None = None) -> "Config":
    """What Alembic needs to know of the migrations and the connection to run them on."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def current(engine: Engine) -> str | None:
    """The revision a database is at; None for an empty one."""
    with engine.connect().execution_options(reading=True) as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def upgrade(engine: Engine) -> tuple[str | None, str | None]:
    """Brings the database to the newest schema; revision before and after.

    Several processes may start at once: one migrates, the others wait. Raises LedgerError when the
    database was written by a newer version, or refuses.
    """
    try:
        before = current(engine)
        if (before or _create(engine)) != NEWEST:
            _migrate(engine)
        return before, current(engine)
    except DBAPIError as error:
        reason = str(error.orig).strip().splitlines()[0][:200] if error.orig else "no reason given"
        raise LedgerError(f"the database cannot be opened: {reason}") from error


def _create(engine: Engine) -> str | None:
    """Lays out an empty database at the newest schema at once; a test holds both ways equal.

    The revision found, where another process was first.
    """
    with engine.begin() as connection:
        lock_for_judging(connection)
        if inspect(connection).has_table("alembic_version"):
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        Table.metadata.create_all(connection)
        connection.execute(
            text("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)")
        )
        connection.execute(
            text("INSERT INTO alembic_version (version_num) VALUES (:newest)"), {"newest": NEWEST}
        )
    return NEWEST


def _migrate(engine: Engine) -> None:
    # Only now: Alembic takes longer to load than a database at the newest schema to open.
    from alembic import command
    from alembic.util import CommandError

    try:
        with engine.begin() as connection:
            lock_for_judging(connection)
            command.upgrade(config_for(connection), "head")
    except CommandError as error:
        raise LedgerError(
            "the database was written by another version of this service: "
            f"it is at revision {current(engine)}, and this version knows up to {NEWEST}"
        ) from error
