"""Addresses as evidence: the same street, whose address it is, and places within names.

An address proves something of a row only where no row of another name in the same text has it:
firms share towers, and persons share the address of their firm. A city alone proves nothing.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from monitor.screening.entry import Entry
from monitor.screening.names import name_key

_WORD = re.compile(r"[^\W_]+")
_NOT_TELLING = """
st street str ul ulitsa road rd ave avenue av prospect prospekt pr blvd boulevard lane ln
highway no num number d dom bld bldg blk block building house floor fl f room rm unit suite
ste office apt apartment flat level tower plaza center centre box po p o pob and of the
district dist city province region oblast state county town village area zone near opp
cn hk ru ae pk ir tr sg my tw us gb uk de fr china russia hong kong uae iran pakistan
federation republic people s prc
"""
_SAYS_NOTHING = frozenset(_NOT_TELLING.split())
_MOSTLY = 0.7
"""The share of the shorter address's words that the other must hold."""


@dataclass(frozen=True, slots=True)
class Place:
    """What an address says, without how it says it."""

    words: frozenset[str]
    numbers: frozenset[str]

    @property
    def is_a_street(self) -> bool:
        """Whether it says more than a city and a country."""
        return bool(self.words) and (bool(self.numbers) or len(self.words) >= 4)


@lru_cache(maxsize=32_768)
def place_of(address: str) -> Place:
    """An address taken apart.

    >>> place_of("No. 18 West Dongbeiwang Road, Beijing, China").numbers
    frozenset({'18'})
    """
    told = [name_key(word) for word in _WORD.findall(address)]
    return Place(
        frozenset(
            word
            for word in told
            if word and word not in _SAYS_NOTHING and not any(c.isdigit() for c in word)
        ),
        frozenset(word.lstrip("0") for word in told if any(c.isdigit() for c in word)),
    )


def same_place(place: Place, other: Place) -> bool:
    """Whether two addresses are one street and number, however much else they say."""
    if not (place.is_a_street and other.is_a_street):
        return False
    if place == other:
        return True
    fewer, more = sorted((place.numbers, other.numbers), key=len)
    if not fewer or not fewer <= more:
        return False
    common = place.words & other.words
    shorter = min(len(place.words), len(other.words))
    return len(common) >= max(_MOSTLY * shorter, min(2, shorter))


class Addresses:
    """Whose address each of a text's is."""

    def __init__(self, rows: Iterable[Entry]) -> None:
        self._names: dict[Place, set[str]] = defaultdict(set)
        for row in rows:
            for address in row.addresses:
                self._names[place_of(address)].add(name_key(row.name))

    def own(self, row: Entry) -> tuple[str, ...]:
        """The row's addresses that no row of another name has, cities left out."""
        mine = name_key(row.name)
        return tuple(
            address
            for address in row.addresses
            if place_of(address).is_a_street and self._names.get(place_of(address), set()) <= {mine}
        )


def common_address(some: Iterable[str], others: Iterable[str]) -> str | None:
    """The first address that two rows share, as the first row writes it."""
    theirs = [place_of(other) for other in others]
    return next(
        (one for one in some if any(same_place(place_of(one), other) for other in theirs)), None
    )


def without_places(name: str, *rows: Entry) -> str | None:
    """A name without what follows a comma and stands in the address of one of the rows.

    None where nothing of the kind follows.

    >>> row = Entry("EL", "HiSilicon Co., Ltd.", addresses=("Wuhan, Hubei, China",))
    >>> without_places("HiSilicon Co., Ltd., Wuhan, Hubei", row)
    'HiSilicon Co., Ltd.'
    """
    there = _words(" ".join(address for row in rows for address in row.addresses))
    rest = name.rstrip(" ,.;")
    cut = None
    while "," in rest:
        head, _, tail = rest.rpartition(",")
        words = _words(tail)
        if not words or not words <= there or not name_key(head):
            break
        rest = cut = head.rstrip(" ,;")
    return cut


def _words(text: str) -> set[str]:
    return {word for found in _WORD.findall(text) if (word := name_key(found))}
