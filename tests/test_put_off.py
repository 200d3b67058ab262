"""A host that asks us to wait for days: it is asked in time, and its outage is told in time."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.ledger.records import Poll
from monitor.poll import Polled, judge_time, poll
from monitor.schedule import next_look
from monitor.screening.source_health import Health, after_failure, after_good, after_waiting
from monitor.screening.witness import PollOutcome
from monitor.settings.sources import CslSource, EcfrSource
from tests.upstream.parties import INSTITUTE
from tests.upstream.server import Upstream
from tests.worlds import WATCH, World

NOW = datetime(2023, 11, 20, 15, 0, tzinfo=UTC)
HOURLY = CslSource(enabled=False).schedule.next_after
THRICE_A_DAY = EcfrSource(enabled=False).schedule.next_after


@pytest.mark.parametrize(
    ("retry_after", "schedule", "waits"),
    [
        (None, HOURLY, timedelta(minutes=5)),
        (60, HOURLY, timedelta(minutes=1)),
        (3_000, HOURLY, timedelta(minutes=50)),
        (86_400, HOURLY, timedelta(hours=4)),
        (86_400, THRICE_A_DAY, timedelta(hours=12)),
        (86_400, lambda now: now + timedelta(minutes=1), timedelta(hours=1)),
    ],
)
def test_no_host_puts_us_to_sleep(retry_after, schedule, waits) -> None:  # type: ignore[no-untyped-def]
    """Four intervals of the schedule at most, and an hour in any case."""
    failed = Polled(Poll(1, "csl", NOW, PollOutcome.FAILED), (), retry_after)
    assert next_look(failed, NOW, schedule) == NOW + waits


def test_an_outage_by_request_is_told_by_time() -> None:
    """Within a quarter of an hour, once, though no second poll was made; a good one ends it."""
    health = after_failure(Health(), "csl", "answered 503", NOW, at_once=False, put_off=True).health
    early = after_waiting(health, "csl", "answered 503", NOW + timedelta(minutes=14))
    assert early.events == ()
    told = after_waiting(health, "csl", "answered 503", NOW + timedelta(minutes=15))
    assert [event.kind for event in told.events] == ["source_failing"]
    later = NOW + timedelta(hours=3)
    assert after_waiting(told.health, "csl", "answered 503", later).events == ()
    well = after_good(health, "csl", later).health
    assert after_waiting(well, "csl", "", later + timedelta(days=1)).events == ()
    usual = after_failure(Health(), "csl", "answered 503", NOW, at_once=False).health
    assert after_waiting(usual, "csl", "answered 503", later).events == ()


@pytest.mark.slow
@pytest.mark.parametrize("asked", [3_600, 10**30, "Fri, 31 Dec 2999 23:59:59 -0000"])
def test_a_removal_behind_a_host_that_asks_for_days(
    up: Upstream, tmp_path: Path, asked: int | str
) -> None:
    """Its failing is told in twenty minutes; the removal within four intervals of its end."""
    world = World(up, tmp_path)
    world.watches(WATCH)
    world.asks("ecfr")
    world.tells()
    world.check()
    world.ends()
    up.ecfr.answers(503, retry_after=asked)
    up.delists(INSTITUTE, csl=False, ecfr=up.ecfr.newest)
    told: dict[str, timedelta] = {}
    begun, due = world.now, world.now
    with world.service() as service:
        while world.now < begun + timedelta(hours=10):
            world.now += timedelta(minutes=5)
            events = list(judge_time(service))
            if world.now >= due:
                polled = poll(service, "ecfr")
                events += polled.events
                due = next_look(polled, world.now, lambda now: now + timedelta(hours=1))
            for event in events:
                told.setdefault(event.kind.value, world.now - begun)
            if world.now - begun == timedelta(hours=1):
                up.ecfr.recovers()
    assert told["source_failing"] <= timedelta(minutes=20)
    assert told["removal_suspected"] <= timedelta(hours=5)
