"""Searches, few at a time: each compares a name with thousands, and polling needs the time too."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from fastapi import HTTPException

from monitor.screening.words.message import say

AT_ONCE = 2
"""Searches that run; the others wait …"""
PATIENCE = 10.0
"""… for so many seconds, then they are turned away."""
MOST_WAITING = 64

T = TypeVar("T")


class Searching:
    """Runs searches in threads, within bounds."""

    def __init__(self) -> None:
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    async def run(self, search: Callable[[], T]) -> T:
        """What the search finds. Raises 503 where its turn does not come in time."""
        if self._waiting >= MOST_WAITING:
            raise _busy()
        self._waiting += 1
        try:
            async with asyncio.timeout(PATIENCE):
                await self._slots.acquire()
        except TimeoutError as error:
            raise _busy() from error
        finally:
            self._waiting -= 1
        try:
            return await asyncio.to_thread(search)
        finally:
            self._slots.release()


def _busy() -> HTTPException:
    return HTTPException(503, say("Too many searches at once."), {"Retry-After": f"{PATIENCE:.0f}"})
