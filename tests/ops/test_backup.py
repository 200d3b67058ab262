"""Backup, loss, restore, go on: over either database and from one to the other."""

import json
import tarfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import zstandard

from monitor.errors import LedgerError, UsageError
from monitor.ledger.bodies import Bodies
from monitor.ledger.engine import open_engine
from monitor.ledger.ledger import Ledger
from monitor.service import Service
from monitor.upkeep.backup import back_up, restore
from tests.ops.post import Post, kinds, looks, status, told
from tests.postgres import PostgresServer
from tests.upstream.parties import INSTITUTE, filler
from tests.upstream.rules import institute_removal
from tests.upstream.server import Upstream


def restored(post: Post, url: str | None, source: Path, name: str) -> Post:
    """A new machine with an empty database and data folder, filled from the backup."""
    folder = post.folder / name
    fresh = Post(folder, post.upstream, post.receiver, url, clock=post.clock)
    ledger = Ledger(open_engine(fresh_url(fresh)), Bodies(folder / "data" / "snapshots"))
    restore(ledger, source)
    ledger.close()
    return fresh


def fresh_url(post: Post) -> str:
    return post.database_url or f"sqlite:///{post.data}/monitor.db"


def content(service: Service) -> dict[str, object]:
    """What the outside can see of a ledger."""
    with service.ledger.reading() as reading:
        return {
            "events": reading.events(limit=None),
            "polls": reading.polls(limit=1_000),
            "entries": sorted(entry.digest() for entry in reading.entries("csl", "EL")),
            "notifications": reading.notifications(),
            "acts": reading.known_acts(),
            "snapshots": sorted(reading.snapshots(), key=lambda one: one.sha256),
        }


def year_of(post: Post, service: Service) -> None:
    """Some history: a baseline, an addition, an amendment, a quarantine, a filing."""
    looks(service)
    post.upstream.lists(filler(25)[-1], on=date(2023, 11, 10))
    post.upstream.amends(INSTITUTE, addresses=("Elsewhere 1, Beijing",))
    post.clock.goes(hours=1)
    assert "entry_amended" in kinds(looks(service))
    post.upstream.csl.halves_list("EL")
    post.clock.goes(hours=1)
    looks(service)
    post.upstream.csl.recovers()
    post.clock.goes(hours=1)
    looks(service)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("sqlite", "sqlite"),
        pytest.param("postgresql", "postgresql", marks=pytest.mark.slow),
        pytest.param("sqlite", "postgresql", marks=pytest.mark.slow),
        pytest.param("postgresql", "sqlite", marks=pytest.mark.slow),
    ],
)
def test_backup_loss_restore_go_on(
    request: pytest.FixtureRequest, tmp_path: Path, upstream: Upstream, before: str, after: str
) -> None:
    """The restored ledger says the same; the gap is said to operations, and what comes is told."""

    def url(kind: str) -> str | None:
        if kind == "sqlite":
            return None
        server: PostgresServer = request.getfixturevalue("postgres")
        return server.database()

    post, saved = Post(tmp_path, upstream, None, url(before)), tmp_path / "saved.tar"
    with post.service() as service:
        year_of(post, service)
        seen = content(service)
        done = back_up(service.ledger, saved, post.clock.now)
        # In the gap, known to the lost ledger alone: another party comes, the act is filed.
        post.clock.goes(days=5)
        upstream.moves_clock(post.clock.now)
        upstream.lists(filler(26)[-1], on=date(2023, 11, 15))
        lost = kinds(looks(service))
    assert done.rows > 50
    assert done.bodies >= 4
    again = restored(post, url(after), saved, "again")
    with again.service() as service:
        assert content(service) == seen
        assert lost == []
        assert kinds(looks(service)) == ["format_changed"]
        now = status(service)
        assert (now.state, now.fresh) == ("listed", True)
        post.clock.goes(hours=1)
        assert kinds(looks(service)) == []
        post.clock.now = datetime(2023, 11, 17, 14, tzinfo=UTC)
        upstream.moves_clock(post.clock.now)
        upstream.publishes(institute_removal())
        assert kinds(looks(service)) == ["removal_confirmed"]
        assert told(service).count("removal_confirmed") == 1
        polls = content(service)["polls"]
        assert isinstance(polls, list)
        assert len({poll.id for poll in polls}) == len(polls)


@pytest.mark.slow
def test_a_removal_in_the_gap_is_told_after_the_restore(tmp_path: Path, upstream: Upstream) -> None:
    """It was told before the loss too: the id is the same, so a receiver knows the repeat."""
    post, saved = Post(tmp_path, upstream), tmp_path / "saved.tar"
    with post.service() as service:
        looks(service)
        back_up(service.ledger, saved, post.clock.now)
        post.clock.now = datetime(2023, 11, 17, 14, tzinfo=UTC)
        upstream.moves_clock(post.clock.now)
        upstream.publishes(institute_removal())
        (first,) = looks(service).events
    again = restored(post, None, saved, "again")
    with again.service() as service:
        post.clock.goes(hours=3)
        older, second = looks(service).events
        assert older.title.startswith("The database is older")
        assert (second.kind, second.id) == (first.kind, first.id)


@pytest.mark.slow
def test_a_restore_never_writes_over_anything(tmp_path: Path, upstream: Upstream) -> None:
    """Into a ledger that holds something it is refused, and a backup is never overwritten."""
    post, saved = Post(tmp_path, upstream, None), tmp_path / "saved.tar"
    with post.service() as service:
        looks(service)
        back_up(service.ledger, saved, post.clock.now)
        seen = content(service)
        with pytest.raises(LedgerError, match="not empty"):
            restore(service.ledger, saved)
        with pytest.raises(UsageError, match="exists"):
            back_up(service.ledger, saved, post.clock.now)
        assert content(service) == seen
    assert saved.stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def cut(saved: Path) -> None:
    saved.write_bytes(saved.read_bytes()[: saved.stat().st_size // 2])


def flipped(saved: Path) -> None:
    """One byte in the middle of the first table."""
    with tarfile.open(saved) as tar:
        member = next(one for one in tar.getmembers() if one.name.startswith("tables/event"))
    body = bytearray(saved.read_bytes())
    body[member.offset_data + member.size // 2] ^= 0xFF
    saved.write_bytes(body)


def without_a_body(saved: Path) -> None:
    rewritten(
        saved, lambda members: [member for member in members if "snapshots/" not in member[0]]
    )


def with_another_revision(saved: Path) -> None:
    def newer(members: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
        manifest = {**json.loads(members[0][1]), "revision": "9999"}
        return [(members[0][0], json.dumps(manifest).encode()), *members[1:]]

    rewritten(saved, newer)


def with_a_strange_body(saved: Path) -> None:
    packed = zstandard.compress(b"not what the name says")

    def strange(members: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
        return [(name, packed if "snapshots/" in name else body) for name, body in members]

    rewritten(saved, strange)


def of_another_kind(saved: Path) -> None:
    saved.write_bytes(b"no tar at all" * 100)


def rewritten(
    saved: Path, change: Callable[[list[tuple[str, bytes]]], list[tuple[str, bytes]]]
) -> None:
    with tarfile.open(saved) as tar:
        members = []
        for one in tar.getmembers():
            stream = tar.extractfile(one)
            assert stream is not None
            members.append((one.name, stream.read()))
    service = saved.with_suffix(".parts")
    with tarfile.open(saved, "w") as tar:
        for name, body in change(members):
            service.write_bytes(body)
            tar.add(service, name)


@pytest.mark.slow
@pytest.mark.parametrize(
    "spoil",
    [cut, flipped, without_a_body, with_another_revision, with_a_strange_body, of_another_kind],
)
def test_a_backup_that_is_not_whole_is_refused(
    tmp_path: Path, upstream: Upstream, spoil: Callable[[Path], None]
) -> None:
    """Whatever is wrong with it, the error says so and the database stays empty."""
    post, saved = Post(tmp_path, upstream, None, sources=("csl",)), tmp_path / "saved.tar"
    with post.service() as service:
        looks(service)
        back_up(service.ledger, saved, post.clock.now)
    spoil(saved)
    with pytest.raises(LedgerError):
        restored(post, None, saved, "again")
    again = Post(tmp_path / "again", upstream, None, sources=("csl",))
    with again.service() as service, service.ledger.reading() as reading:
        assert reading.memories() == {}


@pytest.mark.slow
def test_the_commands_say_what_they_did(tmp_path: Path, upstream: Upstream) -> None:
    """`db backup`, `db restore` and `db vacuum` as an operator runs them."""
    post = Post(tmp_path, upstream, None, sources=("csl",))
    with post.service() as service:
        looks(service)
    saved = tmp_path / "saved.tar"
    made = post.invoke("db", "backup", str(saved), "--json")
    assert made.exit_code == 0, made.stderr
    assert json.loads(made.stdout)["bodies"] == 1
    again = post.invoke("db", "restore", str(saved))
    assert (again.exit_code, again.stdout) == (1, "")
    assert "not empty" in again.stderr
    empty = post.invoke("db", "restore", str(saved), MONITOR_DATA_DIR=str(tmp_path / "new"))
    assert empty.exit_code == 0, empty.stderr
    assert "restored from" in empty.stdout
    assert "as of 2" in empty.stdout
    small = post.invoke("db", "vacuum")
    assert small.exit_code == 0, small.stderr
    assert "the database is now" in small.stdout
    assert post.invoke("db", "restore", str(tmp_path / "none")).exit_code == 2
