"""Where the two list sources disagree: parties that one has and the other has not.

A party is known by the link between its rows, however each source spells it. This states a
difference and never what is right.
"""

from collections.abc import Sequence
from typing import NamedTuple

from monitor.ledger.read import Reading
from monitor.screening.entry import Entry, display_key
from monitor.screening.parties import PartyRow
from monitor.screening.witness import Source


class Disagreement(NamedTuple):
    """Entries of parties that the other source does not list, in reading order."""

    only_csl: tuple[Entry, ...]
    only_ecfr: tuple[Entry, ...]


def disagreement(reading: Reading, list_: str) -> Disagreement:
    """The parties of a list that only one source has now; none while either was not read."""
    csl, ecfr = reading.party_rows(Source.CSL, list_), reading.party_rows(Source.ECFR, list_)
    if not csl or not ecfr:
        return Disagreement((), ())
    return Disagreement(_missing(csl, ecfr), _missing(ecfr, csl))


class Comparison:
    """The disagreement as of the texts accepted last; found again only when another is accepted."""

    def __init__(self) -> None:
        self._known: tuple[object, Disagreement] | None = None

    def of(self, reading: Reading, list_: str) -> Disagreement:
        """The same as `disagreement`."""
        lists = reading.source_lists().values()
        asked = (list_, {one.source: one.accepted_sha256 for one in lists if one.list == list_})
        known = self._known
        if known is None or known[0] != asked:
            known = self._known = (asked, disagreement(reading, list_))
        return known[1]


def _missing(some: Sequence[PartyRow], others: Sequence[PartyRow]) -> tuple[Entry, ...]:
    there = {row.party for row in others}
    return tuple(sorted((row.entry for row in some if row.party not in there), key=display_key))
