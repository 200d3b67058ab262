"""Rows that could not be read: who may stand in them is neither listed nor absent by this text.

A row that went in the very text in which an unread one came may be that one. It is kept as it was
read last, so that no removal is told of it, for as long as the unread row stands.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from monitor.screening.entry import Entry, UnreadRow
from monitor.screening.full_text import WALL, FullText


@dataclass(frozen=True, slots=True)
class Unread:
    """The rows of one list that could not be read in its last accepted text."""

    rows: tuple[UnreadRow, ...] = ()
    kept: tuple[str, ...] = ()
    """Digests of entries read before that may be one of these rows."""


def unread_of(rows: Iterable[UnreadRow], list_: str) -> tuple[UnreadRow, ...]:
    """Those that are, or may be, of this list."""
    return tuple(row for row in rows if row.list in {None, list_})


def unread_text(rows: Sequence[UnreadRow]) -> FullText | None:
    """What can be read of them, to be asked for names; None where there are none."""
    return FullText(WALL.join(row.text for row in rows)) if rows else None


def kept_back(
    gone: Mapping[str, Entry], rows: Sequence[UnreadRow], before: Unread
) -> tuple[str, ...]:
    """Digests of the entries gone, without a successor, that may be one of the unread rows.

    `before`: what the last text held of such. An unread row whose name is not known may be any of
    those that went when it came; one that stood there before is none of those that go now.
    """
    text = unread_text(rows)
    if text is None:
        return ()
    nameless, known = (
        Counter(row.text for row in some if not row.named) for some in (rows, before.rows)
    )
    if nameless - known:
        return tuple(gone)
    still = frozenset(before.kept) if nameless else frozenset[str]()
    return tuple(
        digest
        for digest, entry in gone.items()
        if digest in still or any(text.holds(name) for name in entry.names)
    )
