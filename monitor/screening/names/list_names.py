"""The names borne on one list: which rows bear a name, how two names compare there, what is near.

The list is the context: form is forgiven only where no other row bears what is left, and a word is
as rare as it is there. Rows are whatever the caller files (hashable: an id is cheaper than a row).
Built lazily: nothing is read before the first question, and the index for `near` not before it.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from monitor.screening.names.anatomy import Anatomy, anatomy
from monitor.screening.names.comparison import Candidate, Comparison, Likeness, Strength
from monitor.screening.names.form import (
    borne_too,
    differences,
    equal_words,
    forgivable,
    keys,
    spelled_alike,
)
from monitor.screening.names.key import LOST, NameIndex, same_name
from monitor.screening.names.mend import mended
from monitor.screening.names.near import NearNames
from monitor.screening.words.message import say

T = TypeVar("T", bound=Hashable)


class _Bearer(NamedTuple, Generic[T]):
    parts: Anatomy
    row: T


class ListNames(Generic[T]):
    """What one list calls its rows."""

    def __init__(self, borne: Iterable[tuple[str, T]]) -> None:
        """`borne`: every name and alias with the row that bears it."""
        self._borne = tuple(borne)

    @property
    def all(self) -> tuple[str, ...]:
        """Every name, as it was given."""
        return tuple(name for name, _ in self._borne)

    def same(self, name: str) -> list[T]:
        """Rows that bear this name, form forgiven where only one party bears what is left."""
        exact = self._exact.find(mended(name))
        parts = anatomy(name)
        bearers = self._bearers(parts)
        alike = [bearer.row for bearer in bearers if spelled_alike(parts, bearer.parts)]
        if exact or alike:
            return list(dict.fromkeys(exact + alike))
        forgiven = (
            bearer.row
            for bearer in bearers
            if forgivable(parts, bearer.parts) and _alone(bearers, parts, bearer.parts)
        )
        return list(dict.fromkeys(forgiven))

    def compare(self, one: str, other: str) -> Comparison:
        """What two names are to each other on this list, neither of which need be on it."""
        if same_name(mended(one), mended(other)):
            return Comparison(Likeness.SAME, 1.0, (say("equal names"),))
        first, second = anatomy(one), anatomy(other)
        if not equal_words(first, second):
            return self._near.compare(first, second)
        told = differences(first, second) or (say("how the legal form is written"),)
        if spelled_alike(first, second):
            return Comparison(Likeness.SAME, 1.0, (say("equal but for form"), *told))
        if not forgivable(first, second):
            return Comparison(
                Likeness.NEAR, 0.9, (say("equal words, but another form"), *told), Strength.CLOSE
            )
        if _alone(self._bearers(first) + self._bearers(second), first, second):
            return Comparison(Likeness.SAME, 0.99, (say("equal but for form"), *told))
        return Comparison(
            Likeness.NEAR, 0.95, (say("equal but for form, and other rows bear it too"), *told),
            Strength.CLOSE,
        )  # fmt: skip

    def near(self, name: str, *, most: int = 10) -> list[Candidate[T]]:
        """The rows with the likest names, best first, each row once; those of `same` among them."""
        return self._near.find(name, most=most)

    def sharing(self, name: str) -> set[T]:
        """The rows that could be near or the same, and some more: found without comparing."""
        return {*self.same(name), *self._near.sharing(name)}

    @cached_property
    def _exact(self) -> NameIndex[T]:
        return NameIndex((mended(name), row) for name, row in self._borne)

    @cached_property
    def _near(self) -> NearNames[T]:
        return NearNames(self._borne)

    @cached_property
    def _by_key(self) -> dict[str, list[_Bearer[T]]]:
        found: dict[str, list[_Bearer[T]]] = defaultdict(list)
        for name, row in self._borne:
            parts = anatomy(name)
            for key in keys(parts):
                found[key].append(_Bearer(parts, row))
        return dict(found)

    @cached_property
    def _lossy(self) -> NameIndex[str]:
        """Keys found although characters of either were lost."""
        return NameIndex((key, key) for key in self._by_key if key[:1] != "\0")

    @cached_property
    def _some_lost(self) -> bool:
        return any(LOST in key for key in self._by_key)

    def _bearers(self, parts: Anatomy) -> list[_Bearer[T]]:
        wanted: Iterable[str] = keys(parts)
        if parts.key and (self._some_lost or LOST in parts.key):
            wanted = dict.fromkeys([*wanted, *self._lossy.find(parts.key)])
        by_key = self._by_key
        return [bearer for key in wanted if key for bearer in by_key.get(key, ())]


def _alone(bearers: Sequence[_Bearer[T]], one: Anatomy, other: Anatomy) -> bool:
    """Whether one party alone bears what is left of two names.

    One party is one row, or rows with just the same names (a party that is listed in many lands).
    """
    spelled: dict[T, set[object]] = defaultdict(set)
    for parts, row in bearers:
        if borne_too(one, other, parts):
            spelled[row].add((parts.key, parts.form, parts.own_shorts, parts.tail, parts.parent))
    return len({frozenset(each) for each in spelled.values()}) < 2
