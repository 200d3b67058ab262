"""An act in words: how many it adds, removes and amends, where, and who."""

from collections.abc import Iterator, Mapping, Sequence

from monitor.screening.acts.act_party import ActParty
from monitor.screening.words.counts import by_country, listed, names_of, places
from monitor.screening.words.message import (
    Message,
    capitalized,
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
    shown = names_of(names[:NAMED], len(names))
    unsure = sum(not party.certain for party in parties)
    doubt = (
        say("{unsure} of {all} to be read by a person.", unsure=unsure, all=len(parties))
        if unsure
        else ""
    )
    return sentences(say("{deeds}: {names}.", deeds=_deeds(parties), names=shown), doubt)


def _deeds(parties: Sequence[ActParty]) -> Message:
    return capitalized(listed(list(_each(parties))))


def _each(parties: Sequence[ActParty]) -> Iterator[Message]:
    """In the order in which they are told."""
    for kind in ("added", "removed", "amended"):
        counts = by_country(party.country for party in parties if party.kind == kind)
        count, where = sum(number for _, number in counts), places(counts)
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
