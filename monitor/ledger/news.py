"""Reading what news of whole lists is made of: what texts brought before, and what was told."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlmodel import Session, col, select

from monitor.ledger.engine import chunks
from monitor.ledger.records import ListChange
from monitor.ledger.rows import event_of, record
from monitor.ledger.tables import EntryRow, EventRow, ListChangeRow
from monitor.screening.event import Event, Kind


class NewsReading:
    """What is known of the changes of whole lists."""

    _session: Session

    def changes_since(self, list_: str, since: str) -> list[ListChange]:
        """The changes of a list from an ISO date on, in the order in which they were written."""
        query = select(ListChangeRow).where(
            ListChangeRow.list == list_, ListChangeRow.on_date >= since
        )
        query = query.order_by(col(ListChangeRow.id)).execution_options(populate_existing=True)
        rows = self._session.exec(query)
        return [record(row, ListChange) for row in rows]

    def bodies_of(self, list_: str, digests: Collection[str]) -> dict[str, frozenset[int]]:
        """The parties behind rows of a list, present or past, by the rows' digests."""
        found: dict[str, set[int]] = defaultdict(set)
        for some in chunks(sorted(digests)):
            query = select(EntryRow.digest, EntryRow.party).where(
                EntryRow.list == list_,
                col(EntryRow.digest).in_(some),
                col(EntryRow.party).is_not(None),
            )
            for digest, party in self._session.exec(query):
                found[digest].add(party or 0)
        return {digest: frozenset(parties) for digest, parties in found.items()}

    def names_borne(self, list_: str, keys: Collection[str]) -> dict[str, Sequence[str]]:
        """The names and aliases of the rows, present or past, with these keys of their names."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for some in chunks(sorted(keys)):
            query = select(EntryRow.name_key, col(EntryRow.body)).where(
                EntryRow.list == list_, col(EntryRow.name_key).in_(some)
            )
            for key, entry in self._session.exec(query):
                found[key].update(dict.fromkeys(entry.names))
        return {key: tuple(names) for key, names in found.items()}

    def news_of_texts(self) -> list[Event]:
        """What was told of lists' texts that no act explained."""
        query = select(EventRow).where(EventRow.kind == Kind.LIST_CHANGED.value)
        events = [event_of(row).event for row in self._session.exec(query)]
        return [event for event in events if event.document_number is None]
