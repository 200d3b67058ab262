"""Whether a long text holds a name, in any spelling that the comparison of names forgives.

An absence is told from the whole text of the codified list, so this room leans one way: it refuses
to miss a name that is there. Case, diacritics, quotes, dashes, spaces, line breaks and lost
characters never matter, nor, for long names, a footnote's digit or an "and" glued on. A name inside
a longer word is not held: the alias "IFS" is not in "Griffisa".
"""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import accumulate

from monitor.screening.entry import Entry
from monitor.screening.names import LOST, name_key, same_key

_WORD = re.compile(rf"(?:[^\W_]|[?{LOST}])+")
_DIGITS_BEHIND = re.compile(r"(?<=[^\W\d]{3})\d{1,2}$")
_GLUED_IN_FRONT = re.compile(r"(?:and|aka|fka|dba|\d{1,2})(?=[^\W\d]{3})")
_LONG = 12
"""From this many letters and digits on, a name may begin or end where something is glued to it."""
_STEM = 10
_REACH = 300
"""How far before a lost character a name that covers it may begin."""


class FullText:
    """A text made ready to be asked for many names.

    Its words stand end to end, as `name_key` puts those of a name; the places where words begin are
    filed by the letters that follow, so that a question looks at a few of them.
    """

    def __init__(self, text: str) -> None:
        words = _Words(text)
        self._squashed = words.squashed
        self._bounds = frozenset(words.bounds)
        self._begins_glued = frozenset(words.begins_glued)
        self._ends_glued = frozenset(words.ends_glued)
        starts = sorted({*words.bounds, *words.begins_glued})
        self._filed: dict[str, list[int]] = defaultdict(list)
        for at in starts:
            self._filed[self._squashed[at : at + _STEM]].append(at)
        self._stems = sorted(self._filed)
        self._near_lost = _near_lost(self._squashed, starts)

    def holds(self, name: str) -> bool:
        """Whether the text holds `name`; one without a letter or digit is never held."""
        return next(self._places(name), None) is not None

    def count(self, name: str) -> int:
        """At how many places the text holds `name`."""
        return len(set(self._places(name)))

    def _places(self, name: str) -> Iterator[int]:
        """Where `name` begins in the text; a place may come twice."""
        key = name_key(name)
        if not key.strip(LOST):
            return
        for at in self._beginning(key):
            if self._bounded(at, at + len(key), key):
                yield at
        if LOST in key:
            yield from self._lossy_places(key)
        yield from (at for at in self._lost_before(key) if self._covers(at, key))

    def _beginning(self, key: str) -> Iterator[int]:
        """Word starts from which on the text reads as `key`."""
        stem = key[:_STEM]
        for index in range(bisect_left(self._stems, stem), len(self._stems)):
            if not self._stems[index].startswith(stem):
                return
            for at in self._filed[self._stems[index]]:
                if self._squashed.startswith(key, at):
                    yield at

    def _bounded(self, at: int, end: int, key: str) -> bool:
        """Whether words begin and end where the stretch does."""
        begins, ends = at in self._bounds, end in self._bounds
        if len(key) >= _LONG:
            begins, ends = begins or at in self._begins_glued, ends or end in self._ends_glued
        return begins and ends

    def _lost_before(self, key: str) -> Iterator[int]:
        """Word starts close before a lost character from which `key` may read on."""
        for size in range(min(3, len(key)) + 1):
            yield from self._near_lost.get(key[:size], ())

    def _covers(self, at: int, key: str) -> bool:
        """Whether a stretch of text from `at` on equals the key, lost characters and all."""
        until_lost = self._squashed.find(LOST, at) - at
        whole = self._squashed[at : at + max(0, min(until_lost, len(key)))]
        if LOST not in key and not key.startswith(whole):
            return False
        longer = self._squashed.count(LOST, at, at + 2 * len(key))
        return any(
            self._bounded(at, at + size, key) and same_key(self._squashed[at : at + size], key)
            for size in range(len(key) - key.count(LOST), len(key) + longer + 1)
            if at + size <= len(self._squashed)
        )

    def _lossy_places(self, key: str) -> Iterator[int]:
        """The same for a name that lost characters itself: sought by its longest whole piece."""
        piece = max(key.split(LOST), key=len)
        before = key.index(piece)
        found = self._squashed.find(piece)
        while found != -1:
            for at in range(max(0, found - before), found + 1):
                if self._covers(at, key):
                    yield at
            found = self._squashed.find(piece, found + 1)
        for places in self._near_lost.values():
            yield from (at for at in places if self._covers(at, key))


WALL = " 亜 "
"""A word that no list in Latin letters has: no name reaches across it."""


class ListText:
    """The full text of a list beside the rows that were understood in it.

    A name inside another party's name, alias or address is that party's. What no understood row
    accounts for (a row that was not understood, an editorial note) may be an entry of its own, and
    so may an address that is nothing but the name.
    """

    def __init__(self, text: str, entries: Iterable[Entry]) -> None:
        self._text = FullText(text)
        self._entries = entries

    def holds_apart(self, name: str) -> bool:
        """Whether the text holds `name` outside of every row that was understood."""
        held = self._text.count(name)
        if not held:
            return False
        return name_key(name) in self._addresses or held > self._understood.count(name)

    @cached_property
    def _understood(self) -> FullText:
        said = (
            text
            for entry in self._entries
            for text in (
                *entry.names, *entry.addresses,
                entry.license_requirement or "", entry.license_policy or "",
            )
        )  # fmt: skip
        return FullText(WALL.join(said))

    @cached_property
    def _addresses(self) -> frozenset[str]:
        return frozenset(
            name_key(address) for entry in self._entries for address in entry.addresses
        )


def naming(notes: Iterable[str], names: Iterable[str]) -> tuple[str, ...]:
    """The notes that hold one of these names."""
    asked = tuple(names)
    return tuple(note for note in notes if any(FullText(note).holds(name) for name in asked))


class _Words:
    """A text's words end to end, and where they begin and end."""

    def __init__(self, text: str) -> None:
        words = _WORD.findall(unicodedata.normalize("NFKC", text))
        known = {word: _keyed(word) for word in set(words)}
        read = [known[word] for word in words]
        keys = [key for key, _, _ in read]
        self.squashed = "".join(keys)
        self.bounds = [0, *accumulate(map(len, keys))]
        """Where a word begins; as nothing stands between words, also where one ends."""
        self.begins_glued = [
            at + front for at, (_, front, _) in zip(self.bounds, read, strict=False) if front
        ]
        self.ends_glued = [
            at - behind for at, (_, _, behind) in zip(self.bounds[1:], read, strict=True) if behind
        ]


def _keyed(word: str) -> tuple[str, int, int]:
    """A word's key, and how much is glued on in front and behind."""
    key = name_key(word)
    front = _GLUED_IN_FRONT.match(key)
    behind = _DIGITS_BEHIND.search(key)
    return key, len(front[0]) if front else 0, len(behind[0]) if behind else 0


def _near_lost(squashed: str, starts: list[int]) -> dict[str, list[int]]:
    """The word starts close before a lost character, by up to three letters that follow."""
    found: dict[str, list[int]] = defaultdict(list)
    done = 0
    lost = squashed.find(LOST)
    while lost != -1:
        first = max(done, bisect_left(starts, lost - _REACH))
        done = bisect_left(starts, lost + 1)
        for index in range(first, done):
            at = starts[index]
            found[squashed[at : min(at + 3, lost)]].append(at)
        lost = squashed.find(LOST, lost + 1)
    return dict(found)
