"""The ledger as the rest of the service holds it: transactions, and the folder of bodies."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO

from sqlalchemy import Engine
from sqlmodel import Session

from monitor.ledger import archive, maintenance, migrate
from monitor.ledger.bodies import Bodies
from monitor.ledger.database_errors import plain_refusals
from monitor.ledger.engine import for_reading, lock_for_judging
from monitor.ledger.marker import Marker
from monitor.ledger.outbox import Outbox
from monitor.ledger.read import Reading
from monitor.ledger.retention import Retention
from monitor.ledger.write.transaction import Writing


class Ledger:
    """What is known, decided and told, for good."""

    def __init__(self, engine: Engine, bodies: Bodies) -> None:
        self._engine = engine
        self.bodies = bodies
        self.marker = Marker(bodies.folder.parent)

    @contextmanager
    def judging(self) -> Iterator[Writing]:
        """One judging transaction, the only one at its time. Commits at its end, or nothing."""
        with plain_refusals(), Session(self._engine) as session, session.begin():
            lock_for_judging(session.connection())
            yield Writing(session)

    @contextmanager
    def outbox(self) -> Iterator[Outbox]:
        """One short transaction on notifications and leases."""
        with plain_refusals(), Session(self._engine) as session, session.begin():
            yield Outbox(session)

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """A consistent view, never waiting for writers."""
        with (
            plain_refusals(),
            for_reading(self._engine) as connection,
            Session(connection) as session,
        ):
            yield Reading(session)

    @contextmanager
    def retention(self) -> Iterator[Retention]:
        """One transaction of forgetting; no judging goes on beside it."""
        with plain_refusals(), Session(self._engine) as session, session.begin():
            lock_for_judging(session.connection())
            yield Retention(session)

    def dump(self, write: Callable[[str, Iterator[bytes]], None]) -> None:
        """Every table's name and its lines, all of one moment."""
        archive.dump(self._engine, write)

    def load(self, revision: str, tables: Mapping[str, Callable[[], BinaryIO]]) -> dict[str, int]:
        """Fills an empty ledger from such lines; rows by table."""
        return archive.load(self._engine, revision, tables)

    def revision(self) -> str | None:
        """The schema that it is at; None where it has none yet."""
        with plain_refusals():
            return migrate.current(self._engine)

    def examine(self) -> str:
        """What kind of database it is; raises LedgerError where it is not as it must be."""
        return maintenance.examine(self._engine)

    def size(self) -> int:
        """Bytes that the database takes, bodies not included."""
        return maintenance.size(self._engine)

    def vacuum(self) -> None:
        """Gives back the room that rows have left, whatever that takes."""
        maintenance.vacuum(self._engine)

    def tidy(self) -> None:
        """Gives it back where that is worth the work."""
        maintenance.tidy(self._engine)

    def close(self) -> None:
        self._engine.dispose()
