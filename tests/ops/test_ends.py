"""How a process ends: asked to, in the middle of a poll, or killed at any moment.

However it ends, no claim outlives it for long, no alert is lost, and none is told as two.
"""

import random
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import Popen

import pytest

from monitor.schedule import DRAIN, LEASE
from tests.extent import so_many
from tests.ops.aftermath import REMOVAL, begins, goes, is_caught, looks_and_tells
from tests.ops.post import Post, Serving, told, until
from tests.receivers import Recorder
from tests.upstream.server import Upstream


@pytest.fixture
def post(tmp_path: Path, upstream: Upstream, receiver: Recorder) -> Post:
    """One that lives by the real clock, an hour ago."""
    post = Post(tmp_path, upstream, receiver, every="1s", sources=("csl", "ecfr"))
    post.clock.now = datetime.now(UTC) - timedelta(hours=1)
    begins(post)
    return post


def is_polling(serving: Serving, post: Post) -> bool:
    """Waits until it asks for the list."""
    asked = len(post.upstream.asked("csl"))
    return until(lambda: len(post.upstream.asked("csl")) > asked)


def can_be_claimed(post: Post, at: datetime) -> bool:
    """Whether another process may poll the list at a time."""
    with post.service() as service, service.ledger.outbox() as outbox:
        return outbox.claim_poll("csl", "another", at, LEASE)


@pytest.mark.slow
def test_asked_to_end_in_the_middle_of_a_poll(post: Post) -> None:
    """The poll is finished and written, its claim given back, and the process ends with 0."""
    with post.serve() as serving:
        assert serving.is_ready()
        post.upstream.csl.hangs(2.0)
        assert is_polling(serving, post)
        assert serving.stops() == 0
        said = [record["event"] for record in serving.records()]
    assert max(at for at, one in enumerate(said) if one.startswith("polled csl")) > max(
        at for at, one in enumerate(said) if one == "polling csl"
    )
    post.upstream.csl.recovers()
    assert can_be_claimed(post, datetime.now(UTC) + timedelta(seconds=5))
    post.clock.now = datetime.now(UTC)
    is_caught(post)


@pytest.mark.slow
def test_asked_to_end_while_a_host_hangs(post: Post) -> None:
    """It does not wait for the host beyond its limit; ends with 0; its claim ends by itself."""
    sources = post.folder / "config" / "sources.yaml"
    sources.write_text(sources.read_text().replace('"20s"', '"600s"'))
    with post.serve() as serving:
        assert serving.is_ready()
        post.upstream.csl.hangs(600.0)
        assert is_polling(serving, post)
        begun = time.monotonic()
        assert serving.stops() == 0
        assert time.monotonic() - begun < 2 * DRAIN
        assert "work that does not end is left" in serving.log.read_text()
    assert not can_be_claimed(post, datetime.now(UTC))
    assert can_be_claimed(post, datetime.now(UTC) + LEASE)
    post.upstream.csl.recovers()
    post.clock.now = datetime.now(UTC)
    is_caught(post)


def killed_checks(post: Post, times: int) -> None:
    """So many checks are killed, each at some moment of its work; then one is let be."""
    goes(post)
    chosen = random.Random(744)
    for _ in range(times):
        post.clock.goes(minutes=5)
        killed(post.starts("check", "--now", post.clock.now.isoformat()), chosen.uniform(0.3, 1.5))
    holds(post)


def killed(child: "Popen[bytes]", after: float) -> None:
    """Unless it has ended by then."""
    until(lambda: child.poll() is not None, after, 0.002)
    child.kill()
    child.wait(60)


def killed_services(post: Post, times: int) -> None:
    """So many services are killed, each at some moment; the list changes in the middle of it."""
    chosen = random.Random(744)
    for number in range(times):
        if number == times // 2:
            goes(post)
        with post.serve() as serving:
            assert not serving.ends_by_itself(chosen.uniform(0.5, 3.0))
            serving.dies()
    post.clock.now = datetime.now(UTC)
    holds(post)


def holds(post: Post) -> None:
    """The ledger is sound; the removal is one event, and was told at least once under one id."""
    assert post.receiver is not None
    with post.service() as service:
        looks_and_tells(post, service)
        looks_and_tells(post, service)
        assert told(service).count(REMOVAL) == 1
        assert "sound" in service.ledger.examine()
    bodies = [one for one in post.receiver.received if REMOVAL.encode() in one.body]
    assert len({body.headers["webhook-id"] for body in bodies}) == 1


@pytest.mark.slow
def test_five_checks_are_killed(post: Post) -> None:
    """Kill -9 at random moments of a check that finds a removal."""
    killed_checks(post, 5)


@pytest.mark.slow
def test_five_services_are_killed(post: Post) -> None:
    """Kill -9 at random moments of a service; a removal comes in between."""
    killed_services(post, 5)


@pytest.mark.long
def test_fifty_checks_are_killed(post: Post) -> None:
    """The same, at length."""
    killed_checks(post, so_many(50, 2))


@pytest.mark.long
def test_fifty_services_are_killed(post: Post) -> None:
    """The same, at length."""
    killed_services(post, so_many(50, 2))
