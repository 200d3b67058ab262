"""kill -9 at any moment between poll and send loses no alert and repeats no event."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.extent import so_many
from tests.receivers import Received, Recorder
from tests.upstream.parties import INSTITUTE
from tests.worlds import World

ELSEWHERE = "http://127.0.0.1:1"
TRIES = 16
"""Steps tried in a quick run, evenly over the whole."""


class Killer(Recorder):
    """A receiver that kills whoever is telling it, the first time it is told, before it answers."""

    def __init__(self, work: Path) -> None:
        super().__init__()
        self._work = work

    def reply_to(self, received: Received) -> Any:
        self.received.append(received)
        pid = self._work / received.path.split("/")[1] / "pid"
        if received.path.startswith("/0/") and pid.exists():
            os.kill(int(pid.read_text("utf-8")), signal.SIGKILL)
            pid.unlink()
        return self._choose(received)

    def told(self, step: int) -> list[tuple[str, str]]:
        """Path and event id of what came in the runs of a step."""
        return [
            (one.path, one.headers["webhook-id"])
            for one in self.received
            if one.path.startswith(f"/{step}/")
        ]


@pytest.fixture
def hook(tmp_path: Path) -> Iterator[Killer]:
    with Killer(tmp_path) as running:
        yield running


@pytest.fixture
def removed(world: World) -> World:
    """A baseline is known, two webhooks are to be told, and the institute has just left."""
    world.tells(f"{ELSEWHERE}/one", f"{ELSEWHERE}/two")
    world.check()
    world.ends()
    world.up.delists(INSTITUTE)
    world.passes(hours=1)
    as_template(world)
    return world


def as_template(world: World) -> None:
    """What the killer makes its copies of."""
    world.ends()
    template = world.folder / "template"
    template.mkdir()
    for name in (*(path.name for path in world.folder.glob("*.yaml")), "data"):
        (world.folder / name).rename(template / name)


def runs(world: World, hook: Killer, tries: int, *deed: str) -> list[Any]:
    """What the killer prints, line by line."""
    done = subprocess.run(
        [
            sys.executable, "-m", "tests.killer", str(world.folder), world.now.isoformat(),
            hook.url, str(tries), *deed,
        ],
        capture_output=True, text=True, timeout=900 if tries > TRIES else 90, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def holds(found: list[Any], hook: Killer) -> None:
    """Exactly one event of one id, and both channels told of it at least once, however it died."""
    assert found
    ids = set()
    for one in found:
        assert one["clean"], one
        assert [kind for kind, _ in one["events"]] == ["baseline", "removal_suspected"], one
        (alert,) = [id_ for kind, id_ in one["events"] if kind == "removal_suspected"]
        ids.add(alert)
        assert {status for _, _, status in one["sent"]} == {"sent"}, one
        told = hook.told(one["step"])
        assert {path.rpartition("/")[2] for path, _ in told} == {"one", "two"}, one
        assert {id_ for _, id_ in told} == {alert}
        assert 2 <= len(told) <= 4
    assert len(ids) == 1


@pytest.mark.slow
@pytest.mark.sqlite
def test_a_check_killed_at_any_step_loses_and_repeats_nothing(removed: World, hook: Killer) -> None:
    """Evenly over all steps: before and after statements, commits, writes, moves, connections."""
    found = runs(removed, hook, TRIES)
    assert len(found) >= TRIES
    assert all(one["killed"] for one in found)
    holds(found, hook)


@pytest.mark.slow
@pytest.mark.sqlite
def test_a_check_killed_by_its_receiver_tells_again_under_the_same_id(
    removed: World, hook: Killer
) -> None:
    """It was told, and nothing knows: told again, with the id by which a receiver sees that."""
    found = runs(removed, hook, 0)
    assert found[0]["killed"]
    holds(found, hook)
    assert len(hook.told(0)) >= 3


@pytest.mark.long
@pytest.mark.sqlite
def test_a_check_killed_at_every_step(removed: World, hook: Killer) -> None:
    """The same at each single step."""
    holds(runs(removed, hook, so_many(1_000, 2 * TRIES)), hook)
