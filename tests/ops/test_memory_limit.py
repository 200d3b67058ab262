"""A whole service within the shipped 512 MB, as a cgroup sees it, whatever the hosts send."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from tests.extent import stride
from tests.ops.post import Post, Serving, until
from tests.ops.test_bounded import HOSTILE, LIMIT
from tests.upstream.parties import INSTITUTE
from tests.upstream.server import Upstream

SOURCES = {"json": "csl", "csv": "csl", "xml": "ecfr", "register": "federal_register"}
"""Which source is sent the bodies of a reader; the text of an act comes with its act alone."""
ROOT = Path("/sys/fs/cgroup")


@pytest.fixture
def group() -> Iterator[Path]:
    """A cgroup with the shipped limit of memory, and no swap to hide behind."""
    old = (ROOT / "memory").is_dir()
    made = (ROOT / "memory" if old else ROOT) / f"monitor-{uuid4().hex[:8]}"
    try:
        made.mkdir()
        (made / ("memory.limit_in_bytes" if old else "memory.max")).write_text(str(LIMIT))
        swap = made / ("memory.memsw.limit_in_bytes" if old else "memory.swap.max")
        if swap.exists():
            swap.write_text(str(LIMIT) if old else "0")
    except OSError as error:
        pytest.skip(f"no cgroup of memory can be made here: {error}")
    yield made
    until(lambda: not (made / "cgroup.procs").read_text(), limit=10)
    made.rmdir()


def polls(serving: Serving, source: str) -> list[int]:
    """The polls of a source that are on record, newest first."""
    answer = serving.asks(f"/polls?source={source}") or {"polls": []}
    return [poll["id"] for poll in answer["polls"]]


def is_polled_since(serving: Serving, source: str, poll: int) -> bool:
    """Whether a later poll is on record in time, by a process that lives."""
    until(
        lambda: polls(serving, source)[:1] > [poll] or serving.process.poll() is not None,
        limit=400,
    )
    return serving.process.poll() is None and polls(serving, source)[:1] > [poll]


def pending(serving: Serving) -> object:
    """What is pending for the institute."""
    return (serving.asks("/status/mps-ifs") or {}).get("pending")


@pytest.mark.long
def test_a_service_outlives_every_hostile_body(up: Upstream, tmp_path: Path, group: Path) -> None:
    """Each is fetched, refused or held; then a removal is seen as ever."""
    post = Post(tmp_path, up, every="2s")
    inside = ("sh", "-c", f'echo $$ >{group}/cgroup.procs && exec "$0" "$@"')
    hosts = {"csl": up.csl, "ecfr": up.ecfr, "federal_register": up.register}
    with post.serve(inside) as serving:
        assert serving.is_ready()
        assert until(lambda: all(polls(serving, name) for name in hosts))
        for kind in list(HOSTILE)[:: stride()]:
            reader, body = HOSTILE[kind]
            if reader not in SOURCES:
                continue
            source = SOURCES[reader]
            before = polls(serving, source)[0]
            if source == "ecfr":
                up.ecfr.moves_to(up.ecfr.newest + timedelta(days=1))
                up.ecfr.amended_without_change(up.ecfr.newest)
            hosts[source].serves(body(), on="full" if source == "ecfr" else "")
            assert is_polled_since(serving, source, before), f"{kind}: {oom(group)}"
            hosts[source].recovers()
        up.delists(INSTITUTE)
        assert until(lambda: pending(serving) == "removal_suspected")
        assert "oom_kill 0" in oom(group)
        assert serving.stops() == 0


def oom(group: Path) -> str:
    """What the kernel says of processes that it ended for want of memory."""
    old, new = group / "memory.oom_control", group / "memory.events"
    return (old if old.exists() else new).read_text()
