"""Faults of the machine: a full or read-only disk, no descriptors, little memory, no names.

Each says what it is, in words and by its exit code, decides nothing false, and hides nothing.
"""

import json
import re
import socket
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from benchmarks.generator import Sizes, consolidated, names
from tests.ops.aftermath import (
    REMOVAL,
    begins,
    checks,
    decided,
    fills,
    goes,
    is_known,
    looks_and_tells,
    sent,
    small_disk,
)
from tests.ops.post import Post, kinds, looks, status, until
from tests.receivers import Recorder
from tests.upstream.rules import institute_removal
from tests.upstream.server import Upstream

_MEASURE = """
import sys
from monitor.__main__ import main
try:
    main()
finally:
    sys.stderr.write(open("/proc/self/status").read())
"""
MEASURED = ("-c", _MEASURE)
"""The monitor, which at its end says what it has taken; getrusage would count who began it."""


@pytest.fixture
def post(tmp_path: Path, upstream: Upstream, receiver: Recorder) -> Post:
    return Post(tmp_path, upstream, receiver)


def snapshots_of(post: Post) -> Path:
    assert post.data is not None
    return post.data / "snapshots"


def under(limit: str, most: int) -> tuple[str, ...]:
    """What comes before a command that is to run under a limit: it takes it on, then goes on."""
    limited = f"resource.setrlimit(resource.RLIMIT_{limit}, ({most}, {most}))"
    begun = f"import os, resource, sys; {limited}; os.execv(sys.argv[1], sys.argv[1:])"
    return sys.executable, "-c", begun


def check_of(post: Post, begun: tuple[str, ...] = ("-m", "monitor")) -> list[str]:
    """The words of a check by the clock of the post."""
    return [sys.executable, *begun, "check", "--json", "--now", post.clock.now.isoformat()]


# -- no room


@pytest.mark.slow
def test_a_removal_is_told_though_its_bytes_cannot_be_kept(post: Post) -> None:
    """No room for snapshots, room for the database: judged and told, and said with the poll.

    Once there is room the same bytes are asked for again and kept, and nothing is told twice.
    """
    begins(post)
    folder = snapshots_of(post)
    folder.rename(folder.with_name("away"))
    folder.write_text("a file where the folder should be")
    goes(post)
    with post.service() as service:
        post.clock.goes(hours=1)
        checked = looks(service)
        assert REMOVAL in kinds(checked)
        assert all("could not be kept" in " ".join(poll.reasons) for poll in checked.polls)
        looks_and_tells(post, service)
    is_known(post)
    folder.unlink()
    folder.with_name("away").rename(folder)
    with post.service() as service:
        post.clock.goes(hours=1)
        again = looks(service)
        assert kinds(again) == []
        hashes = [poll.snapshot for poll in checked.polls]
        assert [poll.snapshot for poll in again.polls] == hashes
        with service.ledger.reading() as reading:
            rows = [reading.snapshot(sha or "") for sha in hashes]
        assert all(row is not None and row.kept for row in rows)
        assert all(service.ledger.bodies.load(sha or "") for sha in hashes)
    is_known(post)


@pytest.mark.slow
def test_an_act_is_told_though_its_text_cannot_be_kept(post: Post) -> None:
    """The text is judged, and asked for again until the disk takes it, as evidence for ever."""
    begins(post)
    folder = snapshots_of(post)
    folder.rename(folder.with_name("away"))
    folder.write_text("a file where the folder should be")
    rule = institute_removal()
    post.upstream.files(rule)
    with post.service() as service:
        assert looks_and_tells(post, service) == ["removal_announced"]
        assert looks_and_tells(post, service) == []
        folder.unlink()
        folder.with_name("away").rename(folder)
        assert looks_and_tells(post, service) == []
        with service.ledger.reading() as reading:
            act = reading.known_acts()[rule.number]
        assert service.ledger.bodies.load(act.snapshot or "") is not None
    assert sent(post) == ["removal_announced"]


@pytest.mark.slow
def test_a_full_disk_under_the_snapshots(post: Post) -> None:
    """A real disk without a byte left: as above; no half file stays behind."""
    with small_disk(snapshots_of(post), "1m") as disk:
        begins(post)
        filler = fills(disk)
        goes(post)
        with post.service() as service:
            post.clock.goes(hours=1)
            checked = looks(service)
            assert REMOVAL in kinds(checked)
            assert "No space left" in " ".join(checked.polls[-1].reasons)
            assert not list(disk.glob("??/*.part"))
            filler.unlink()
            looks_and_tells(post, service)
        is_known(post)


@pytest.mark.slow
def test_a_full_disk_under_the_database(post: Post) -> None:
    """Nothing can be written: the check ends with 1 and says why; the next one tells."""
    assert post.data is not None
    with small_disk(post.data, "8m") as disk:
        begins(post)
        goes(post)
        post.clock.goes(hours=1)
        filler = fills(disk)
        done = checks(post)
        assert (done.returncode, done.stdout) == (1, "")
        assert "takes no more; make room" in done.stderr
        assert "Traceback" not in done.stderr
        assert sent(post) == []
        filler.unlink()
        assert REMOVAL in decided(checks(post))
        is_known(post)


@pytest.mark.slow
def test_a_database_that_may_not_grow(post: Post) -> None:
    """The same by a limit on the size of files, which needs no disk: told when it is lifted."""
    begins(post)
    goes(post)
    post.clock.goes(hours=1)
    done = post.runs([*under("FSIZE", 1000), *check_of(post)])
    assert (done.returncode, done.stdout) == (1, "")
    assert "takes no more; make room" in done.stderr
    assert REMOVAL in decided(checks(post))
    is_known(post)


@pytest.mark.slow
def test_a_data_folder_that_is_read_only(post: Post) -> None:
    """It says that its folder cannot be written, ends with 1, and goes on once it can be."""
    assert post.data is not None
    with small_disk(post.data, "16m") as disk:
        begins(post)
        goes(post)
        post.clock.goes(hours=1)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True, timeout=20)
        done = checks(post)
        assert done.returncode == 1
        assert "its folder cannot be written" in done.stderr
        assert "Traceback" not in done.stderr
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True, timeout=20)
        assert REMOVAL in decided(checks(post))
        is_known(post)


# -- no names, no descriptors, little memory


@pytest.mark.slow
def test_a_host_name_that_does_not_resolve(post: Post) -> None:
    """Said of each poll, exit code 3, nothing decided; told once after three; then corrected."""
    begins(post)
    sources = post.folder / "config" / "sources.yaml"
    right = sources.read_text()
    sources.write_text(right.replace(post.upstream.base_url, "http://nowhere.invalid"))
    goes(post)
    with post.service() as service:
        for expected in ([], [], ["source_failing"]):
            post.clock.goes(hours=1)
            checked = looks(service)
            assert kinds(checked) == expected
            assert all("the connection failed" in poll.reasons[0] for poll in checked.polls)
        assert (status(service).state, status(service).fresh) == ("listed", True)
    assert post.invoke("check", "--now", post.clock.now.isoformat()).exit_code == 3
    sources.write_text(right)
    with post.service() as service:
        assert REMOVAL in looks_and_tells(post, service)
    is_known(post)


@pytest.mark.slow
@pytest.mark.parametrize("most", [6, 8, 9, 10])
def test_a_check_without_descriptors(post: Post, most: int) -> None:
    """However few, it ends with a code of the contract and a reason; the next check tells."""
    begins(post)
    goes(post)
    post.clock.goes(hours=1)
    done = post.runs([*under("NOFILE", most), *check_of(post)])
    assert done.returncode == 0 or "Too many open files" in done.stdout + done.stderr
    assert done.returncode in {0, 1, 3}
    with post.service() as service:
        looks_and_tells(post, service)
    is_known(post)


@pytest.mark.slow
def test_a_service_whose_descriptors_are_used_up(
    tmp_path: Path, upstream: Upstream, receiver: Recorder
) -> None:
    """Clients that hold every descriptor make its polls fail aloud; when they go it tells."""
    post = Post(tmp_path, upstream, receiver, every="1s", sources=("csl", "ecfr"))
    with post.serve(under("NOFILE", 40)) as serving:
        assert serving.is_ready()
        assert until(lambda: "event baseline" in serving.log.read_text())
        with ExitStack() as clients:
            for _ in range(60):
                client = clients.enter_context(socket.socket())
                client.connect(("127.0.0.1", serving.port))
            assert until(lambda: "Too many open files" in serving.log.read_text())
            goes(post)
        assert until(lambda: REMOVAL in sent(post))
        assert until(lambda: serving.asks("/livez") == "ok")
        assert serving.stops() == 0
    is_known(post)


@pytest.mark.slow
def test_the_whole_list_in_little_memory(
    tmp_path: Path, upstream: Upstream, receiver: Recorder
) -> None:
    """26,000 parties, changed, in less than 256 MiB at the peak; and the one that left is told."""
    every, gone = names(Sizes().parties), 17
    post = Post(tmp_path, upstream, receiver, sources=("csl",))
    watches = {"watches": [{"id": "gone", "name": every[gone], "country": "CN"}]}
    (tmp_path / "config" / "watchlist.yaml").write_text(json.dumps(watches))
    upstream.csl.serves(consolidated(Sizes()), "application/json")
    begins(post)
    left = json.loads(consolidated(Sizes(), changed=16, version=1))
    del left["results"][gone]
    left["total"] -= 1
    upstream.csl.serves(json.dumps(left).encode(), "application/json")
    post.clock.goes(hours=1)
    done = post.runs(check_of(post, MEASURED))
    assert decided(done) == ["removal_suspected"]
    (peak,) = re.findall(r"VmHWM:\s+(\d+) kB", done.stderr)
    assert int(peak) < 256 * 1024
    assert sent(post) == ["removal_suspected"]
