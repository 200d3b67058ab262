"""Ticks go on, one after the other, when the machine's clock jumps under a running scheduler."""

import asyncio
from datetime import UTC, datetime, timedelta, tzinfo

import pytest
from apscheduler.schedulers import base
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from monitor import ticks
from monitor.ticks import Tick, keep_ticking

JUMPS = [timedelta(days=-1), timedelta(days=-400), timedelta(hours=-1), timedelta(days=1),
         timedelta(days=366)]  # fmt: skip


class Moved(datetime):
    """A clock that a test moves."""

    by = timedelta()

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # no Self here
        return datetime.now(tz) + cls.by


@pytest.mark.parametrize("jump", JUMPS, ids=str)
def test_a_jump_neither_stops_the_ticks_nor_makes_up_for_them(
    monkeypatch: pytest.MonkeyPatch, jump: timedelta
) -> None:
    """Within the next look at the clock they go on; a year of them is not counted up."""
    monkeypatch.setattr(base, "datetime", Moved)
    monkeypatch.setattr(Moved, "by", timedelta())
    monkeypatch.setattr(ticks, "LOOK_EVERY", 0.02)
    ticked: list[datetime] = []

    async def tick() -> None:
        ticked.append(Moved.now(UTC))

    async def run() -> None:
        scheduler = AsyncIOScheduler(timezone="UTC")
        scheduler.add_job(
            tick, Tick(0.02, timedelta()), coalesce=True, misfire_grace_time=None,
            next_run_time=Moved.now(UTC),
        )  # fmt: skip
        scheduler.start()
        watch = asyncio.create_task(keep_ticking(scheduler, lambda: Moved.now(UTC)))
        await ticks_until(2)
        Moved.by = jump
        before = len(ticked)
        await ticks_until(before + 5)
        watch.cancel()
        scheduler.shutdown(wait=False)

    async def ticks_until(number: int) -> None:
        for _ in range(300):
            if len(ticked) >= number:
                return
            await asyncio.sleep(0.01)
        raise AssertionError(f"{len(ticked)} ticks, and no more")

    asyncio.run(run())
    assert len(ticked) < 40
