"""Rows that a judging transaction holds: read once, changed in memory, written at its end."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event

from monitor.ledger import migrate
from monitor.ledger.bodies import Bodies
from monitor.ledger.engine import open_engine
from monitor.ledger.ledger import Ledger

NOW = datetime(2026, 7, 9, 1, tzinfo=UTC)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An empty database at the newest schema."""
    made = open_engine(f"sqlite:///{tmp_path}/monitor.db")
    migrate.upgrade(made)
    yield made
    made.dispose()


@pytest.fixture
def ledger(engine: Engine, tmp_path: Path) -> Ledger:
    """A ledger over it."""
    return Ledger(engine, Bodies(tmp_path / "snapshots"))


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """What is said to the database meanwhile, by its first word."""
    said: list[str] = []

    def hear(_c: Connection, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement.split(maxsplit=1)[0])

    event.listen(engine, "before_cursor_execute", hear)
    yield said
    event.remove(engine, "before_cursor_execute", hear)


def test_what_changed_is_read_in_the_transaction_and_after_it(ledger: Ledger) -> None:
    """A change is seen at once by who made it, and by all once it is committed."""
    with ledger.judging() as tx:
        tx.remember("csl", last_outcome="accepted", counts={"EL": 3})
        tx.set_source_list("csl", "EL", rows=3, held_reasons=["why"])
        assert tx.memory("csl").counts == {"EL": 3}
        assert tx.source_lists("csl")["csl", "EL"].held_reasons == ("why",)
        with ledger.reading() as reading:
            assert reading.memory("csl").last_outcome is None
    with ledger.reading() as reading:
        assert reading.memory("csl").last_outcome == "accepted"
        assert [one.rows for one in reading.source_lists()] == [3]


def test_nothing_of_a_transaction_that_fails_is_written(ledger: Ledger) -> None:
    """Neither the row it added nor what it changed of another."""
    with ledger.judging() as tx:
        tx.remember("csl", last_outcome="accepted")

    def fails() -> None:
        with ledger.judging() as tx:
            tx.remember("csl", last_outcome="failed")
            tx.add_poll("csl", NOW, "failed")
            raise RuntimeError("pulled")

    with pytest.raises(RuntimeError, match="pulled"):
        fails()
    with ledger.reading() as reading:
        assert reading.memory("csl").last_outcome == "accepted"
        assert reading.polls() == []


def test_a_row_is_read_once_and_written_once(ledger: Ledger, engine: Engine) -> None:
    """However often it is asked for and changed; what ends as it began is not written at all."""
    with ledger.judging() as tx:
        tx.remember("csl", last_outcome="accepted")
    with statements(engine) as said, ledger.judging() as tx:
        for outcome in ("failed", "unchanged"):
            tx.remember("csl", last_outcome=outcome)
            tx.remember("csl", last_good_at=NOW)
        assert tx.memory("csl").last_outcome == "unchanged"
    assert said == ["BEGIN", "SELECT", "UPDATE"]
    with statements(engine) as said, ledger.judging() as tx:
        tx.remember("csl", last_outcome="unchanged")
    assert said == ["BEGIN", "SELECT"]


def test_two_judges_change_one_row_one_after_the_other(ledger: Ledger) -> None:
    """What another transaction changed before is seen, and kept where this one changes less."""
    with ledger.judging() as tx:
        tx.remember("csl", last_outcome="accepted", known_sha256="a")
    with ledger.outbox() as outbox:
        assert outbox.claim_poll("csl", "me", NOW, timedelta(minutes=1))
    with ledger.judging() as tx:
        tx.remember("csl", known_sha256="b")
    with ledger.reading() as reading:
        memory = reading.memory("csl")
    assert (memory.last_outcome, memory.known_sha256) == ("accepted", "b")
    assert memory.lease_until is not None
