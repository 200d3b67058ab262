"""How long each entry of a list stood, written backwards in time: the region before the first poll.

A backfill goes through dated versions in order, from a start up to the first text already known
(the horizon). What it writes are entries without a poll. The ones that still stand end, for now,
where the next version begins; so after every step all that is written is true, and a crash repeats
nothing. At the horizon an entry that goes on is made one with the one already known.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, insert, update
from sqlmodel import Session, col, select

from monitor.ledger.engine import chunks
from monitor.ledger.json import from_json, to_json
from monitor.ledger.tables import EntryRow, FactRow
from monitor.screening.entry import Entry
from monitor.screening.names import name_key
from monitor.screening.words.message import Text


@dataclass(frozen=True, slots=True)
class Gap:
    """Days on which the list is not known, though it is before and after. ISO dates."""

    begins: str
    """The version that could not be used."""
    ends: str
    """The next one that could: the first day that is known again."""
    reason: Text


@dataclass(frozen=True, slots=True)
class Coverage:
    """From when on a list is known. ISO dates."""

    known_from: str | None = None
    """Everything from here on is known; None: from the first poll on."""
    start: str | None = None
    """Where the stretch under way begins; None where there is none."""
    done: str | None = None
    """The version of it read last."""
    until: str | None = None
    """Where what stands in that version ends, for now."""

    gaps: tuple[Gap, ...] = ()
    """Versions that were passed over; what changed with them stands under the date of the next."""

    @property
    def under_way(self) -> bool:
        """Whether a stretch was begun and not joined to what is known."""
        return self.start is not None

    def holds(self, on: str, first_poll: str | None) -> bool:
        begins = self.known_from or first_poll
        if begins is not None and on >= begins:
            return True
        return self.start is not None and self.until is not None and self.start <= on < self.until

    def gap(self, on: str) -> Gap | None:
        return next((gap for gap in self.gaps if gap.begins <= on < gap.ends), None)

    def with_gap(self, begins: str, ends: str, reason: str) -> "Coverage":
        """The same with one gap more."""
        return replace(self, gaps=(*self.gaps, Gap(begins, ends, reason)))


class EntryHistory:
    """The validity of the entries of one list of one source, within one transaction."""

    def __init__(self, session: Session, source: str, list_: str) -> None:
        self._session = session
        self._source = source
        self._list = list_
        self._fact = f"backfill:{source}:{list_}"

    def coverage(self) -> Coverage:
        row = self._session.get(FactRow, self._fact)
        return from_json(row.value, Coverage) if row else Coverage()

    def first_poll(self) -> str | None:
        """The date of the first text that a poll brought."""
        query = select(func.min(EntryRow.valid_from)).where(
            *self._ours(), col(EntryRow.first_poll).is_not(None)
        )
        return self._session.exec(query).first()

    def horizon(self) -> str | None:
        """Where a backfill ends: the first date from which on everything is known."""
        return self.coverage().known_from or self.first_poll()

    def standing(self, until: str | None) -> dict[str, Entry]:
        """The backfilled entries that stand up to a date, by digest; none without a date."""
        if until is None:
            return {}
        query = select(EntryRow.digest, col(EntryRow.body)).where(
            *self._ours(), *self._backfilled(until)
        )
        return dict(self._session.exec(query).all())

    def beginning(self, on: str) -> dict[str, Entry]:
        """The entries of the text with which what is known begins, by digest."""
        query = select(EntryRow.digest, col(EntryRow.body)).where(
            *self._ours(),
            EntryRow.valid_from <= on,
            col(EntryRow.valid_to).is_(None) | (col(EntryRow.valid_to) > on),
        )
        return dict(self._session.exec(query).all())

    def advance(
        self,
        before: Coverage,
        on: str,
        until: str,
        gone: Iterable[str],
        come: Mapping[str, Entry],
        at: datetime,
    ) -> Coverage:
        """One version further: what is gone ends on its date, what came begins there."""
        if before.until is not None:
            ended = list(gone)
            self._move(before.until, on, col(EntryRow.digest).in_(ended))
            # What is gone may have ended there before: it is no part of what goes on.
            self._move(before.until, until, col(EntryRow.digest).not_in(ended))
        rows = [
            {
                "source": self._source, "list": self._list, "digest": digest,
                "name_key": name_key(entry.name), "body": entry, "first_seen_at": at,
                "valid_from": on, "valid_to": until,
            }
            for digest, entry in come.items()
        ]  # fmt: skip
        if rows:
            self._session.execute(insert(EntryRow), rows)
        return self._covered(replace(before, start=before.start or on, done=on, until=until))

    def join(self, before: Coverage, horizon: str) -> Coverage:
        """What stands at the horizon is one with what is known from there on."""
        if before.until is not None:
            self._move(before.until, horizon)
        query = select(EntryRow.digest, EntryRow.id).where(
            *self._ours(),
            EntryRow.valid_from == horizon,
            col(EntryRow.valid_to).is_(None) | (col(EntryRow.valid_to) > horizon),
        )
        later = dict(self._session.exec(query).all())
        old = select(EntryRow).where(*self._ours(), *self._backfilled(horizon))
        joined = [row for row in self._session.exec(old) if row.digest in later]
        begun = [{"id": later[row.digest], "valid_from": row.valid_from} for row in joined]
        gone = [row.id for row in joined]
        for some in chunks(gone):
            self._session.execute(delete(EntryRow).where(col(EntryRow.id).in_(some)))
        if begun:
            self._session.execute(update(EntryRow), begun)
        return self._covered(Coverage(known_from=before.start, gaps=before.gaps))

    def _ours(self) -> tuple[ColumnElement[bool], ...]:
        return (col(EntryRow.source) == self._source, col(EntryRow.list) == self._list)

    def _backfilled(self, until: str) -> tuple[ColumnElement[bool], ...]:
        return (
            col(EntryRow.first_poll).is_(None),
            col(EntryRow.valid_to) == until,
            col(EntryRow.valid_from) < until,
        )

    def _move(self, until: str, to: str, *which: ColumnElement[bool]) -> None:
        """Lets backfilled entries that end on one date end on another."""
        if until != to:
            self._session.execute(
                update(EntryRow)
                .where(*self._ours(), *self._backfilled(until), *which)
                .values(valid_to=to)
            )

    def _covered(self, coverage: Coverage) -> Coverage:
        self._session.merge(FactRow(name=self._fact, value=to_json(coverage)))
        self._session.flush()
        return coverage
