"""Business days in Washington."""

from datetime import date

import pytest

from monitor.screening.business_days import business_days, holidays


def test_the_holidays_of_a_year_as_the_government_keeps_them() -> None:
    """2026: Independence Day falls on a Saturday and is kept on the Friday before."""
    assert sorted(day.isoformat()[5:] for day in holidays(2026) if day.year == 2026) == [
        "01-01", "01-19", "02-16", "05-25", "06-19", "07-03", "09-07", "10-12", "11-11", "11-26",
        "12-25",
    ]  # fmt: skip
    assert date(2021, 12, 31) in holidays(2021)
    assert date(2022, 12, 26) in holidays(2022)


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        ("2026-11-02", "2026-11-02", 0), ("2026-11-02", "2026-11-09", 5),
        ("2026-11-06", "2026-11-08", 0), ("2026-11-06", "2026-11-13", 4),
        ("2026-11-20", "2026-11-27", 4), ("2021-12-30", "2022-01-03", 1),
        ("2026-11-09", "2026-11-02", 0), ("2025-11-03", "2026-11-03", 250),
    ],
)  # fmt: skip
def test_days_between(since: str, until: str, days: int) -> None:
    """The first is not counted, the last is; a year has 250 or 251."""
    assert business_days(date.fromisoformat(since), date.fromisoformat(until)) == days
