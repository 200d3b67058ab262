"""What the lists say of everyone on them: their names, and the towns in their addresses."""

from collections.abc import Iterable
from dataclasses import dataclass

from monitor.screening.entry import Entry
from monitor.screening.names import name_key


@dataclass(frozen=True, slots=True)
class OnLists:
    """Keys of what stands on the lists."""

    names: frozenset[str] = frozenset()
    """Every name and alias."""
    towns: frozenset[str] = frozenset()
    """What closes the addresses of two parties at least, but for a number or a country."""

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "OnLists":
        """Of these entries, of whatever lists and sources."""
        names, bearer, towns = set[str](), dict[str, str](), set[str]()
        for entry in entries:
            names.update(map(name_key, entry.names))
            for town in {said for address in entry.addresses for said in _closing(address)}:
                if bearer.setdefault(town, entry.name) != entry.name:
                    towns.add(town)
        return cls(frozenset(names), frozenset(map(name_key, towns)))


def _closing(address: str) -> list[str]:
    """The last two parts of an address as written, without those that hold a figure."""
    last = [part.strip(" .;") for part in address.rsplit(",", 2)[-2:]]
    return [part for part in last if part and not any(char.isdigit() for char in part)]


NO_LISTS = OnLists()
