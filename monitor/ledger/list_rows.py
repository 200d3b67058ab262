"""The rows of one list over time, for reading very many of them: places first, bodies in pieces.

What is held of every row is where it stands and how it is sorted; a body is read when its turn
comes, so that twelve thousand rows, the list since 2017, take 30 MB.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from monitor.ledger.engine import CHUNK, chunks
from monitor.ledger.tables import EntryRow, ListChangeRow
from monitor.screening.entry import Entry


@dataclass(frozen=True, slots=True)
class RowPlace:
    """Where a row is found, and the days on which its source published it so."""

    id: int
    source: str
    name_key: str
    digest: str
    begins: str
    ends: str | None


@dataclass(frozen=True, slots=True)
class Turn:
    """The change with which a row came or went, with its act where one is known."""

    kind: str | None = None
    """`added`, `removed` or `amended`; None where no change is known."""
    citation: str | None = None
    document_number: str | None = None
    other: str | None = None
    """Digest of the row on the other side of the change."""


Turning = tuple[str, str, str]
"""Source, ISO date and digest of a row."""


@dataclass(frozen=True, slots=True)
class Turns:
    """With which change each row came, and with which it went."""

    began: Mapping[Turning, Turn]
    ended: Mapping[Turning, Turn]


class ListRows:
    """One list, within one transaction."""

    def __init__(self, session: Session, list_: str) -> None:
        self._session = session
        self._list = list_

    def places(self, source: str) -> list[RowPlace]:
        """Every row that a source ever published."""
        columns = (
            EntryRow.id, EntryRow.source, EntryRow.name_key, EntryRow.digest, EntryRow.valid_from,
            EntryRow.valid_to,
        )  # fmt: skip
        query = select(*columns).where(EntryRow.source == source, EntryRow.list == self._list)  # type: ignore[call-overload]
        return [RowPlace(*row) for row in self._session.exec(query)]

    def bodies(self, ids: Iterable[int]) -> dict[int, Entry]:
        """The rows with these ids."""
        found: dict[int, Entry] = {}
        for some in chunks(ids):
            query = select(EntryRow.id, col(EntryRow.body)).where(col(EntryRow.id).in_(some))
            found.update((id_, body) for id_, body in self._session.exec(query) if id_ is not None)
        return found

    def turns(self) -> Turns:
        """Every change of the list, by the rows that it ended and began."""
        columns = (
            ListChangeRow.source, ListChangeRow.on_date, ListChangeRow.before, ListChangeRow.after,
            ListChangeRow.kind, ListChangeRow.citation, ListChangeRow.document_number,
        )  # fmt: skip
        query = select(*columns).where(ListChangeRow.list == self._list)  # type: ignore[call-overload]
        query = query.order_by(col(ListChangeRow.id)).execution_options(yield_per=CHUNK)
        began, ended = dict[Turning, Turn](), dict[Turning, Turn]()
        for source, on, before, after, kind, citation, number in self._session.exec(query):
            old = before.digest() if before else None
            new = after.digest() if after else None
            if old is not None:
                ended[source, on, old] = Turn(kind, citation, number, new)
            if new is not None:
                began[source, on, new] = Turn(kind, citation, number, old)
        return Turns(began, ended)
