"""Rows of one name, paired one to one: those that do not differ first, then the most alike.

First within a country, then what is left over: a country is moved, filled in and left out.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from monitor.screening.difference import field_changes
from monitor.screening.entry import Entry, display_key
from monitor.screening.names import NameIndex, name_key

Pair = tuple[Entry, Entry]
_MANY = 1_000
"""Pairs of one name to be weighed against each other; beyond it the order of the rows decides."""


def in_order(rows: Sequence[Entry]) -> list[Entry]:
    """Rows by what they say, so that no result hangs on the order they were published in."""
    named = groupby(sorted(rows, key=display_key), display_key)
    return [row for _, some in named for row in _by_digest(list(some))]


def _by_digest(rows: list[Entry]) -> list[Entry]:
    return sorted(rows, key=Entry.digest) if len(rows) > 1 else rows


def _name(row: Entry) -> str:
    return row.name


def pair_same_names(
    old: Sequence[Entry], new: Sequence[Entry], called: Callable[[Entry], str] = _name
) -> tuple[list[Pair], list[Entry], list[Entry]]:
    """Pairs of rows with one name, and the rows of both sides that are left over, in their order.

    `called`: what to take for a row's name.
    """
    pairs = list(_pairs(old, new, called))
    went, arrived = {id(one) for one, _ in pairs}, {id(other) for _, other in pairs}
    return (
        pairs,
        [row for row in old if id(row) not in went],
        [row for row in new if id(row) not in arrived],
    )


def _pairs(
    old: Sequence[Entry], new: Sequence[Entry], called: Callable[[Entry], str]
) -> Iterator[Pair]:
    if not old or not new:
        return
    there = NameIndex((called(row), at) for at, row in enumerate(new))
    groups: dict[str, tuple[str, list[Entry]]] = {}
    for row in old:
        name = called(row)
        groups.setdefault(name_key(name), (name, []))[1].append(row)
    taken: set[int] = set()
    for name, rows in groups.values():
        free = {id(new[at]): at for at in there.find(name) if at not in taken}
        if free:
            for one, other in _in_one_country_first(rows, [new[at] for at in free.values()]):
                taken.add(free[id(other)])
                yield one, other


def _in_one_country_first(rows: list[Entry], others: list[Entry]) -> list[Pair]:
    by_country: dict[str, list[Entry]] = defaultdict(list)
    for other in others:
        by_country[name_key(other.country or "")].append(other)
    pairs: list[Pair] = []
    for country, some in by_country.items():
        here = [row for row in rows if name_key(row.country or "") == country]
        pairs += _assigned(here, some)
    went, arrived = {id(one) for one, _ in pairs}, {id(other) for _, other in pairs}
    left = [row for row in rows if id(row) not in went]
    return pairs + list(_assigned(left, [row for row in others if id(row) not in arrived]))


def _assigned(rows: Sequence[Entry], others: Sequence[Entry]) -> Iterator[Pair]:
    """One to one, the pair that differs least first."""
    if len(rows) * len(others) < 2 or len(rows) * len(others) > _MANY:
        yield from zip(rows, others, strict=False)
        return
    weighed = sorted(
        (len(field_changes(one, other)), mine, theirs)
        for mine, one in enumerate(rows)
        for theirs, other in enumerate(others)
    )
    went, arrived = set[int](), set[int]()
    for _, mine, theirs in weighed:
        if mine not in went and theirs not in arrived:
            went.add(mine)
            arrived.add(theirs)
            yield rows[mine], others[theirs]
