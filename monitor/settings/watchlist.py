"""watchlist.yaml: the parties to watch.

Refused: two watches with one id, or with one name on one list, because their events could not be
told apart; and ids that are also words of the notification routes.
"""

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ValidationInfo, field_validator

from monitor.screening.names import name_key
from monitor.settings.strict import STRICT
from monitor.settings.texts import Country, Line, ListCode, Name, Slug

ROUTE_WORDS = frozenset(
    {
        "removal",
        "listing",
        "amendment",
        "operations",
        "baseline",
        "rule",
        "list_changed",
        "all",
        "always",
    }
)
"""Tags that already choose what a channel gets; the last two are Apprise's own."""

Near = Literal["off", "close", "broad"]
ChangeWord = Literal["added", "removed", "amended"]
"""What can become of a party on a list."""
"""How much is asked of a person about near names."""
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


class Watch(BaseModel):
    """A party to watch, on given lists."""

    model_config = STRICT

    id: Annotated[Slug, AfterValidator(_no_route_word)]
    """Its short name in URLs, commands and tags: lower-case letters, digits and dashes."""
    name: Name
    """The party's name as the list publishes it."""
    aliases: tuple[Name, ...] = ()
    """Other names that are this party as surely as its name."""
    same_as: tuple[Name, ...] = ()
    """Names as a list writes them that are this party: a near name decided beforehand."""
    not_same_as: tuple[Name, ...] = ()
    """Names as a list writes them that are another party: never asked about."""
    addresses: tuple[Line, ...] = ()
    """Its addresses, one a line; they help to tell whether a near name is this party."""
    local_names: tuple[Line, ...] = ()
    """Its names in its own script, for display; the lists are in Latin script."""
    country: Country | None = None
    """Two-letter country code; it weighs when names are near and excludes nothing."""
    lists: Annotated[tuple[ListCode, ...], AfterValidator(_each_once)] = ("EL",)
    """The lists it is watched on; EL is the Entity List."""
    near: Near | None = None
    """How much is asked about near names: off, close or broad; where left out, as for all."""
    note: str | None = None
    """Why it is watched; shown on its page."""
    tags: tuple[Line, ...] = ()
    """Free words to group watches by, and to route notifications."""

    @field_validator("not_same_as")
    @classmethod
    def _not_both(cls, others: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        own = (
            ("name", info.data.get("name")),
            *(
                (field, name)
                for field in ("aliases", "same_as")
                for name in info.data.get(field, ())
            ),
        )
        keys = {name_key(name): field for field, name in own if name}
        for name in others:
            if field := keys.get(name_key(name)):
                raise ValueError(f"should not repeat a name of this watch; one is its {field}")
        return others


def _with_letters(word: str) -> str:
    if not name_key(word):
        raise ValueError("should be a word with letters or digits")
    return word


def _distinct(values: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(values)) < len(values):
        raise ValueError("should name each only once")
    return values


class Follow(BaseModel):
    """News of a whole list: who joins, leaves or is changed. What is left out asks for any."""

    model_config = STRICT

    id: Annotated[Slug, AfterValidator(_no_route_word)]
    """Its short name, and the tag by which a channel asks for it."""
    list: ListCode = "EL"
    """The list that is followed; EL is the Entity List."""
    countries: Annotated[tuple[Country, ...], AfterValidator(_distinct)] = ()
    """Two-letter codes of the countries under which parties stand."""
    kinds: Annotated[tuple[ChangeWord, ...], AfterValidator(_distinct)] = ()
    """What was done to a party: added, removed, amended."""
    words: tuple[Annotated[Line, AfterValidator(_with_letters)], ...] = ()
    """Words of which one stands in a party's name or aliases, from the beginning of a word."""
    note: str | None = None
    """Why it is followed."""


class WatchlistFile(BaseModel):
    """The parties to watch, and the lists to follow."""

    model_config = STRICT

    near: Near = "close"
    """How much is asked about near names: off, close, or broad, which also shows distant ones."""
    watches: tuple[Watch, ...] = ()
    """The parties to watch, each on given lists."""
    follows: tuple[Follow, ...] = ()
    """The lists whose every change is told, from the day on which a follow was set."""


def follow_clashes(follows: Sequence[Follow], watches: Sequence[Watch]) -> Iterator[Misplaced]:
    """Follows whose id could be another's: a tag leads to one of them."""
    ids: dict[str, str] = {watch.id: f"the watch {watch.id}" for watch in reversed(watches)}
    for at, follow in enumerate(follows):
        other = ids.setdefault(follow.id, f"follows[{at}]")
        if other != f"follows[{at}]":
            yield ("follows", at, "id"), f"must be unique; {other} has the same id"


def clashes(watches: Sequence[tuple[int, Watch]]) -> Iterator[Misplaced]:
    """Watches that cannot be told apart; each is given with its place in the file."""
    ids: dict[str, int] = {}
    taken = Names()
    for at, watch in watches:
        first = ids.setdefault(watch.id, at)
        if first != at:
            yield ("watches", at, "id"), f"must be unique; watches[{first}] has the same id"
            continue
        for code, other in taken.add(watch):
            message = f"must be watched only once on {code}; {other} has the same name"
            yield ("watches", at, "name"), message


class Names:
    """Who is watched by a name on a list."""

    def __init__(self, watches: Sequence[Watch] = ()) -> None:
        self._ids: dict[tuple[str, str], str] = {}
        for watch in watches:
            self.add(watch)

    def add(self, watch: Watch) -> list[tuple[ListCode, str]]:
        """The lists on which its name is watched already, and by whom; else it is from now on."""
        key = name_key(watch.name)
        found = [(code, self._ids[key, code]) for code in watch.lists if (key, code) in self._ids]
        if not found:
            self._ids.update({(key, code): watch.id for code in watch.lists})
        return found
