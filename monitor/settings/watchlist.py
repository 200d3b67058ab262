"""watchlist.yaml: the parties that are watched.

Refused: two watches of one id, or of one name on one list, for their events could not be told
apart; and ids that are also words of the notification routes.
"""

from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from monitor.screening.names import name_key
from monitor.settings.strict import STRICT
from monitor.settings.texts import Country, Line, ListCode, Name, Slug

ROUTE_WORDS = frozenset(
    {"removal", "listing", "amendment", "operations", "baseline", "all", "always"}
)
"""Tags that already choose what a channel gets; the last two are Apprise's own."""

Misplaced = tuple[tuple[str | int, ...], str]
"""Where in a file something is wrong, and what would be right."""


def _no_route_word(slug: str) -> str:
    if slug in ROUTE_WORDS:
        raise ValueError("should not be a word that routes notifications; add to it")
    return slug


def _each_once(lists: tuple[ListCode, ...]) -> tuple[ListCode, ...]:
    if not lists:
        raise ValueError("should name at least one list, such as EL")
    if len(set(lists)) < len(lists):
        raise ValueError("should name each list once")
    return lists


def _somebody(watches: tuple["Watch", ...]) -> tuple["Watch", ...]:
    if not watches:
        raise ValueError("should hold at least one watch: watching nobody would look like calm")
    return watches


class Watch(BaseModel):
    """A party that is watched, on given lists."""

    model_config = STRICT

    id: Annotated[Slug, AfterValidator(_no_route_word)]
    """Its short name in URLs, commands and tags: lower-case letters, digits and dashes."""
    name: Name
    """The party's name as the list publishes it."""
    aliases: tuple[Name, ...] = ()
    """Other names that are this party as surely as its name."""
    local_names: tuple[Line, ...] = ()
    """Its names in its own script, for display; the lists are in Latin script."""
    country: Country | None = None
    """Two-letter country code, for display."""
    lists: Annotated[tuple[ListCode, ...], AfterValidator(_each_once)] = ("EL",)
    """The lists it is watched on; EL is the Entity List."""
    note: str | None = None
    """Why it is watched; shown on its page."""
    tags: tuple[Line, ...] = ()
    """Free words to group watches by."""


class WatchlistFile(BaseModel):
    """The parties to watch."""

    model_config = STRICT

    watches: Annotated[
        tuple[Watch, ...], AfterValidator(_somebody), Field(json_schema_extra={"minItems": 1})
    ]
    """The parties to watch, each on given lists."""


def clashes(watches: Sequence[tuple[int, Watch]]) -> Iterator[Misplaced]:
    """Watches that cannot be told apart; each is given with its place in the file."""
    ids: dict[str, int] = {}
    names: dict[tuple[str, str], Watch] = {}
    for at, watch in watches:
        first = ids.setdefault(watch.id, at)
        if first != at:
            yield ("watches", at, "id"), f"should be its own; watches[{first}] has the same id"
            continue
        for code in watch.lists:
            other = names.setdefault((name_key(watch.name), code), watch)
            if other is not watch:
                yield (
                    ("watches", at, "name"),
                    f"should be watched once on {code}; {other.id} is the same name",
                )
