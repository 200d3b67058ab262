"""Every look ends: one deadline over the whole answer, and a bound on pages and texts."""

import time
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, repeat
from pathlib import Path

import pytest

from monitor.errors import SourceFault
from monitor.sources.federal_register import client
from monitor.sources.fetch import Fetcher
from tests.extent import mostly_slow
from tests.upstream.parties import INSTITUTE
from tests.upstream.server import Upstream
from tests.worlds import WATCH, World

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
ENDLESS: dict[str, Callable[[], Iterable[bytes]]] = {
    "a status line": lambda: repeat(b"H"),
    "headers": lambda: chain([HEAD], repeat(b"X-Slow: 1\r\n")),
    "one header": lambda: chain([HEAD, b"X-Slow: "], repeat(b"a")),
    "informational answers": lambda: repeat(b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    "a chunk's extension": lambda: chain([CHUNKED, b"2;slow="], repeat(b"a")),
    "chunks": lambda: chain([CHUNKED], repeat(b"1\r\n \r\n")),
    "trailers": lambda: chain([CHUNKED, b"2\r\n{}\r\n0\r\n"], repeat(b"X-Slow: 1\r\n")),
    "an error's body": lambda: chain(
        [b"HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\n"], repeat(b"1\r\n \r\n")
    ),
}
"""Answers that go on for ever, a few bytes at a time; no single read of them is late."""


@pytest.mark.parametrize("part", mostly_slow(ENDLESS, quick=3))
@pytest.mark.slow
def test_an_answer_that_never_ends_is_given_up(up: Upstream, part: str) -> None:
    """After the time for one whole answer, whatever of it drips."""
    up.csl.puts_on_the_wire(ENDLESS[part](), drip=0.02)
    begun = time.monotonic()
    with Fetcher(
        user_agent="entity-list-monitor", timeout=0.3, max_bytes=1 << 20, retries=0,
        sleep=time.sleep, monotonic=time.monotonic,
    ) as http, pytest.raises(SourceFault) as caught:  # fmt: skip
        http.get(up.csl_url)
    assert time.monotonic() - begun < 2
    assert "0.3 s" in caught.value.reason or caught.value.status == 500


@pytest.fixture
def world(up: Upstream, tmp_path: Path) -> Iterator[World]:
    made = World(up, tmp_path)
    made.watches(WATCH)
    made.asks("csl", "ecfr", "federal_register")
    made.tells()
    yield made
    made.ends()


@pytest.mark.slow
@pytest.mark.parametrize("part", ENDLESS)
def test_a_host_that_never_ends_blinds_nobody(world: World, part: str) -> None:
    """The removal that the others say is told meanwhile, and the host's own once it is well."""
    world.asks("csl", "ecfr", "federal_register", csl={"timeout": "1s"})
    world.check()
    world.up.csl.puts_on_the_wire(ENDLESS[part](), drip=0.02)
    world.up.delists(INSTITUTE, csl=True, ecfr=world.up.ecfr.newest)
    ran = world.check(after=1)
    assert ran.outcomes["csl"] == "failed"
    assert "removal_suspected" in ran.kinds
    assert "source_failing" in [kind for _ in range(2) for kind in world.check(after=1).kinds]
    world.up.csl.recovers()
    assert "removal_confirmed" in world.check(after=1).kinds


@pytest.mark.slow
def test_pages_without_end_are_a_fault_of_the_source(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each page names another that is new: told at once, and the lists go on."""
    monkeypatch.setattr(client, "MOST_PAGES", 3)
    world.check()
    world.up.requests.clear()
    world.up.register.pages_without_end()
    world.up.delists(INSTITUTE, csl=True, ecfr=world.up.ecfr.newest)
    ran = world.check(after=1)
    assert {"source_failing", "removal_confirmed"} <= {*ran.kinds}
    assert len(world.up.asked("federal_register", "documents.json")) == 3
