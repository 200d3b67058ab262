"""What one accepted list comes to for every watch: its verdict, and the changes of its own rows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from monitor.judging.decide import Judging
from monitor.ledger.json import to_json
from monitor.ledger.records import Key
from monitor.screening.change import Change
from monitor.screening.decide.testimony import Word
from monitor.screening.entry import Entry
from monitor.screening.full_text import ListText
from monitor.screening.watch import WatchIndex, verdict_of


def verdicts(
    judging: Judging,
    source: str,
    list_: str,
    after: Mapping[str, Entry],
    changes: Sequence[Change],
    text: str | None,
    *,
    first: bool,
) -> dict[Key, list[Change]]:
    """Every watch's verdict; returns the watches that were touched, with their own changes.

    `text` is the full text, for a source whose absence is told from it; `first`: the list was never
    accepted before.
    """
    tx = judging.tx
    index = judging.parts.watch_index(list_, tx.adopted(list_))
    touched, successors = _concerned(changes, index, list_)
    tx.adopt(list_, {id_: [entry.name for entry in rows] for id_, rows in successors.items()})
    rows = index.matched(after.values())
    for id_, more in successors.items():
        rows[id_] = (*rows.get(id_, ()), *more)
    full = ListText(text, after.values()) if text is not None else None
    turned = _turned(judging, source, list_, rows, full, first=first)
    known = tx.words_on([(id_, list_) for id_ in turned])
    before = {word.watch: word for some in known.values() for word in some if word.source == source}
    tx.set_words(word.following(before.get(id_)) for id_, word in turned.items())
    for id_ in turned:
        touched[id_, list_] += []
    return touched


def _concerned(
    changes: Sequence[Change], index: WatchIndex, list_: str
) -> tuple[dict[Key, list[Change]], dict[str, list[Entry]]]:
    """The changes of each watch's own rows, and the rows that follow one under another name."""
    touched: dict[Key, list[Change]] = defaultdict(list)
    successors: dict[str, list[Entry]] = defaultdict(list)
    for change in changes:
        for id_ in {id_ for entry in change.entries for id_ in index.watching(entry)}:
            touched[id_, list_].append(change)
            if change.renamed and change.after and id_ not in index.watching(change.after):
                successors[id_].append(change.after)
    return touched, successors


def _turned(
    judging: Judging,
    source: str,
    list_: str,
    rows: Mapping[str, tuple[Entry, ...]],
    full: ListText | None,
    *,
    first: bool,
) -> dict[str, Word]:
    """By watch, the words that are not what the ledger has."""
    looked = judging.tx.source_lists(source)[source, list_]
    said = judging.tx.said(source, list_, absent=first or full is not None)
    watches = judging.parts.watched_on(list_)
    if not first and full is None:
        # Who was absent and has no row now is absent still: with many watches, nearly all.
        watches = [one for one in watches if one.id in said or one.id in rows]
    turned: dict[str, Word] = {}
    for watch in watches:
        own = rows.get(watch.id, ())
        verdict = verdict_of(own, watch.names, full)
        if said.get(watch.id) != (verdict.value, to_json(own) if own else "[]"):
            turned[watch.id] = Word.begun(
                watch.id, looked, verdict, own, at=judging.now, poll=judging.poll
            )
    return turned
