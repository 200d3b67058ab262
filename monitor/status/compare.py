"""Where the two list sources disagree: parties that one has and the other has not.

Rows are matched as everywhere, by normalized name or alias; the country says nothing, since the
sources write it each in their own way. It states a difference and never what is right.
"""

from collections.abc import Sequence
from typing import NamedTuple

from monitor.ledger.reading import Reading
from monitor.screening.entry import Entry, display_key
from monitor.screening.names import NameIndex


class Disagreement(NamedTuple):
    """Entries whose party the other source does not name, in reading order."""

    only_csl: tuple[Entry, ...]
    only_ecfr: tuple[Entry, ...]


def disagreement(reading: Reading, list_: str) -> Disagreement:
    """The parties of a list that only one source has now; none while either was not read."""
    csl, ecfr = reading.entries(list_, "csl"), reading.entries(list_, "ecfr")
    if not csl or not ecfr:
        return Disagreement((), ())
    return Disagreement(_missing(csl, ecfr), _missing(ecfr, csl))


class Comparison:
    """The disagreement as of the texts accepted last; found again only when another is accepted."""

    def __init__(self) -> None:
        self._known: tuple[object, Disagreement] | None = None

    def of(self, reading: Reading, list_: str) -> Disagreement:
        lists = reading.source_lists()
        asked = (list_, {one.source: one.accepted_sha256 for one in lists if one.list == list_})
        known = self._known
        if known is None or known[0] != asked:
            known = self._known = (asked, disagreement(reading, list_))
        return known[1]


def _missing(some: Sequence[Entry], others: Sequence[Entry]) -> tuple[Entry, ...]:
    there = NameIndex((name, None) for entry in others for name in entry.names)
    alone = [entry for entry in some if not any(there.find(name) for name in entry.names)]
    return tuple(sorted(alone, key=display_key))
