"""The ledger as the rest of the service holds it: transactions, and the folder of bodies."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import Session

from monitor.errors import LedgerError
from monitor.ledger.bodies import Bodies
from monitor.ledger.engine import lock_for_judging
from monitor.ledger.outbox import Outbox
from monitor.ledger.reading import Reading
from monitor.ledger.writing import Writing


class Ledger:
    """What is known, decided and told, for good."""

    def __init__(self, engine: Engine, bodies: Bodies) -> None:
        self._engine = engine
        self.bodies = bodies

    @contextmanager
    def judging(self) -> Iterator[Writing]:
        """One judging transaction, the only one at its time. Commits at its end, or nothing."""
        with _plain_errors(), Session(self._engine) as session, session.begin():
            lock_for_judging(session.connection())
            yield Writing(session)

    @contextmanager
    def outbox(self) -> Iterator[Outbox]:
        """One short transaction on notifications and leases."""
        with _plain_errors(), Session(self._engine) as session, session.begin():
            yield Outbox(session)

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """A consistent view, never waiting for writers."""
        with (
            _plain_errors(),
            self._engine.connect().execution_options(reading=True) as connection,
            Session(connection) as session,
        ):
            yield Reading(session)

    def close(self) -> None:
        """Lets go of every connection."""
        self._engine.dispose()


@contextmanager
def _plain_errors() -> Iterator[None]:
    """A database that refuses is an error in plain words, without the statement or the URL."""
    try:
        yield
    except OperationalError as error:
        raise LedgerError(f"the database cannot be used now: {_reason(error)}") from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise LedgerError(f"the database went away: {_reason(error)}") from error
        raise


def _reason(error: DBAPIError) -> str:
    return str(error.orig).strip().splitlines()[0][:200] if error.orig else "no reason given"
