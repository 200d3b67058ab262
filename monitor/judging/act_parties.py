"""Whom an act is asked about: every watch with its names and rows, and every name on the lists."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from monitor.judging.decide import Judging
from monitor.judging.parties import names_followed
from monitor.screening.acts.finding import Party
from monitor.screening.acts.on_lists import OnLists
from monitor.screening.entry import Entry
from monitor.screening.names import ListNames, name_key
from monitor.screening.parties import WatchedNames


@dataclass(frozen=True, slots=True)
class Asked:
    """The watches, and what is known of everyone on the lists that any source publishes."""

    parties: tuple[Party, ...]
    lists: OnLists


def watched_parties(judging: Judging) -> list[Party]:
    """Every watch with the names it answers to: its own, and those of its parties in any source."""
    tx, more = judging.tx, defaultdict[str, dict[str, None]](dict)
    for list_ in sorted(judging.service.followed):
        for watch, names in names_followed(tx, list_, tx.bound(list_)).items():
            more[watch].update(dict.fromkeys(names))
    return [
        Party(watch.id, tuple(dict.fromkeys((*watch.names, *more.get(watch.id, ())))))
        for watch in judging.service.watches
    ]


def with_rows(judging: Judging, parties: Sequence[Party]) -> Asked:
    """The parties with the rows they have now, and which of their names are aliases in all."""
    tx, rows, all_ = judging.tx, defaultdict[str, list[Entry]](list), list[Entry]()
    for list_ in sorted(judging.service.followed):
        followers = defaultdict[int, list[str]](list)
        for watch, some in tx.bound(list_).items():
            for one in some:
                followers[one.party].append(watch)
        for source in judging.service.carriers(list_):
            for row in tx.party_rows(source, list_):
                all_.append(row.entry)
                for watch in followers.get(row.party, ()):
                    rows[watch].append(row.entry)
    return Asked(
        tuple(with_entries(party, rows.get(party.id, ())) for party in parties), OnLists.of(all_)
    )


def with_entries(party: Party, entries: Iterable[Entry]) -> Party:
    """The party with its rows, and those of its names that none of them has as its name."""
    rows = tuple(entries)
    own = {name_key(entry.name) for entry in rows}
    borne = {name_key(alias) for entry in rows for alias in entry.aliases} - own
    aliases = frozenset(name for name in party.names if name_key(name) in borne)
    return replace(party, entries=rows, aliases=aliases)


def spelled_in_act(parties: Sequence[Party], names: ListNames[str]) -> list[Party]:
    """The parties with the spellings that the document has of their names, form forgiven."""
    watched = WatchedNames({party.id: party.names for party in parties})
    more = defaultdict[str, list[str]](list)
    asked = {party.id: party for party in parties}
    aliases = defaultdict[str, set[str]](set)
    for name in names.all:
        for id_ in watched.may_be(name):
            same = [own for own in asked[id_].names if name in names.same(own)]
            if same:
                more[id_].append(name)
            if same and asked[id_].aliases.issuperset(same):
                aliases[id_].add(name)
    return [
        replace(
            party,
            names=tuple(dict.fromkeys((*party.names, *more.get(party.id, ())))),
            aliases=party.aliases | aliases.get(party.id, set()),
        )
        for party in parties
    ]
