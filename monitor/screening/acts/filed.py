"""A text's words filed by how they begin: where a name may stand, and which cannot be there.

Of thousands of watched names a document holds a few. This room only says which cannot be there: a
name it lets pass is then searched for, and it refuses to leave out one that the search would find.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from itertools import islice, takewhile

from monitor.screening.names import LOST

STEM = 6
"""Letters and digits by which words are filed; shorter names are always searched for."""
_BESIDE = 3
"""Characters that are compared on either side of a lost one."""


class Filed:
    """The beginnings of a keyed text's words, and what stands around its lost characters."""

    def __init__(self, key: str, starts: Sequence[int], lost: Sequence[int], reach: int) -> None:
        """`starts`: where words begin; `lost`: the lost characters; `reach`: the longest name.

        A name that covers a lost character begins with a word before it, and reads as that word
        and those behind it up to the lost character.
        """
        self._key, self._reach = key, reach
        self._filed: dict[str, list[int]] = {}
        for at in starts:
            self._filed.setdefault(key[at : at + STEM], []).append(at)
        self._filed_further: dict[str, dict[str, list[int]]] = {}
        self._stems = sorted(self._filed)
        self._damaged: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for at in lost:
            behind = key[at + 1 : at + 1 + _BESIDE]
            first = max(at - reach, key.rfind(LOST, 0, at) + 1)
            for index in range(bisect_left(starts, first), len(starts)):
                if starts[index] > at:
                    break
                before = key[starts[index] : at]
                self._damaged[before[:_BESIDE]].add((before, behind))

    def places(self, key: str) -> list[int]:
        """Where a word begins from which on the text reads as the key, no character of it lost."""
        stem, text = key[:STEM], self._key
        if len(key) >= 2 * STEM:
            return [at for at in self._further(stem, key[STEM:][:STEM]) if text.startswith(key, at)]
        if len(key) >= STEM:
            return [at for at in self._filed.get(stem, ()) if text.startswith(key, at)]
        first = bisect_left(self._stems, stem)
        near = takewhile(lambda one: one.startswith(stem), islice(self._stems, first, None))
        return [at for candidate in near for at in self._filed[candidate]]

    def _further(self, stem: str, behind: str) -> list[int]:
        """The words of a stem that go on so: "Beijin" begins a fifth of all names."""
        if stem not in self._filed_further:
            filed = self._filed_further[stem] = {}
            for at in self._filed.get(stem, ()):
                filed.setdefault(self._key[at + STEM : at + 2 * STEM], []).append(at)
        return self._filed_further[stem].get(behind, [])

    def may_hold(self, key: str) -> bool:
        """Whether the text may hold a name of this key, as it is or with characters lost."""
        if len(key) < STEM or LOST in key or len(key) > self._reach or key[:STEM] in self._filed:
            return True
        return any(
            _reads_on(key, before, behind)
            for size in range(_BESIDE + 1)
            for before, behind in self._damaged.get(key[:size], ())
        )


def _reads_on(key: str, before: str, behind: str) -> bool:
    """Whether the key goes on behind a lost character, which stands for one character or none."""
    if not key.startswith(before):
        return False
    if LOST in behind:
        return True
    for at in (len(before), len(before) + 1):
        on = key[at : at + _BESIDE]
        if behind.startswith(on) or on.startswith(behind):
            return True
    return False
