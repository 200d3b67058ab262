"""When a host wants to be asked again, read from a Retry-After (RFC 9110 section 10.2.3).

It stands below the rooms, for sources and channels read the same header and do not know each other.
Pure: no clock is asked, a date counts from the answer's own Date.
"""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST = 86_400.0
"""Seconds; nobody may ask us to be silent for more than a day."""
_LONGEST_DATE = 64
# ASCII alone: digits of other scripts and raised ones are digits to Python and no numbers to it.
_SECONDS = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def retry_after(value: str, date: str = "") -> float | None:
    """Seconds to wait, at most a day; None where the header is absent or says nothing usable.

    `value` is the header's text, in seconds or as a date; `date` the Date of the same answer.
    """
    value = value.strip()
    if _SECONDS.fullmatch(value):
        return min(float(value), LONGEST)
    when, sent = _moment(value), _moment(date)
    if when is None or sent is None:
        return None
    return min(max((when - sent).total_seconds(), 0.0), LONGEST)


def _moment(text: str) -> datetime | None:
    if len(text) > _LONGEST_DATE:
        return None
    try:
        found = parsedate_to_datetime(text)
        # "-0000" says UTC without a zone.
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
