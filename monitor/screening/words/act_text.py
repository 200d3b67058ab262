"""An act in words: how many it adds, removes and amends, where, and who."""

from collections import Counter
from collections.abc import Sequence

from monitor.screening.acts.act_party import ActParty, ActVerb
from monitor.screening.destinations import country_name

VERBS: dict[ActVerb, str] = {"added": "adds", "removed": "removes", "amended": "revises"}
"""In the order in which they are told."""
STAGES = {"inspection": "On public inspection", "published": "Published", "withdrawn": "Withdrawn"}
NAMED = 12
"""Names told of one act; the rest is counted."""


def counted(parties: Sequence[ActParty]) -> str:
    """As “adds 3 entries (China 2, Pakistan 1) and removes 1 entry (Russia)”; empty for none."""
    said = []
    for kind, verb in VERBS.items():
        places = Counter(
            country_name(party.country) for party in parties if party.kind == kind
        ).most_common()
        number = sum(count for _, count in places)
        if number:
            where = places[0][0] if len(places) == 1 else _places(places)
            said.append(f"{verb} {number} {'entry' if number == 1 else 'entries'} ({where})")
    return " and ".join([", ".join(said[:-1]), said[-1]]) if len(said) > 1 else "".join(said)


def told(parties: Sequence[ActParty]) -> str:
    """The counts, the first names, and how many are for a person to read."""
    names = list(dict.fromkeys(party.name for party in parties))
    more = f"; and {len(names) - NAMED} more" if len(names) > NAMED else ""
    unsure = sum(not party.certain for party in parties)
    doubt = f" {unsure} of {len(parties)} to be read by a person." if unsure else ""
    counts = counted(parties)
    return f"{counts[:1].upper()}{counts[1:]}: {'; '.join(names[:NAMED])}{more}.{doubt}"


def _places(places: Sequence[tuple[str, int]]) -> str:
    return ", ".join(f"{place} {count}" for place, count in places)
