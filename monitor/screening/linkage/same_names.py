"""Rows of one name, paired one to one: those that do not differ first, then the most alike.

First within a country, then what is left over: a country is moved, filled in and left out.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from monitor.screening.difference import field_changes
from monitor.screening.entry import Entry, display_key
from monitor.screening.names import NameIndex, name_key

Pair = tuple[Entry, Entry]
_MANY = 1_000
"""Pairs of one name to be weighed against each other; beyond it the order of the rows decides."""


def in_order(rows: Sequence[Entry]) -> list[Entry]:
    """Rows by what they say, so that no result hangs on the order they were published in."""
    return sorted(rows, key=lambda row: (*display_key(row), row.digest()))


def pair_same_names(
    old: Sequence[Entry], new: Sequence[Entry]
) -> tuple[list[Pair], list[Entry], list[Entry]]:
    """Pairs of rows with one name, and the rows of both sides that are left over."""
    pairs: list[Pair] = []
    left, come = in_order(old), in_order(new)
    for where in (_country, _anywhere):
        found = list(_pairs(left, come, where))
        pairs += found
        went, arrived = {id(one) for one, _ in found}, {id(other) for _, other in found}
        left = [row for row in left if id(row) not in went]
        come = [row for row in come if id(row) not in arrived]
    return pairs, left, come


def _country(row: Entry) -> str:
    return name_key(row.country or "")


def _anywhere(_row: Entry) -> str:
    return ""


def _pairs(
    old: Sequence[Entry], new: Sequence[Entry], where: Callable[[Entry], str]
) -> Iterator[Pair]:
    if not old or not new:
        return
    there = NameIndex((row.name, at) for at, row in enumerate(new))
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for row in old:
        groups[name_key(row.name), where(row)].append(row)
    taken: set[int] = set()
    for (_, place), rows in groups.items():
        free = {
            id(new[at]): at
            for at in there.find(rows[0].name)
            if at not in taken and where(new[at]) == place
        }
        for one, other in _assigned(rows, [new[at] for at in free.values()]):
            taken.add(free[id(other)])
            yield one, other


def _assigned(rows: Sequence[Entry], others: Sequence[Entry]) -> Iterator[Pair]:
    """One to one, the pair that differs least first."""
    if len(rows) * len(others) in range(2) or len(rows) * len(others) > _MANY:
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
