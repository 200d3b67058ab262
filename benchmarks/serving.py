"""Serving: a real `serve` process and a client process, against a bare route with the same bytes.

Ours and the bare one are asked in turn, over and over, and medians are compared: what the machine
does beside it strikes both. The lag of the event loop is what a probe of `/livez` waits at worst
while changed lists are judged; beside it stands what the same probe waits at the bare server.
"""

import json
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.generator import Sizes, consolidated, names, watch_names
from benchmarks.memory import configured, environment, free_port, resident, serving, upstream
from benchmarks.polling import Measured

ROUNDS = 5
SECONDS = 0.5
"""How long each turn of asking takes."""
MANY = 200
"""Connections at once; MONITOR_MAX_CONNECTIONS admits 256, those that are closing included."""
LISTS = 3
"""Texts of the list that are served in turn, so that each poll finds another."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a client saw, times in seconds."""

    rate: float
    p50: float
    p99: float
    worst: float


def ask(port: int, path: str, connections: int, seconds: float = SECONDS) -> Asked:
    """Asks over and over from a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.client",
         str(port), path, str(connections), str(seconds)],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    return Asked(**json.loads(done.stdout))


@contextmanager
def bare(content: bytes) -> Iterator[int]:
    """A bare server of these bytes; its port."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        port = free_port()
        process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.bare", file.name, str(port)], env=environment()
        )
        try:
            _until(lambda: bool(got(port, "/")))
            yield port
        finally:
            process.terminate()
            process.wait(30)


def got(port: int, path: str) -> bytes:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
            body: bytes = answer.read()
            return body
    except OSError:
        return b""


def _until(held: Callable[[], bool]) -> None:
    for _ in range(6000):
        if held():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come about within five minutes")


def _polled(port: int) -> int:
    """How many changed lists were judged."""
    polls = json.loads(got(port, "/polls") or b'{"polls":[]}')["polls"]
    return sum(poll["outcome"] == "accepted" for poll in polls)


@contextmanager
def settled(watches: int, every: str) -> Iterator[tuple[int, int]]:
    """A service with so many watches that has judged its first list: process id and port."""
    sizes = Sizes()
    with upstream() as (host, url), tempfile.TemporaryDirectory() as name:
        host.bodies = [consolidated(sizes, changed=20, version=1 + at) for at in range(LISTS)]
        env = configured(Path(name), url, every)
        if watches > 1:
            _watch_many(Path(name), watches, sizes)
        with serving(env) as (pid, address, _seconds):
            port = int(address.rpartition(":")[2])
            _until(lambda: _polled(port) > 0)
            yield pid, port


def _watch_many(folder: Path, count: int, sizes: Sizes) -> None:
    listed = names(sizes.parties)[: sizes.entity_list]
    watches = [{"id": f"w{at}", "name": name} for at, name in enumerate(watch_names(count, listed))]
    (folder / "watchlist.yaml").write_text(json.dumps({"watches": watches}), "utf-8")


def _against_bare(
    port: int, floor: int, path: str, connections: int, rounds: int = ROUNDS
) -> tuple[Asked, Asked]:
    """Medians of ours and of the bare route, asked in turn."""
    ours, bare_ = [], []
    for _ in range(rounds):
        ours.append(ask(port, path, connections))
        bare_.append(ask(floor, "/", connections))
    return _median(ours), _median(bare_)


def _median(asked: list[Asked]) -> Asked:
    fields = ("rate", "p50", "p99", "worst")
    return Asked(*(median(getattr(one, field) for one in asked) for field in fields))


def _lines(said: str, ours: Asked, floor: Asked) -> Iterator[Measured]:
    rate = ours.rate / floor.rate
    yield Measured(f"{said}: rate", ours.rate, f"bare {floor.rate:.0f} /s", rate, 0.7, "/s", True)
    late = ours.p99 / floor.p99
    yield Measured(f"{said}: p99", ours.p99, f"bare {floor.p99 * 1000:.1f} ms", late, 3.0)


def measure() -> Iterator[Measured]:
    """Idle, while changed lists are judged, and with very many watches."""
    yield from _idle(1, (1, 32, MANY), ("/status", "/"))
    yield from _busy(1)
    yield from _idle(10_000, (1, 32), ("/status?limit=100", "/"))


def _idle(watches: int, connections: tuple[int, ...], paths: tuple[str, ...]) -> Iterator[Measured]:
    with settled(watches, "1h") as (pid, port), ExitStack() as stack:
        size = resident(pid)
        floors = {path: stack.enter_context(bare(got(port, path))) for path in paths}
        for path, floor in floors.items():
            for count in connections:
                said = f"{path}, {watches:,} watches, {count} connections"
                yield from _lines(said, *_against_bare(port, floor, path, count))
        what = f"after the first poll, {watches:,} watches"
        yield Measured(what, size, unit="MiB")


def _busy(watches: int) -> Iterator[Measured]:
    """The same while a changed list comes every two seconds."""
    with settled(watches, "2s") as (_pid, port), bare(got(port, "/status")) as floor:
        before = _polled(port)
        ours, bare_ = _against_bare(port, floor, "/status", 32, 2 * ROUNDS)
        probes = [ask(port, "/livez", 1, 3.0) for _ in range(3)]
        quiet = [ask(floor, "/", 1, 3.0) for _ in range(3)]
        polled = _polled(port) - before
    yield from _lines(f"/status, 32 connections, {polled} lists judged meanwhile", ours, bare_)
    lag, noise = (max(one.worst for one in some) for some in (probes, quiet))
    yield Measured(
        "event-loop lag while lists are judged", lag,
        f"50 ms (bare {noise * 1000:.0f} ms)", lag / 0.05, 1.0,
    )  # fmt: skip
