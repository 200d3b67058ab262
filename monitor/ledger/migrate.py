"""Bringing a database to the newest schema; run at every start and by `db upgrade`."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from monitor.errors import LedgerError
from monitor.ledger.engine import lock_for_judging

_SCRIPTS = Path(__file__).parent / "migrations"


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def newest() -> str | None:
    """The revision this version of the service needs."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def current(engine: Engine) -> str | None:
    """The revision a database is at; None for an empty one."""
    with engine.connect().execution_options(reading=True) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade(engine: Engine) -> tuple[str | None, str | None]:
    """Brings the database to the newest schema; revision before and after.

    Several processes may start at once: one migrates, the others wait. Raises LedgerError when the
    database was written by a newer version, or refuses.
    """
    try:
        before = current(engine)
        if before != newest():
            with engine.begin() as connection:
                lock_for_judging(connection)
                command.upgrade(_config(connection), "head")
        return before, current(engine)
    except CommandError as error:
        raise LedgerError(
            "the database was written by another version of this service: "
            f"it is at revision {current(engine)}, and this version knows up to {newest()}"
        ) from error
    except DBAPIError as error:
        reason = str(error.orig).strip().splitlines()[0][:200] if error.orig else "no reason given"
        raise LedgerError(f"the database cannot be opened: {reason}") from error
