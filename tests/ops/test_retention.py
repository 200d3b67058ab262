"""What is forgotten and what never is; a year of hourly looks on a small disk."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from monitor.judging.vouch import accept
from monitor.poll import poll
from monitor.service import Service
from monitor.sources.source import digest
from monitor.upkeep.retention import EVERY, Keeping, Retained, retain, retain_daily
from tests.extent import so_many
from tests.ops.post import Post, kinds, looks, status
from tests.upstream.parties import INSTITUTE, filler
from tests.upstream.rules import institute_removal
from tests.upstream.server import Upstream

pytestmark = pytest.mark.slow

KEEPING = Keeping(timedelta(days=90), timedelta(days=400))


def hourly(post: Post, service: Service, hours: int) -> list[str]:
    """Looks at a list that is rebuilt every hour; the hashes it brought."""
    seen = []
    for _ in range(hours):
        post.clock.goes(hours=1)
        post.upstream.moves_clock(post.clock.now)
        poll(service, "csl")
        seen.append(digest(post.upstream.csl.file()))
    return seen


def forgets(post: Post, service: Service, **later: float) -> Retained:
    now = post.clock.now + timedelta(**later)
    return retain(service.ledger, KEEPING, now, lambda: datetime.now(UTC))


def kept(service: Service, hashes: list[str]) -> list[bool]:
    """Whether each body is there; what the rows say must be what the disk says."""
    with service.ledger.reading() as reading:
        rows = [reading.snapshot(sha) for sha in hashes]
    there = [service.ledger.bodies.load(sha) is not None for sha in hashes]
    assert [row is not None and row.kept for row in rows] == there
    return there


def test_of_one_content_the_first_and_the_last_body_stay(
    database_url: str, tmp_path: Path, upstream: Upstream
) -> None:
    """Twelve rebuilds with one change in the middle: four bodies stay, every row stays."""
    post = Post(tmp_path, upstream, None, database_url, sources=("csl",))
    with post.service() as service:
        before = hourly(post, service, 6)
        upstream.csl.lists(replace(filler(21)[-1], name="A Newcomer Works"))
        after = hourly(post, service, 6)
        assert forgets(post, service) == Retained(0, 0, 0)
        done = forgets(post, service, days=91)
        assert (done.bodies, done.polls) == (8, 0)
        assert done.freed > 0
        ends = [True, *[False] * 4, True]
        assert kept(service, before) == ends
        assert kept(service, after) == ends
        assert forgets(post, service, days=91).bodies == 0


@pytest.mark.slow
def test_evidence_is_never_forgotten(tmp_path: Path, upstream: Upstream) -> None:
    """Ten years on, what an event, an act or a doubt rests on can still be shown."""
    post = Post(tmp_path, upstream, None, sources=("csl", "federal_register"))
    with post.service() as service:
        looks(service)
        upstream.csl.drops_list("EL")
        held = hourly(post, service, 3)
        upstream.csl.recovers()
        hourly(post, service, 3)
        upstream.publishes(institute_removal())
        post.clock.now = datetime(2023, 11, 17, 15, tzinfo=UTC)
        upstream.delists(INSTITUTE)
        assert "removal_confirmed" in kinds(looks(service))
        hourly(post, service, 3)
        assert forgets(post, service, days=3_650).bodies > 0
        with service.ledger.reading() as reading:
            events = reading.events(limit=None)
            named = {witness.snapshot for stored in events for witness in stored.event.witnesses}
            texts = [act.snapshot for act in reading.known_acts().values() if act.snapshot]
        assert named
        assert texts
        assert all(kept(service, [sha for sha in [*named, *texts] if sha]))
        assert kept(service, held) == [True, False, True]
        accept(service, held[0], "a test")


def test_what_was_forgotten_and_comes_again_is_kept_again(
    tmp_path: Path, upstream: Upstream
) -> None:
    """A copy that a host went back to for good, after its body went, is evidence once more."""
    post = Post(tmp_path, upstream, None, sources=("csl",))
    with post.service() as service:
        hourly(post, service, 2)
        older = post.upstream.csl.file()
        hourly(post, service, 3)
        post.clock.goes(hours=1)
        hourly(post, service, 1)
        forgets(post, service, days=91)
        assert kept(service, [digest(older)]) == [False]
        upstream.csl.serves(older)
        post.clock.goes(days=91)
        poll(service, "csl")
        assert kept(service, [digest(older)]) == [False]
        post.clock.goes(days=1)
        poll(service, "csl")
        assert kept(service, [digest(older)]) == [True]


def test_old_looks_become_a_count_a_day(
    database_url: str, tmp_path: Path, upstream: Upstream
) -> None:
    """Counts add up over rounds; polls that made an event stay, and so does each newest one."""
    post = Post(tmp_path, upstream, None, database_url, sources=("csl",))
    with post.service() as service:
        looks(service)
        hourly(post, service, 5)
        upstream.csl.answers(500)
        hourly(post, service, 3)
        day = post.clock.now.date()
        upstream.csl.recovers()
        total = 9
        with service.ledger.reading() as reading:
            assert len(reading.polls(limit=100)) == total
            told = {stored.event.kind.value for stored in reading.events()}
        assert told == {"baseline", "source_failing"}
        first = retain(
            service.ledger, KEEPING, post.clock.now + timedelta(days=400, hours=-4), post.clock
        )
        assert first.polls > 0
        second = forgets(post, service, days=401)
        with service.ledger.retention() as tx:
            days = [tx.looks("csl", date(2023, 11, 10)), tx.looks("csl", day)]
        counted = sum(sum(one.values()) for one in days[: 1 if day == date(2023, 11, 10) else 2])
        with service.ledger.reading() as reading:
            left = reading.polls(limit=100)
        assert counted == first.polls + second.polls == total - len(left)
        assert {"accepted", "failed"} <= {outcome for one in days for outcome in one}
        newest = left[0].id
        poll(service, "csl")
        with service.ledger.reading() as reading:
            assert reading.polls()[0].id > newest


def test_it_is_done_once_a_day_by_one_process(database_url: str, tmp_path: Path) -> None:
    """A second claim within the day is refused; a mark from a clock set back is not believed."""
    with Upstream() as upstream:
        post = Post(tmp_path, upstream, None, database_url)
        with post.service() as service, post.service() as other:
            args = (KEEPING, post.clock.now, lambda: datetime.now(UTC))
            assert retain_daily(service.ledger, *args) == Retained(0, 0, 0)
            assert retain_daily(other.ledger, *args) is None
            later = (KEEPING, post.clock.now + EVERY, lambda: datetime.now(UTC))
            assert retain_daily(other.ledger, *later) is not None
            assert retain_daily(service.ledger, *args) is not None


def test_files_without_a_row_go_after_a_day(tmp_path: Path, upstream: Upstream) -> None:
    """What a crash left between the file and the row goes, and what is fresh does not."""
    post = Post(tmp_path, upstream, None, sources=("csl",))
    with post.service() as service:
        looks(service)
        service.ledger.bodies.keep("ab" * 32, b"never recorded")
        half = service.ledger.bodies.path("cd" * 32).with_suffix(".4711.part")
        half.parent.mkdir(parents=True, exist_ok=True)
        half.write_bytes(b"half")
        assert forgets(post, service).bodies == 0
        tomorrow = datetime.now(UTC) + timedelta(days=2)
        done = retain(service.ledger, KEEPING, post.clock.now, lambda: tomorrow)
        assert done.bodies == 2
        assert not half.exists()
        assert status(service).sources[0].snapshot is not None


def test_vacuum_gives_the_room_back(database_url: str, tmp_path: Path, upstream: Upstream) -> None:
    """By hand at any time; and the command says what it came to."""
    post = Post(tmp_path, upstream, None, database_url, sources=("csl",))
    with post.service() as service:
        looks(service)
        with service.ledger.judging() as tx:
            for n in range(400):
                at = post.clock.now - timedelta(days=500, minutes=n)
                tx.add_poll("csl", at, "unchanged", run="x" * 2_000)
        full = service.ledger.size()
        assert retain(service.ledger, KEEPING, post.clock.now, post.clock).polls == 399
        service.ledger.tidy()
        service.ledger.vacuum()
        # PostgreSQL keeps room of a page's end to itself.
        limit = full - 500_000 if database_url.startswith("sqlite") else full + 500_000
        assert service.ledger.size() < limit


def seconds(work: Callable[[], object], times: int = 5) -> float:
    """The best of several runs."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


@pytest.mark.parametrize(
    "hours",
    [
        pytest.param(24, id="a look a day", marks=pytest.mark.slow),
        pytest.param(1, id="hourly", marks=pytest.mark.long),
    ],
)
def test_a_year_of_looks_stays_small_and_quick(
    tmp_path: Path, upstream: Upstream, hours: int
) -> None:
    """A year of a list rebuilt before each look, with 150 changes, stays under the stated bound.

    docs/operations.md states it: the bodies of the retention's window and two for each change, and
    of the database 2 KiB for each look and 4 KiB for each change beside the entries themselves.
    """
    post = Post(tmp_path, upstream, None, sources=("csl",))
    keeping = Keeping(timedelta(days=30), timedelta(days=120))
    polls, changes = so_many(365 * 24 // hours, 150), 150
    with post.service() as service:
        looks(service)
        entries, early = service.ledger.size(), seconds(lambda: status(service))
        for number in range(polls):
            post.clock.goes(hours=hours)
            # Only the stamps of the rebuild differ, as in the real file.
            upstream.csl.is_rebuilt(post.clock.now)
            if number % (polls // changes) == 0:
                name = f"Newcomer {number} Works"
                upstream.csl.lists(replace(filler(30)[-1], name=name))
            assert poll(service, "csl").poll.outcome == "accepted"
            retain_daily(service.ledger, keeping, post.clock.now, lambda: datetime.now(UTC))
        late = seconds(lambda: status(service))
        with service.ledger.reading() as reading:
            assert len(reading.changes(limit=1_000)) >= changes
            largest = max(snapshot.stored_size for snapshot in reading.snapshots(limit=10_000))
        bodies = 31 * 24 // hours + 2 * (changes + 2)
        assert service.ledger.bodies.total() <= bodies * largest
        assert service.ledger.size() <= entries + polls * 2_048 + changes * 4_096
        assert late < early * 3 + 0.005
