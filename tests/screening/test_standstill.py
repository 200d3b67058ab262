"""A source's own dates: what is told of them, once, and for how long they are believed."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.screening.event import Event
from monitor.screening.source_health import Health
from monitor.screening.standstill import (
    after_current,
    after_date,
    after_older,
    standstill,
)
from monitor.screening.text_age import is_older, newest_believed

MONDAY = datetime(2026, 11, 2, 15, tzinfo=UTC)


class Dated:
    """A source whose texts say how old they are; collects what is told."""

    def __init__(self, source: str, now: datetime = MONDAY) -> None:
        self.source, self.now, self.health = source, now, Health()
        self.events: list[Event] = []

    def is_dated(self, as_of: str | None, **after: float) -> list[str]:
        """So much later a good answer, of a text of that date."""
        self.now += timedelta(**after)
        self.health = after_current(self.health)
        return self._told(after_date(self.health, self.source, as_of, self.now))

    def is_older(self, as_of: str, newest: str, **after: float) -> list[str]:
        """So much later the copy of another edge."""
        self.now += timedelta(**after)
        return self._told(after_older(self.health, self.source, as_of, newest, self.now))

    def _told(self, told: object) -> list[str]:
        self.health = told.health  # type: ignore[attr-defined]
        events: tuple[Event, ...] = told.events  # type: ignore[attr-defined]
        self.events += events
        assert len({event.id for event in self.events}) == len(self.events)
        return [event.kind.value for event in events]


def test_a_date_that_stands_for_five_business_days_is_told_and_when_it_moves() -> None:
    """Once each, though a year goes by; the sentence stands as long as it does."""
    ecfr = Dated("ecfr")
    assert [ecfr.is_dated("2026-10-30", days=1) for _ in range(6)] == [[]] * 6
    assert standstill(ecfr.health, "ecfr") == ""
    assert ecfr.is_dated("2026-10-30", days=1) == []
    assert ecfr.is_dated("2026-10-30", days=1) == ["source_failing"]
    assert "2026-10-30" in ecfr.events[0].title
    assert standstill(ecfr.health, "ecfr").endswith("every business day")
    assert [ecfr.is_dated("2026-10-30", days=90) for _ in range(4)] == [[]] * 4
    assert ecfr.is_dated("2026-11-09", hours=1) == ["source_recovered"]
    assert "2026-10-30" in ecfr.events[1].summary
    assert standstill(ecfr.health, "ecfr") == ""
    assert ecfr.is_dated("2026-11-10", days=1) == []


@pytest.mark.parametrize(
    ("begins", "stands"),
    [
        (MONDAY, 7), (datetime(2026, 11, 20, 15, tzinfo=UTC), 10),
        (datetime(2026, 12, 24, 15, tzinfo=UTC), 11), (datetime(2026, 11, 7, 4, tzinfo=UTC), 10),
    ],
    ids=["a week", "over Thanksgiving", "over Christmas and New Year", "Friday evening there"],
)  # fmt: skip
def test_weekends_and_holidays_are_no_standstill(begins: datetime, stands: int) -> None:
    """The first day that counts, in Washington."""
    ecfr = Dated("ecfr", begins)
    ecfr.is_dated("2026-10-30")
    told = [ecfr.is_dated("2026-10-30", days=1) for _ in range(12)]
    assert [at + 1 for at, kinds in enumerate(told) if kinds] == [stands]


def test_a_clock_that_was_set_back_has_seen_no_standstill() -> None:
    """The days are counted from where it now is."""
    csl = Dated("csl")
    stamp = "2026-10-31T14:15:00Z"
    assert [csl.is_dated(stamp, days=by) for by in (0, -365, 4)] == [[], [], []]
    assert csl.is_dated(stamp, days=1) == ["source_failing"]
    assert standstill(csl.health, "csl").endswith("every hour")


def test_a_text_without_a_date_stands_nowhere() -> None:
    """Nobody says how old it is; what stood before is forgotten."""
    csl = Dated("csl")
    csl.is_dated("2026-11-02T14:15:00Z")
    assert [csl.is_dated(None, days=9) for _ in range(3)] == [[], [], []]
    assert csl.is_dated("2026-11-02T14:15:00Z", days=9) == []


def test_edges_that_take_turns_are_told_once() -> None:
    """For months on end; after a week of peace it is news again."""
    csl = Dated("csl")
    new, old = "2026-11-02T14:15:00Z", "2026-11-02T12:15:00Z"
    assert csl.is_older(old, new) == ["source_failing"]
    assert csl.health.older == old
    for turn in range(40):
        assert csl.is_dated(f"{new[:-3]}{turn:02}Z", hours=2) == []
        assert csl.is_older(old, new, hours=2) == []
    csl.is_dated(new, hours=1)
    assert not csl.health.older
    assert csl.is_older(old, new, days=8) == ["source_failing"]
    assert csl.is_older(old, new, days=-90) == ["source_failing"]


def test_an_older_copy_breaks_a_row_of_failures_and_is_no_recovery() -> None:
    """The host is there and answers; whether it is well is for a newer text to say."""
    csl = Dated("csl")
    csl.health = Health(failures=2, told=True, goods=1, unreached=True)
    csl.is_older("2026-11-01", "2026-11-02")
    assert (csl.health.failures, csl.health.unreached) == (0, False)
    assert (csl.health.told, csl.health.goods) == (True, 1)


@pytest.mark.parametrize(
    ("as_of", "newest", "older"),
    [
        ("2026-11-01", "2026-11-02", True), ("2026-11-02", "2026-11-02", False),
        ("2026-11-03", "2026-11-02", False), (None, "2026-11-02", False),
        ("2026-11-01", None, False), ("2026-11-02", "2026-11-02T10:00:00Z", False),
        ("2026-11-02T09:59:59Z", "2026-11-02T10:00:00Z", True),
    ],
)  # fmt: skip
def test_what_is_an_older_copy(as_of: str | None, newest: str | None, older: bool) -> None:
    """One that says so; to the second where both do."""
    assert is_older(as_of, newest) is older


def believed(source: str, since: float | None, good: float | None = None) -> bool:
    """Whether a text is held against the newest read, so many hours after the older copies began.

    `good`: hours from the last good look until now.
    """
    began, last = (MONDAY - timedelta(hours=h) if h is not None else None for h in (since, good))
    new = "2026-11-02"
    held = newest_believed(new, source, MONDAY, older_since=began, last_good_at=last)
    assert held in {new, None}
    return held == new


def test_a_file_whose_stamp_went_back_for_good_is_believed_again() -> None:
    """A day after the first older one in a row; the codified text of an older day never is."""
    hours = (None, 0, 23, 24, 9_999)
    assert [believed("csl", after) for after in hours] == [True, True, True, False, False]
    assert [believed("ecfr", after) for after in hours] == [True] * 5


def test_a_clock_that_was_set_back_makes_no_file_an_older_copy() -> None:
    """The last good look lies ahead of it; by minutes two clocks may differ. Nothing is told."""
    hours = (48, 0, -0.05, -24)
    assert [believed("csl", None, after) for after in hours] == [True, True, True, False]
    assert [believed("ecfr", None, after) for after in hours] == [True] * 4
    told = after_older(Health(), "ecfr", "2026-11-01", "2026-11-02", MONDAY, quietly=True)
    assert told.events == ()
