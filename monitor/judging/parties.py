"""Parties in a judging transaction: which one each row is, and which watches follow it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from monitor.judging.decide import Judging
from monitor.ledger.read import Reading
from monitor.screening.change import Changes
from monitor.screening.entry import Entry
from monitor.screening.parties import (
    Bound,
    ListParties,
    Party,
    PartyRow,
    WatchedNames,
    new_bindings,
    parties_of_new_rows,
)
from monitor.screening.unread import Unread

NOTHING = Changes(())
ALL_READ = Unread()


@dataclass(frozen=True, slots=True)
class Published:
    """A list as a source now publishes it, with what changed since its last text."""

    source: str
    list: str
    rows: Mapping[str, PartyRow]
    """By digest."""
    before: Mapping[str, Party] = field(default_factory=dict)
    """Parties of the rows of the last text, by digest."""
    come: tuple[PartyRow, ...] = ()
    changes: Changes = NOTHING
    first: bool = False
    """The list was never accepted from this source before."""
    unread: Unread = ALL_READ
    """Its rows that could not be read, and those of `rows` that may be one of them."""

    def party_of(self, entry: Entry) -> Party | None:
        """The party of a row of this text or the last."""
        digest = entry.digest()
        row = self.rows.get(digest)
        return row.party if row else self.before.get(digest)


def parties_of(
    judging: Judging,
    source: str,
    list_: str,
    come: Mapping[str, Entry],
    stays: Sequence[PartyRow],
    before: Mapping[str, Party],
    changes: Changes,
) -> dict[str, Party]:
    """The party of each row that came, by its digest."""
    others = [one for one in judging.service.carriers(list_) if one != source]
    return parties_of_new_rows(
        list(come.values()),
        links=changes.links,
        before=before,
        stays=stays,
        elsewhere=lambda: [row for one in others for row in judging.tx.party_rows(one, list_)],
        fresh=judging.tx.fresh_parties(),
    )


def adopt_unassigned(judging: Judging) -> frozenset[str]:
    """Gives rows stored by an older version their parties; the lists in which there were any."""
    tx, found = judging.tx, set[str]()
    for source, list_ in tx.source_lists():
        known = tx.parties(source, list_)
        if all(party is not None for party in known.values()):
            continue
        rows = {entry.digest(): entry for entry in tx.entries(source, list_)}
        without = {digest: row for digest, row in rows.items() if known.get(digest) is None}
        stays = tx.party_rows(source, list_)
        tx.set_parties(
            source, list_, parties_of(judging, source, list_, without, stays, {}, NOTHING)
        )
        found.add(list_)
    return frozenset(found)


def everyone(judging: Judging, list_: str) -> ListParties:
    """The parties of a list, by the names that any source gives them now."""
    carriers = judging.service.carriers(list_)
    return ListParties(row for one in carriers for row in judging.tx.party_rows(one, list_))


def names_followed(
    tx: Reading, list_: str, bound: Mapping[str, Sequence[Bound]]
) -> dict[str, tuple[str, ...]]:
    """By watch, the names it answers to beside its own: those adopted, and those of its parties."""
    found = defaultdict[str, dict[str, None]](dict)
    for (watch, _), names in tx.adopted(list_).items():
        found[watch].update(dict.fromkeys(names))
    by_party = tx.names_of(list_, {one.party for some in bound.values() for one in some})
    for watch, some in bound.items():
        for one in some:
            found[watch].update(dict.fromkeys(by_party.get(one.party, ())))
    return {watch: tuple(names) for watch, names in found.items()}


def bind_new_rows(judging: Judging, published: Published) -> dict[str, tuple[Bound, ...]]:
    """Binds watches to the parties that came; what every watch is bound to now."""
    tx, list_ = judging.tx, published.list
    bound, known = tx.bound(list_), set(published.before.values())
    arrived = [row for row in published.come if row.party not in known]
    if not arrived:
        return bound
    present = tx.present(list_)
    gone = {
        watch: some
        for watch, some in bound.items()
        if not any(one.party in present for one in some)
    }
    more = names_followed(tx, list_, gone)
    fresh: dict[tuple[str, Party], Bound] = {}
    for watched in (judging.service.watched_names(list_), WatchedNames(more)):
        for one in new_bindings(
            arrived,
            watched,
            names=lambda watch: (*judging.service.names_of(watch), *more.get(watch, ())),
            free=lambda watch: watch not in bound or watch in gone,
            everyone=lambda: everyone(judging, list_),
        ):
            if all(one.party != old.party for old in bound.get(one.watch, ())):
                fresh[one.watch, one.party] = one
    tx.bind(list_, fresh.values())
    return tx.bound(list_) if fresh else bound
