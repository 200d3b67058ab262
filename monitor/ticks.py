"""Ticks that follow the time that passes, whatever is done to the machine's clock.

APScheduler reckons by the clock. Set ahead by a year, it would count up every tick jumped over (one
a second: thirty million, and all memory); set back by a day, it would sleep for that day.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

LOOK_EVERY = 5.0
"""Seconds of the event loop's own time between looks at the clock."""
SLACK = timedelta(seconds=1)


class Tick(BaseTrigger):  # type: ignore[misc]  # APScheduler 3 has no types
    """So many seconds after the tick before; what was missed is not made up for."""

    def __init__(self, seconds: float, first: timedelta) -> None:
        """`first`: how long after the start the first one comes."""
        self.interval = timedelta(seconds=seconds)
        self.longest = max(self.interval, first) + SLACK
        """More than the next tick can be away."""

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
        """The next tick, from now."""
        return now + self.interval


async def keep_ticking(scheduler: AsyncIOScheduler, clock: Callable[[], datetime]) -> None:
    """Sees, until cancelled, that a clock set back leaves no tick waiting for the old time."""
    while True:
        await asyncio.sleep(LOOK_EVERY)
        now = clock()
        for job in scheduler.get_jobs():
            if job.next_run_time is not None and job.next_run_time > now + job.trigger.longest:
                job.modify(next_run_time=now)
