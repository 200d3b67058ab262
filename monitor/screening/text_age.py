"""How old a text says that it is, and whether it is an older copy than one read before.

A host has many edges, and one of them may serve the copy of yesterday: that decides nothing, and
proves nothing about now.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from monitor.screening.witness import Source

PASSED_OVER_FOR: Mapping[str, timedelta] = {
    Source.CSL: timedelta(days=1),
    Source.ECFR: timedelta(days=7),
}
"""So long nothing but older copies may come. Then the host means it: its date was wrong once, or
has gone back for good, and must not make us blind. The file is rebuilt hourly, the codified text is
dated every business day; an edge was seen to be an hour behind, and a weekend is no reason."""


def newest_believed(
    newest: str | None, source: str, older_since: datetime | None, now: datetime
) -> str | None:
    """The date below which a text is an older copy; None where any text is the host's word.

    `newest`: the date of the newest text accepted. `older_since`: since when only older ones come.
    """
    limit = PASSED_OVER_FOR.get(source)
    if older_since is None or limit is None:
        return newest
    return newest if now - older_since < limit else None


def is_older(as_of: str | None, newest: str | None) -> bool:
    """Whether a text is an older copy; one that does not say how old it is, is not."""
    return as_of is not None and newest is not None and as_of < newest[: len(as_of)]
