"""Where a text names a party, and whether the name stands there alone.

A name is found by its key (`names`), so case, diacritics, punctuation and line breaks never
matter, and only at the borders of words. Refuses longer names: "X" is not named by "X Trading
Co., Ltd." or by "Institute of X".
"""

import re
from bisect import bisect_left
from enum import Enum, auto
from functools import lru_cache

from monitor.screening.acts.filed import Filed
from monitor.screening.acts.tables import CELL, ROW
from monitor.screening.destinations import ANY
from monitor.screening.names import LOST, name_key, same_key

_RUN = re.compile(r"[0-9A-Za-z]+|[^\x00-\x7f]|\?")
AKA = re.compile(
    r"\b(?:[afn]\s?\.?\s?k\s?\.?\s?a\b|also known as|formerly|alias(?:es)?\b|d\s?/?b\s?/?a\b)",
    re.IGNORECASE,
)
"""The words between a name and its aliases."""
_LEGAL_FORM = (
    r"(?=[A-Z])(?i:ltd|limited|inc|incorporated|llc|l\.l\.c|llp|lp|co|company|corp|corporation|gmbh"
    r"|ag|kg|s\.?a|sarl|s\.?r\.?l|s\.?p\.?a|b\.?v|n\.?v|oy|ab|a\.?s|jsc|ojsc|pjsc|pao|oao|ooo|zao"
    r"|ao|fze|fzc|fzco|fz|dmcc|pte|pty|plc|sdn|bhd|pvt|private|group|holdings?|est)\b"
)
_LEGAL = re.compile(rf"^[\s,]*{_LEGAL_FORM}")
_LEGAL_END = re.compile(r"\b(?:ltd|inc|llc|co|corp|gmbh|s\.?a|jsc|fze)\.?,?$", re.IGNORECASE)
_STARTERS = re.compile(
    r"(?:the|an?|under|by|for|of|and|or|in|on|from|to|both|also|including|namely|remov(?:e|es|ing)"
    r"|add(?:s|ing)?|revis(?:e|es|ing)|entit(?:y|ies)|entr(?:y|ies)|persons?)",
    re.IGNORECASE,
)
_COUNTRY = re.compile(rf"^(?:the\s+)?{ANY}\b", re.IGNORECASE)


_LONGEST = 300
"""Characters of a key up to which a name is passed over by how the text's words begin."""
MOST_LOST = 6
"""Most lost characters around a name that is still looked for."""


class NamePosition(Enum):
    """How a name stands in the words around it."""

    ALONE = auto()
    """It is the whole name."""
    ALIAS = auto()
    """It stands behind an "a.k.a." of another name."""
    DOUBTFUL = auto()
    """It may be the whole name or a part of a longer one."""
    PART = auto()
    """It is a part of a longer name."""


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
        return self.search(key)

    def search(self, key: str) -> list[tuple[int, int]]:
        """The same for a key, searched for through the whole text."""
        found = self._solid(key) if LOST not in key else set[tuple[int, int]]()
        if LOST in key and len(self._lost) <= MOST_LOST:
            found |= self._lossy(key, 0, len(self._key))
        reach = 2 * len(key)
        for at in self._lost:
            start, end = max(at - reach, 0), at + reach
            # So damaged, nothing can be told to be the name; and the search would not end.
            if bisect_left(self._lost, end) - bisect_left(self._lost, start) <= MOST_LOST:
                found |= self._lossy(key, start, end)
        return sorted(span for span in found if self._bordered(*span))

    def _solid(self, key: str) -> set[tuple[int, int]]:
        found, at = set[tuple[int, int]](), self._key.find(key)
        while at >= 0:
            found.add(self._span(at, at + len(key)))
            at = self._key.find(key, at + 1)
        return found

    def _lossy(self, key: str, start: int, end: int) -> set[tuple[int, int]]:
        matches = _lossy_pattern(key).finditer(self._key, start, end)
        return {self._span(*found.span()) for found in matches if same_key(found[0], key)}

    def _span(self, start: int, end: int) -> tuple[int, int]:
        return self._places[start], self._places[end - 1] + 1

    def _bordered(self, start: int, end: int) -> bool:
        before, after = self.text[max(start - 1, 0) : start], self.text[end : end + 1]
        return not before.isalnum() and not after.isalnum()


@lru_cache(maxsize=4096)
def _lossy_pattern(key: str) -> re.Pattern[str]:
    return re.compile(
        "".join("[^\\W_]?" if char == LOST else f"{LOST}?[{char}{LOST}]" for char in key)
    )


def standing_in(slot: str, start: int, end: int) -> NamePosition:
    """How the name at [start, end) stands in a quoted or tabled text that begins with a name."""
    before, after = slot[:start], slot[end:]
    if any(char.isalnum() for char in before):
        if in_address(before):
            return NamePosition.PART
        if _NEXT_NAME.search(before) and not AKA.search(before):
            return NamePosition.DOUBTFUL
        alone = AKA.search(before) and standing(slot, start, end) is NamePosition.ALONE
        return NamePosition.ALIAS if alone else NamePosition.PART
    rest = after.lstrip(" .,;:)'’”")
    if not rest or AKA.match(rest.lstrip("(")):
        return NamePosition.ALONE
    if standing(slot, start, end) is NamePosition.PART:
        return NamePosition.PART
    return NamePosition.ALONE if _is_address(after, rest) else NamePosition.DOUBTFUL


_IN_ADDRESS = re.compile(r"\d[^;—•()]*\([^()]*$")
_NEXT_NAME = re.compile(r"“|[;”]\s*(?:and\s+)?$")
"""Several names in one pair of quotes, or quotes that were not closed."""


def in_address(before: str) -> bool:
    """Whether a name stands in an address: "No. 5 West Street, Tumushuk City (Security Bureau)"."""
    return _IN_ADDRESS.search(before[-200:]) is not None


def _is_address(after: str, rest: str) -> bool:
    """Whether what follows a name reads as its address: parted by a mark, no legal form in it."""
    if not after.lstrip().startswith((",", ";", ".", ":")):
        return False
    if any(_LEGAL.match(part) for part in AKA.split(rest)[0].split(",")):
        return False
    return any(char.isdigit() for char in rest) or bool(
        _COUNTRY.match(rest.rpartition(",")[2].strip())
    )


def standing(text: str, start: int, end: int) -> NamePosition:
    """How the name at [start, end) stands in running words, where nothing marks its borders."""
    before = re.split(f"[{CELL}{ROW}]", text[max(start - 120, 0) : start])[-1]
    after = re.split(f"[{CELL}{ROW}]", text[end : end + 120])[0]
    sides = (_left(before), _right(after))
    if NamePosition.PART in sides:
        return NamePosition.PART
    return NamePosition.DOUBTFUL if NamePosition.DOUBTFUL in sides else NamePosition.ALONE


def _left(before: str) -> NamePosition:
    if re.search(r"[^\W_][-/]$|&\s?$", before):
        return NamePosition.PART
    linked = re.search(r"(\S+)\s+(?:(?:of|at)\s+(?:the\s+)?)$", before)
    if linked:
        return NamePosition.PART if linked[1][:1].isupper() else NamePosition.ALONE
    joined = re.search(r"(\S+)\s+and\s+(?:the\s+)?$", before)
    if joined:
        return _joined_left(joined[1])
    word = re.search(r"([^\s“(]+) $", before)
    if word is None or word[1][-1] in ",;:.)”—–•*" or _STARTERS.fullmatch(word[1]):
        return NamePosition.ALONE
    return NamePosition.PART if word[1][0].isupper() or word[1][0].isdigit() else NamePosition.ALONE


def _joined_left(word: str) -> NamePosition:
    """Two names in "A Co., Ltd. and X", perhaps one in "Science and X"."""
    ended = word[-1] in ",;:)”" or not word[0].isupper() or _LEGAL_END.search(word)
    return NamePosition.ALONE if ended else NamePosition.DOUBTFUL


_LONGER = re.compile(
    rf"[-/][^\W_]|['’]s\s+[A-Z]|\s*&|,?\s*\(?\s*{_LEGAL_FORM}"
    r"|\s*\([^)]{1,40}\)\s+[A-Z]|\s+(?:of|for)\s+(?:the\s+)?[A-Z]"
)


def _right(after: str) -> NamePosition:
    if _LONGER.match(after):
        return NamePosition.PART
    if re.match(r"['’]s?\s|\s+and\s+(?:the\s+)?[A-Z]", after):
        return NamePosition.DOUBTFUL
    word = re.match(r"\s+([^\W_]\S*)", after)
    if word is None or _STARTERS.fullmatch(word[1].rstrip(".,;:")):
        return NamePosition.ALONE
    return NamePosition.PART if word[1][0].isupper() or word[1][0].isdigit() else NamePosition.ALONE
