"""Entries of whole lists and their changes, inside a judging transaction."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import insert, update
from sqlmodel import Session, col, select

from monitor.ledger.engine import chunks
from monitor.ledger.tables import EntryRow, ListChangeRow
from monitor.screening.change import Change
from monitor.screening.entry import Entry
from monitor.screening.names import name_key
from monitor.screening.parties import Party


class EntriesWriting:
    _session: Session

    def entries_with(self, source: str, list_: str, digests: list[str]) -> list[Entry]:
        """Those of a source's entries on a list that have these digests."""
        found: list[Entry] = []
        for some in chunks(digests):
            query = select(col(EntryRow.body)).where(
                EntryRow.source == source,
                EntryRow.list == list_,
                col(EntryRow.valid_to).is_(None),
                col(EntryRow.digest).in_(some),
            )
            found += self._session.exec(query)
        return found

    def publish(
        self,
        source: str,
        list_: str,
        gone: Iterable[str],
        come: Mapping[str, Entry],
        parties: Mapping[str, Party],
        *,
        poll: int,
        at: datetime,
        on_date: str,
    ) -> None:
        """Ends the entries with the digests `gone`, begins the entries `come`, with parties."""
        for digests in chunks(gone):
            self._session.execute(
                update(EntryRow)
                .where(
                    col(EntryRow.source) == source,
                    col(EntryRow.list) == list_,
                    col(EntryRow.valid_to).is_(None),
                    col(EntryRow.digest).in_(digests),
                )
                .values(valid_to=on_date, last_seen_at=at)
            )
        rows = [
            {
                "source": source, "list": list_, "digest": digest, "name_key": name_key(entry.name),
                "party": parties.get(digest), "body": entry, "first_poll": poll,
                "first_seen_at": at, "valid_from": on_date,
            }
            for digest, entry in come.items()
        ]  # fmt: skip
        if rows:
            self._session.execute(insert(EntryRow), rows)

    def add_changes(
        self,
        source: str,
        changes: Sequence[Change],
        *,
        at: datetime,
        on_date: str,
        snapshot: str | None,
    ) -> None:
        rows = [
            {
                "source": source, "list": change.list, "kind": change.kind.value, "at": at,
                "on_date": on_date, "before": change.before, "after": change.after,
                "fields": change.fields, "citation": _citation(change),
                "review": change.review, "snapshot": snapshot,
            }
            for change in changes
        ]  # fmt: skip
        if rows:
            self._session.execute(insert(ListChangeRow), rows)


def _citation(change: Change) -> str | None:
    """The citation that came with the change, else the entry's last."""
    before = set(change.before.citations) if change.before else set()
    after = change.after.citations if change.after else ()
    fresh = [citation for citation in after if citation not in before]
    return fresh[-1] if fresh else None
