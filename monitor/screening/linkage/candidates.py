"""Which rows left over are worth holding against each other: never all against all.

Rows meet through a name that is the same or near, a name in common, an address, or a citation. A
meeting place where many rows come together says nothing and is passed over.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from monitor.screening.entry import Entry
from monitor.screening.linkage.addresses import place_of, without_places
from monitor.screening.linkage.citations import pages
from monitor.screening.linkage.evidence import Leftover
from monitor.screening.linkage.judged import misspelled
from monitor.screening.names import ListNames, name_key

At = tuple[int, int]
_CROWD = 12
"""More rows than this at one meeting place say nothing of each other."""
_THRONG = 200
"""More than this are too many even to look at their letters."""


def meetings(left: Leftover) -> set[At]:
    """Pairs of places, in `left.gone` and `left.come`, that are worth a look."""
    found = set(_by_name(left))
    for said in (_names, _places, pages):
        found |= set(_met(left.gone, left.come, said))
    found |= {
        (mine, theirs)
        for mine, theirs in _met(left.gone, left.come, pages, crowd=_THRONG)
        if misspelled(left.gone[mine], left.come[theirs])
    }
    return found


def twins(gone: Sequence[Entry], come: Sequence[Entry]) -> Iterator[At]:
    """Rows with the same addresses and citations where no third has them, whatever their names."""
    yield from _met(gone, come, _where_and_why, crowd=1)


def _where_and_why(row: Entry) -> Iterable[Hashable]:
    if row.addresses and row.citations:
        yield row.addresses, row.citations


def _met(
    gone: Sequence[Entry],
    come: Sequence[Entry],
    said: Callable[[Entry], Iterable[Hashable]],
    crowd: int = _CROWD,
) -> Iterator[At]:
    here, there = _places_of(gone, said), _places_of(come, said)
    for what, rows in here.items():
        others = there.get(what, ())
        if len(rows) <= crowd and len(others) <= crowd:
            yield from ((mine, theirs) for mine in rows for theirs in others)


def _places_of(
    rows: Sequence[Entry], said: Callable[[Entry], Iterable[Hashable]]
) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        for what in set(said(row)):
            found[what].append(at)
    return found


def _names(row: Entry) -> Iterable[Hashable]:
    return filter(None, map(name_key, row.names))


def _places(row: Entry) -> Iterable[Hashable]:
    return (place for place in map(place_of, row.addresses) if place.is_a_street)


def _by_name(left: Leftover) -> Iterator[At]:
    """By names the same but for form, or near; with and without a place behind them."""
    there = ListNames(
        (name, at) for at, row in enumerate(left.come) for name in _spellings(row) if name_key(name)
    )
    for mine, row in enumerate(left.gone):
        for name in _spellings(row):
            yield from ((mine, theirs) for theirs in there.same(name))
            yield from ((mine, found.row) for found in there.near(name))


def _spellings(row: Entry) -> tuple[str, ...]:
    short = without_places(row.name, row)
    return (row.name, short) if short else (row.name,)
