"""What this process commits is counted, and what changed nothing is not."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.ledger import migrate
from monitor.ledger.bodies import Bodies
from monitor.ledger.engine import open_engine
from monitor.ledger.ledger import Ledger

NOW = datetime(2023, 11, 17, 14, 0, tzinfo=UTC)
LEASE = timedelta(seconds=45)


def test_only_commits_that_changed_something_are_counted(database_url: str) -> None:
    """Asking in vain for what is due, every few seconds, makes no page anew; a poll does."""
    engine = open_engine(database_url)
    migrate.upgrade(engine)
    ledger = Ledger(engine, Bodies(Path("unused")))
    with ledger.reading() as reading:
        commits = reading.commits()
    with ledger.outbox() as outbox:
        assert outbox.claim_poll("csl", "one", NOW, LEASE)
    claimed = commits()
    assert claimed == 1
    with ledger.outbox() as outbox:
        assert not outbox.claim_poll("csl", "another", NOW, LEASE)
    with ledger.reading() as reading:
        reading.memories()
    assert commits() == claimed
    with ledger.judging() as tx:
        tx.add_poll("csl", NOW, "accepted")
    assert commits() == claimed + 1
    ledger.close()
