"""An act in words: how many it adds, removes and amends, where, and who."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from monitor.screening.acts.act_party import ActParty
from monitor.screening.destinations import country_name
from monitor.screening.words.message import (
    Message,
    capitalized,
    joined,
    say,
    say_many,
    sentences,
)

STAGES: Mapping[str, Message] = {
    "inspection": say("On public inspection"),
    "published": say("Published"),
    "withdrawn": say("Withdrawn"),
}
NAMED = 12
"""Names told of one act; the rest is counted."""


def counted(parties: Sequence[ActParty]) -> Message:
    """As “Adds 3 entries (China 2, Pakistan 1) and removes 1 entry (Russia).”; empty for none.

    It says whether all of it is certain.
    """
    deeds = _deeds(parties)
    if not deeds:
        return Message("")
    if all(party.certain for party in parties):
        return say("{deeds}.", deeds=deeds)
    return say("{deeds}; not all of it is certain.", deeds=deeds)


def told(parties: Sequence[ActParty]) -> Message:
    """The counts, the first names, and how many are for a person to read."""
    names = list(dict.fromkeys(party.name for party in parties))
    shown = joined("; ", names[:NAMED])
    if len(names) > NAMED:
        shown = say("{names}; and {count} more", names=shown, count=len(names) - NAMED)
    unsure = sum(not party.certain for party in parties)
    doubt = (
        say("{unsure} of {all} to be read by a person.", unsure=unsure, all=len(parties))
        if unsure
        else ""
    )
    return sentences(say("{deeds}: {names}.", deeds=_deeds(parties), names=shown), doubt)


def _deeds(parties: Sequence[ActParty]) -> Message:
    parts = list(_each(parties))
    return capitalized(joined(" and ", (joined(", ", parts[:-1]), *parts[-1:])))


def _each(parties: Sequence[ActParty]) -> Iterator[Message]:
    """In the order in which they are told."""
    for kind in ("added", "removed", "amended"):
        places = Counter(
            country_name(party.country) for party in parties if party.kind == kind
        ).most_common()
        count = sum(number for _, number in places)
        where = places[0][0] if len(places) == 1 else _places(places)
        if not count:
            continue
        if kind == "added":
            yield say_many(count, "adds {count} entry ({places})",
                           "adds {count} entries ({places})", places=where)  # fmt: skip
        elif kind == "removed":
            yield say_many(count, "removes {count} entry ({places})",
                           "removes {count} entries ({places})", places=where)  # fmt: skip
        else:
            yield say_many(count, "revises {count} entry ({places})",
                           "revises {count} entries ({places})", places=where)  # fmt: skip


def _places(places: Sequence[tuple[Message, int]]) -> Message:
    return joined(
        ", ", (say("{place} {count}", place=place, count=count) for place, count in places)
    )
