"""Several processes on one database: each slot polled once, each alert told once, through kills."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.schedule import LEASE
from tests.extent import so_many
from tests.ops.post import Post, Serving, told, until
from tests.receivers import Recorder
from tests.upstream.parties import INSTITUTE, institute
from tests.upstream.rules import removal
from tests.upstream.server import Upstream

SLOT = timedelta(seconds=2)
CITED = "91 FR 80131"
NEAR = "Forensic Science Institute of the Ministry of Public Security"


def polls(post: Post, source: str = "csl") -> list[datetime]:
    with post.service() as service, service.ledger.reading() as reading:
        return [poll.at for poll in reversed(reading.polls(source, limit=10_000))]


def slots(times: list[datetime]) -> Counter[int]:
    """How often each slot of the schedule was polled."""
    return Counter(int(at.timestamp() // SLOT.total_seconds()) for at in times)


def ids(receiver: Recorder, kind: str) -> list[str]:
    """Ids of the deliveries of a kind, repeats included."""
    return [one.headers["webhook-id"] for one in receiver.received if kind.encode() in one.body]


@pytest.fixture
def replicas() -> Iterator[Callable[[Post, int], list[Serving]]]:
    with ExitStack() as stack:

        def start(post: Post, count: int) -> list[Serving]:
            return [stack.enter_context(post.serve()) for _ in range(count)]

        yield start


@pytest.mark.slow
def test_three_replicas_poll_each_slot_once(
    database_url: str,
    tmp_path: Path,
    upstream: Upstream,
    receiver: Recorder,
    replicas: Callable[[Post, int], list[Serving]],
) -> None:
    """One poll a slot whoever makes it; all serve the same; a removal is sent with one id."""
    post = Post(tmp_path, upstream, receiver, database_url, every="2s", sources=("csl", "ecfr"))
    running = replicas(post, 3)
    assert all(one.is_ready() for one in running)
    assert until(lambda: len(polls(post)) >= 4 and _is_known(post)), _story(post)
    upstream.delists(INSTITUTE, ecfr=upstream.ecfr.newest)
    assert until(lambda: bool(ids(receiver, "removal_confirmed"))), _story(post)
    time.sleep(6)
    answers = [one.asks("/status") for one in running]
    assert all(answer["watches"][0]["state"] == "not_listed" for answer in answers)
    codes = [one.stops() for one in running]
    assert codes == [0, 0, 0]
    times = polls(post)
    assert max(slots(times).values()) == 1, slots(times)
    asked = [one for one in upstream.asked("csl") if one.path.endswith(".json")]
    assert len(asked) == len(times)
    with post.service() as service:
        assert Counter(told(service))["removal_confirmed"] == 1
    assert len(set(ids(receiver, "removal_confirmed"))) == 1
    assert len(ids(receiver, "removal_confirmed")) == 1


def survives_kills(post: Post, replicas: Callable[[Post, int], list[Serving]], kills: int) -> None:
    """Kill -9 in a loop: no slot twice, the act told once with one id, the lease taken over."""
    receiver, upstream = post.receiver, post.upstream
    assert receiver is not None
    running = replicas(post, 3)
    assert all(one.is_ready() for one in running)
    # What is in force before the first state is known belongs to that state, and is no removal.
    assert until(lambda: _is_known(post)), _story(post)
    upstream.csl.hangs(0.4)
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    upstream.publishes(
        removal(INSTITUTE, number="2026-24680", publication=yesterday, citation=CITED)
    )
    chosen = random.Random(744)
    for _ in range(kills):
        time.sleep(chosen.uniform(1.0, 3.0))
        victim = _polling(running) or chosen.choice(running)
        victim.dies()
        running.remove(victim)
        running += replicas(post, 1)
    before = len(polls(post))
    limit = LEASE.total_seconds() + 14
    assert until(lambda: len(polls(post)) > before, limit), "no lease was taken over in a minute"
    assert until(lambda: bool(ids(receiver, "removal_confirmed"))), _story(post)
    for one in running:
        one.stops()
    times = polls(post)
    assert max(slots(times).values()) == 1, slots(times)
    with post.service() as service:
        kinds = Counter(told(service))
    assert kinds["removal_confirmed"] == 1
    assert kinds["baseline"] == 1
    for kind in kinds:
        assert len(set(ids(receiver, f'"entity-monitor.{kind}"'))) <= kinds[kind]


@pytest.mark.slow
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_replicas_survive_the_killing_of_the_one_that_polls(
    database_url: str,
    tmp_path: Path,
    upstream: Upstream,
    receiver: Recorder,
    replicas: Callable[[Post, int], list[Serving]],
) -> None:
    """Six times; over SQLite at length alone."""
    post = Post(tmp_path, upstream, receiver, database_url, every="2s")
    survives_kills(post, replicas, 6)


@pytest.mark.long
def test_replicas_survive_thirty_kills(
    database_url: str,
    tmp_path: Path,
    upstream: Upstream,
    receiver: Recorder,
    replicas: Callable[[Post, int], list[Serving]],
) -> None:
    """The same, at length."""
    post = Post(tmp_path, upstream, receiver, database_url, every="2s")
    survives_kills(post, replicas, so_many(30, 2))


@pytest.mark.slow
def test_replicas_make_one_case_and_take_one_decision(
    database_url: str,
    tmp_path: Path,
    upstream: Upstream,
    receiver: Recorder,
    replicas: Callable[[Post, int], list[Serving]],
) -> None:
    """One case of one near row, told once; decided at both at once, what follows is told once."""
    post = Post(tmp_path, upstream, receiver, database_url, every="2s", sources=("csl", "ecfr"))
    upstream.delists(INSTITUTE, ecfr=upstream.ecfr.newest)
    running = replicas(post, 2)
    assert all(one.is_ready() for one in running)
    assert until(lambda: _is_known(post)), _story(post)
    near = replace(institute(), name=NEAR, aliases=(), addresses=(), citations=("91 FR 90001",))
    upstream.lists(near, on=upstream.ecfr.newest)
    assert until(lambda: bool(ids(receiver, "possible_match"))), _story(post)
    time.sleep(3 * SLOT.total_seconds())
    [case] = running[0].asks("/cases")["cases"]
    assert running[1].asks("/cases")["cases"] == [case]
    with ThreadPoolExecutor(2) as both:
        decided = list(both.map(lambda one: one.decides(case["id"], "same"), running))
    assert decided == [200, 200]
    assert until(lambda: bool(ids(receiver, "listing_confirmed"))), _story(post)
    time.sleep(3 * SLOT.total_seconds())
    answers = [one.asks("/status")["watches"][0] for one in running]
    assert [(answer["state"], answer["pending"]) for answer in answers] == [("listed", None)] * 2
    assert [one.stops() for one in running] == [0, 0]
    with post.service() as service:
        kinds = Counter(told(service))
    assert kinds == {"baseline": 1, "possible_match": 1, "listing_confirmed": 1}
    for kind in ("possible_match", "listing_confirmed"):
        assert len(ids(receiver, f'"entity-monitor.{kind}"')) == 1


def _is_known(post: Post) -> bool:
    with post.service() as service:
        return "baseline" in told(service)


def _story(post: Post) -> str:
    """What all the processes logged, and how each poll ended: for a failure to be read by."""
    logs = post.folder.glob("serve-*.log")
    lines = [line for log in logs for line in log.read_text().splitlines()]
    with post.service() as service, service.ledger.reading() as reading:
        ended = [
            f"{poll.at:%H:%M:%S} {name} {poll.outcome} {poll.reasons}"
            for name in post.sources
            for poll in reading.polls(name, limit=8)
        ]
        lines.sort(key=lambda line: line[-40:])
        return "\n".join([*lines[-60:], *ended, str(told(service))])


def _polling(running: list[Serving]) -> Serving | None:
    """The replica that began a poll last and has not ended it."""
    for one in running:
        said = [record["event"] for record in one.records()]
        if said and said[-1].startswith("polling csl"):
            return one
    return None
