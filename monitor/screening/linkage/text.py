"""One accepted text of a list, with what linkage asks of the whole of it, each made when asked.

Whose alias, whose address, how many rows of one name: a row's evidence is only as good as it is
rare among the rows beside it.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property

from monitor.screening.entry import Entry
from monitor.screening.linkage.addresses import Addresses, without_places
from monitor.screening.names import ListNames, NameIndex, name_key

_TELLING = 6
"""An alias of fewer letters and digits is an acronym that many may bear."""


class Text:
    """The rows of one list in one text, identical ones once."""

    def __init__(self, rows: Sequence[Entry]) -> None:
        self.rows = rows

    @cached_property
    def names(self) -> ListNames[int]:
        """Every name and alias, to say which are the same but for form, and which near."""
        return ListNames(
            (name, at) for at, row in enumerate(self.rows) for name in row.names if name_key(name)
        )

    @cached_property
    def _main_names(self) -> NameIndex[int]:
        return NameIndex((row.name, at) for at, row in enumerate(self.rows))

    def has(self, name: str) -> bool:
        """Whether a row of the text has this name, as its name and not as an alias."""
        return bool(self._main_names.find(name))

    def named(self, name: str) -> list[Entry]:
        """The rows that have this name."""
        return [self.rows[at] for at in self._main_names.find(name)]

    @cached_property
    def addresses(self) -> Addresses:
        """Whose address each is."""
        return Addresses(self.rows)

    @cached_property
    def _bearers(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.rows:
            for name in row.names:
                found[name_key(name)].add(name_key(row.name))
        return found

    def own_names(self, row: Entry) -> dict[str, str]:
        """Key and text of those names of a row that no row of another name bears."""
        mine = {name_key(row.name)}
        keyed = {name_key(name): name for name in row.names}
        return {
            key: name
            for key, name in keyed.items()
            if len(key) >= _TELLING and self._bearers.get(key, mine) <= mine
        }

    @cached_property
    def _short_names(self) -> Counter[str]:
        """How many names come to the same when a place behind them is left off."""
        names = {row.name: row for row in self.rows}
        cut = (without_places(name, row) or name for name, row in names.items())
        return Counter(map(name_key, cut))

    def is_alone(self, short: str) -> bool:
        """Whether at most one name of the text comes to this when its place is left off."""
        return self._short_names[name_key(short)] <= 1
