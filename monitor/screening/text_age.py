"""How old a text says that it is, and whether it is an older copy than one read before.

A host has many edges, and one of them may serve the copy of yesterday: that decides nothing, and
proves nothing about now.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from monitor.screening.witness import AHEAD, Source

PASSED_OVER_FOR: Mapping[str, timedelta] = {Source.CSL: timedelta(days=1)}
"""So long nothing but older copies may come; then the host means it.

The CSL's file is rebuilt hourly: a stamp that was wrong once, or is wrong from now on, must not
make us blind. The eCFR has no such limit. Its date is not a stamp but what is asked for, so an
older text says nothing new; a date ahead of the calendar is no measure: a living host passes it.
"""


def newest_believed(
    newest: str | None,
    source: str,
    now: datetime,
    *,
    older_since: datetime | None,
    last_good_at: datetime | None,
) -> str | None:
    """The date below which a text is an older copy; None where any text is the host's word.

    `newest`: the date of the newest text accepted. `older_since`: since when only older ones come.
    After a clock was set back, a stamp of before is no measure.
    """
    limit = PASSED_OVER_FOR.get(source)
    if limit is None:
        return newest
    went_back = older_since is not None and now - older_since >= limit
    return None if went_back or clock_set_back(last_good_at, now) else newest


def clock_set_back(last_good_at: datetime | None, now: datetime) -> bool:
    """Whether the last good look lies ahead of the clock, which was set back since."""
    return last_good_at is not None and last_good_at - now > AHEAD


def is_older(as_of: str | None, newest: str | None) -> bool:
    """Whether a text is an older copy; one that does not say how old it is, is not."""
    return as_of is not None and newest is not None and as_of < newest[: len(as_of)]
