"""Where a text holds a name.

A name is found by its key (`names`), so case, diacritics, punctuation and line breaks never
matter, and only at the borders of words. Refuses to say how it stands there.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache

from monitor.screening.acts.filed import Filed
from monitor.screening.names import LOST, name_key, same_key

_RUN = re.compile(r"[0-9A-Za-z]+|[^\x00-\x7f]|\?")
_LONGEST = 300
"""Characters of a key up to which a name is passed over by how the text's words begin."""
_BESIDE = 3
"""Characters that are compared on either side of a lost one."""
MOST_LOST = 6
"""Most lost characters around a name that is still looked for."""


class Keyed:
    """A text with the key of its letters and digits, and where each of them stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        keys, places, starts = list[str](), list[int](), list[int]()
        for run in _RUN.finditer(text):
            said, at = run[0], run.start()
            begins = not text[max(at - 1, 0) : at].isalnum()
            if said.isascii() and said != "?":
                keys.append(said.casefold())
                if begins:
                    starts.append(len(places))
                places.extend(range(at, at + len(said)))
            else:
                key = name_key(said)
                keys.append(key)
                if begins:
                    starts.extend(range(len(places), len(places) + len(key)))
                places.extend([at] * len(key))
        self._key, self._places = "".join(keys), places
        self._lost = [at for at, char in enumerate(self._key) if char == LOST]
        self._filed = Filed(self._key, starts, self._lost, _LONGEST)

    def mentions(self, name: str) -> list[tuple[int, int]]:
        """Start and end in the text of every place where the name stands between word borders."""
        key = name_key(name)
        if len(key.replace(LOST, "")) < 2 or not self._filed.may_hold(key):
            return []
        return self._found(key, self._filed.places(key))

    def search(self, key: str) -> list[tuple[int, int]]:
        """The same for a key, searched for through the whole text."""
        return self._found(key, _everywhere(self._key, key))

    def _found(self, key: str, solid: Iterable[int]) -> list[tuple[int, int]]:
        """`solid`: where the key may stand with no character of it lost."""
        found = set[tuple[int, int]]()
        if LOST not in key:
            found = {self._span(at, at + len(key)) for at in solid}
        if LOST in key and len(self._lost) <= MOST_LOST:
            found |= self._lossy(key, 0, len(self._key))
        reach = 2 * len(key)
        for at in self._lost:
            start, end = max(at - reach, 0), at + reach
            if LOST not in key and not self._may_cover(key, at):
                continue
            # So damaged, nothing can be told to be the name; and the search would not end.
            if bisect_left(self._lost, end) - bisect_left(self._lost, start) <= MOST_LOST:
                found |= self._lossy(key, start, end)
        return sorted(span for span in found if self._bordered(*span))

    def _may_cover(self, key: str, at: int) -> bool:
        """Whether the key can lie over a lost character, by those that stand beside it.

        A pattern of each of thousands of names costs more to make than the whole text to read.
        """
        before = self._key[max(at - _BESIDE, 0) : at].rpartition(LOST)[2]
        behind = self._key[at + 1 : at + 1 + _BESIDE].partition(LOST)[0]
        return any(
            key[:index].endswith(before[max(len(before) - index, 0) :])
            and any(
                rest.startswith(behind[: len(rest)]) for rest in (key[index:], key[index + 1 :])
            )
            for index in range(len(key) + 1)
        )

    def _lossy(self, key: str, start: int, end: int) -> set[tuple[int, int]]:
        matches = _lossy_pattern(key).finditer(self._key, start, end)
        return {self._span(*found.span()) for found in matches if same_key(found[0], key)}

    def _span(self, start: int, end: int) -> tuple[int, int]:
        return self._places[start], self._places[end - 1] + 1

    def _bordered(self, start: int, end: int) -> bool:
        before, after = self.text[max(start - 1, 0) : start], self.text[end : end + 1]
        return not before.isalnum() and not after.isalnum()


def _everywhere(text: str, key: str) -> Iterator[int]:
    at = text.find(key)
    while at >= 0:
        yield at
        at = text.find(key, at + 1)


@lru_cache(maxsize=4096)
def _lossy_pattern(key: str) -> re.Pattern[str]:
    return re.compile(
        "".join("[^\\W_]?" if char == LOST else f"{LOST}?[{char}{LOST}]" for char in key)
    )
