"""Tells the rows of a broken JSON document apart by their braces, for the sake of the sound ones.

Only a document whose beginning and end are sound is taken apart: one that was cut stays refused.
A text may hold what looks like the seam between two rows; then both halves are no rows, and are set
aside as any that cannot be read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

import msgspec

from monitor.sources.csl.limits import MOST_ROW, MOST_ROWS

UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
"""What msgspec raises of bytes that it cannot read."""


class Envelope(msgspec.Struct):
    """The document, or a part of it: rows not decoded yet, and what it says of itself."""

    results: list[msgspec.Raw]
    total: int | None = None
    search_performed_at: str | None = None


@dataclass(frozen=True, slots=True)
class Apart:
    """A document taken apart."""

    envelope: Envelope
    """What it says of itself, without rows."""
    rows: Iterator[Envelope]
    """Row by row, also those that cannot be read."""
    certain: bool
    """Whether its last row is sound, so that what follows is surely the document's own end."""


_RESULTS = re.compile(rb'"results"\s{0,40}:\s{0,40}\[')
_FIRST = re.compile(rb'\{\s{0,40}"\w{1,40}"')
_PLACES = 20
_ENDS = 200
"""Closing brackets looked at for the one that ends the rows; what follows it has a few dozen."""


def rows_apart(body: bytes) -> Apart | None:
    """The rows of a document that does not parse; None where its beginning or end is not sound."""
    at = _beginning(body)
    if at is None or at > 2 * MOST_ROW or (first := _FIRST.search(body, at, at + MOST_ROW)) is None:
        return None
    seam = re.compile(rb"\}\s{0,40}(,)\s{0,40}" + re.escape(first[0]))
    seams = [found.start(1) for found in islice(seam.finditer(body, at), MOST_ROWS)]
    last = seams[-1] + 1 if seams else at
    end = _end(body, at, last)
    if end is None:
        return None
    closes, envelope, certain = end
    # The bracket or the comma before each row, and that behind the last.
    return Apart(envelope, _rows(body, (at - 1, *seams, closes)), certain)


def _rows(body: bytes, borders: tuple[int, ...]) -> Iterator[Envelope]:
    for before, behind in pairwise(borders):
        row = body[before + 1 : behind]
        yield _decoded(row) or Envelope([msgspec.Raw(row)])


def _decoded(rows: bytes) -> Envelope | None:
    try:
        return msgspec.json.decode(b'{"results":[' + rows + b"]}", type=Envelope)
    except UNREADABLE:
        return None


def _beginning(body: bytes) -> int | None:
    """Where the rows begin: behind the bracket of the document's own `results`."""
    for _, found in zip(range(_PLACES), _RESULTS.finditer(body), strict=False):
        try:
            fields = msgspec.json.decode(body[: found.end()] + b"]}", type=dict[str, msgspec.Raw])
        except UNREADABLE:
            continue
        if next(reversed(fields)) == "results":
            return found.end()
    return None


def _end(body: bytes, at: int, last: int) -> tuple[int, Envelope, bool] | None:
    """The bracket that closes the rows, and what the document says of itself around them.

    The last row may be the broken one: then the first bracket behind which the document ends.
    """
    if len(body) - last > 2 * MOST_ROW:
        return None
    found: tuple[int, Envelope, bool] | None = None
    closes = last
    for _ in range(_ENDS):
        closes = body.find(b"]", closes + 1)
        if closes == -1:
            break
        try:
            envelope = msgspec.json.decode(body[:at] + body[closes:], type=Envelope)
        except UNREADABLE:
            continue
        if _decoded(body[last:closes]) is not None:
            return closes, envelope, True
        found = found or (closes, envelope, False)
    return found
