"""Readers cannot blind it: slow ones, very many, and heavy searches, with a removal in flight."""

import socket
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.ops.aftermath import REMOVAL, goes, sent
from tests.ops.post import Post, Serving, until
from tests.receivers import Recorder
from tests.upstream.server import Upstream

pytestmark = pytest.mark.slow
LIMITED = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_NOFILE, (200, 200))
os.execv(sys.argv[1], sys.argv[1:])
"""
FEW_FILES = (sys.executable, "-c", LIMITED)


def is_listed(serving: Serving) -> bool:
    """Whether both lists were read."""
    said = serving.asks("/status/mps-ifs")
    return bool(said) and [one["verdict"] for one in said["sources"]] == ["listed", "listed"]


@pytest.fixture
def serving(tmp_path: Path, upstream: Upstream, receiver: Recorder) -> Iterator[Serving]:
    """The process, with no more than 200 descriptors, polling every second."""
    post = Post(tmp_path, upstream, receiver, every="1s", sources=("csl", "ecfr"))
    with post.serve(FEW_FILES) as serving:
        assert serving.is_ready()
        assert until(lambda: is_listed(serving))
        yield serving


@contextmanager
def held(serving: Serving, count: int, said: bytes) -> Iterator[list[socket.socket]]:
    """So many connections that say this and then no more."""
    with ExitStack() as stack:
        opened = []
        for _ in range(count):
            one = stack.enter_context(socket.socket())
            one.settimeout(20)
            one.connect(("127.0.0.1", serving.port))
            one.sendall(said)
            opened.append(one)
        yield opened


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"GET /status HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        b"GET /list HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
)
def test_connections_that_are_held_open_blind_nobody(serving: Serving, said: bytes) -> None:
    """More than there are descriptors: a removal is found and told, and pages are served."""
    post = serving.post
    with held(serving, 400, said):
        goes(post)
        assert until(lambda: REMOVAL in sent(post), 30)
        assert until(lambda: serving.asks("/livez") == "ok", 5)
    assert until(lambda: serving.asks("/livez") == "ok", 5)


def test_a_request_that_never_comes_whole_is_ended(serving: Serving) -> None:
    """In little more than the time for a request."""
    with held(serving, 1, b"GET / HTTP/1.1\r\nX: ") as (slow,):
        begun = time.monotonic()
        assert slow.recv(1) == b""
        assert 8 < time.monotonic() - begun < 16


def test_sixty_searches_leave_the_status_quick(serving: Serving) -> None:
    """They wait for their turn or are turned away; `/status` answers in less than a second.

    One slow round of three is an accident of a machine on which others are at work.
    """
    assert until(lambda: serving.asks("/status") is not None)
    assert min(longest_of_status(serving, at) for at in range(3)) < 1.0


def longest_of_status(serving: Serving, at: int) -> float:
    """Seconds of the slowest `/status` while sixty search."""
    heavy = f"/entries?q={at}" + "research+institute+technology+" * 15
    longest = 0.0
    with ThreadPoolExecutor(60) as readers:
        asked = [readers.submit(serving.asks, f"{heavy}{number}") for number in range(60)]
        while not all(one.done() for one in asked) or longest == 0.0:
            begun = time.monotonic()
            assert serving.asks("/status") is not None
            longest = max(longest, time.monotonic() - begun)
            time.sleep(0.05)
    return longest
