"""Faults of the database: damaged, held by another, gone and back.

None is ever read as an absence; each is said, and the next true removal is told once it is over.
"""

import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Timer

import pytest
from psycopg import errors
from sqlalchemy.exc import DBAPIError

from monitor.errors import LedgerError
from monitor.ledger.database_errors import plain_refusals
from monitor.ledger.engine import BUSY_SECONDS, open_engine
from monitor.ledger.ledger import Ledger
from monitor.screening.event import Kind
from tests.ops.aftermath import (
    REMOVAL,
    begins,
    checks,
    decided,
    goes,
    is_caught,
    is_known,
    looks_and_tells,
    sent,
)
from tests.ops.post import Post, looks, until
from tests.postgres import PostgresServer
from tests.receivers import Recorder
from tests.upstream.server import Upstream


@pytest.fixture
def post(tmp_path: Path, upstream: Upstream, receiver: Recorder) -> Post:
    return Post(tmp_path, upstream, receiver)


def file_of(post: Post) -> Path:
    assert post.data is not None
    return post.data / "monitor.db"


# -- damaged


def spoil(path: Path, at: int, piece: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(piece)


def put_back(post: Post, good: bytes) -> None:
    """A new file as it was, without what was beside the damaged one."""
    for left in file_of(post).parent.glob("monitor.db*"):
        left.unlink()
    file_of(post).write_bytes(good)


@pytest.mark.slow
def test_a_damaged_file_is_said_and_the_documented_way_leads_out(
    post: Post, tmp_path: Path
) -> None:
    """Every command ends with 1 and the way back; restored, the service knows and tells on."""
    begins(post)
    saved = tmp_path / "saved.tar"
    assert post.command("db", "backup", str(saved)).returncode == 0
    size = file_of(post).stat().st_size
    spoil(file_of(post), size // 4, random.Random(744).randbytes(size // 2))
    goes(post)
    post.clock.goes(hours=1)
    for words in (("check", "--json"), ("status",), ("doctor", "--quick")):
        done = post.command(*words)
        assert done.returncode == 1
        assert "the database file is damaged" in done.stdout + done.stderr
        assert "docs/backup.md" in done.stdout + done.stderr
        assert "not on the" not in done.stdout
    assert sent(post) == []
    post.data = tmp_path / "new"
    assert post.command("db", "restore", str(saved)).returncode == 0
    assert post.command("status").returncode == 0
    assert REMOVAL in decided(checks(post))
    is_known(post)


@pytest.mark.slow
def test_damage_anywhere_is_never_an_absence(post: Post) -> None:
    """Bytes overwritten wherever: a check fails, or finds the institute where it is."""
    begins(post)
    good, chosen = file_of(post).read_bytes(), random.Random(744)
    for _ in range(20):
        put_back(post, good)
        piece = chosen.choice((bytes, chosen.randbytes))(chosen.choice((16, 300, 4096)))
        spoil(file_of(post), chosen.randrange(len(good) - len(piece)), piece)
        post.clock.goes(minutes=1)
        done = post.invoke("check", "--now", post.clock.now.isoformat())
        assert done.exit_code in {0, 1}
        assert "removal" not in done.stdout
        assert "not on the" not in done.stdout
    # Each file put back is older than the one before it, and that is said.
    assert {*sent(post)} <= {Kind.FORMAT_CHANGED.value}
    put_back(post, good)
    is_caught(post)


# -- held by another


@contextmanager
def held(post: Post) -> Iterator[Callable[[], None]]:
    """Another process is writing, until it is told to let go."""
    holder = sqlite3.connect(file_of(post), isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    try:
        yield holder.rollback
    finally:
        holder.close()


@pytest.mark.slow
def test_a_database_that_is_held_for_long_is_said(post: Post) -> None:
    """Longer than the writer waits: the round ends with the reason; the next one tells."""
    begins(post)
    goes(post)
    with post.service() as service:
        engine = open_engine(f"sqlite:///{file_of(post)}", busy_seconds=0.2)
        hasty = replace(service, ledger=Ledger(engine, service.ledger.bodies))
        with held(post), pytest.raises(LedgerError, match="another process holds it"):
            looks(hasty)
        engine.dispose()
        assert REMOVAL in looks_and_tells(post, service)
    is_known(post)


@pytest.mark.slow
def test_a_database_that_is_held_for_a_while_is_waited_for(post: Post) -> None:
    """Shorter than the writer waits: the check takes longer, and tells."""
    begins(post)
    goes(post)
    post.clock.goes(hours=1)
    with held(post) as let_go:
        lets_go = Timer(3.0, let_go)
        lets_go.start()
        assert REMOVAL in decided(checks(post))
        lets_go.join()
    is_known(post)


@pytest.mark.long
def test_a_database_that_is_held_for_over_a_minute(post: Post) -> None:
    """The real minute: the check ends with 1 and says who is to blame; the next one tells."""
    begins(post)
    goes(post)
    post.clock.goes(hours=1)
    with held(post):
        begun = time.monotonic()
        done = checks(post)
        assert time.monotonic() - begun >= BUSY_SECONDS
        assert done.returncode == 1
        assert "another process holds it" in done.stderr
    assert REMOVAL in decided(checks(post))
    is_known(post)


# -- gone and back


@pytest.mark.slow
def test_a_postgresql_that_goes_and_comes_back(
    own_postgres: PostgresServer, tmp_path: Path, upstream: Upstream, receiver: Recorder
) -> None:
    """Gone: not ready, alive, the log says why. Back: the same process goes on, and tells."""
    url = own_postgres.database()
    post = Post(tmp_path, upstream, receiver, url, every="1s", sources=("csl", "ecfr"))
    begins(post)
    with post.serve() as serving:
        assert serving.is_ready()
        own_postgres.stop()
        done = post.command("check")
        assert done.returncode == 1
        assert "the database cannot be" in done.stderr
        assert serving.asks("/readyz") is None
        assert serving.asks("/livez") == "ok"
        assert until(lambda: "database cannot be used" in serving.log.read_text())
        goes(post)
        own_postgres.start()
        assert until(lambda: serving.asks("/readyz") == "ok")
        assert until(lambda: REMOVAL in sent(post))
        assert serving.stops() == 0
    is_known(post)


# -- there, and not as it must be


@pytest.mark.slow
def test_a_read_only_postgresql_is_a_sentence(
    tmp_path: Path, upstream: Upstream, receiver: Recorder, own_postgres: PostgresServer
) -> None:
    """Whose account may only read: said at the start; with rights the next removal is told."""
    url = own_postgres.database()
    post = Post(tmp_path, upstream, receiver, url)
    begins(post)
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE ROLE reader LOGIN")
        connection.exec_driver_sql("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
    engine.dispose()
    reader = replace(post, database_url=url.replace("//monitor:", "//reader:"))
    done = checks(reader)
    assert done.returncode == 1
    assert "it is read-only for us" in done.stderr
    assert "Traceback" not in done.stderr
    is_caught(post)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (errors.ReadOnlySqlTransaction("cannot execute in a read-only transaction"), "read-only"),
        (errors.FeatureNotSupported("cannot set transaction read-write mode"), "read-only"),
        (errors.DuplicatePreparedStatement('prepared statement "_pg3_0" exists'), "a pooler"),
        (errors.InvalidSqlStatementName('prepared statement "x" does not exist'), "a pooler"),
    ],
)
def test_a_pooled_or_read_only_postgresql_is_explained(error: Exception, said: str) -> None:
    """As psycopg says it; none of these is a mistake of ours."""
    with pytest.raises(LedgerError, match=said), plain_refusals():
        raise DBAPIError.instance("INSERT", {}, error, errors.Error)
