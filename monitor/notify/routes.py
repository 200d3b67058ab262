"""Which channel is told of which event: tags of Apprise URLs; kinds, watches and tags of webhooks.

Without any of them a channel gets everything but baselines. Nothing is muted here.
"""

from collections.abc import Collection, Iterable

from monitor.screening.event import LISTINGS, REMOVALS, Event, Kind, topic

TOPICS = frozenset({"removal", "listing", "amendment", "rule", "operations", "baseline"})
"""The tags that name what an event is about; every other tag is a watch id or a watch's own tag."""


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


def wanted_by_tags(event: Event, tags: Collection[str], own: Collection[str] = ()) -> bool:
    """Whether a channel with these tags gets the event: any tag that fits suffices.

    A watch id, and one of its `own` tags, bring all of that watch but its baseline, which must be
    asked for by its own tag.
    """
    about = topic(event.kind)
    if not tags:
        return about != "baseline"
    if event.kind is Kind.NOTICE_FOUND and event.watch is None:
        # It may be any watch's removal.
        return digest_wanted_by_tags(tags)
    of_watch = event.watch in tags or not routes_of(own).isdisjoint(tags)
    return about in tags or (about != "baseline" and of_watch)


def digest_wanted_by_tags(tags: Collection[str]) -> bool:
    """Whether a channel with these tags gets the digest: it goes wherever a removal would go."""
    return not tags or bool(set(tags) - (TOPICS - {"removal"}))


def wanted_by_kinds(event: Event, kinds: Collection[str]) -> bool:
    """Whether a channel for these kinds gets the event.

    A notice to be read goes with removals, a possible match with listings.
    """
    if not kinds:
        return event.kind is not Kind.BASELINE
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
) -> bool:
    """Whether a channel for these watches, and for those with these tags, gets the event.

    What concerns no watch comes where its kind is named, and a notice that may be any watch's
    removal always.
    """
    if not watches and not tags:
        return True
    if event.watch is None:
        return event.kind is Kind.NOTICE_FOUND or event.kind in kinds
    return event.watch in watches or not routes_of(own).isdisjoint(map(route, tags))
