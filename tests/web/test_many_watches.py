"""Very many watches: the prepared bodies answer at once, and hold them all."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Event

import pytest

from monitor.errors import LedgerError
from monitor.screening.watch import Watch
from monitor.service import Parts
from monitor.web.prepared import LIVES, MANY, OLDEST, Body, Prepared
from tests.web.world import Site

WAIT = 30.0


@pytest.fixture
def many(lived_in: Site) -> Parts:
    """The parts of a site that watches very many."""
    strangers = (Watch(f"w{at}", f"Nobody Number {at}") for at in range(MANY))
    return replace(lived_in.parts, watches=(*lived_in.parts.watches, *strangers))


class Maker:
    """Makes bodies that say which they are; each waits until it may."""

    def __init__(self) -> None:
        self.made, self.fault = 0, False
        self.may, self.failed = Event(), Event()
        self.may.set()

    def __call__(self, _now: datetime) -> Body:
        assert self.may.wait(WAIT)
        if self.fault:
            self.failed.set()
            raise LedgerError("the database is away")
        self.made += 1
        return Body(f"{self.made}".encode(), '"x"', "text/plain")


class Hurried(asyncio.SelectorEventLoop):
    """A loop whose time can be moved on."""

    ahead = 0.0

    def time(self) -> float:
        return super().time() + self.ahead


def play(story: Callable[[Hurried], Awaitable[None]]) -> None:
    """Runs a story on a loop of its own."""

    async def told() -> None:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, Hurried)
        await story(loop)

    with asyncio.Runner(loop_factory=Hurried) as runner:
        runner.run(told())


async def serves(prepared: Prepared, content: bytes) -> bool:
    """Whether it comes to serve that before long."""
    for _ in range(30_000):
        if (await prepared.body()).content == content:
            return True
        await asyncio.sleep(0.001)
    return False


def test_the_last_body_is_served_while_the_next_is_made(many: Parts) -> None:
    """A commit makes nobody wait, and what it brought is served as soon as it can be."""
    maker, commits = Maker(), [0]

    async def story(loop: Hurried) -> None:
        prepared = Prepared(many, lambda: commits[0], maker)
        assert (await prepared.body()).content == b"1"
        maker.may.clear()
        commits[0] += 1
        loop.ahead += LIVES
        for _ in range(3):
            assert (await prepared.body()).content == b"1"
        maker.may.set()
        assert await serves(prepared, b"2")

    play(story)


def test_a_body_that_is_too_old_is_served_to_nobody(many: Parts) -> None:
    """After a quiet hour the first asker waits for the state of now, and is told of a fault."""
    maker, at = Maker(), [many.clock()]
    parts = replace(many, clock=lambda: at[0])

    async def story(loop: Hurried) -> None:
        prepared = Prepared(parts, lambda: 0, maker)
        assert (await prepared.body()).content == b"1"
        at[0] += timedelta(seconds=OLDEST)
        assert (await prepared.body()).content == b"2"
        at[0] += timedelta(seconds=OLDEST)
        maker.fault = True
        with pytest.raises(LedgerError):
            await prepared.body()

    play(story)


def test_a_fault_of_making_anew_is_no_fault_of_the_last_body(many: Parts) -> None:
    """While the database is away what was known is served, and then tried again."""
    maker, commits = Maker(), [0]

    async def story(loop: Hurried) -> None:
        prepared = Prepared(many, lambda: commits[0], maker)
        await prepared.body()
        maker.fault, commits[0] = True, 1
        loop.ahead += LIVES
        assert (await prepared.body()).content == b"1"
        assert await asyncio.to_thread(maker.failed.wait, WAIT)
        maker.fault = False
        assert await serves(prepared, b"2")

    play(story)


def test_all_watches_are_in_the_api(many: Parts) -> None:
    """However many there are, each is told."""
    from monitor.web.api import status_body

    told = json.loads(status_body(many, many.clock()).content)
    assert len(told["watches"]) == len(many.watches)
