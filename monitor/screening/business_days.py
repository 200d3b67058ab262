"""Business days in Washington: neither weekends nor the holidays of 5 U.S.C. 6103."""

from datetime import date, timedelta

_MONDAY, _THURSDAY, _SATURDAY, _SUNDAY = 0, 3, 5, 6


def business_days(since: date, until: date) -> int:
    """How many there are after `since`, up to and with `until`."""
    days = (since + timedelta(days=step) for step in range(1, (until - since).days + 1))
    return sum(1 for day in days if day.weekday() < _SATURDAY and day not in holidays(day.year))


def holidays(year: int) -> frozenset[date]:
    """The days off of a year's federal holidays; the next new year's may fall on its last day."""
    fixed = [
        date(year, 1, 1), date(year, 6, 19), date(year, 7, 4), date(year, 11, 11),
        date(year, 12, 25), date(year + 1, 1, 1),
    ]  # fmt: skip
    return frozenset(
        (
            *map(_observed, fixed),
            _nth(year, 1, _MONDAY, 3),  # Martin Luther King
            _nth(year, 2, _MONDAY, 3),  # Washington
            _nth(year, 6, _MONDAY, 1) - timedelta(days=7),  # Memorial Day, the last of May
            _nth(year, 9, _MONDAY, 1),  # Labor Day
            _nth(year, 10, _MONDAY, 2),  # Columbus
            _nth(year, 11, _THURSDAY, 4),  # Thanksgiving
        )
    )


def _observed(day: date) -> date:
    """On a Saturday it is kept on the Friday before, on a Sunday on the Monday after."""
    moved = {_SATURDAY: -1, _SUNDAY: 1}.get(day.weekday(), 0)
    return day + timedelta(days=moved)


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
