"""One judging transaction: what it changes it sees at once, and all others once it is committed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from monitor.ledger import migrate
from monitor.ledger.bodies import Bodies
from monitor.ledger.engine import open_engine
from monitor.ledger.ledger import Ledger

NOW = datetime(2026, 7, 9, 1, tzinfo=UTC)
LEASE = timedelta(minutes=1)


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
        assert [value.rows for value in reading.source_lists().values()] == [3]


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


def test_two_judges_change_one_row_one_after_the_other(ledger: Ledger) -> None:
    """What another transaction changed before is seen, and kept where this one changes less."""
    with ledger.judging() as tx:
        tx.remember("csl", last_outcome="accepted", known_sha256="a")
    with ledger.outbox() as outbox:
        assert outbox.claim_poll("csl", "me", NOW, LEASE)
    with ledger.judging() as tx:
        tx.remember("csl", known_sha256="b")
    with ledger.reading() as reading:
        memory = reading.memory("csl")
    assert (memory.last_outcome, memory.known_sha256) == ("accepted", "b")
    with ledger.outbox() as outbox:
        assert not outbox.claim_poll("csl", "another", NOW, LEASE), "the lease was lost"
