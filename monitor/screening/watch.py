"""A watch, and the verdict that a list source gives of it; `parties` finds its rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from monitor.screening.entry import Entry
from monitor.screening.full_text import FullText, ListText
from monitor.screening.names import is_one_of
from monitor.screening.witness import Verdict
from monitor.screening.words.message import Message, called


@dataclass(frozen=True, slots=True)
class Watch:
    """A party we watch, on given lists."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    lists: tuple[str, ...] = ("EL",)
    near: Literal["off", "close", "broad"] = "close"
    """How much a person is asked of near names."""
    not_same_as: tuple[str, ...] = ()
    """Names as a list writes them that are somebody else: decided beforehand."""
    addresses: tuple[str, ...] = ()
    country: str | None = None
    local_names: tuple[str, ...] = ()
    """Its names in its own script, for display and search; lists are in Latin script."""
    tags: tuple[str, ...] = ()
    note: str | None = None
    """Why it is watched, for readers."""

    @property
    def called(self) -> Message:
        """The name as sentences have it, with those in its own script."""
        return called(self.name, self.local_names)

    @property
    def names(self) -> tuple[str, ...]:
        """The name and every alias."""
        return (self.name, *self.aliases)

    def names_with(self, adopted: Iterable[str]) -> tuple[str, ...]:
        """The same, with names adopted by decisions; the files win over a decision."""
        kept = (name for name in adopted if not is_one_of(name, self.not_same_as))
        return (*self.names, *kept)


def names_digest(watch: Watch) -> str:
    """A digest of the names a watch is judged with, and of those decided to be somebody else's."""
    others = ("\x1d", *watch.not_same_as) if watch.not_same_as else ()
    return sha256("\x1f".join((*watch.names, *others)).encode()).hexdigest()[:16]


def verdict_of(
    rows: Sequence[Entry],
    names: Sequence[str],
    full: ListText | None,
    unread: FullText | None = None,
    *,
    kept: bool = False,
) -> Verdict:
    """Listed with a row; absent only where a full text, if there is one, is free of it too.

    A name that no understood row accounts for is `unknown`: a published parser has lost entries. So
    is one that stands in a row that could not be read (`unread`: what can be read of those), and a
    party whose row may be such a one (`kept`).
    """
    if rows:
        return Verdict.LISTED
    if full is not None and any(full.holds_apart(name) for name in names):
        return Verdict.UNKNOWN
    if kept or (unread is not None and any(unread.holds(name) for name in names)):
        return Verdict.UNKNOWN
    return Verdict.ABSENT
