"""What the ledger may forget: bodies that prove nothing more, and looks of which a count is enough.

Evidence is never forgotten: what an event or an act names, what a person accepted, the texts of
documents, and the first and the last snapshot of every content and of every doubt. Rows of
snapshots stay, with their hashes; only bodies go. This room deletes no file: it names what may go.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import sqlalchemy
from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from monitor.ledger.engine import chunks
from monitor.ledger.json import from_json, to_json
from monitor.ledger.tables import (
    ActRow,
    EntryRow,
    EventRow,
    FactRow,
    ListChangeRow,
    PollRow,
    RuleTextRow,
    SnapshotRow,
    SourceListRow,
    SourceRow,
)

LOOKS = "looks"
"""Facts named `looks:SOURCE:DATE` hold the outcomes of a day's polls."""
_DONE = "retention:done_at"


class Retention:
    """Forgetting, inside one judging transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def claim(self, now: datetime, every: timedelta) -> bool:
        """Whether it is time again, and ours to do; marks it done for all other processes."""
        row = self._session.get(FactRow, _DONE)
        last = datetime.fromisoformat(row.value) if row else None
        # A mark from the future was left by a clock since set back.
        if last is not None and timedelta() <= now - last < every:
            return False
        self._session.merge(FactRow(name=_DONE, value=now.isoformat()))
        return True

    def spare_bodies(self, before: datetime) -> list[str]:
        """Hashes of kept bodies last seen before that time that are no evidence of anything."""
        needed = self._evidence()
        spare: list[str] = []
        for source in self._session.exec(select(SnapshotRow.source).distinct()).all():
            query = (
                select(SnapshotRow)
                .where(SnapshotRow.source == source, SnapshotRow.status != "evidence")
                .order_by(col(SnapshotRow.first_seen_at), col(SnapshotRow.sha256))
            )
            rows = self._session.exec(query).all()
            needed |= _bounds(rows, self._moments(source))
            spare += [
                row.sha256
                for row in rows
                if row.kept and row.last_seen_at < before and row.accepted_by is None
            ]
        return [sha for sha in spare if sha not in needed]

    def forget_bodies(self, hashes: Sequence[str]) -> None:
        for some in chunks(hashes):
            self._session.execute(
                update(SnapshotRow).where(col(SnapshotRow.sha256).in_(some)).values(kept=False)
            )

    def kept(self) -> set[str]:
        """Hashes of the bodies that must be there."""
        query = select(SnapshotRow.sha256).where(col(SnapshotRow.kept).is_(True))
        return set(self._session.exec(query))

    def sum_up_polls(self, before: datetime) -> int:
        """Replaces polls before that time by one count a day and source; how many went.

        Polls that an event names stay, and the newest of each source, whose id orders what follows.
        """
        told = select(EventRow.poll).where(col(EventRow.poll).is_not(None))
        newest = select(func.max(PollRow.id)).group_by(PollRow.source)
        query = select(PollRow.id, PollRow.source, PollRow.at, PollRow.outcome).where(
            PollRow.at < before, col(PollRow.id).not_in(told), col(PollRow.id).not_in(newest)
        )
        gone: list[int] = []
        days: dict[str, Counter[str]] = defaultdict(Counter)
        for id_, source, at, outcome in self._session.exec(query):
            days[f"{LOOKS}:{source}:{at.date().isoformat()}"][outcome] += 1
            gone.append(id_ or 0)
        for name, counted in days.items():
            self._add(name, counted)
        for some in chunks(gone):
            self._session.execute(delete(PollRow).where(col(PollRow.id).in_(some)))
        return len(gone)

    def looks(self, source: str, day: date) -> dict[str, int]:
        """The outcomes of a day's polls that were summed up; empty where none were."""
        row = self._session.get(FactRow, f"{LOOKS}:{source}:{day.isoformat()}")
        return from_json(row.value, dict[str, int]) if row else {}

    def _add(self, name: str, counted: Counter[str]) -> None:
        row = self._session.get(FactRow, name)
        before = Counter(from_json(row.value, dict[str, int])) if row else Counter[str]()
        self._session.merge(FactRow(name=name, value=to_json(dict(before + counted))))

    def _evidence(self) -> set[str]:
        """Hashes named by sources, lists, changes, acts and events."""
        named: tuple[Any, ...] = (
            SourceRow.known_sha256, SourceRow.accepted_sha256, SourceListRow.accepted_sha256,
            SourceListRow.held_sha256, ListChangeRow.snapshot, ActRow.snapshot,
            RuleTextRow.snapshot,
        )  # fmt: skip
        found: set[str | None] = set()
        for column in named:
            found.update(self._session.scalars(sqlalchemy.select(column).distinct()))
        for event in self._session.exec(select(col(EventRow.body))):
            found.update(witness.snapshot for witness in event.witnesses)
        return {sha for sha in found if sha}

    def _moments(self, source: str) -> set[datetime]:
        """When entries came or went: the times at which the content became another."""
        found: set[datetime | None] = set()
        columns: tuple[Any, ...] = (EntryRow.first_seen_at, EntryRow.last_seen_at)
        for column in columns:
            found.update(
                self._session.exec(select(column).distinct().where(EntryRow.source == source))
            )
        return {moment for moment in found if moment}


def _bounds(rows: Sequence[SnapshotRow], moments: set[datetime]) -> set[str]:
    """The first and last snapshot of each content and of each doubt, of rows in their order."""
    bounds = {rows[0].sha256, rows[-1].sha256} if rows else set[str]()
    for before, after in pairwise(rows):
        turned = after.first_seen_at in moments or after.last_seen_at in moments
        if turned or (before.status, before.reasons) != (after.status, after.reasons):
            bounds |= {before.sha256, after.sha256}
    return bounds
