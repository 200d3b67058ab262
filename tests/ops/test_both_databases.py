"""The same ledger over SQLite and PostgreSQL: schema, stories, hostile text, refusals."""

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from alembic import command
from sqlalchemy import Engine, text

from monitor.deliver import deliver
from monitor.errors import LedgerError
from monitor.ledger import migrate
from monitor.ledger.bodies import Bodies
from monitor.ledger.engine import normalized_url, open_engine
from monitor.ledger.ledger import Ledger
from tests.ops.post import Post, kinds, looks, status, told
from tests.postgres import PostgresServer
from tests.receivers import Recorder
from tests.upstream.parties import INSTITUTE, filler
from tests.upstream.rules import institute_removal
from tests.upstream.server import Upstream


@contextmanager
def engine_of(url: str, busy_seconds: float = 5) -> Iterator[Engine]:
    engine = open_engine(url, busy_seconds=busy_seconds)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def ledger_of(url: str, folder: Path, busy_seconds: float = 5) -> Iterator[Ledger]:
    with engine_of(url, busy_seconds) as engine:
        migrate.upgrade(engine)
        yield Ledger(engine, Bodies(folder / "snapshots"))


def test_the_migrations_make_the_tables_that_the_code_knows(database_url: str) -> None:
    """`alembic check` finds no difference, and a second upgrade nothing to do."""
    with engine_of(database_url) as engine:
        assert migrate.upgrade(engine) == (None, migrate.NEWEST)
        assert migrate.upgrade(engine) == (migrate.NEWEST, migrate.NEWEST)
        with engine.begin() as connection:
            command.check(migrate.config_for(connection))


@pytest.mark.slow
def test_november_2023_is_told_alike(
    database_url: str, tmp_path: Path, upstream: Upstream, receiver: Recorder
) -> None:
    """Listed, filed, published, gone from both lists: announced and confirmed once, with law."""
    post, rule = Post(tmp_path, upstream, receiver, database_url), institute_removal()

    def at(day: int, hour: int) -> None:
        post.clock.now = datetime(2023, 11, day, hour, tzinfo=UTC)
        upstream.moves_clock(post.clock.now)

    with post.service() as service:
        assert kinds(looks(service)) == ["baseline"]
        assert status(service).state == "listed"
        at(16, 14)
        upstream.files(rule)
        assert kinds(looks(service)) == ["removal_announced"]
        at(17, 13)
        upstream.publishes(rule)
        assert kinds(looks(service)) == ["removal_confirmed"]
        at(20, 14)
        upstream.delists(INSTITUTE, ecfr=date(2023, 11, 20))
        assert kinds(looks(service)) == []
        while deliver(service):
            pass
        now = status(service)
        assert (now.state, now.since, now.citation) == ("not_listed", "2023-11-16", "88 FR 80131")
    sent = [one.json()["type"].removeprefix("entity-monitor.") for one in receiver.received]
    assert sent == ["removal_announced", "removal_confirmed"]


@pytest.mark.slow
def test_a_removal_by_the_lists_alone_is_told_alike(
    database_url: str, tmp_path: Path, upstream: Upstream
) -> None:
    """One list loses it: suspected; back: cancelled; both lose it: confirmed. Each once."""
    post = Post(tmp_path, upstream, None, database_url)
    with post.service() as service:
        looks(service)
        upstream.delists(INSTITUTE)
        post.clock.goes(hours=1)
        assert kinds(looks(service)) == ["removal_suspected"]
        upstream.lists_institute()
        post.clock.goes(hours=1)
        assert kinds(looks(service)) == ["removal_cancelled"]
        upstream.delists(INSTITUTE, ecfr=date(2023, 11, 10))
        post.clock.goes(hours=1)
        assert "removal_confirmed" in kinds(looks(service))
        post.clock.goes(hours=1)
        assert kinds(looks(service)) == []
    with post.service() as service:
        assert told(service).count("removal_confirmed") == 1


def test_text_that_a_database_cannot_hold_stops_nothing(
    database_url: str, tmp_path: Path, upstream: Upstream
) -> None:
    """A NUL in a row's citation, and signs of every plane, are judged and stored."""
    name = "A\0B 𐍈 \u202e Works"
    hostile = replace(filler(1)[0], name=name, citations=("99 FR\0 1",), addresses=("\0",))
    upstream.csl.lists(hostile)
    post = Post(tmp_path, upstream, None, database_url, sources=("csl",))
    with post.service() as service:
        assert looks(service).polls[0].outcome == "accepted"
        upstream.csl.amends(name, citations=("\0 5 FR 6",))
        upstream.csl.lists(replace(hostile, name="Another\0 one"))
        post.clock.goes(hours=1)
        assert looks(service).polls[0].outcome == "accepted"
        with service.ledger.reading() as reading:
            assert len(reading.changes()) == 2


def test_the_ledger_takes_empty_sets_and_large_ones(database_url: str, tmp_path: Path) -> None:
    """Questions about no watch, and about more than one statement may name, are answered."""
    now = datetime(2023, 11, 10, tzinfo=UTC)
    with ledger_of(database_url, tmp_path) as ledger:
        with ledger.judging() as tx:
            assert tx.watched_of([]) == {}
            assert tx.words_on([]) == {}
            assert tx.acts_on([]) == {}
            assert tx.words_on([(f"w{n}", "EL") for n in range(1_300)]) == {}
            tx.publish("csl", "EL", [], {}, {}, poll=1, at=now, on_date="2023-11-10")
            assert tx.outbox().retry([], now) == 0
            assert tx.outbox().waiting_for_others(set(), now) == []
            assert tx.outbox().come_back(set(), now) == []
        with ledger.reading() as reading:
            assert reading.notifications(statuses=()) == []
            assert reading.entries("csl", "EL", on="2023-11-10") == []
            assert reading.polls(before=2**62) == []
            assert reading.events(before=2**62, since=now) == []


def test_times_come_back_as_the_same_instant(database_url: str, tmp_path: Path) -> None:
    """A time given in another zone is the same instant in UTC, to the microsecond."""
    given = datetime.fromisoformat("2023-11-05T01:30:00.123456-05:00")
    with ledger_of(database_url, tmp_path) as ledger:
        with ledger.judging() as tx:
            tx.remember("csl", last_poll_at=given)
        with ledger.reading() as reading:
            found = reading.memory("csl").last_poll_at
    assert found is not None
    assert (found, found.utcoffset()) == (given, timedelta(0))


def test_only_one_judges_at_a_time_and_readers_do_not_wait(
    database_url: str, tmp_path: Path
) -> None:
    """A second judge starts when the first is done; a reader sees one moment all along."""
    order: list[str] = []
    inside, second = Event(), Event()

    def other() -> None:
        inside.wait(10)
        second.set()
        with ledger.judging() as tx:
            order.append("second")
            tx.remember("csl", last_outcome="unchanged")

    with ledger_of(database_url, tmp_path) as ledger:
        thread = Thread(target=other)
        thread.start()
        with ledger.reading() as reading:
            assert reading.memory("csl").last_outcome is None
            with ledger.judging() as tx:
                inside.set()
                second.wait(10)
                tx.remember("csl", last_outcome="accepted")
                order.append("first")
            thread.join(10)
            assert reading.memories() == {}, "a reader's moment moved"
        assert order == ["first", "second"]
        with ledger.reading() as reading:
            assert reading.memory("csl").last_outcome == "unchanged"


def test_two_processes_may_meet_a_source_at_the_same_time(
    database_url: str, tmp_path: Path
) -> None:
    """Of two first claims on a source one gets it, and neither fails."""
    now = datetime(2023, 11, 10, tzinfo=UTC)
    got: list[bool] = []

    def claim(owner: str) -> None:
        with ledger.outbox() as outbox:
            got.append(outbox.claim_poll("csl", owner, now, timedelta(seconds=45)))

    with ledger_of(database_url, tmp_path) as ledger:
        threads = [Thread(target=claim, args=(f"o{n}",)) for n in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        assert sorted(got) == [False] * 5 + [True]


def test_a_clock_set_back_keeps_no_source_waiting(database_url: str, tmp_path: Path) -> None:
    """A source whose last poll lies in the future is due at once, whatever was planned."""
    now, lease = datetime(2023, 11, 10, 12, tzinfo=UTC), timedelta(seconds=45)
    with ledger_of(database_url, tmp_path) as ledger:
        with ledger.judging() as tx:
            tx.remember("csl", last_poll_at=now, due_at=now + timedelta(minutes=5))
        with ledger.outbox() as outbox:
            assert not outbox.claim_poll("csl", "a", now + timedelta(minutes=1), lease)
            assert outbox.claim_poll("csl", "a", now - timedelta(hours=1), lease)
            assert not outbox.claim_poll("csl", "b", now - timedelta(hours=1), lease)
            assert outbox.claim_poll("csl", "b", now - timedelta(hours=3), lease)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("postgres://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("postgresql://u:p@h/d?sslmode=require", "postgresql+psycopg://u:p@h/d?sslmode=require"),
        ("postgresql+psycopg://u@/d?host=/run", "postgresql+psycopg://u@/d?host=/run"),
        ("sqlite:////data/m.db", "sqlite:////data/m.db"),
    ],
)
def test_urls_are_taken_as_operators_write_them(given: str, meant: str) -> None:
    """The names by which hosts give PostgreSQL's URL all mean psycopg 3."""
    assert normalized_url(given) == meant


def test_a_missing_driver_and_a_folder_that_cannot_be_made_say_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The commonest two of a first day."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(LedgerError, match="PostgreSQL needs psycopg"):
        open_engine("postgresql://me@127.0.0.1/x")
    with pytest.raises(LedgerError, match="/proc/nowhere cannot be made"):
        open_engine("sqlite:////proc/nowhere/monitor.db")


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://me:hunter2@127.0.0.1:1/nowhere",
        "mysql://me:hunter2@localhost/x",
        "postgresql://me:hunter2@[::1/x",
        "hunter2",
    ],
)
def test_a_database_that_cannot_be_reached_is_said_without_the_password(url: str) -> None:
    """The error names what is wrong, and never the secret."""
    with pytest.raises(LedgerError) as refusal, engine_of(url) as engine:
        migrate.upgrade(engine)
    assert "hunter2" not in str(refusal.value)
    assert "database" in str(refusal.value)


def test_a_damaged_file_is_said_with_the_way_back(tmp_path: Path) -> None:
    """Neither garbage nor a broken page is a traceback: the words lead to the backup."""
    path = tmp_path / "monitor.db"
    path.write_bytes(b"garbage" * 1_000)
    refusal = pytest.raises(LedgerError, match=r"damaged.*docs/backup\.md")
    with engine_of(f"sqlite:///{path}") as engine, refusal:
        migrate.upgrade(engine)


def test_a_locked_database_is_said_and_gets_well(tmp_path: Path) -> None:
    """A writer that holds the file longer than we wait is a refusal in words; then work goes on."""
    path = tmp_path / "monitor.db"
    with ledger_of(f"sqlite:///{path}", tmp_path, busy_seconds=0.2) as ledger:
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerError, match="another process holds it"):
            writes(ledger, "failed")
        assert last(ledger) is None
        holder.rollback()
        holder.close()
        writes(ledger, "accepted")


def writes(ledger: Ledger, *said: Callable[[], None] | str) -> None:
    """One judging transaction: notes each text in turn, and does what comes between."""
    with ledger.judging() as tx:
        for one in said:
            if callable(one):
                one()
            else:
                tx.remember("csl", last_outcome=one)


def last(ledger: Ledger) -> str | None:
    with ledger.reading() as reading:
        return reading.memory("csl").last_outcome


@pytest.mark.slow
def test_a_replica_that_freezes_while_it_judges_loses_the_right(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    """PostgreSQL ends a transaction that stands still, and the next judge goes on."""
    url = postgres.database()
    with ledger_of(url, tmp_path, busy_seconds=1) as frozen, ledger_of(url, tmp_path, 20) as other:
        with pytest.raises(LedgerError):
            writes(frozen, "failed", lambda: writes(other, "accepted"), "failed")
        assert last(frozen) == "accepted"


@pytest.mark.slow
def test_a_server_that_stops_and_comes_back(own_postgres: PostgresServer, tmp_path: Path) -> None:
    """While it is gone every use says so; when it is back the same ledger works."""
    server = own_postgres
    with ledger_of(server.database(), tmp_path) as ledger:
        server.stop()
        with pytest.raises(LedgerError, match="database cannot be used"):
            last(ledger)
        server.start()
        writes(ledger, "accepted")
        with pytest.raises(LedgerError):
            writes(ledger, "lost", lambda: server.stop(mode="immediate"), "lost too")
        server.start()
        assert last(ledger) == "accepted"


def test_the_newest_revision_is_the_one_the_code_names(tmp_path: Path) -> None:
    """`migrate.NEWEST` is the head of the migrations."""
    from alembic.script import ScriptDirectory

    assert ScriptDirectory.from_config(migrate.config_for()).get_current_head() == migrate.NEWEST
    with engine_of(f"sqlite:///{tmp_path / 'm.db'}") as engine, engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
