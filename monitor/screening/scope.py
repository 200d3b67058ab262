"""Who is watched, on which lists, by which sources, and within which limits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from monitor.screening.entry import ENTITY_LIST, PART_LISTS
from monitor.screening.follow import Follow
from monitor.screening.names import ListNames
from monitor.screening.parties import WatchedNames
from monitor.screening.plausibility import Bounds
from monitor.screening.watch import Watch
from monitor.screening.witness import LIST_SOURCES, Source

CARRIES_ONLY: Mapping[str, frozenset[str]] = {Source.ECFR: frozenset({ENTITY_LIST})}
"""Sources whose own document holds these lists and no other; the CSL carries what it publishes."""


@dataclass(frozen=True)
class Scope:
    """What is judged. Nothing here changes: another watch list makes another scope."""

    watches: Sequence[Watch]
    enabled: frozenset[str]
    """Every enabled source, the Federal Register included."""
    bounds: Mapping[str, Bounds]
    """By list source."""
    stale_after: Mapping[str, float]
    """Seconds, by source."""
    follows: Sequence[Follow] = field(default=(), kw_only=True)
    """Who asks for news of whole lists."""

    def watch(self, id_: str) -> Watch | None:
        """The configured watch of that id."""
        return self._by_id.get(id_)

    @cached_property
    def _by_id(self) -> dict[str, Watch]:
        return {watch.id: watch for watch in self.watches}

    def names_of(self, watch: str) -> tuple[str, ...]:
        """The configured names of a watch."""
        known = self._by_id.get(watch)
        return known.names if known else ()

    def watched_names(self, list_: str) -> WatchedNames:
        """The names watched on a list, made once."""
        if list_ not in self._watched_names:
            names = {watch.id: watch.names for watch in self.watched_on(list_)}
            self._watched_names[list_] = WatchedNames(names)
        return self._watched_names[list_]

    def watched_on(self, list_: str) -> list[Watch]:
        """The watches that are watched on a list."""
        return [watch for watch in self.watches if list_ in watch.lists]

    def near_watched(self, list_: str) -> ListNames[str]:
        """The same names, ready to be asked which watches a row's name could be near; made once."""
        if list_ not in self._near_watched:
            self._near_watched[list_] = ListNames(
                (name, watch.id)
                for watch in self.watched_on(list_)
                if watch.near != "off"
                for name in watch.names
            )
        return self._near_watched[list_]

    @cached_property
    def _near_watched(self) -> dict[str, ListNames[str]]:
        return {}

    @cached_property
    def _watched_names(self) -> dict[str, WatchedNames]:
        return {}

    @cached_property
    def followed(self) -> frozenset[str]:
        """The lists that are judged: the Entity List, and every other watched or followed."""
        watched = (list_ for watch in self.watches for list_ in watch.lists)
        return frozenset({ENTITY_LIST, *watched, *(one.list for one in self.follows)})

    @cached_property
    def read(self) -> tuple[str, ...]:
        """The lists that can be searched: those that are judged, and those that are only kept."""
        return tuple(sorted(list_ for list_, some in self._carriers.items() if some))

    def judged(self, source: str) -> tuple[str, ...]:
        """The followed lists that a source's own document holds."""
        lists = self.followed & CARRIES_ONLY.get(source, self.followed)
        return tuple(sorted(lists))

    def carriers(self, list_: str) -> tuple[str, ...]:
        """The enabled list sources that carry a list, the law's own text first."""
        return self._carriers.get(list_, ())

    @cached_property
    def _carriers(self) -> dict[str, tuple[str, ...]]:
        law_first = [source for source in LIST_SOURCES if source in self.enabled]
        carried = {source: self.judged(source) for source in law_first}
        if Source.ECFR in carried:
            carried[Source.ECFR] += PART_LISTS
        return {
            list_: tuple(source for source in law_first if list_ in carried[source])
            for list_ in {*self.followed, *PART_LISTS}
        }

    def stale_limit(self, list_: str) -> float:
        """Seconds without a good look until nothing can be told: the longest of its sources."""
        return max((self.stale_after[name] for name in self.carriers(list_)), default=0.0)
