"""Which watches the first page shows, and in which order: those that need attention first.

With thousands of watches a page holds some of them and says how many there are; a cursor is the
place after which the next page begins, so that what comes or goes meanwhile hides none.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from monitor.screening.names import name_key
from monitor.screening.state import LISTED, NOT_LISTED, UNKNOWN
from monitor.screening.watch import Watch
from monitor.screening.words.labels import watches as counted_watches
from monitor.screening.words.message import filled, joined, say, sentences, template
from monitor.status.page import Choice
from monitor.status.summary import WatchSummary
from monitor.web.context import About

PAGE = 25
"""Watches on a page."""
MOST_TAGS = 500
"""Tags that are offered to choose from; `?tag=` takes any."""
CURSOR = "^[01]-[0-9]{1,9}$"
"""The form of a cursor: rank and place of the last watch shown."""


@dataclass(frozen=True, slots=True)
class Asked(Choice):
    """What was searched for and chosen on the first page."""

    q: str = ""
    cursor: str | None = None

    @property
    def is_part(self) -> bool:
        """Whether some watches are left out."""
        return bool(self.q or self.state or self.pending or self.tag)

    def query(self, cursor: str | None = None) -> str:
        """The query of the same choice, from a place on."""
        said = {"q": self.q, "state": self.state, "pending": self.pending, "tag": self.tag,
                "cursor": cursor}  # fmt: skip
        return urlencode({name: value for name, value in said.items() if value})


@dataclass(frozen=True, slots=True)
class Chosen:
    """The watches of one page, and how many there are beside them."""

    watches: tuple[Watch, ...]
    found: int
    """How many match what was searched for; all where nothing was."""
    total: int
    summary: str
    next: str | None
    """Cursor of the next page."""
    tags: Sequence[str]
    """Those to choose from."""

    @property
    def is_part(self) -> bool:
        """Whether there is more than this page, so that a search is of use."""
        return len(self.watches) < self.total


def choose(
    standings: Iterable[WatchSummary],
    troubled: Collection[str | None],
    asked: Asked,
    about: Mapping[str, About],
) -> Chosen:
    """The page that was asked for; `troubled` names watches of which an alert was not delivered."""
    stand = list(standings)
    fits = {
        one.watch.id
        for one in stand
        if asked.takes(one.state, one.pending) and asked.tagged(one.watch)
    }
    looks = {one.watch.id for one in stand if one.needs_a_look}
    watches = list({one.watch.id: one.watch for one in stand}.values())
    ranked = sorted(
        (0 if watch.id in looks or watch.id in troubled else 1, place, watch)
        for place, watch in enumerate(watches)
        if watch.id in fits and _matches(watch, asked.q, about.get(watch.id, About()))
    )
    start = _place(asked.cursor)
    rest = [one for one in ranked if one[:2] > start]
    page = rest[:PAGE]
    return Chosen(
        tags=sorted({tag for watch in watches for tag in watch.tags})[:MOST_TAGS],
        watches=tuple(watch for _, _, watch in page),
        found=len(ranked),
        total=len(watches),
        summary=_summary(stand, len(watches)),
        next=f"{page[-1][0]}-{page[-1][1]}" if len(rest) > PAGE else None,
    )


def _place(cursor: str | None) -> tuple[int, int]:
    if cursor is None:
        return (-1, -1)
    rank, place = cursor.split("-")
    return int(rank), int(place)


def _matches(watch: Watch, q: str, about: About) -> bool:
    """Whether what was searched for is part of a name, an alias, a tag or the id."""
    wanted = q.strip()
    if not wanted:
        return True
    key = name_key(wanted)
    if key and any(key in name_key(name) for name in (watch.name, *watch.aliases)):
        return True
    texts = (watch.id, *about.local_names, *about.tags)
    return any(wanted.casefold() in text.casefold() for text in texts)


def _summary(stand: Collection[WatchSummary], watches: int) -> str:
    states = Counter(one.state for one in stand)
    pending = sum(one.pending is not None and one.state != UNKNOWN for one in stand)
    each = say(", counted per list") if len(stand) > watches else ""
    said = [filled(words, count=states[state]) for state, words in _IN_STATE if states[state]]
    return sentences(
        say("{watches}{each}: {states}.", watches=counted_watches(watches), each=each,
            states=joined(", ", said)),
        say("{count:,} with a removal or listing announced or suspected.", count=pending)
        if pending else "",
    )  # fmt: skip


_IN_STATE = (
    (UNKNOWN, template("{count:,} with unknown status")),
    (LISTED, template("{count:,} listed")),
    (NOT_LISTED, template("{count:,} not listed")),
)
