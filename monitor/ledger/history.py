"""What is known of the past: dated versions read, what they say of each party, its times listed.

A party is known here by the digest of its names, so that a watch that is edited, dropped or taken
up again never inherits what was read for other names.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from monitor.ledger.engine import chunks
from monitor.ledger.json import from_json, to_json
from monitor.ledger.rows import columns_of, record
from monitor.ledger.tables import FactRow, PastRow, SightingRow, VersionRow, WatchRow
from monitor.screening.decide.history import Mark
from monitor.screening.state import Span, WatchState
from monitor.screening.words.message import Text

_QUARTERS = "backfill:acts"


@dataclass(frozen=True, slots=True)
class Past:
    """A party's times on the list, as far as they were read."""

    party: str
    spans: tuple[Span, ...] | None
    """None while they are not known."""
    remarks: tuple[Text, ...]
    done: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class VersionSeen:
    """A dated version that was asked for."""

    on: date
    sha256: str | None
    rows: int
    doubt: str | None
    read_at: datetime


class History:
    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, parties: Iterable[str]) -> dict[str, Past]:
        """What is known of these parties; those never looked up are left out."""
        found: dict[str, Past] = {}
        for some in chunks(sorted(set(parties))):
            query = select(PastRow).where(col(PastRow.party).in_(some))
            found.update((row.party, record(row, Past)) for row in self._session.exec(query))
        return found

    def unknown(self, list_: str, *, unfinished: bool) -> set[str]:
        """Parties watched on a list whose past was never asked for.

        With `unfinished`, also those of which something was left over.
        """
        query = (
            select(WatchRow.names)
            .join(PastRow, col(PastRow.party) == WatchRow.names, isouter=True)
            .where(WatchRow.list == list_)
        )
        if unfinished:
            query = query.where(col(PastRow.party).is_(None) | col(PastRow.done).is_(False))
        else:
            query = query.where(col(PastRow.party).is_(None))
        return set(self._session.exec(query))

    def remarks(self) -> dict[str, tuple[str, ...]]:
        """What could not be read of each party's past; parties without such are left out."""
        query = select(PastRow.party, col(PastRow.remarks)).where(PastRow.remarks != ())
        return dict(self._session.exec(query).all())

    def keep(self, found: Iterable[Past]) -> None:
        rows = [
            {
                "party": past.party, "spans": past.spans,
                "remarks": past.remarks, "done": past.done, "at": past.at,
            }
            for past in found
        ]  # fmt: skip
        for some in chunks(rows):
            parties = [row["party"] for row in some]
            self._session.execute(delete(PastRow).where(col(PastRow.party).in_(parties)))
            self._session.execute(insert(PastRow), some)

    def rewrite(self, state: WatchState) -> None:
        """Stores a decided state with another history; whether it is open stays as it is."""
        self._session.get_one(WatchRow, (state.watch, state.list)).body = state
        self._session.flush()

    def marks(self, parties: Iterable[str]) -> dict[str, dict[date, Mark]]:
        found: dict[str, dict[date, Mark]] = {party: {} for party in parties}
        for some in chunks(sorted(found)):
            query = columns_of(SightingRow).select().where(col(SightingRow.party).in_(some))
            for row in self._session.execute(query):
                mark = Mark(row.present, row.cited, row.start)
                found[row.party][date.fromisoformat(row.on_date)] = mark
        return found

    def add_version(self, seen: VersionSeen, marks: Mapping[str, Mark]) -> None:
        """Records a version with what it says of each party; reading it again replaces that."""
        on = seen.on.isoformat()
        self._session.merge(
            VersionRow(
                on_date=on,
                sha256=seen.sha256,
                rows=seen.rows,
                doubt=seen.doubt,
                read_at=seen.read_at,
            )
        )
        for some in chunks(list(marks)):
            self._session.execute(
                delete(SightingRow).where(
                    col(SightingRow.on_date) == on, col(SightingRow.party).in_(some)
                )
            )
        rows = [
            {
                "party": party, "on_date": on, "present": mark.present, "start": mark.start,
                "cited": mark.cited,
            }
            for party, mark in marks.items()
        ]  # fmt: skip
        if rows:
            self._session.execute(insert(SightingRow), rows)
        self._session.flush()

    def doubted(self) -> dict[date, str]:
        """The versions from which nothing was learned, each with the reason."""
        query = select(VersionRow.on_date, VersionRow.doubt).where(
            col(VersionRow.doubt).is_not(None)
        )
        return {date.fromisoformat(on): doubt or "" for on, doubt in self._session.exec(query)}

    def quarters(self) -> frozenset[str]:
        """The quarters of which every act was read, by their first ISO dates."""
        row = self._session.get(FactRow, _QUARTERS)
        return from_json(row.value, frozenset[str]) if row else frozenset()

    def add_quarter(self, first: date) -> None:
        """Every act of the quarter that begins on this day was read."""
        done = sorted({*self.quarters(), first.isoformat()})
        self._session.merge(FactRow(name=_QUARTERS, value=to_json(done)))
        self._session.flush()

    def counts(self) -> dict[date, int]:
        """The rows of every version that was believed."""
        query = select(VersionRow.on_date, VersionRow.rows).where(col(VersionRow.doubt).is_(None))
        return {date.fromisoformat(on): rows for on, rows in self._session.exec(query)}
