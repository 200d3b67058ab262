"""Bringing a database to the newest schema; run at every start and by `db upgrade`."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from monitor.errors import LedgerError
from monitor.ledger.database_errors import plain_refusals
from monitor.ledger.engine import for_reading, lock_for_judging

if TYPE_CHECKING:
    from alembic.config import Config

NEWEST = "0005"
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
    with for_reading(engine) as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def upgrade(engine: Engine, to: str = NEWEST) -> tuple[str | None, str | None]:
    """Brings the database to a schema, the newest if not said; revision before and after.

    Several processes may start at once: one migrates, the others wait. Raises LedgerError when the
    database was written by a newer version, or refuses.
    """
    with plain_refusals("opened"):
        before = current(engine)
        if before != to:
            _migrate(engine, to)
        return before, current(engine)


def _migrate(engine: Engine, to: str) -> None:
    # Only now: Alembic takes 0.2 s to load, and a database at the newest schema needs none of it.
    from alembic import command
    from alembic.util import CommandError

    try:
        with engine.begin() as connection:
            lock_for_judging(connection)
            command.upgrade(config_for(connection), to)
    except CommandError as error:
        raise LedgerError(
            "the database or backup was written by another version of this service: it is at "
            f"revision {current(engine) or to}, and this version knows up to {NEWEST}"
        ) from error
