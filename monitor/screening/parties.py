"""Which party a row is: the body behind rows of one name, over time and over the sources.

A row goes on as the party of the row it is linked to; a further row of a party's own name is the
party's; a row that the other source's text has too is that party's; every other one is a new party.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from monitor.screening.entry import Entry
from monitor.screening.linkage import Links, across
from monitor.screening.names import ListNames, NameIndex, says_removed
from monitor.screening.names.anatomy import anatomy
from monitor.screening.names.form import keys
from monitor.screening.witness import Source

Party = int
"""A number without meaning; it is never told to anybody."""


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A published row with its party."""

    entry: Entry
    party: Party


def parties_of_new_rows(
    come: Sequence[Entry],
    *,
    links: Links | None,
    before: Mapping[str, Party],
    stays: Sequence[PartyRow],
    elsewhere: Callable[[], Sequence[PartyRow]],
    fresh: Callable[[], Party],
) -> dict[str, Party]:
    """The party of each row that came, by its digest.

    `before`: parties of the rows that went, by digest; `links` say which came in their place.
    `stays`: rows of the same text that did not change. `elsewhere`: what the other source
    publishes; only its parties without a row here are looked at, for two rows that stand side by
    side are two parties.
    """
    here = [(row.entry.name, row.party) for row in stays]
    found = _goes_on(come, links, before)
    here += [(row.name, found[row.digest()]) for row in come if row.digest() in found]
    left = _of_a_name_here(come, found, here)
    if left:
        taken = {party for _, party in here} | set(found.values())
        _found_elsewhere(left, [row for row in elsewhere() if row.party not in taken], found)
    _new_parties(left, found, fresh)
    return found


def _goes_on(
    come: Sequence[Entry], links: Links | None, known: Mapping[str, Party]
) -> dict[str, Party]:
    """The parties of rows that took another's place."""
    found: dict[str, Party] = {}
    if links is None:
        return found
    for row in come:
        old = links.predecessor(row)
        party = known.get(old.digest()) if old is not None else None
        if party is not None:
            found[row.digest()] = party
    return found


def _of_a_name_here(
    come: Sequence[Entry], found: dict[str, Party], here: Sequence[tuple[str, Party]]
) -> list[Entry]:
    """Gives further rows of a name the party of that name; returns the rows still without one."""
    names, left = NameIndex(here), list[Entry]()
    for row in come:
        if row.digest() in found:
            continue
        own = names.find(row.name)
        if own:
            found[row.digest()] = own[0]
        else:
            left.append(row)
    return left


def _found_elsewhere(
    left: Sequence[Entry], elsewhere: Sequence[PartyRow], found: dict[str, Party]
) -> None:
    """Gives rows the party of the other source's row that they are linked to."""
    if not left or not elsewhere:
        return
    parties = {row.entry.digest(): row.party for row in elsewhere}
    there = [row.entry for row in elsewhere]
    if left[0].source == Source.ECFR:
        pairs = [(link.old, link.new) for link in across(left, there).links]
    else:
        pairs = [(link.new, link.old) for link in across(there, left).links]
    found |= {here.digest(): parties[other.digest()] for here, other in pairs}


def _new_parties(
    left: Sequence[Entry], found: dict[str, Party], fresh: Callable[[], Party]
) -> None:
    """One new party for each name that is still without."""
    names = NameIndex((row.name, row.digest()) for row in left)
    for row in left:
        if row.digest() not in found:
            same = (found[other] for other in names.find(row.name) if other in found)
            party = next(same, None)
            found[row.digest()] = fresh() if party is None else party


@dataclass(frozen=True, slots=True)
class Bound:
    """A watch with a party that it is bound to, once and for all."""

    watch: str
    party: Party
    by: str
    """`name`, `alias` or `row`: what of the party bore one of the watch's names."""


class ListParties:
    """The parties of a list by the names that their rows bear, in whichever source."""

    def __init__(self, rows: Iterable[PartyRow]) -> None:
        """`rows`: every published row, with its party."""
        self._rows = tuple(rows)
        borne = [(row.entry, row.party) for row in self._rows]
        self._borne = ListNames((name, party) for entry, party in borne for name in entry.names)
        # What is left of a removed entry lists nobody: whoever is near it is asked.
        standing = [(entry, party) for entry, party in borne if not says_removed(entry.name)]
        self._named = ListNames((entry.name, party) for entry, party in standing)
        self._binding = (
            self._borne
            if len(standing) == len(borne)
            else ListNames((name, party) for entry, party in standing for name in entry.names)
        )

    @property
    def names(self) -> ListNames[Party]:
        """Every name and alias, by party."""
        return self._borne

    def rows(self) -> dict[Party, PartyRow]:
        """One row of each party: the first that was given."""
        return {row.party: row for row in reversed(self._rows)}

    def bound(self, watch: str, names: Iterable[str]) -> list[Bound]:
        """The parties that bear a watch's name as name; else those that bear it as alias."""
        named, borne = set[Party](), set[Party]()
        for name in names:
            own = set(self._binding.same(name))
            borne |= own
            named |= own & set(self._named.same(name))
        by = "name" if named else "alias"
        return [Bound(watch, party, by) for party in sorted(named or borne)]


class WatchedNames:
    """Watched names, ready to be asked which watches a name may be: form and all forgiven.

    A superset: whether form may be forgiven on the list is for `ListParties` to say.
    """

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        """`names`: by watch."""
        self._exact = NameIndex((name, watch) for watch, some in names.items() for name in some)
        self._formless: dict[str, list[str]] = defaultdict(list)
        for watch, some in names.items():
            for name in some:
                for key in keys(anatomy(name)):
                    self._formless[key].append(watch)

    def may_be(self, name: str) -> set[str]:
        """The watches one of whose names this may be."""
        found = set(self._exact.find(name))
        for key in keys(anatomy(name)):
            found.update(self._formless.get(key, ()))
        return found


def new_bindings(
    come: Iterable[PartyRow],
    watched: WatchedNames,
    names: Callable[[str], Iterable[str]],
    free: Callable[[str], bool],
    everyone: Callable[[], ListParties],
) -> list[Bound]:
    """What rows that came bind watches to.

    A watch whose parties have rows is bound to a further one only by that one's name. `free`:
    whether no party of a watch has a row left; `everyone`: all parties of the list, made when
    needed, for most rows that come are nobody's.
    """
    arrived = defaultdict[str, set[Party]](set)
    for row in come:
        for name in row.entry.names:
            for watch in watched.may_be(name):
                arrived[watch].add(row.party)
    if not arrived:
        return []
    parties = everyone()
    return [
        one
        for watch in sorted(arrived)
        for one in parties.bound(watch, names(watch))
        if one.party in arrived[watch] and (one.by == "name" or free(watch))
    ]
