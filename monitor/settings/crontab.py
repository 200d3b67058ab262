"""A crontab line of five fields, read as crontab(5) means it: weekday 0 and 7 are Sunday.

Refused, because they mean different things to different crons: a day of the month together with a
weekday, and `@daily` and the like. Refused because it never comes: a date such as February 30.
"""

import re
from dataclasses import dataclass
from typing import Self

WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONGEST_DAY = dict(
    zip(range(1, 13), (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), strict=True)
)
_PART = re.compile(r"(\*|([0-9]{1,2}|[a-z]{3})(?:-([0-9]{1,2}|[a-z]{3}))?)(?:/([0-9]{1,2}))?")


@dataclass(frozen=True, slots=True)
class _Field:
    """What one field may hold."""

    name: str
    low: int
    high: int
    names: dict[str, int]


_FIELDS = (
    _Field("minute", 0, 59, {}),
    _Field("hour", 0, 23, {}),
    _Field("day of the month", 1, 31, {}),
    _Field("month", 1, 12, {name: at for at, name in enumerate(_MONTHS, start=1)}),
    _Field("weekday", 0, 7, {name: at for at, name in enumerate(WEEKDAYS)}),
)


@dataclass(frozen=True, slots=True)
class Crontab:
    """Which minutes a crontab line means; every value of a field when it is not restricted."""

    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    """0 is Sunday, 6 Saturday."""

    @classmethod
    def parse(cls, line: str) -> Self:
        """Read `minute hour day-of-month month weekday`.

        Raises ValueError that says which field is wrong and what it may hold.
        """
        parts = line.split()
        if len(parts) != len(_FIELDS):
            raise ValueError(
                "should have five fields: minute, hour, day of the month, month, weekday,"
                " such as 25 * * * *"
            )
        minutes, hours, days, months, weekdays = (
            _values(part.lower(), field) for part, field in zip(parts, _FIELDS, strict=True)
        )
        found = cls(minutes, hours, days, months, frozenset(day % 7 for day in weekdays))
        found._refuse_surprises()
        return found

    def _refuse_surprises(self) -> None:
        if len(self.days) < 31 and len(self.weekdays) < 7:
            raise ValueError(
                "should restrict the day of the month or the weekday, not both:"
                " crons disagree on what both mean"
            )
        if min(self.days) > max(_LONGEST_DAY[month] for month in self.months):
            raise ValueError("should name a day that comes in one of its months")


def _values(text: str, field: _Field) -> frozenset[int]:
    found: set[int] = set()
    for part in text.split(","):
        match = _PART.fullmatch(part)
        if match is None:
            raise _misread(field)
        whole, first, last, step = match.groups()
        if step is not None and (int(step) == 0 or (whole != "*" and last is None)):
            raise _misread(field)
        low = _value(first, field) if first else field.low
        high = _value(last, field) if last else low if first else field.high
        if low > high:
            raise _misread(field)
        found.update(range(low, high + 1, int(step or 1)))
    if field.high == 7 and text.startswith("*"):
        # A starred weekday runs over seven days, not over Sunday's two numbers.
        found.discard(7)
    return frozenset(found)


def _value(text: str, field: _Field) -> int:
    value = int(text) if text.isdigit() else field.names.get(text, -1)
    if not field.low <= value <= field.high:
        raise _misread(field)
    return value


def _misread(field: _Field) -> ValueError:
    names = f" or {next(iter(field.names))} and the like" if field.names else ""
    return ValueError(
        f"the {field.name} should be *, numbers {field.low} to {field.high}{names},"
        " ranges as 1-5, steps as */2, or a list of these with commas"
    )
