"""When a source is due next, held against a minute-by-minute reading of crontab(5)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from monitor.settings import Schedule

WASHINGTON = "America/New_York"


def at(text: str) -> datetime:
    """A UTC moment."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def dues(schedule: Schedule, start: str, end: str) -> list[datetime]:
    """Every due time between two moments."""
    found = [schedule.next_after(at(start))]
    while found[-1] < at(end):
        found.append(schedule.next_after(found[-1]))
    return found[:-1]


@pytest.mark.parametrize(
    ("line", "weekdays"),
    [
        ("0 0 * * 1", {1}),
        ("0 0 * * 0", {0}),
        ("0 0 * * 7", {0}),
        ("0 0 * * 1-5", {1, 2, 3, 4, 5}),
        ("0 0 * * 5-7", {5, 6, 0}),
        ("0 0 * * sun,Wed", {0, 3}),
        ("0 0 * * */2", {0, 2, 4, 6}),
        ("0 0 * * 0-7", set(range(7))),
    ],
)
def test_weekdays_are_those_of_crontab(line: str, weekdays: set[int]) -> None:
    """0 and 7 are Sunday and 1 is Monday, in numbers, names, ranges and steps."""
    found = dues(Schedule(cron=(line,)), "2026-11-01 12:00", "2026-11-15 12:00")
    assert {due.isoweekday() % 7 for due in found} == weekdays


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("", "five fields"), ("* * * *", "five fields"), ("* * * * * *", "five fields"),
        ("@daily", "five fields"), ("60 * * * *", "minute should be .* 0 to 59"),
        ("* 24 * * *", "hour should"), ("* * 0 * *", "day-of-month should"),
        ("* * 32 * *", "day-of-month should"), ("* * * 13 *", "month should be .* jan to dec"),
        ("* * * * 8", "day-of-week should be .* sun to sat"), ("5-1 * * * *", "minute"),
        ("*/0 * * * *", "minute should"), ("a * * * *", "minute"), ("* * * * mond", "day-of-week"),
        ("-1 * * * *", "minute"), ("1,,2 * * * *", "minute"), ("? * * * *", "minute"),
        ("١ * * * *", "minute"), (f"{'9' * 5000} * * * *", "each field should"),
        ("0 0 1 * 1", "not both"), ("0 0 1-15 * mon", "not both"), ("0 0 */2 * 1", "not both"),
        ("0 0 L * 5", "not both"), ("0 0 30 2 *", "one comes in the months"),
        ("0 0 31 4,6,9,11 *", "one comes in the months"),
    ],
)  # fmt: skip
def test_refuses_what_crons_do_not_agree_on(line: str, told: str) -> None:
    """Wrong numbers, words of other crons, both kinds of day, days that never come."""
    with pytest.raises(ValidationError, match=told):
        Schedule(cron=(line,))


@given(
    st.lists(
        st.text(st.sampled_from("*/,-0123456789LWmonjan#?²١ "), min_size=1, max_size=8),
        min_size=4, max_size=6,
    ).map(" ".join)
)  # fmt: skip
def test_whatever_a_line_holds_it_comes_or_is_refused(line: str) -> None:
    """No line stops the schedule later on."""
    try:
        schedule = Schedule(cron=(line,))
    except ValidationError:
        return
    assert schedule.next_after(at("2026-11-20")) > at("2026-11-20")


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        ("2026-11-20 23:34:59", "2026-11-20 23:35:00"),  # Friday evening in Washington
        ("2026-11-20 23:35:00", "2026-11-23 11:35:00"),  # then not before Monday
        ("2026-07-06 10:34:00", "2026-07-06 10:35:00"),  # an hour earlier in summer
    ],
)
def test_business_days_in_washington(moment: str, due: str) -> None:
    """The eCFR's schedule keeps to local hours and leaves out the weekend."""
    schedule = Schedule(cron=("35 6,9,12,15,18 * * 1-5",), timezone=WASHINGTON)
    assert schedule.next_after(at(moment)) == at(due)


def test_several_lines_make_one_schedule() -> None:
    """The next slot is the earliest of all lines."""
    schedule = Schedule(cron=("50 8 * * *", "20 11 * * *"), timezone=WASHINGTON)
    assert schedule.next_after(at("2026-11-20 13:50:00")) == at("2026-11-20 16:20:00")


def test_a_local_time_that_is_skipped_still_comes() -> None:
    """When clocks go forward over 02:30, the slot comes once, and the next one a day later."""
    schedule = Schedule(cron=("30 2 * * *",), timezone=WASHINGTON)
    first = schedule.next_after(at("2026-03-08 00:00:00"))
    assert first == at("2026-03-08 07:30:00")
    assert schedule.next_after(first) == at("2026-03-09 06:30:00")


def test_every_monday_comes_in_every_zone() -> None:
    """A clock that changes at Sunday's midnight, or at Monday's, takes no Monday with it."""
    mondays = [date(2026, 1, 5) + timedelta(weeks=week) for week in range(52)]
    judged = set[tuple[timedelta | None, ...]]()
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        offsets = tuple(
            datetime(day.year, day.month, day.day, tzinfo=zone).utcoffset() for day in mondays
        )
        if len(set(offsets)) == 1 or offsets in judged:
            continue
        judged.add(offsets)
        schedule = Schedule(cron=("0 0 * * 1",), timezone=name)
        found = dues(schedule, "2026-01-03 00:00", "2026-12-31 00:00")
        assert [due.astimezone(zone).date() for due in found] == mondays, name
    assert len(judged) > 10


@pytest.mark.parametrize(
    ("line", "zone", "start", "expected"),
    [
        # Half an hour is repeated, from 02:00 back to 01:30.
        ("45 1 * * *", "Australia/Lord_Howe", "2026-04-04 14:00", ["14:45", "15:15"]),
        ("0 */2 * * *", "Australia/Lord_Howe", "2026-04-04 14:30", ["15:30"]),
        # Midnight itself is skipped.
        ("0 0 * * *", "Africa/Cairo", "2026-04-23 12:00", ["22:00"]),
        ("30 1 * * *", WASHINGTON, "2026-11-01 05:50", ["06:30"]),
    ],
)
def test_zones_with_changes_of_their_own(
    line: str, zone: str, start: str, expected: list[str]
) -> None:
    """Half hours, midnights, and the second of two equal hours."""
    schedule = Schedule(cron=(line,), timezone=zone)
    moment, found = at(start), list[str]()
    for _ in expected:
        moment = schedule.next_after(moment)
        found.append(moment.strftime("%H:%M"))
    assert found == expected


def moments(first: str, last: str) -> st.SearchStrategy[datetime]:
    """UTC moments between two."""
    return st.datetimes(
        at(first).replace(tzinfo=None), at(last).replace(tzinfo=None), timezones=st.just(UTC)
    )


@given(
    start=moments("2026-01-01", "2027-12-01"),
    minutes=st.sets(st.integers(0, 59), min_size=1, max_size=3),
    hours=st.sets(st.integers(0, 23), min_size=1, max_size=4),
    weekdays=st.sets(st.integers(0, 7), min_size=1, max_size=7),
    zone=st.sampled_from(["UTC", WASHINGTON, "Asia/Kolkata", "Australia/Lord_Howe"]),
)
@example(at("2026-11-01 04:00"), {0, 30}, {0, 1, 2, 3}, {0, 1}, WASHINGTON)
@example(at("2026-03-08 05:00"), {0, 30}, {1, 2, 3}, {0, 1}, WASHINGTON)
@pytest.mark.slow
def test_comes_at_every_minute_it_means_and_no_other(
    start: datetime, minutes: set[int], hours: set[int], weekdays: set[int], zone: str
) -> None:
    """The next due time is the first minute whose local reading fits, except where clocks skip."""
    line = " ".join(",".join(map(str, sorted(part))) for part in (minutes, hours))
    days = ",".join(map(str, sorted(weekdays)))
    schedule = Schedule(cron=(f"{line} * * {days}",), timezone=zone)
    due = schedule.next_after(start)
    assert due > start
    assert due.tzinfo is UTC
    wanted = {day % 7 for day in weekdays}
    minute = start.replace(second=0, microsecond=0) + timedelta(minutes=1)
    expected = None
    while expected is None and minute <= due:
        local = minute.astimezone(ZoneInfo(zone))
        if (local.minute, local.hour) in {(m, h) for m in minutes for h in hours}:
            expected = minute if local.isoweekday() % 7 in wanted else None
        minute += timedelta(minutes=1)
    assert expected == due or (expected is None and _skipped(due, zone))


def _skipped(moment: datetime, zone: str) -> bool:
    """Whether clocks went forward within the hours before."""
    local = ZoneInfo(zone)
    before = (moment - timedelta(hours=3)).astimezone(local).utcoffset()
    after = moment.astimezone(local).utcoffset()
    assert before is not None
    assert after is not None
    return after > before


@given(
    moments("1990-01-01", "2090-01-01"),
    st.sampled_from(["1s", "0.25s", "7m", "15m", "6h", "3d"]),
)
def test_an_interval_never_drifts(start: datetime, every: str) -> None:
    """Due times are the same however often and whenever one asks."""
    schedule = Schedule.model_validate({"every": every})
    due = schedule.next_after(start)
    assert start < due <= start + timedelta(seconds=float(schedule.every.seconds))  # type: ignore[union-attr]
    assert schedule.next_after(due - timedelta(microseconds=1)) == due


def test_a_moment_without_a_zone_is_refused() -> None:
    """Nobody can say when it is."""
    with pytest.raises(ValueError, match="time zone"):
        Schedule(cron=("25 * * * *",)).next_after(datetime(2026, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, "cron"),
        ({"timezone": "UTC"}, "belongs to cron"),
        ({"every": "1h", "timezone": "UTC"}, "belongs to cron"),
        ({"every": "1h", "cron": "25 * * * *"}, "removed when cron is set"),
        ({"every": "0s"}, "longer than nothing"),
        ({"cron": "25 * * * *", "timezone": "America/New_Yrok"}, "America/New_York"),
        ({"cron": "25 * * * *", "timezone": "America"}, "time zone"),
        ({"cron": "25 * * * *", "timezone": "../../etc/passwd"}, "time zone"),
        ({"cron": []}, "cron"),
    ],
)
def test_a_schedule_is_one_thing(said: dict[str, object], told: str) -> None:
    """Cron with a zone that exists, or an interval, and never both or neither."""
    with pytest.raises(ValidationError, match=told):
        Schedule.model_validate(said)


def test_shows_itself_as_it_was_written() -> None:
    """A status page can print it."""
    assert str(Schedule(cron=("25 * * * *",))) == "25 * * * * (UTC)"
    assert str(Schedule.model_validate({"every": "15m"})) == "every 15m"
