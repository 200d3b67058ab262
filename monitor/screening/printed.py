"""What the law's printers and sites write alike in every text: days in words, and link text.

A day is "November 16, 2023" or "Nov. 16, 2023"; one that no calendar has is none.
"""

import re
from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
MONTH = "|".join(MONTHS)
"""A pattern for the name of a month in full."""
DATE = re.compile(rf"\b({MONTH})\s+(\d{{1,2}}),?\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_SHORT = [month[:3].lower() for month in MONTHS]
SHORT_MONTH = "|".join(_SHORT)
_DEBRIS = re.compile(r"\s*\bpreview citation details\b\s*", re.IGNORECASE)


def written_day(month: str, day: str, year: str) -> date | None:
    """The day of a month's name, in full or cut short.

    >>> written_day("Nov", "16", "2023")
    datetime.date(2023, 11, 16)
    """
    if month[:3].lower() not in _SHORT:
        return None
    try:
        return date(int(year), _SHORT.index(month[:3].lower()) + 1, int(day))
    except ValueError:
        return None


def without_debris(text: str) -> str:
    """The text in one line, without the words that the eCFR's site puts into it.

    >>> without_debris("81 FR 61601 preview citation details, 9/7/16")
    '81 FR 61601, 9/7/16'
    """
    # Blanks in a row are one before the pattern looks: 60,000 of them took a minute and a half.
    said = _DEBRIS.sub(" ", " ".join(text.split()))
    return " ".join(said.replace(" ,", ",").split())
