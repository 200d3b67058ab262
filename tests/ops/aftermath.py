"""What must hold after any fault: the next true removal is caught, written down and told."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import CompletedProcess, run
from typing import Any

import pytest

from monitor.deliver import deliver
from monitor.service import Service
from tests.ops.post import Post, kinds, looks, told
from tests.upstream.parties import INSTITUTE

REMOVAL = "removal_confirmed"


def sent(post: Post) -> list[str]:
    """The kinds that the receiver was told, repeats included."""
    assert post.receiver is not None
    return [one.json()["type"].removeprefix("entity-monitor.") for one in post.receiver.received]


def begins(post: Post) -> None:
    """A baseline: the institute is listed."""
    with post.service() as service:
        assert kinds(looks(service)) == ["baseline"]


def goes(post: Post) -> None:
    """The institute leaves both lists."""
    post.upstream.delists(INSTITUTE, ecfr=post.upstream.ecfr.newest)


def looks_and_tells(post: Post, service: Service) -> list[str]:
    """One round an hour later, and what is due is sent; the kinds decided."""
    post.clock.goes(hours=1)
    decided = kinds(looks(service))
    deliver(service)
    return decided


def is_caught(post: Post) -> None:
    """The next true removal is in the ledger once and was told once."""
    goes(post)
    with post.service() as service:
        assert REMOVAL in looks_and_tells(post, service)
    is_known(post)


def is_known(post: Post) -> None:
    """The removal is in the ledger once and was told once."""
    with post.service() as service:
        assert told(service).count(REMOVAL) == 1
    assert sent(post).count(REMOVAL) == 1


def checks(post: Post, *arguments: str, **environment: str) -> "CompletedProcess[str]":
    """`check --json` in a process of its own, by the clock of the post."""
    now = post.clock.now.isoformat()
    return post.command("check", "--json", "--now", now, *arguments, **environment)


def decided(done: "CompletedProcess[str]") -> list[str]:
    """The kinds of the events of such a check."""
    return [event["kind"] for event in report(done)["events"]]


def report(done: "CompletedProcess[str]") -> Any:
    assert done.returncode in {0, 3}, done.stderr
    return json.loads(done.stdout)


@contextmanager
def small_disk(at: Path, size: str) -> Iterator[Path]:
    """A disk of its own at a folder; the test is skipped where none may be mounted."""
    at.mkdir(parents=True, exist_ok=True)
    mounted = run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(at)],
        capture_output=True, text=True, check=False, timeout=20,
    )  # fmt: skip
    if mounted.returncode:
        pytest.skip(f"no disk may be mounted here: {mounted.stderr.strip()}")
    try:
        yield at
    finally:
        run(["umount", "--lazy", str(at)], check=True, timeout=20)


def fills(disk: Path, name: str = "filler") -> Path:
    """Takes all room that is left, to the last byte; the file that holds it."""
    filler = disk / name
    with filler.open("wb", buffering=0) as file:
        for piece in (65_536, 1):
            try:
                while file.write(b"\0" * piece):
                    pass
            except OSError:
                continue
    return filler
