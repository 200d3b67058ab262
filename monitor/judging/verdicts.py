"""What one accepted list says of every watch: its verdict, and the changes of its own rows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from monitor.judging.cases import (
    cases_gone,
    cases_of_new_rows,
    cases_of_successors,
    first_cases,
)
from monitor.judging.decide import Judging
from monitor.judging.parties import Published, bind_new_rows, everyone, names_followed
from monitor.ledger.json import to_json
from monitor.ledger.records import Key
from monitor.screening.change import Change
from monitor.screening.decide.testimony import StoredTestimony
from monitor.screening.entry import Entry
from monitor.screening.full_text import ListText
from monitor.screening.parties import Bound, Party
from monitor.screening.unread import unread_text
from monitor.screening.watch import verdict_of


def update_verdicts(
    judging: Judging, published: Published, text: str | None
) -> dict[Key, list[Change]]:
    """Every watch's verdict; returns the watches that were touched, with their own changes.

    `text` is the full text, for a source whose absence is told from it.
    """
    tx, source, list_ = judging.tx, published.source, published.list
    bound = bind_new_rows(judging, published)
    rows = own_rows(bound, published)
    touched = _concerned(published, bound)
    entries = (row.entry for row in published.rows.values())
    full = ListText(text, tuple(entries)) if text is not None else None
    turned = _turned(judging, published, bound, rows, full)
    known = tx.words_on([(id_, list_) for id_ in turned])
    before = {word.watch: word for some in known.values() for word in some if word.source == source}
    tx.set_words(word.following(before.get(id_)) for id_, word in turned.items())
    asked = cases_gone(judging, published) | cases_of_successors(judging, published, bound)
    if published.first:
        # A source or a list that is new brings the cases of many watches at once.
        judging.together = True
        judging.brought = {*judging.brought, *_imported(judging, list_)}
        unbound = [one for one in judging.service.watched_on(list_) if one.id not in bound]
        asked |= first_cases(judging, list_, unbound, everyone(judging, list_))
    else:
        asked |= cases_of_new_rows(judging, published, bound)
    for key in {*((id_, list_) for id_ in turned), *asked}:
        touched[key] += []
    return touched


def _imported(judging: Judging, list_: str) -> set[Key]:
    """The watches that came together after others, on a list that is read for the first time."""
    watched = judging.tx.watched()
    began = min((value.watched_since for value in watched.values()), default=judging.now)
    fresh = {
        key
        for key, one in watched.items()
        if key[1] == list_ and one.state.state is None and one.watched_since > began
    }
    return fresh if len(fresh) > 1 else set()


def own_rows(
    bound: Mapping[str, Sequence[Bound]], published: Published
) -> dict[str, tuple[Entry, ...]]:
    """By watch, the rows of its parties; watches without any are left out.

    A row kept beside one that could not be read is no row: the text does not say it.
    """
    followers = _followers(bound)
    found: dict[str, list[Entry]] = defaultdict(list)
    for digest, row in published.rows.items():
        for watch in followers.get(row.party, ()) if digest not in published.unread.kept else ():
            found[watch].append(row.entry)
    return {watch: tuple(rows) for watch, rows in found.items()}


def kept_back_of(bound: Mapping[str, Sequence[Bound]], published: Published) -> frozenset[str]:
    """The watches with a party of which a row may be one that could not be read."""
    rows = (published.rows.get(digest) for digest in published.unread.kept)
    parties = {row.party for row in rows if row is not None}
    return frozenset(
        watch for watch, some in bound.items() if any(one.party in parties for one in some)
    )


def _followers(bound: Mapping[str, Sequence[Bound]]) -> dict[Party, list[str]]:
    """By party, the watches that follow it."""
    found: dict[Party, list[str]] = defaultdict(list)
    for watch, some in bound.items():
        for one in some:
            found[one.party].append(watch)
    return found


def _concerned(
    published: Published, bound: Mapping[str, Sequence[Bound]]
) -> dict[Key, list[Change]]:
    """By watch, the changes of its parties' rows."""
    touched: dict[Key, list[Change]] = defaultdict(list)
    if not published.changes.changes:
        return touched
    followers = _followers(bound)
    for change in published.changes.changes:
        parties = {published.party_of(entry) for entry in change.entries}
        for watch in {id_ for party in parties if party for id_ in followers.get(party, ())}:
            touched[watch, published.list].append(change)
    return touched


def _turned(
    judging: Judging,
    published: Published,
    bound: Mapping[str, Sequence[Bound]],
    rows: Mapping[str, tuple[Entry, ...]],
    full: ListText | None,
) -> dict[str, StoredTestimony]:
    """By watch, the words that are not what the ledger has."""
    source, list_ = published.source, published.list
    tx = judging.tx
    looked = tx.source_lists(source)[source, list_]
    unread, kept = unread_text(published.unread.rows), kept_back_of(bound, published)
    asks_all = published.first or full is not None or unread is not None
    said = tx.said(source, list_, absent=asks_all)
    watches = judging.service.watched_on(list_)
    if not asks_all:
        # Who was absent and has no row now is absent still: with many watches, nearly all.
        watches = [one for one in watches if one.id in said or one.id in rows]
    more: dict[str, tuple[str, ...]] = {}
    if full is not None or unread is not None:
        rowless = {id_: some for id_, some in bound.items() if id_ not in rows}
        more = names_followed(tx, list_, rowless)
    turned: dict[str, StoredTestimony] = {}
    for watch in watches:
        own = rows.get(watch.id, ())
        names = (*watch.names, *more.get(watch.id, ()))
        verdict = verdict_of(own, names, full, unread, kept=watch.id in kept)
        if said.get(watch.id) != (verdict.value, to_json(own) if own else "[]"):
            turned[watch.id] = StoredTestimony.begun(
                watch.id, looked, verdict, own, at=judging.now, poll=judging.poll
            )
    return turned
