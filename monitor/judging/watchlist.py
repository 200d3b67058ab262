"""Keeping the ledger in step with the watch list: watches that came, changed or went.

A new watch, and one whose names were edited so that the lists now say something else, gets its
first state from the snapshots already accepted. An edit of ours is never told as a removal.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from monitor.judging.cases import first_cases
from monitor.judging.decide import Judging, decide
from monitor.judging.parties import ALL_READ, Published, adopt_unassigned, everyone, names_followed
from monitor.judging.verdicts import kept_back_of, own_rows
from monitor.ledger.records import Key, Watched
from monitor.screening.decide.testimony import SourceList, StoredTestimony
from monitor.screening.event import Event
from monitor.screening.full_text import ListText
from monitor.screening.parties import Bound
from monitor.screening.state import WatchState
from monitor.screening.unread import unread_text
from monitor.screening.watch import Watch, names_digest, verdict_of
from monitor.screening.watch_files import BrokenFiles, told
from monitor.service import Service


def follow(service: Service, *, awaiting: frozenset[str] = frozenset()) -> Judging:
    """Brings the ledger's watches in step with the configured ones, and tells first states."""
    now = service.clock()
    with service.ledger.judging() as tx:
        tx.set_watchlist(service.watches, service.follows)
        tx.set_follows(service.follows, now)
        judging = Judging(tx, service, now, tx.newest_poll(), awaiting)
        known = tx.watched()
        upgraded = _bind_stored(judging, known, adopt_unassigned(judging))
        wanted = {(watch.id, list_): watch for watch in service.watches for list_ in watch.lists}
        for key in known.keys() - wanted.keys():
            tx.forget_watch(*key)
        fresh = {
            key: watch
            for key, watch in wanted.items()
            if key not in known or known[key].names != names_digest(watch)
        }
        judging.taken_up = fresh.keys()
        imported = bool(known) and len({watch for watch, _ in fresh}) > 1
        judging.together = imported or bool(upgraded)
        judging.brought = fresh.keys() - known.keys() if imported else ()
        if fresh:
            _take_up(judging, known, fresh)
            _read_again_where_unread(judging)
        decide(judging, [*fresh, *upgraded])
    return judging


def tell_broken_files(service: Service, problems: Sequence[str]) -> tuple[Event, ...]:
    """Tells that the watch files cannot be used; once until they are mended, whoever reads them."""
    with service.ledger.judging() as tx:
        before = tx.broken_files()
        broken = BrokenFiles(before.at if before else service.clock(), tuple(problems))
        tx.set_broken_files(broken)
        judging = Judging(tx, service, service.clock(), tx.newest_poll())
        if before is None:
            judging.emit([told(broken)])
    return tuple(judging.events)


def _bind_stored(
    judging: Judging, known: Mapping[Key, Watched], lists: Collection[str]
) -> set[Key]:
    """Binds the watches of an older version to their parties, by names and by the rows matched.

    The watches of which cases were found.
    """
    found = set[Key]()
    for list_ in lists:
        keys = [key for key in known if key[1] == list_]
        watches = [watch for id_, _ in keys if (watch := judging.service.watch(id_)) is not None]
        bound = _bind(judging, list_, watches)
        rows = {
            row.entry.digest(): row.party
            for source in judging.service.carriers(list_)
            for row in judging.tx.party_rows(source, list_)
        }
        matched = {
            Bound(word.watch, rows[digest], "row")
            for words in judging.tx.words_on(keys).values()
            for word in words
            for entry in word.matched
            if (digest := entry.digest()) in rows
        }
        taken = {(one.watch, one.party) for some in bound.values() for one in some}
        judging.tx.bind(list_, [one for one in matched if (one.watch, one.party) not in taken])
        found |= {(watch, list_) for watch in judging.tx.cases_of_list(list_)} & known.keys()
    return found


def _take_up(judging: Judging, known: dict[Key, Watched], fresh: dict[Key, Watch]) -> None:
    tx = judging.tx
    said, known_before = _words(judging, fresh), tx.words_on(fresh)
    # What is told goes on from there: a state that began anew would make the ids of old events.
    last_told = tx.last_told(fresh)
    new_words: list[StoredTestimony] = []
    new_states: list[tuple[Watched, bool]] = []
    for key, watch in fresh.items():
        words = said.get(key, [])
        before = {word.source: word.verdict for word in known_before.get(key, ())}
        same = key in known and before == {word.source: word.verdict for word in words}
        old = known.get(key)
        one = Watched(
            old.state if old and same else WatchState(watch=key[0], list=key[1]),
            names_digest(watch),
            old.watched_since if old else judging.now,
        )
        if not same:
            one = replace(one, state=replace(one.state, last_event=last_told.get(key)))
            new_words += words
        new_states.append((one, True))
    tx.set_words(new_words)
    tx.set_watched(new_states)


def _words(judging: Judging, fresh: Mapping[Key, Watch]) -> dict[Key, list[StoredTestimony]]:
    """What the accepted snapshots say of these watches, as of now."""
    found: dict[Key, list[StoredTestimony]] = defaultdict(list)
    for list_ in {list_ for _, list_ in fresh}:
        watches = [watch for key, watch in fresh.items() if key[1] == list_]
        bound = _bind(judging, list_, watches)
        for word in words_now(judging, list_, watches, bound):
            found[word.watch, list_].append(word)
    return found


def words_now(
    judging: Judging,
    list_: str,
    watches: Sequence[Watch],
    bound: Mapping[str, Sequence[Bound]],
) -> list[StoredTestimony]:
    """What the accepted snapshots of a list say of watches that are bound so."""
    found: list[StoredTestimony] = []
    more = names_followed(judging.tx, list_, bound)
    for looked in _accepted(judging, list_):
        rows = {row.entry.digest(): row for row in judging.tx.party_rows(looked.source, list_)}
        health = judging.tx.memory(looked.source).health
        unread = health.unread.get(list_, ALL_READ)
        published = Published(looked.source, list_, rows, unread=unread)
        own, kept = own_rows(bound, published), kept_back_of(bound, published)
        full, broken = _full_text(judging, looked), unread_text(unread.rows)
        for watch in watches:
            names = (*watch.names, *more.get(watch.id, ()))
            word = StoredTestimony.begun(
                watch.id,
                looked,
                verdict_of(own.get(watch.id, ()), names, full, broken, kept=watch.id in kept),
                own.get(watch.id, ()),
                at=looked.last_good_at or judging.now,
                poll=judging.poll,
            )
            found.append(word)
    return found


def _bind(judging: Judging, list_: str, watches: Sequence[Watch]) -> dict[str, tuple[Bound, ...]]:
    """Binds watches to the parties that bear one of their names now."""
    tx, parties, adopted = judging.tx, everyone(judging, list_), judging.tx.adopted(list_)
    tx.unbind(list_, [watch.id for watch in watches])
    found = {}
    for watch in watches:
        names = watch.names_with(adopted.get((watch.id, list_), ()))
        found[watch.id] = tuple(parties.bound(watch.id, names))
    tx.bind(list_, [one for some in found.values() for one in some])
    first_cases(judging, list_, [watch for watch in watches if not found[watch.id]], parties)
    return found


def _accepted(judging: Judging, list_: str) -> list[SourceList]:
    """The list as every source that carries it was last accepted."""
    lists = judging.tx.source_lists()
    known = [lists.get((source, list_)) for source in judging.service.carriers(list_)]
    return [one for one in known if one is not None and one.accepted_sha256 is not None]


def _full_text(judging: Judging, looked: SourceList) -> ListText | None:
    """The full text of the accepted snapshot, for a source whose absence is told from it."""
    source = judging.service.list_sources.get(looked.source)
    snapshot = judging.tx.snapshot(looked.accepted_sha256 or "")
    if source is None or snapshot is None or snapshot.media != "xml":
        return None
    body = judging.service.ledger.bodies.load(snapshot.sha256)
    reading = source.read(body, snapshot.media, frozenset({looked.list})) if body else None
    if reading is None or reading.text is None:
        return None
    return ListText(reading.text, reading.entries.get(looked.list, ()))


def _read_again_where_unread(judging: Judging) -> None:
    """A list newly followed has not been read: the next look, due now, reads the whole document."""
    lists = judging.tx.source_lists()
    for source in judging.service.list_sources:
        judged: Sequence[str] = judging.service.judged(source)
        if any((source, list_) not in lists for list_ in judged):
            judging.tx.remember(source, accepted_sha256=None, validators={}, due_at=judging.now)
