"""Federal Register citations as evidence: which rule a row stands on, and how old it is.

Within one source a citation is volume and page; between the sources only the volume and the day
of the first one join, for one gives the row's page and the other the rule's first.
"""

from collections.abc import Iterable

from monitor.screening.difference import citation_keys
from monitor.screening.entry import Entry


def pages(row: Entry) -> frozenset[tuple[int, int]]:
    """Volume and page of every citation of a row that can be read."""
    keys = citation_keys(row.citations)
    return frozenset((int(volume), int(page)) for volume, page in keys if volume)


def volumes_and_day(row: Entry) -> tuple[frozenset[int], str | None]:
    """What joins a row of one source with one of another: its volumes, and its first day."""
    return frozenset(volume for volume, _ in pages(row)), row.start_date


def is_new_entry(new: Entry, old: Entry, *, across: bool) -> bool:
    """Whether no citation of the new row is as old as those of the old one.

    Such a row was entered after the other, by a rule of its own. A row without citations is never
    said to be new. `across`: the rows are of two sources, and only volumes compare.
    """
    mine, theirs = pages(new), pages(old)
    if not mine or not theirs:
        return False
    if across:
        return min(mine)[0] > max(theirs)[0]
    return min(mine) > max(theirs)


def in_words(keys: Iterable[tuple[int, int]]) -> str:
    """Citations as a reader writes them.

    >>> in_words({(85, 34505)})
    '85 FR 34505'
    """
    return ", ".join(f"{volume} FR {page}" for volume, page in sorted(keys))
