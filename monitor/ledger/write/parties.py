"""Parties of rows, and the watches bound to them, inside a judging transaction."""

from collections.abc import Callable, Iterable, Mapping
from itertools import count

from sqlalchemy import delete, func, insert, update
from sqlmodel import Session, col, select

from monitor.ledger.engine import chunks
from monitor.ledger.parties import published
from monitor.ledger.tables import BoundRow, EntryRow
from monitor.screening.parties import Bound, Party


class PartiesWriting:
    """What is written of parties."""

    _session: Session

    def fresh_parties(self) -> Callable[[], Party]:
        """Gives the number of a new party at each call."""
        newest = self._session.exec(select(func.max(EntryRow.party))).first() or 0
        bound = self._session.exec(select(func.max(BoundRow.party))).first() or 0
        numbers = count(max(newest, bound) + 1)
        return lambda: next(numbers)

    def set_parties(self, source: str, list_: str, parties: Mapping[str, Party]) -> None:
        """Gives rows that are published now their parties."""
        query = select(EntryRow.id, EntryRow.digest).where(*published(source, list_))
        rows = [
            {"id": id_, "party": parties[digest]}
            for id_, digest in self._session.exec(query).all()
            if digest in parties
        ]
        if rows:
            self._session.execute(update(EntryRow), rows)

    def bind(self, list_: str, bound: Iterable[Bound]) -> None:
        """Binds watches to parties, once and for all."""
        rows = [
            {"watch": one.watch, "list": list_, "party": one.party, "by": one.by} for one in bound
        ]
        if rows:
            self._session.execute(insert(BoundRow), rows)

    def unbind(self, list_: str, watches: Iterable[str]) -> None:
        """Forgets what watches were bound to: their configured names have changed."""
        for some in chunks(sorted(set(watches))):
            self._session.execute(
                delete(BoundRow).where(col(BoundRow.list) == list_, col(BoundRow.watch).in_(some))
            )
