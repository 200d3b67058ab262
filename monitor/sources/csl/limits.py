"""How much of a list is read: far more than was ever published, far less than a memory of 512 MB.

A body within `max_bytes` may still hold a million rows in 12 MB, or one row of 128 MB.
"""

from monitor.errors import SourceFault
from monitor.screening.words.message import say

MOST_ROWS = 80_000
"""Of all lists; 26,000 now. So many of one list, read, compared and stored at once, take 400 MB."""
MOST_ROW = 256 * 2**10
"""Bytes or characters of one row; the longest so far has 20,000."""
MOST_READ = 48 * 2**20
"""Bytes or characters of the rows that are read in full; all lists together have 33 MB."""
MOST_OBJECTS = 1_000_000
"""Opening braces of a JSON document; the whole list has 60,000."""


class Budget:
    """What is left of the limits while a document is read."""

    def __init__(self) -> None:
        self._rows = 0
        self._read = 0

    def row(self, size: int, *, in_full: bool) -> None:
        """One more row. Raises SourceFault where a limit is passed."""
        self._rows += 1
        self._read += size if in_full else 0
        if size > MOST_ROW:
            raise SourceFault(
                say("row {row} is longer than {most}", row=self._rows, most=MOST_ROW),
                at_once=True,
            )
        if self._rows > MOST_ROWS:
            raise SourceFault(
                say("the list has more than {most} rows", most=MOST_ROWS), at_once=True
            )
        if self._read > MOST_READ:
            raise SourceFault(
                say("the lists followed are larger than {most} bytes", most=MOST_READ),
                at_once=True,
            )
