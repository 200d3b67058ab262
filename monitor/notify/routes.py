"""Which channel is told of which event: tags of Apprise URLs; kinds, watches and tags of webhooks.

Without any of them a channel gets everything but baselines and news of whole lists, which are asked
for. Nothing is muted here.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from monitor.screening.event import ASKED_FOR, LISTINGS, REMOVALS, Event, Kind, topic

TOPICS = frozenset(
    {"removal", "listing", "amendment", "rule", "operations", "baseline", "list_changed"}
)
"""The tags that name what an event is about; every other tag is the id of a watch or a follow, or a
watch's own tag."""


def route(tag: str) -> str:
    """A tag of a watch as it is written to route by: Apprise has neither spaces nor commas in one.

    >>> route("East Asia")
    'east-asia'
    """
    return "-".join(tag.casefold().replace(",", " ").split())


def routes_of(tags: Iterable[str]) -> frozenset[str]:
    """The routes of a watch's own tags; a word that already names what an event is about is none.

    >>> sorted(routes_of(("East Asia", "Removal")))
    ['east-asia']
    """
    return frozenset(map(route, tags)) - TOPICS


@dataclass(frozen=True, slots=True)
class Named:
    """What routes may name of the watches and follows."""

    ids: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    """As they are written to route by."""
    follows: frozenset[str] = frozenset()
    """Ids of follows."""

    @classmethod
    def of(
        cls, watches: Iterable[tuple[str, Collection[str]]], follows: Iterable[str] = ()
    ) -> "Named":
        """Of watches, each with its id and its tags, and of the ids of follows."""
        known = list(watches)
        tags = frozenset[str]().union(*(routes_of(tags) for _, tags in known))
        return cls(frozenset(id_ for id_, _ in known), tags, frozenset(follows))

    @property
    def only_follows(self) -> frozenset[str]:
        """Ids of follows that are no watch's tag."""
        return self.follows - self.tags


def wanted_by_tags(
    event: Event,
    tags: Collection[str],
    own: Collection[str] = (),
    follows: Collection[str] = (),
) -> bool:
    """Whether a channel with these tags gets the event: any tag that fits suffices.

    A watch id, and one of its `own` tags, bring all of that watch but its baseline, which must be
    asked for by its own tag. The id of a follow brings its news; `follows` are those of the tags
    that name nothing else.
    """
    about = topic(event.kind)
    if not tags:
        return event.kind not in ASKED_FOR
    if event.kind is Kind.LIST_CHANGED:
        return about in tags or event.follow in tags
    if event.kind is Kind.NOTICE_FOUND and event.watch is None:
        # It may be any watch's removal.
        return digest_wanted_by_tags(tags, follows)
    of_watch = event.watch in tags or not routes_of(own).isdisjoint(tags)
    return about in tags or (about != "baseline" and of_watch)


def digest_wanted_by_tags(tags: Collection[str], follows: Collection[str] = ()) -> bool:
    """Whether a channel with these tags gets the digest: it goes wherever a removal would go."""
    return not tags or bool(set(tags) - (TOPICS - {"removal"}) - set(follows))


def wanted_by_kinds(event: Event, kinds: Collection[str]) -> bool:
    """Whether a channel for these kinds gets the event.

    A notice to be read goes with removals, a possible match with listings.
    """
    if not kinds:
        return event.kind not in ASKED_FOR
    if event.kind is Kind.NOTICE_FOUND and any(kind in REMOVALS for kind in kinds):
        return True
    if event.kind is Kind.POSSIBLE_MATCH and any(kind in LISTINGS for kind in kinds):
        return True
    return event.kind in kinds


def wanted_by_watches(
    event: Event,
    kinds: Collection[str],
    watches: Collection[str],
    tags: Collection[str],
    own: Collection[str],
    follows: Collection[str] = (),
) -> bool:
    """Whether a channel for these watches, and for those with these tags, gets the event.

    What concerns no watch comes where its kind is named, and a notice that may be any watch's
    removal always, but where the tags are those of `follows` alone.
    """
    if not watches and not tags:
        return True
    if event.watch is None:
        any_watch = event.kind is Kind.NOTICE_FOUND and bool(watches or set(tags) - set(follows))
        return any_watch or event.kind in kinds
    return event.watch in watches or not routes_of(own).isdisjoint(map(route, tags))


def wanted_by_follows(event: Event, kinds: Collection[str], follows: Collection[str]) -> bool:
    """Whether a channel that names these follows among its tags gets news of a list.

    It must be asked for: by the kind, which brings the news of all follows where none is named, or
    by the id of a follow where no kinds are.
    """
    if follows and event.follow not in follows:
        return False
    return event.kind in kinds if kinds else bool(follows)
