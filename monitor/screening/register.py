"""How far back the Federal Register is asked, which acts explain the past, and its silence."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

WINDOW = timedelta(days=60)
"""Documents published in this time are asked for at every look: late entries and corrections."""
NEAR = timedelta(days=14)
"""A list's change is explained by an act published this near to it."""
SILENT_AFTER = timedelta(days=28)
"""No rule of the bureau for so long is suspicious, not reassuring: it prints several a month."""


def ask_since(last_good: datetime | None, now: datetime) -> date:
    """The first publication date to ask for: well before the last good look, however long ago."""
    return min(now.date() - WINDOW, (last_good or now).date() - NEAR)


def near_any(published: str | None, days: Iterable[date]) -> bool:
    """Whether a document of this publication date (ISO) may explain a change on one of the days."""
    if published is None:
        return False
    day = date.fromisoformat(published)
    return any(abs(day - other) <= NEAR for other in days)


def silence(newest: str | None, now: datetime) -> str:
    """Why an answer without a recent rule is suspicious; empty where it is not.

    `newest`: the latest publication date (ISO) in it.
    """
    if (newest or "") >= (now - SILENT_AFTER).date().isoformat():
        return ""
    since = f"since {newest}" if newest else "for weeks"
    return f"no rule of the Bureau of Industry and Security on part 744 {since}: suspicious"
