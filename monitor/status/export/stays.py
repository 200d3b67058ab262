"""How long a party stood on a list, through all the rows that its entry was amended to."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from monitor.ledger.list_rows import RowPlace, Turn, Turning, Turns
from monitor.screening.change import ChangeKind


@dataclass(frozen=True, slots=True)
class Stay:
    """From the first day of a party's first row to the first day without any."""

    begins: str
    ends: str | None
    began: Turn
    ended: Turn

    def overlaps(self, other: "Stay") -> bool:
        """Whether there is a day of both."""
        begins_within = other.ends is None or self.begins < other.ends
        return begins_within and (self.ends is None or other.begins < self.ends)


class Stays:
    """Follows rows of the ledger to those that they were amended from and to."""

    def __init__(self, places: Iterable[RowPlace], turns: Turns) -> None:
        self._turns = turns
        self._places: dict[tuple[str, str], list[RowPlace]] = defaultdict(list)
        for place in places:
            self._places[place.source, place.digest].append(place)

    def of(self, place: RowPlace) -> Stay:
        """The stay of which this row is a part."""
        first = self._followed(place, self._turns.began, lambda row: row.begins, _before)
        last = self._followed(place, self._turns.ended, lambda row: row.ends, _after)
        return Stay(
            first.begins,
            last.ends,
            self._turns.began.get((first.source, first.begins, first.digest), Turn()),
            self._turns.ended.get((last.source, last.ends or "", last.digest), Turn()),
        )

    def _followed(
        self,
        place: RowPlace,
        turns: Mapping[Turning, Turn],
        day: Callable[[RowPlace], str | None],
        there: Callable[[RowPlace, str], bool],
    ) -> RowPlace:
        """The outermost row that amendments lead to; each step goes further in time."""
        while (on := day(place)) is not None:
            turn = turns.get((place.source, on, place.digest), Turn())
            if turn.kind != ChangeKind.AMENDED or turn.other is None:
                break
            rows = self._places.get((place.source, turn.other), ())
            following = next((row for row in rows if there(row, on)), None)
            if following is None:
                break
            place = following
        return place


def _before(row: RowPlace, on: str) -> bool:
    """Whether it stood the day before: one row more, or another text of the same."""
    return row.begins < on and (row.ends is None or row.ends >= on)


def _after(row: RowPlace, on: str) -> bool:
    return row.begins <= on and (row.ends is None or row.ends > on)


def united(stays: Sequence[Stay]) -> list[Stay]:
    """Stays that touch or overlap made one, in order of time."""
    found = list[Stay]()
    for stay in sorted(stays, key=lambda one: one.begins):
        before = found[-1] if found else None
        if before is None or (before.ends is not None and before.ends < stay.begins):
            found.append(stay)
        elif before.ends is not None and (stay.ends is None or stay.ends > before.ends):
            found[-1] = Stay(before.begins, stay.ends, before.began, stay.ended)
    return found
