"""Federal Register citations of a row, and the day it was first listed.

"85 FR 34505, 6/5/20.<br/>85 FR 44161, 7/22/20." in every punctuation seen, run together or not.
The page is the row's own, not the rule's first: never join on it (join on volume and date). This
room refuses a date that no calendar has and says what it could not read.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from monitor.screening.printed import SHORT_MONTH, without_debris, written_day

_CITATION = re.compile(
    r"(\d{2,3})\s*(?:F\.?\s?R\.?\s*)+(\d{5}(?=(?:1[0-2]|[1-9])/\d)|\d{1,6}\b(?!/))(?:\s*\(\s*)?[,.;:]*\s*"
    r"(?:(?:(\d{1,2})\s*/\s*(\d{1,2})\s*/\s*(\d{4}|\d{2})\b)|"
    rf"(?:({SHORT_MONTH})[a-z]*\.?\s+(\d{{1,2}}),?\s+(\d{{4}})\b))?",
    re.IGNORECASE,
)
_LEFT_OVER = re.compile(r"[\w]")
_FIRST_VOLUME_YEAR = 1935
"""Volume n of the Federal Register appeared in 1935 + n."""


@dataclass(frozen=True, slots=True)
class Citations:
    """What a citation cell says."""

    citations: tuple[str, ...]
    """As "85 FR 34505", in the order given, each once."""
    start_date: str | None
    """ISO date of the first citation."""
    left_over: str
    """What was not understood."""


# Nearly all cells are those of the version read before.
@lru_cache(maxsize=8192)
def read_citations(cell: str) -> Citations:
    r"""Read a citation cell; its date is the publication date of the rule.

    >>> read_citations("85 FR 34505, 6/5/20.\n85 FR 44161, 7/22/20.")
    Citations(citations=('85 FR 34505', '85 FR 44161'), start_date='2020-06-05', left_over='')
    """
    text = without_debris(cell)
    found = list(_CITATION.finditer(text))
    rest = " ".join(_CITATION.sub(" ", text).split()).strip(" .,;")
    dates = [day for match in found if (day := _date(match)) is not None]
    return Citations(
        citations=tuple(dict.fromkeys(f"{match[1]} FR {match[2]}" for match in found)),
        start_date=dates[0].isoformat() if dates and _date(found[0]) is not None else None,
        left_over=rest if _LEFT_OVER.search(rest) else "",
    )


def _date(match: re.Match[str]) -> date | None:
    """The date behind a citation. Two-digit years are those of the volume's century."""
    if match[6] is not None:
        return written_day(match[6], match[7], match[8])
    if match[5] is None:
        return None
    year = int(match[5])
    if len(match[5]) == 2:
        near = _FIRST_VOLUME_YEAR + int(match[1])
        year += near - near % 100
        year += 100 * ((near - year > 50) - (year - near > 50))
    return _calendar(year, int(match[3]), int(match[4]))


def _calendar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
