"""Reading what news of whole lists is made of: what texts brought before, and what was told."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlmodel import Session, col, select

from monitor.ledger.engine import chunks
from monitor.ledger.rows import event_of
from monitor.ledger.tables import EntryRow, EventRow
from monitor.screening.event import Event, Kind


class NewsReading:
    """What was told of whole lists, and the names by which their parties are known."""

    _session: Session

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
