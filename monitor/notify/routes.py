"""Which channel is told of which event: tags of Apprise URLs, kinds of webhooks.

Without tags or kinds a channel gets everything but baselines. Nothing is muted here.
"""

from collections.abc import Collection

from monitor.screening.event import LISTINGS, REMOVALS, Event, Kind, topic

TOPICS = frozenset({"removal", "listing", "amendment", "rule", "operations", "baseline"})
"""The tags that name what an event is about; every other tag is a watch id."""


def wanted_by_tags(event: Event, tags: Collection[str]) -> bool:
    """Whether a channel with these tags gets the event: any tag that fits suffices.

    A watch id brings all of that watch but its baseline, which must be asked for by its own tag.
    """
    about = topic(event.kind)
    if not tags:
        return about != "baseline"
    if event.kind is Kind.NOTICE_FOUND and event.watch is None:
        # It may be any watch's removal.
        return digest_wanted_by_tags(tags)
    return about in tags or (about != "baseline" and event.watch in tags)


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
