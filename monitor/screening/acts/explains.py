"""Which act made a change of a whole list: by list, name, what was done, place and date.

A list follows an act within days; one that waited longer, or moved before the act was filed, is
explained by none. Refuses to name an act for want of another.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from monitor.screening.acts.act_party import ActParty
from monitor.screening.names import ListNames, name_key
from monitor.screening.witness import FOLLOWS_WITHIN

EARLIER = timedelta(days=1)
"""By so much a list's own date may lie before an act's, which counts in Washington."""
UNDER_CHINA = frozenset({"CN", "HK", "MO"})
"""Destinations that one heading has had since 2020, and rows still have apart."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One row's change on a list."""

    list: str
    kind: str
    """`added`, `removed` or `amended`."""
    on: date
    """Date of the text that brought it."""
    names: tuple[str, ...]
    """Every name of the row and of its party."""
    country: str | None
    of_law: bool
    """The codified list brought it, whose headings are those that acts speak of."""


@dataclass(frozen=True)
class ListAct:
    """An act with everybody whom it names."""

    number: str
    citation: str | None
    days: tuple[date, ...]
    """Of its filing, publication and effect, as far as they are known."""
    parties: Sequence[ActParty]

    def explains(self, on: date, party: ActParty) -> bool:
        """Whether a list that moved on this day may have followed what it does to the party."""
        own = (date.fromisoformat(party.effective_on),) if party.effective_on else ()
        days = (*self.days, *own)
        return bool(days) and min(days) - EARLIER <= on <= max(days) + FOLLOWS_WITHIN


class ActsOfChanges:
    """Acts, ready to be asked which of them made a change."""

    def __init__(self, acts: Iterable[ListAct]) -> None:
        self._namings = [(act, party) for act in acts for party in act.parties]
        self._by_name: dict[str, list[int]] = defaultdict(list)
        for at, (_, party) in enumerate(self._namings):
            self._by_name[name_key(party.name)].append(at)

    def act_of(self, change: Changed) -> ListAct | None:
        """The act that made it, None where none is known: the newest of those that fit best."""
        fit = [
            (_fitness(change, party), max(act.days, default=date.min), act.number, act)
            for act, party in self._naming(change)
            if _fits(change, party)
        ]
        return max(fit, key=lambda one: one[:3])[3] if fit else None

    def _naming(self, change: Changed) -> list[tuple[ListAct, ActParty]]:
        """The acts that name the row; those that name it in another form, where none does."""
        keys = dict.fromkeys(map(name_key, change.names))
        exact = self._in_time(change, (at for key in keys for at in self._by_name.get(key, ())))
        alike = (at for name in change.names for at in self._names.same(name))
        return exact or self._in_time(change, alike)

    def _in_time(self, change: Changed, found: Iterable[int]) -> list[tuple[ListAct, ActParty]]:
        namings = [self._namings[at] for at in dict.fromkeys(found)]
        return [
            (act, party)
            for act, party in namings
            if party.list == change.list and act.explains(change.on, party)
        ]

    @cached_property
    def _names(self) -> ListNames[int]:
        return ListNames((party.name, at) for at, (_, party) in enumerate(self._namings))


def _fits(change: Changed, party: ActParty) -> bool:
    """Whether the act does that: a row amended may be one of several that an act adds or takes."""
    does = change.kind in {party.kind, "amended"}
    return does and (not change.of_law or is_place(change.country, party.country))


def _fitness(change: Changed, party: ActParty) -> tuple[bool, bool, bool]:
    return (
        party.kind == change.kind,
        is_place(change.country, party.country),
        party.certain,
    )


def is_place(one: str | None, other: str | None) -> bool:
    """Whether two destinations may be one."""
    return None in {one, other} or one == other or {one, other} <= UNDER_CHINA
