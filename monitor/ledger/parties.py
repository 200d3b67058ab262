"""Reading parties: which rows are one party, and which watches follow it."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from monitor.ledger.engine import chunks
from monitor.ledger.records import Key
from monitor.ledger.tables import AdoptedRow, BoundRow, EntryRow
from monitor.screening.parties import Bound, Party, PartyRow


class PartiesReading:
    """What is known of parties."""

    _session: Session

    def parties(self, source: str, list_: str) -> dict[str, Party | None]:
        """The parties of the rows a source now publishes on a list, by the rows' digests."""
        query = select(EntryRow.digest, EntryRow.party).where(*published(source, list_))
        return dict(self._session.exec(query).all())

    def bodies_of(self, list_: str, digests: Iterable[str]) -> dict[str, frozenset[Party]]:
        """The parties behind rows of a list, present or past, by the rows' digests."""
        found: dict[str, set[Party]] = defaultdict(set)
        for some in chunks(sorted(set(digests))):
            query = select(EntryRow.digest, EntryRow.party).where(
                EntryRow.list == list_,
                col(EntryRow.digest).in_(some),
                col(EntryRow.party).is_not(None),
            )
            for digest, party in self._session.exec(query):
                found[digest].add(party or 0)
        return {digest: frozenset(parties) for digest, parties in found.items()}

    def party_rows(self, source: str, list_: str) -> list[PartyRow]:
        """The rows a source now publishes on a list, with their parties."""
        query = select(col(EntryRow.body), EntryRow.party).where(
            *published(source, list_), col(EntryRow.party).is_not(None)
        )
        return [PartyRow(entry, party) for entry, party in self._session.exec(query) if party]

    def present(self, list_: str) -> set[Party]:
        """The parties that any source publishes on a list now."""
        query = select(EntryRow.party).where(
            EntryRow.list == list_, col(EntryRow.valid_to).is_(None)
        )
        return {party for party in self._session.exec(query.distinct()) if party is not None}

    def names_of(self, list_: str, parties: Iterable[Party]) -> dict[Party, tuple[str, ...]]:
        """Every name and alias that a party's rows bear or bore, in whichever source."""
        found: dict[Party, dict[str, None]] = defaultdict(dict)
        for some in chunks(sorted(set(parties))):
            query = select(EntryRow.party, col(EntryRow.body)).where(
                EntryRow.list == list_, col(EntryRow.party).in_(some)
            )
            for party, entry in self._session.exec(query.order_by(col(EntryRow.id))):
                if party is not None:
                    found[party].update(dict.fromkeys(entry.names))
        return {party: tuple(names) for party, names in found.items()}

    def bound(self, list_: str) -> dict[str, tuple[Bound, ...]]:
        """What each watch is bound to; watches that no party bears a name of are left out."""
        found: dict[str, list[Bound]] = defaultdict(list)
        query = select(BoundRow).where(BoundRow.list == list_)
        for row in self._session.exec(query.order_by(col(BoundRow.party))):
            found[row.watch].append(Bound(row.watch, row.party, row.by))
        return {watch: tuple(bound) for watch, bound in found.items()}

    def adopted(self, list_: str) -> dict[Key, list[str]]:
        """Names that watches took over from successor rows."""
        found: dict[Key, list[str]] = {}
        for row in self._session.exec(select(AdoptedRow).where(AdoptedRow.list == list_)):
            found.setdefault((row.watch, row.list), []).append(row.name)
        return found


def published(source: str, list_: str) -> tuple[ColumnElement[bool], ...]:
    """The rows of a list that a source publishes now."""
    return (
        col(EntryRow.source) == source,
        col(EntryRow.list) == list_,
        col(EntryRow.valid_to).is_(None),
    )
