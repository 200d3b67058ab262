"""Words of a list that are one or two letters away from a given word, without a scan.

Every word is filed under itself with up to two letters struck out (of its first eight), so that two
words that differ by a letter meet under one of them; what meets is measured. One letter is forgiven
in a word of five or more, two in one of seven or more.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from rapidfuzz.distance import OSA

from monitor.screening.names.key import LOST

_HEAD = 8
_REMEMBERED = 5_000
"""Words whose neighbours are looked for once: names share most of theirs."""
_ONE, _TWO = 5, 7
"""The fewest letters of a word in which one, and two, may be wrong."""


def forgiven(one: str, other: str) -> int:
    """How many letters may differ between two words."""
    longest = max(len(one), len(other))
    return 2 if longest >= _TWO else 1 if longest >= _ONE else 0


def apart(one: str, other: str) -> int | None:
    """How many letters two words are apart, where that may be forgiven."""
    most = forgiven(one, other)
    if not most or abs(len(one) - len(other)) > most:
        return None
    distance = OSA.distance(one, other, score_cutoff=most)
    return distance if distance <= most else None


class Neighbours:
    """The words of a list by what is left of them when letters are struck out."""

    def __init__(self, words: Iterable[str]) -> None:
        self._known: dict[str, dict[str, int]] = {}
        self._filed: dict[str, list[str]] = defaultdict(list)
        for word in words:
            if _may_be_mistyped(word):
                for stub in _stubs(word):
                    self._filed[stub].append(word)

    def of(self, word: str) -> Mapping[str, int]:
        """Words near this one, with how many letters they are apart."""
        if not _may_be_mistyped(word):
            return {}
        known = self._known.get(word)
        if known is None:
            known = self._find(word)
            if len(self._known) < _REMEMBERED:
                self._known[word] = known
        return known

    def _find(self, word: str) -> dict[str, int]:
        found: dict[str, int] = {}
        met = {other for stub in _stubs(word) for other in self._filed.get(stub, ())}
        for other in met:
            if other != word and (distance := apart(word, other)) is not None:
                found[other] = distance
        return found


def _may_be_mistyped(word: str) -> bool:
    """Whether it is long enough and no number; a letter that was lost on the way is one as well."""
    return len(word) >= _ONE - 1 and word.replace(LOST, "").isalpha()


def _stubs(word: str) -> Iterator[str]:
    head = word[:_HEAD]
    size = len(head)
    yield head
    struck = {head[:at] + head[at + 1 :] for at in range(size)}
    yield from struck
    if len(word) >= _TWO - 1:
        yield from {
            head[:one] + head[one + 1 : two] + head[two + 1 :]
            for one, two in combinations(range(size), 2)
        } - struck
