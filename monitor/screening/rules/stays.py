"""Stays of provisions: how acts begin, prolong and end them, and when one runs out by its own date.

A filed act counts from its effective date, though it is printed some days later: what is filed for
public inspection is known to everybody, and a stay that it prolongs does not run out meanwhile. One
that is never found in print counts no more.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from monitor.screening.rules.provision import in_order
from monitor.screening.rules.rule_act import ON_STAYS, Deed, Does, RuleAct
from monitor.screening.witness import Stage

DAY = timedelta(days=1)


@dataclass(slots=True)
class Stay:
    """One act's stay of some provisions."""

    act: RuleAct
    places: tuple[str, ...]
    since: date
    until: date | None
    """Its last day; None for a stay without end."""
    began: date
    """Since when these provisions have been stayed without a break."""
    ended: dict[str, tuple[RuleAct, date]] = field(default_factory=dict)
    """The provisions that an act took out of it before it ran out, with that act and its day."""

    @property
    def open(self) -> tuple[str, ...]:
        """The provisions that no act took out of it."""
        return in_order(place for place in self.places if place not in self.ended)

    def ran_out(self, today: date) -> bool:
        """Whether its last day is over and no act ended or prolonged it in time."""
        return self.until is not None and self.until < today and bool(self.open)

    def holds(self, place: str, today: date) -> bool:
        """Whether the provision is stayed by it today."""
        over = self.until is not None and self.until < today
        return place in self.open and self.since <= today and not over


def stays(acts: Iterable[RuleAct], today: date) -> list[Stay]:
    """The stays of all acts that count by today, in the order in which they began."""
    found: list[Stay] = []
    last: dict[str, Stay] = {}
    for on, act, deed in _effects(acts, today):
        # A stay that ran out before is over; what ends the day after its last day is its own date.
        alive = {
            place: stay for place in deed.places
            if (stay := last.get(place)) and (stay.until is None or on <= stay.until + DAY)
        }  # fmt: skip
        for place, stay in alive.items():
            stay.ended[place] = (act, on)
            del last[place]
        if deed.does is Does.REINSTATES:
            continue
        began = min((stay.began for stay in alive.values()), default=on)
        until = date.fromisoformat(deed.until) if deed.until else None
        new = Stay(act, in_order(deed.places), on, until, began)
        found.append(new)
        last |= dict.fromkeys(new.places, new)
    return found


def _effects(acts: Iterable[RuleAct], today: date) -> list[tuple[date, RuleAct, Deed]]:
    """What begins or ends stays by today, in the order in which it does."""
    effects = [
        (day, act, deed)
        for act in acts
        if act.stage is not Stage.WITHDRAWN and not act.lost(today)
        for deed in act.deeds
        if deed.does in ON_STAYS and deed.certain
        if (day := act.day_of(deed)) is not None and day <= today
    ]
    return sorted(effects, key=lambda one: (one[0], one[1].publication_date or "", one[1].number))
