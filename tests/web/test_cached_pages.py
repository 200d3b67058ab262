"""Pages that are kept: made once for all who ask, and where they take long nobody waits."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest

from monitor.errors import LedgerError
from monitor.web.cached_pages import LIVES, OLDEST, PATIENCE, RESTS, Body, CachedPage

WAIT = 30.0


class Maker:
    """Makes pages that say which they are, and is their clock; each waits until it may."""

    def __init__(self, takes: float) -> None:
        self.now = datetime(2023, 11, 20, 13, tzinfo=UTC)
        self.takes, self.made, self.fault = takes, 0, False
        self.may = Event()
        self.may.set()
        self.page = CachedPage(lambda: self.now, self.make)

    def make(self, _now: datetime) -> Body:
        assert self.may.wait(WAIT)
        self.made += 1
        if self.fault:
            raise LedgerError("the database is away")
        self.passes(self.takes)
        return Body(f"{self.made}".encode(), '"x"', "text/plain")

    def passes(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    async def serves(self) -> int:
        """Which page is served."""
        return int((await self.page.body()).content)

    async def comes_to_serve_another(self) -> bool:
        """Whether a newer page than now is served before long."""
        last = await self.serves()
        for _ in range(30_000):
            if await self.serves() > last:
                return True
            await asyncio.sleep(0.001)
        return False


@pytest.fixture
def quick() -> Maker:
    return Maker(takes=0)


@pytest.fixture
def slow() -> Maker:
    """As with ten thousand watches."""
    return Maker(takes=PATIENCE * 5)


def plays(story: Callable[[], Awaitable[None]]) -> None:
    async def told() -> None:
        await asyncio.wait_for(story(), WAIT)

    asyncio.run(told())


def test_a_page_is_made_once_for_all_who_ask(quick: Maker) -> None:
    """Twenty ask at once and then again: one making, until the second is over."""

    async def story() -> None:
        for number in (1, 1, 2):
            quick.passes(LIVES if number == 2 else 0)
            assert await asyncio.gather(*(quick.serves() for _ in range(20))) == [number] * 20
        assert quick.made == 2

    plays(story)


def test_who_leaves_takes_the_page_from_nobody(quick: Maker) -> None:
    """A client that is gone while its page is made does not end the making for the others."""

    async def story() -> None:
        quick.may.clear()
        gone, stays = asyncio.create_task(quick.serves()), asyncio.create_task(quick.serves())
        await asyncio.sleep(0.01)
        gone.cancel()
        quick.may.set()
        assert await stays == 1

    plays(story)


def test_the_last_page_is_served_while_the_next_takes_long(slow: Maker) -> None:
    """It rests between, so that making is a small part of the work; then nobody waits."""

    async def story() -> None:
        assert await slow.serves() == 1
        slow.may.clear()
        slow.passes(slow.takes * (RESTS - 2))
        assert await slow.serves() == 1
        await asyncio.sleep(0.01)
        slow.passes(slow.takes)
        for _ in range(3):
            assert await slow.serves() == 1
        slow.may.set()
        assert await slow.comes_to_serve_another()
        assert slow.made == 2

    plays(story)


def test_a_page_that_is_too_old_is_served_to_nobody(slow: Maker) -> None:
    """After a quiet hour the first who asks waits for the state of now, or is told of a fault."""

    async def story() -> None:
        assert await slow.serves() == 1
        slow.passes(OLDEST)
        assert await slow.serves() == 2
        slow.passes(OLDEST)
        slow.fault = True
        with pytest.raises(LedgerError):
            await slow.serves()

    plays(story)


def test_a_fault_of_the_next_page_is_no_fault_of_the_last(slow: Maker) -> None:
    """While the database is away what was known is served, and the next is tried again."""

    async def story() -> None:
        await slow.serves()
        slow.passes(slow.takes * RESTS)
        slow.fault = True
        for _ in range(3):
            assert await slow.serves() == 1
            await asyncio.sleep(0.01)
        assert slow.made > 1
        slow.fault = False
        assert await slow.comes_to_serve_another()

    plays(story)
