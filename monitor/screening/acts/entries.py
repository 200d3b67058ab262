"""Whether the entries that an act removes are all that the party has under that destination.

Two entries of one name may stand under one heading. An instruction that removes "the entry for X"
takes one of them, and says not which: the party has left only when each of them is removed.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from monitor.screening.acts.finding import Effect, Party
from monitor.screening.acts.reading import Reading
from monitor.screening.entry import Entry
from monitor.screening.witness import Source
from monitor.screening.words.message import say

SOME = "entries that have its name"
"""Ends the reason of a removal that takes some of a party's entries and leaves others."""
LAW = Source.ECFR
"""The source whose rows are the law's: the other one splits an entry by address and notice."""


def each_is_named(said: Sequence[Reading], party: Party) -> list[Reading]:
    """The readings, with a removal of fewer entries than there are for a person to read."""
    return [_of_some(one, said, party) if one.effect is Effect.REMOVES else one for one in said]


def _of_some(reading: Reading, said: Sequence[Reading], party: Party) -> Reading:
    rows = Counter(entry.country or "" for entry in _rows(party, reading.list))
    places = reading.destinations or tuple(rows)
    for place in places:
        removed = sum(
            other.effect is Effect.REMOVES
            and other.list == reading.list
            and (place in other.destinations or not other.destinations)
            for other in said
        )
        if rows[place] > removed:
            reason = say(
                "it removes {removed} of {rows} entries that have its name",
                removed=removed,
                rows=rows[place],
            )
            return replace(reading, effect=Effect.UNCLEAR, reason=reason, review=True)
    return reading


def still_some(reasons_before: Iterable[str]) -> str | None:
    """Why a removal that took some of a party's entries goes on to do no more than that.

    Once those rows are gone from the lists, the same text would read as removing all that are left.
    """
    return next((reason for reason in reasons_before if reason.endswith(SOME)), None)


def _rows(party: Party, list_: str) -> list[Entry]:
    on_list = [entry for entry in party.entries if entry.list == list_]
    law = [entry for entry in on_list if entry.source == LAW]
    return law or on_list
