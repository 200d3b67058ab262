"""Reading the additions, removals and amendments of whole lists."""

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from monitor.ledger.engine import CHUNK
from monitor.ledger.records import ListChange
from monitor.ledger.rows import LARGEST_ID, record
from monitor.ledger.tables import ListChangeRow


class ListChangesReading:
    """What sources have brought to lists, a change a row."""

    _session: Session

    def changes(
        self,
        *,
        list_: str | None = None,
        since: str | None = None,
        before: int | None = None,
        limit: int = 100,
    ) -> list[ListChange]:
        """Changes of whole lists, newest first by their own date; `since` is an ISO date.

        `before` is the id of the change to go on from, which need not be the newest written.
        """
        query = select(ListChangeRow).limit(limit)
        query = query.order_by(col(ListChangeRow.on_date).desc(), col(ListChangeRow.id).desc())
        if list_ is not None:
            query = query.where(ListChangeRow.list == list_)
        if since is not None:
            query = query.where(ListChangeRow.on_date >= since)
        if before is not None:
            place = select(ListChangeRow.on_date).where(ListChangeRow.id == min(before, LARGEST_ID))
            there = self._session.exec(place).first() or ""
            query = query.where(
                (col(ListChangeRow.on_date) < there)
                | (
                    (col(ListChangeRow.on_date) == there)
                    & (col(ListChangeRow.id) < min(before, LARGEST_ID))
                )
            )
        return [record(row, ListChange) for row in self._session.exec(query)]

    def moves(self, source: str, list_: str, first: str, last: str | None) -> list[ListChange]:
        """What a source added to a list and removed from it after an ISO date, the oldest first.

        `last` is the last date that counts; None: up to now.
        """
        query = select(ListChangeRow).where(
            ListChangeRow.source == source,
            ListChangeRow.list == list_,
            ListChangeRow.on_date > first,
            col(ListChangeRow.kind).in_(["added", "removed"]),
        )
        if last is not None:
            query = query.where(ListChangeRow.on_date <= last)
        query = query.order_by(col(ListChangeRow.on_date), col(ListChangeRow.id))
        return [record(row, ListChange) for row in self._session.exec(query)]

    def changes_since(self, list_: str, since: str) -> list[ListChange]:
        """The changes of a list from an ISO date on, in the order in which they were written."""
        query = select(ListChangeRow).where(
            ListChangeRow.list == list_, ListChangeRow.on_date >= since
        )
        query = query.order_by(col(ListChangeRow.id)).execution_options(populate_existing=True)
        rows = self._session.exec(query)
        return [record(row, ListChange) for row in rows]

    def days_without_act(self, since: str | None = None) -> tuple[str, str] | None:
        """The first and last day of the changes whose act is not known; None for none."""
        days = col(ListChangeRow.on_date)
        query = select(func.min(days), func.max(days)).where(*_without_act(since))
        first, last = self._session.exec(query).one()
        return (first, last) if first and last else None

    def changes_without_act(
        self, since: str | None = None, after: int = 0, limit: int = CHUNK
    ) -> list[ListChange]:
        """The changes from an ISO date on of which no act is known, or not its citation.

        Some at a time, behind an id: a list may bring eighty thousand at once.
        """
        query = select(ListChangeRow).where(*_without_act(since), col(ListChangeRow.id) > after)
        rows = self._session.exec(query.order_by(col(ListChangeRow.id)).limit(limit))
        return [record(row, ListChange) for row in rows]


def _without_act(since: str | None) -> tuple[ColumnElement[bool], ...]:
    unnamed = col(ListChangeRow.document_number).is_(None) | col(ListChangeRow.citation).is_(None)
    return (unnamed,) if since is None else (unnamed, col(ListChangeRow.on_date) >= since)
