"""The words of one list: how much each says, and what a misspelled one may stand for."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from functools import cache, cached_property

from monitor.screening.names.common import COMMON, is_common, weight
from monitor.screening.names.letters import Neighbours
from monitor.screening.names.words import SPELLINGS, sound, stem

_LONG = 9
"""The least letters of a word that is taken for a trade though two letters are wrong."""
_SOUNDING = 4
_REMEMBERED = 50_000


class Vocabulary:
    """Stems of a list's names, with how many rows bear each."""

    def __init__(self) -> None:
        self._bearers: dict[str, int] = defaultdict(int)
        self._last: dict[str, Hashable] = {}
        self._weights: dict[str, float] = {}
        self._of_common: dict[str, list[str]] = {}
        self.rows = 0

    def add(self, words: Iterable[str], row: Hashable) -> None:
        """Count the words of one of a row's names; the names of a row come together."""
        for word in words:
            if word not in self._last or self._last[word] != row:
                self._last[word] = row
                self._bearers[word] += 1

    def __contains__(self, word: str) -> bool:
        return word in self._bearers

    def weigh(self, word: str) -> float:
        """How much a word says on this list."""
        known = self._weights.get(word)
        if known is None:
            known = weight(word, self._bearers.get(word, 0), self.rows)
            if len(self._weights) < _REMEMBERED:
                self._weights[word] = known
        return known

    def alike(self, word: str) -> list[str]:
        """Words of the list that a word may stand for: a letter or two off, or of one sound."""
        if word[0] == "#":
            return []
        if is_common(word):
            return self._alike_common(word)
        return self._alike(word)

    def _alike_common(self, word: str) -> list[str]:
        """The same of the words that are asked for most, each looked for once."""
        if (known := self._of_common.get(word)) is None:
            known = self._of_common[word] = self._alike(word)
        return known

    def _alike(self, word: str) -> list[str]:
        found = list(self._neighbours.of(word))
        if len(word) >= _SOUNDING:
            found += self._by_sound.get(sound(word), ())
        return found

    def mended(self, words: Sequence[str]) -> tuple[str, ...]:
        """Stems; a word that no list knows, a letter or two from a common one, is that one's."""
        own = sum(not is_common(word) for word in words)
        return tuple(
            stem(word) if is_common(word) or stem(word) in self
            # The one word that tells whom a name means is not taken for a trade so easily.
            else self._common_for(word, 2 if own > 1 or len(word) >= _LONG else 1)
            for word in words
        )  # fmt: skip

    def _common_for(self, word: str, most: int) -> str:
        off = [(off, stem(other)) for other, off in _common_spellings().of(word).items()]
        nearest, common = min(off, default=(most + 1, word))
        if nearest > most:
            return stem(word)
        rarer = (off for other, off in self._neighbours.of(word).items() if not is_common(other))
        listed = min(rarer, default=most + 1) <= nearest or sound(word) in self._by_sound
        return stem(word) if listed else common

    @cached_property
    def _neighbours(self) -> Neighbours:
        return Neighbours(self._bearers)

    @cached_property
    def _by_sound(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for word in self._bearers:
            if len(word) >= _SOUNDING:
                found[sound(word)].append(word)
        return dict(found)


@cache
def _common_spellings() -> Neighbours:
    return Neighbours({*SPELLINGS, *COMMON, *(f"{word}s" for word in COMMON)})
