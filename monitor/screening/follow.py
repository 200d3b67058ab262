"""A follow: whoever asks for news of a whole list, by country, kind of change, and words in names.

What cannot be read is never a reason to leave a party out: one whose country or list is not known
meets every follow of that country or list, for a person to check.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate

from monitor.screening.entry import ENTITY_LIST
from monitor.screening.names.key import fold, name_key

_HEADING = {"HK": "CN", "MO": "CN"}
"""The destination under which the lists carry parties of a place, since 85 FR 83765."""
_WORD = re.compile(r"[^\W_]+")
_CODE = re.compile(r"[A-Z]{2}")
_LONG = 4
"""Letters from which on a word may go on: "semiconductor" stands in "Semiconductors"."""
_APOSTROPHES = str.maketrans("", "", "'’‘`´")


@dataclass(frozen=True, slots=True)
class Follow:
    """News of a list that somebody asked for; what is left empty asks for any."""

    id: str
    list: str = ENTITY_LIST
    countries: tuple[str, ...] = ()
    """ISO 3166-1 alpha-2 codes."""
    kinds: tuple[str, ...] = ()
    """Of `added`, `removed`, `amended`."""
    words: tuple[str, ...] = ()
    """At the beginning of a word of a name or alias, case, marks and blanks forgiven."""
    note: str | None = None

    @property
    def asks(self) -> str:
        """A digest of its filter: what asks for something else begins anew."""
        parts = (self.list, *(",".join(sorted(set(some))) for some in (
            self.countries, self.kinds, map(name_key, self.words))))  # fmt: skip
        return sha256("\x1f".join(parts).encode()).hexdigest()[:16]

    def meets(
        self, list_: str, kind: str, country: str | None, names: Iterable[str], more: str = ""
    ) -> bool:
        """Whether it asks for what was done to a party; `list_` is empty where it is not known.

        `more`: running text in which further names of the party stand.
        """
        if list_ not in {"", self.list} or (self.kinds and kind not in self.kinds):
            return False
        if self.countries and country is not None and _CODE.fullmatch(country):
            places = {country, _HEADING.get(country, country)}
            if places.isdisjoint(self.countries):
                return False
        return not self.words or any(
            stands_in(word, name) for name in (*names, more) for word in self.words
        )


def stands_in(word: str, name: str) -> bool:
    """Whether a word, or several, stand in a name from the beginning of one of its words.

    A short one must be a whole word: AI is not Air.

    >>> stands_in("micro-electronics", "Sino Microelectronics Ltd"), stands_in("ai", "Air Co")
    (True, False)
    """
    wanted = name_key(word)
    words = [name_key(one) for one in _WORD.findall(fold(name.translate(_APOSTROPHES)))]
    for at in range(len(words)):
        rest = "".join(words[at:])
        ends = {*accumulate(map(len, words[at:]))}
        if rest.startswith(wanted) and (len(wanted) >= _LONG or len(wanted) in ends):
            return True
    return False
