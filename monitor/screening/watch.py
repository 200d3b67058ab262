"""A watch, and the verdict that a list source gives of it; `parties` finds its rows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from monitor.screening.entry import Entry
from monitor.screening.full_text import ListText
from monitor.screening.names import NameIndex
from monitor.screening.witness import Verdict


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

    @property
    def names(self) -> tuple[str, ...]:
        """The name and every alias."""
        return (self.name, *self.aliases)


class WatchIndex:
    """Every watched name, ready to be asked for."""

    def __init__(
        self,
        watches: Sequence[Watch],
        adopted: Mapping[tuple[str, str], Sequence[str]] | None = None,
    ) -> None:
        """`adopted`: names a watch took over from a successor row, by watch and list."""
        filed: list[tuple[str, tuple[str, str]]] = [
            (name, (watch.id, list_))
            for watch in watches
            for list_ in watch.lists
            for name in watch.names
        ]
        filed += [(name, key) for key, names in (adopted or {}).items() for name in names]
        self._index = NameIndex(filed)

    def watching(self, entry: Entry) -> list[str]:
        """The watches the entry belongs to."""
        found = {
            watch: None
            for name in entry.names
            for watch, list_ in self._index.find(name)
            if list_ == entry.list
        }
        return list(found)

    def matched(self, entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
        """By watch, the entries that are its own; watches without any are left out."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            for watch in self.watching(entry):
                found[watch].append(entry)
        return {watch: tuple(rows) for watch, rows in found.items()}


def verdict_of(rows: Sequence[Entry], names: Sequence[str], full: ListText | None) -> Verdict:
    """Listed with a row; absent only where a full text, if there is one, is free of it too.

    A name that no understood row accounts for is `unknown`: a published parser has lost entries.
    """
    if rows:
        return Verdict.LISTED
    if full is not None and any(full.holds_apart(name) for name in names):
        return Verdict.UNKNOWN
    return Verdict.ABSENT
