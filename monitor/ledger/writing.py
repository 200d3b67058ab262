"""One judging transaction: everything of one poll is written here, or nothing of it.

Reads in it see what no other judge can change meanwhile. Nothing is sent inside it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy import delete, insert, tuple_, update
from sqlmodel import Session, col, select

from monitor.ledger.backlog import Backlog
from monitor.ledger.codec import from_json, to_json
from monitor.ledger.outbox import Outbox
from monitor.ledger.pasts import Pasts
from monitor.ledger.records import (
    Key,
    KnownAct,
    Poll,
    Snapshot,
    SourceList,
    SourceMemory,
    Watched,
    Word,
)
from monitor.ledger.rows import (
    act_of,
    entry_of,
    known_act_of,
    memory_of,
    snapshot_of,
    source_list_of,
    watched_of,
    word_of,
)
from monitor.ledger.tables import (
    ActRow,
    AdoptedRow,
    EntryRow,
    EventRow,
    FindingRow,
    ListChangeRow,
    NotificationRow,
    PollRow,
    SnapshotRow,
    SourceListRow,
    SourceRow,
    TestimonyRow,
    WatchRow,
)
from monitor.screening.change import Change
from monitor.screening.entry import Entry
from monitor.screening.event import Event
from monitor.screening.names import name_key
from monitor.screening.witness import Act

T = TypeVar("T")
CHUNK = 500
"""Keys asked for at once; SQLite takes no more than 32,766 parameters in a statement."""


class Writing:
    """What the use cases may write, and read while they write."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def outbox(self) -> Outbox:
        """The notifications, in this transaction."""
        return Outbox(self._session)

    def backlog(self, source: str, list_: str) -> Backlog:
        """How long the entries of a list stood before the first poll, in this transaction."""
        return Backlog(self._session, source, list_)

    def pasts(self) -> Pasts:
        """What is known of the past, in this transaction."""
        return Pasts(self._session)

    # -- sources and polls

    def memory(self, source: str) -> SourceMemory:
        """What is known of the source; empty before its first poll."""
        row = self._session.get(SourceRow, source)
        return memory_of(row) if row else SourceMemory(source)

    def remember(self, source: str, **fields: object) -> None:
        """Changes fields of the source's row."""
        row = self._session.get(SourceRow, source)
        if row is None:
            row = SourceRow(source=source)
            self._session.add(row)
        for name, value in fields.items():
            plain = value is None or isinstance(value, (str, int, bool, datetime))
            setattr(row, name, value if plain else to_json(value))
        self._session.flush()

    def add_poll(self, source: str, at: datetime, outcome: str, run: str | None = None) -> int:
        """Opens the record of a poll; its id orders everything judged in it."""
        row = PollRow(source=source, at=at, outcome=outcome, run=run)
        self._session.add(row)
        self._session.flush()
        if row.id is None:
            raise AssertionError("the database gave no id")
        return row.id

    def close_poll(self, poll: int, **fields: object) -> Poll:
        """Completes the record of a poll."""
        row = self._session.get_one(PollRow, poll)
        reasons = fields.pop("reasons", ())
        for name, value in fields.items():
            setattr(row, name, value)
        row.reasons = to_json(reasons)
        self._session.flush()
        return Poll(
            poll,
            row.source,
            row.at,
            row.outcome,
            tuple(from_json(row.reasons, list[str])),
            row.snapshot,
            row.entries,
            row.as_of,
            row.url,
        )

    def newest_poll(self) -> int:
        """Id of the newest poll; 0 before the first."""
        newest = self._session.exec(select(PollRow.id).order_by(col(PollRow.id).desc()).limit(1))
        return newest.first() or 0

    def source_lists(self, source: str | None = None) -> dict[Key, SourceList]:
        """Every list of every source (or of one), by source and list."""
        query = select(SourceListRow)
        if source is not None:
            query = query.where(SourceListRow.source == source)
        found = map(source_list_of, self._session.exec(query))
        return {(one.source, one.list): one for one in found}

    def set_source_list(self, source: str, list_: str, **fields: object) -> None:
        """Changes fields of one list of one source."""
        row = self._session.get(SourceListRow, (source, list_))
        if row is None:
            row = SourceListRow(source=source, list=list_)
            self._session.add(row)
        for name, value in fields.items():
            setattr(row, name, to_json(value) if name == "held_reasons" else value)
        self._session.flush()

    # -- snapshots

    def snapshot(self, sha256: str) -> Snapshot | None:
        """The facts of a snapshot."""
        row = self._session.get(SnapshotRow, sha256)
        return snapshot_of(row) if row else None

    def keep_snapshot(self, snapshot: Snapshot) -> None:
        """Records a body, or that it came again; a doubt already settled stays settled."""
        row = self._session.get(SnapshotRow, snapshot.sha256)
        if row is None:
            row = SnapshotRow(
                sha256=snapshot.sha256,
                source=snapshot.source,
                url=snapshot.url,
                media=snapshot.media,
                size=snapshot.size,
                stored_size=snapshot.stored_size,
                first_seen_at=snapshot.first_seen_at,
                last_seen_at=snapshot.last_seen_at,
                status=snapshot.status,
            )
            self._session.add(row)
        row.status, row.as_of = snapshot.status, snapshot.as_of
        row.last_seen_at, row.kept = snapshot.last_seen_at, snapshot.kept
        row.held, row.reasons = to_json(snapshot.held), to_json(snapshot.reasons)
        row.counts, row.accepted_by = to_json(snapshot.counts), snapshot.accepted_by
        self._session.flush()

    # -- entries and changes of whole lists

    def entries(self, source: str, list_: str) -> dict[str, Entry]:
        """The entries a source now publishes on a list, by digest."""
        query = select(EntryRow.digest, EntryRow.body).where(
            EntryRow.source == source, EntryRow.list == list_, col(EntryRow.valid_to).is_(None)
        )
        return {digest: entry_of(body) for digest, body in self._session.exec(query)}

    def digests(self, source: str, list_: str) -> list[str]:
        """The digests of the entries a source now publishes on a list."""
        query = select(EntryRow.digest).where(
            EntryRow.source == source, EntryRow.list == list_, col(EntryRow.valid_to).is_(None)
        )
        return list(self._session.exec(query))

    def entries_with(self, source: str, list_: str, digests: list[str]) -> list[Entry]:
        """Those of a source's entries on a list that have these digests."""
        found: list[Entry] = []
        for some in _chunks(digests):
            query = select(EntryRow.body).where(
                EntryRow.source == source,
                EntryRow.list == list_,
                col(EntryRow.valid_to).is_(None),
                col(EntryRow.digest).in_(some),
            )
            found += map(entry_of, self._session.exec(query))
        return found

    def publish(
        self,
        source: str,
        list_: str,
        gone: Iterable[str],
        come: Mapping[str, Entry],
        *,
        poll: int,
        at: datetime,
        on_date: str,
    ) -> None:
        """Ends the entries with the digests `gone`, begins the entries `come`."""
        for digests in _chunks(list(gone)):
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
                "body": to_json(entry), "first_poll": poll, "first_seen_at": at,
                "valid_from": on_date,
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
        """Records the additions, removals and amendments of a list."""
        rows = [
            {
                "source": source, "list": change.list, "kind": change.kind.value, "at": at,
                "on_date": on_date, "before": to_json(change.before) if change.before else None,
                "after": to_json(change.after) if change.after else None,
                "fields": to_json(change.fields), "citation": _citation(change),
                "review": change.review, "snapshot": snapshot,
            }
            for change in changes
        ]  # fmt: skip
        if rows:
            self._session.execute(insert(ListChangeRow), rows)

    # -- watches and what is said of them

    def said(self, source: str, list_: str, *, absent: bool = True) -> dict[str, tuple[str, str]]:
        """By watch, a source's verdict and its matched rows as JSON: enough to see a turn.

        Without `absent`, the watches it does not list are left out.
        """
        query = select(TestimonyRow.watch, TestimonyRow.verdict, TestimonyRow.matched).where(
            TestimonyRow.source == source, TestimonyRow.list == list_
        )
        if not absent:
            query = query.where(TestimonyRow.verdict != "absent")
        return {watch: (verdict, matched) for watch, verdict, matched in self._session.exec(query)}

    def words_on(self, keys: Iterable[Key]) -> dict[Key, list[Word]]:
        """What every source says of these watches."""
        found: dict[Key, list[Word]] = {}
        wanted = set(keys)
        for watches in _chunks(sorted({watch for watch, _ in wanted})):
            query = select(TestimonyRow).where(col(TestimonyRow.watch).in_(watches))
            for row in self._session.exec(query):
                found.setdefault((row.watch, row.list), []).append(word_of(row))
        return {key: words for key, words in found.items() if key in wanted}

    def set_words(self, words: Iterable[Word]) -> None:
        """Stores testimonies that turned."""
        rows = [
            {
                "watch": word.watch, "list": word.list, "source": word.source,
                "verdict": word.verdict.value, "turned_at": word.turned_at,
                "turned_poll": word.turned_poll, "turned_good": word.turned_good,
                "definite": word.definite.value if word.definite else None,
                "definite_poll": word.definite_poll, "first": word.first,
                "matched": to_json(word.matched),
            }
            for word in words
        ]  # fmt: skip
        for some in _chunks(rows):
            self._session.execute(
                delete(TestimonyRow).where(
                    tuple_(
                        col(TestimonyRow.watch), col(TestimonyRow.list), col(TestimonyRow.source)
                    ).in_([(row["watch"], row["list"], row["source"]) for row in some])
                )
            )
            self._session.execute(insert(TestimonyRow), some)

    def watched(self) -> dict[Key, Watched]:
        """Every watch on every list it is watched on."""
        found = map(watched_of, self._session.exec(select(WatchRow)))
        return {one.key: one for one in found}

    def watched_of(self, keys: Iterable[Key]) -> dict[Key, Watched]:
        """The decided states of these watches."""
        wanted = set(keys)
        found: dict[Key, Watched] = {}
        for watches in _chunks(sorted({watch for watch, _ in wanted})):
            query = select(WatchRow).where(col(WatchRow.watch).in_(watches))
            found.update((one.key, one) for one in map(watched_of, self._session.exec(query)))
        return {key: one for key, one in found.items() if key in wanted}

    def open_keys(self) -> list[Key]:
        """The watches that time or the next look can change."""
        query = select(WatchRow.watch, WatchRow.list).where(col(WatchRow.open).is_(True))
        return [(watch, list_) for watch, list_ in self._session.exec(query)]

    def adopted(self, list_: str) -> dict[Key, list[str]]:
        """Names that watches took over from successor rows."""
        found: dict[Key, list[str]] = {}
        for row in self._session.exec(select(AdoptedRow).where(AdoptedRow.list == list_)):
            found.setdefault((row.watch, row.list), []).append(row.name)
        return found

    def adopt(self, list_: str, names: Mapping[str, Iterable[str]]) -> None:
        """Remembers names that watches take over."""
        for watch, some in names.items():
            for name in some:
                self._session.merge(AdoptedRow(watch=watch, list=list_, name=name))

    def set_watched(self, watched: Iterable[tuple[Watched, bool]]) -> None:
        """Stores decided states, each with whether it is open (see `open_keys`)."""
        rows = [
            {
                "watch": one.state.watch, "list": one.state.list, "names": one.names,
                "watched_since": one.watched_since, "open": open_, "body": to_json(one.state),
            }
            for one, open_ in watched
        ]  # fmt: skip
        for some in _chunks(rows):
            self._session.execute(
                delete(WatchRow).where(
                    tuple_(col(WatchRow.watch), col(WatchRow.list)).in_(
                        [(row["watch"], row["list"]) for row in some]
                    )
                )
            )
            self._session.execute(insert(WatchRow), some)

    # -- acts

    def acts_on(self, keys: Iterable[Key]) -> dict[Key, list[Act]]:
        """What the acts known do to these watches."""
        found: dict[Key, list[Act]] = {}
        wanted = set(keys)
        for watches in _chunks(sorted({watch for watch, _ in wanted})):
            query = (
                select(FindingRow)
                .where(FindingRow.number == ActRow.number, col(FindingRow.watch).in_(watches))
                .order_by(col(ActRow.seen_poll), col(ActRow.number))
            )
            for finding in self._session.exec(query):
                found.setdefault((finding.watch, finding.list), []).append(act_of(finding))
        return {key: acts for key, acts in found.items() if key in wanted}

    def known_acts(self) -> dict[str, KnownAct]:
        """Every document seen, by its number."""
        return {row.number: known_act_of(row) for row in self._session.exec(select(ActRow))}

    def set_act(self, act: KnownAct) -> None:
        """Stores a document as now known."""
        self._session.merge(
            ActRow(
                number=act.document.number,
                stage=act.document.stage.value,
                publication_date=act.document.publication_date,
                body=to_json(act.document),
                snapshot=act.snapshot,
                seen_at=act.seen_at,
                seen_poll=act.seen_poll,
                historic=act.historic,
                judged=act.judged,
            )
        )
        self._session.flush()

    def set_findings(self, number: str, findings: Mapping[Key, Act]) -> set[Key]:
        """Replaces what a document does; the watches it names now or named before."""
        query = select(FindingRow).where(FindingRow.number == number)
        before = {(row.watch, row.list): row for row in self._session.exec(query)}
        for key in before.keys() - findings.keys():
            self._session.delete(before[key])
        for (watch, list_), act in findings.items():
            self._session.merge(
                FindingRow(number=number, watch=watch, list=list_, body=to_json(act))
            )
        self._session.flush()
        return {*before, *findings}

    def restage(self, act: KnownAct) -> set[Key]:
        """Carries a document's new stage and dates into what it was found to do."""
        document = act.document
        query = select(FindingRow).where(FindingRow.number == document.number)
        touched = set[Key]()
        for row in self._session.exec(query):
            moved = replace(
                act_of(row),
                stage=document.stage,
                publication_date=document.publication_date or act_of(row).publication_date,
                citation=document.citation or act_of(row).citation,
            )
            row.body = to_json(moved)
            touched.add((row.watch, row.list))
        self._session.flush()
        return touched

    # -- events

    def add_event(self, event: Event, *, poll: int | None, at: datetime) -> bool:
        """Writes an event; False when the same happening was told before."""
        return bool(self.add_events([event], poll=poll, at=at))

    def add_events(self, events: Sequence[Event], *, poll: int | None, at: datetime) -> list[Event]:
        """Writes events; those among them that had not been told before, in their order."""
        known: set[str] = set()
        for ids in _chunks([event.id for event in events]):
            known |= set(self._session.exec(select(EventRow.id).where(col(EventRow.id).in_(ids))))
        fresh = [event for event in events if event.id not in known]
        rows = [
            {
                "id": event.id, "kind": event.kind.value, "watch": event.watch,
                "list": event.list, "at": at, "body": to_json(event), "poll": poll,
            }
            for event in fresh
        ]  # fmt: skip
        if rows:
            self._session.execute(insert(EventRow), rows)
        return fresh

    def add_notifications(
        self, event: str, channels: Iterable[str], at: datetime, note: str = ""
    ) -> None:
        """One notification a channel, due at once."""
        self.notify([(event, channel) for channel in channels], at, note)

    def notify(self, pairs: Sequence[tuple[str, str]], at: datetime, note: str = "") -> None:
        """Notifications of events for channels, due at once."""
        rows = [
            {
                "event": event, "channel": channel, "note": note, "status": "pending",
                "created_at": at, "next_at": at, "attempts": 0, "reason": "",
            }
            for event, channel in pairs
        ]  # fmt: skip
        if rows:
            self._session.execute(insert(NotificationRow), rows)

    def forget_watch(self, watch: str, list_: str) -> None:
        """Drops what is known of a watch that is no longer configured; its events stay."""
        for table in (TestimonyRow, WatchRow, AdoptedRow, FindingRow):
            self._session.execute(
                delete(table).where(col(table.watch) == watch, col(table.list) == list_)
            )


def _chunks(values: list[T]) -> Iterable[list[T]]:
    for at in range(0, len(values), CHUNK):
        yield values[at : at + CHUNK]


def _citation(change: Change) -> str | None:
    """The citation that came with the change, else the entry's last."""
    before = set(change.before.citations) if change.before else set()
    after = change.after.citations if change.after else ()
    fresh = [citation for citation in after if citation not in before]
    return fresh[-1] if fresh else None
