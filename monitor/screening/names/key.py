"""When two published names are the same name.

Names are compared by their key: compatibility-decomposed, case and diacritics folded, everything
that is neither letter nor digit dropped, so spacing, dashes, quotes and NBSP never matter. `?` and
U+FFFD, which upstreams leave behind for a lost character, stand for any one letter or digit or for
nothing. It refuses likeness: that is the business of the modules beside it.
"""

import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Generic, TypeVar

LOST = "\ufffd"
"""The one mark a key uses for a lost character (upstreams write `?` or U+FFFD)."""

# Letters that no Unicode decomposition folds but transliterations write both ways.
_UNDECOMPOSED = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe",
        "þ": "th", "ŋ": "n", "ŧ": "t", "ə": "a", "?": LOST,
    }
)  # fmt: skip
_ASCII = {mark: None for mark in range(128) if not chr(mark).isalnum()} | {ord("?"): LOST}
_PREFIX = 4


def fold(text: str) -> str:
    """Case, diacritics and compatibility forms folded; marks and spaces are kept."""
    if text.isascii():
        return text.casefold().replace("?", LOST)
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return decomposed.translate(_UNDECOMPOSED)


@lru_cache(maxsize=65_536)
def name_key(text: str) -> str:
    """The form in which names are compared: letters, digits and LOST marks only.

    >>> name_key("Ministry of Public Security’s  Institute") == name_key(
    ...     "MINISTRY OF PUBLIC SECURITYS INSTITUTE"
    ... )
    True
    """
    if text.isascii():
        return text.casefold().translate(_ASCII)
    return "".join(c for c in fold(text) if c.isalnum() or c == LOST)


def same_key(one: str, other: str) -> bool:
    """Whether two keys name the same party, LOST standing for one character or none.

    A key that is mostly LOST marks says nothing and equals only itself.
    """
    if one == other:
        return bool(one)
    lost_one, lost_other = one.count(LOST), other.count(LOST)
    if not lost_one and not lost_other:
        return False
    solid_one, solid_other = len(one) - lost_one, len(other) - lost_other
    if min(solid_one, solid_other) < 3 * max(lost_one, lost_other):
        return False
    if solid_one > len(other) or solid_other > len(one):
        return False
    return _align(one, other)


def _align(one: str, other: str) -> bool:
    """Walk both keys at once; `reach` holds every place in `other` that a prefix of `one` meets."""
    reach = _over_lost({0}, other)
    for char in one:
        step: set[int] = set()
        for at in reach:
            if char == LOST:
                step.add(at)
            if at < len(other) and (char in (LOST, other[at]) or other[at] == LOST):
                step.add(at + 1)
        reach = _over_lost(step, other)
        if not reach:
            return False
    return len(other) in reach


def _over_lost(places: set[int], key: str) -> set[int]:
    """Also the places behind LOST marks that stand for nothing."""
    out = set(places)
    for place in places:
        at = place
        while at < len(key) and key[at] == LOST:
            at += 1
            out.add(at)
    return out


def same_name(one: str, other: str) -> bool:
    """Whether two names, as published, are the same name."""
    return same_key(name_key(one), name_key(other))


def is_one_of(name: str, others: Iterable[str]) -> bool:
    """Whether a name, as published, is the same as one of the others."""
    return any(same_name(name, other) for other in others)


T = TypeVar("T")


class NameIndex(Generic[T]):
    """Finds what is filed under a name, at the price of one look-up for names with nothing lost."""

    def __init__(self, filed: Iterable[tuple[str, T]]) -> None:
        """`filed`: pairs of a name as written and what it stands for."""
        self._exact: dict[str, list[T]] = defaultdict(list)
        self._lossy: dict[str, list[tuple[str, T]]] = defaultdict(list)
        for name, what in filed:
            key = name_key(name)
            if LOST in key:
                self._lossy[key[: min(key.index(LOST), _PREFIX)]].append((key, what))
            elif key:
                self._exact[key].append(what)
        self._sorted = sorted(self._exact)

    def find(self, name: str) -> list[T]:
        """What is filed under any spelling of `name`, each once, in filing order of the key."""
        key = name_key(name)
        if not key:
            return []
        found = list(self._exact.get(key, ()))
        if self._lossy:
            found += [what for stem in _stems(key) for at, what in self._lossy.get(stem, ())
                      if same_key(at, key)]  # fmt: skip
        if LOST in key:
            found += [
                what
                for at in self._candidates(key)
                if same_key(at, key)
                for what in self._exact[at]
            ]
            found += [
                what for stem, rows in self._lossy.items() if stem not in _stems(key)
                for at, what in rows if same_key(at, key)
            ]  # fmt: skip
        return list(dict.fromkeys(found))

    def _candidates(self, key: str) -> Iterator[str]:
        """Whole keys that begin as `key` does before its first lost character."""
        stem = key[: key.index(LOST)]
        for at in range(bisect_left(self._sorted, stem), len(self._sorted)):
            if not self._sorted[at].startswith(stem):
                return
            yield self._sorted[at]


def _stems(key: str) -> list[str]:
    return [key[:size] for size in range(min(_PREFIX, len(key)) + 1)]
