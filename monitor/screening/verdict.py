"""What a list source now says of a watch."""

from collections.abc import Sequence

from monitor.screening.entry import Entry
from monitor.screening.full_text import FullText
from monitor.screening.witness import Verdict


def verdict_of(rows: Sequence[Entry], names: Sequence[str], full: FullText | None) -> Verdict:
    """Listed with a row; absent only where a full text, if there is one, is free of it too.

    A name in the full text without a row that was understood is `unknown`: neither is told.
    """
    if rows:
        return Verdict.LISTED
    if full is not None and any(full.holds(name) for name in names):
        return Verdict.UNKNOWN
    return Verdict.ABSENT
