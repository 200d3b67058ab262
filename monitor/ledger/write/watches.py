"""Watches and what sources say of them, inside a judging transaction."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Text, delete, insert, tuple_, type_coerce, update
from sqlmodel import Session, col, select

from monitor.ledger.engine import chunks
from monitor.ledger.records import Key, Watched
from monitor.ledger.rows import columns_of, record, watched_of
from monitor.ledger.tables import AdoptedRow, BoundRow, CaseRow, FindingRow, TestimonyRow, WatchRow
from monitor.screening.decide.testimony import StoredTestimony


class WatchesWriting:
    _session: Session

    def said(self, source: str, list_: str, *, absent: bool = True) -> dict[str, tuple[str, str]]:
        """By watch, a source's verdict and its matched rows as JSON: enough to see a turn.

        Without `absent`, the watches it does not list are left out.
        """
        query = select(
            TestimonyRow.watch, TestimonyRow.verdict, type_coerce(col(TestimonyRow.matched), Text)
        ).where(TestimonyRow.source == source, TestimonyRow.list == list_)
        if not absent:
            query = query.where(TestimonyRow.verdict != "absent")
        return {watch: (verdict, matched) for watch, verdict, matched in self._session.exec(query)}

    def words_on(self, keys: Iterable[Key]) -> dict[Key, list[StoredTestimony]]:
        found: dict[Key, list[StoredTestimony]] = {}
        wanted = set(keys)
        for watches in chunks(sorted({watch for watch, _ in wanted})):
            query = columns_of(TestimonyRow).select()
            query = query.where(col(TestimonyRow.watch).in_(watches))
            for row in self._session.execute(query):
                found.setdefault((row.watch, row.list), []).append(record(row, StoredTestimony))
        return {key: words for key, words in found.items() if key in wanted}

    def set_words(self, words: Iterable[StoredTestimony]) -> None:
        rows = (
            {
                "watch": word.watch, "list": word.list, "source": word.source,
                "verdict": word.verdict.value, "turned_at": word.turned_at,
                "turned_poll": word.turned_poll, "turned_good": word.turned_good,
                "definite": word.definite.value if word.definite else None,
                "definite_poll": word.definite_poll, "first": word.first,
                "matched": word.matched,
            }
            for word in words
        )  # fmt: skip
        for some in chunks(rows):
            self._session.execute(
                delete(TestimonyRow).where(
                    tuple_(
                        col(TestimonyRow.watch), col(TestimonyRow.list), col(TestimonyRow.source)
                    ).in_([(row["watch"], row["list"], row["source"]) for row in some])
                )
            )
            self._session.execute(insert(TestimonyRow), some)

    def set_back(self, source: str, list_: str, now: datetime) -> None:
        """The clock was set back: what turned ahead of it counts from now, and not from then."""
        self._session.execute(
            update(TestimonyRow)
            .where(
                col(TestimonyRow.source) == source,
                col(TestimonyRow.list) == list_,
                col(TestimonyRow.turned_at) > now,
            )
            .values(turned_at=now)
        )

    def watched_of(self, keys: Iterable[Key]) -> dict[Key, Watched]:
        wanted = set(keys)
        found: dict[Key, Watched] = {}
        for watches in chunks(sorted({watch for watch, _ in wanted})):
            query = columns_of(WatchRow).select().where(col(WatchRow.watch).in_(watches))
            found.update((one.key, one) for one in map(watched_of, self._session.execute(query)))
        return {key: one for key, one in found.items() if key in wanted}

    def open_keys(self) -> list[Key]:
        """The watches that time or the next look can change."""
        query = select(WatchRow.watch, WatchRow.list).where(col(WatchRow.open).is_(True))
        return list(self._session.exec(query).all())

    def adopt(self, list_: str, names: Mapping[str, Iterable[str]]) -> None:
        for watch, some in names.items():
            for name in some:
                self._session.merge(AdoptedRow(watch=watch, list=list_, name=name))

    def set_watched(self, watched: Iterable[tuple[Watched, bool]]) -> None:
        """Stores decided states, each with whether it is open (see `open_keys`)."""
        rows = (
            {
                "watch": one.state.watch, "list": one.state.list, "names": one.names,
                "watched_since": one.watched_since, "open": open_, "body": one.state,
            }
            for one, open_ in watched
        )  # fmt: skip
        for some in chunks(rows):
            self._session.execute(
                delete(WatchRow).where(
                    tuple_(col(WatchRow.watch), col(WatchRow.list)).in_(
                        [(row["watch"], row["list"]) for row in some]
                    )
                )
            )
            self._session.execute(insert(WatchRow), some)

    def forget_watch(self, watch: str, list_: str) -> None:
        """Drops what is known of a watch that is no longer configured; its events stay."""
        for table in (TestimonyRow, WatchRow, BoundRow, CaseRow, AdoptedRow, FindingRow):
            self._session.execute(
                delete(table).where(col(table.watch) == watch, col(table.list) == list_)
            )
