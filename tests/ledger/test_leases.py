"""Any number of processes on one database: each poll and each notification is one's at a time."""

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path

import pytest

from monitor.ledger import migrate
from monitor.ledger.bodies import Bodies
from monitor.ledger.engine import open_engine
from monitor.ledger.ledger import Ledger
from tests.notify.events import REMOVED

NOW = datetime(2023, 11, 17, 14, 0, tzinfo=UTC)
LEASE = timedelta(seconds=45)
SLOTS = 6


@contextmanager
def opened(url: str) -> Iterator[Ledger]:
    """A ledger as a process of its own has it."""
    engine = open_engine(url)
    ledger = Ledger(engine, Bodies(Path("unused")))
    try:
        yield ledger
    finally:
        ledger.close()


@pytest.fixture
def url(database_url: str) -> str:
    """A database at the newest schema."""
    engine = open_engine(database_url)
    migrate.upgrade(engine)
    engine.dispose()
    return database_url


@pytest.fixture
def ledger(url: str) -> Iterator[Ledger]:
    with opened(url) as made:
        yield made


def due(ledger: Ledger, channels: int) -> list[int]:
    """An event that so many channels are to be told of; the numbers of the notifications."""
    with ledger.judging() as tx:
        tx.add_event(REMOVED, poll=None, at=NOW)
        tx.add_notifications(REMOVED.id, [f"webhook:{number}" for number in range(channels)], NOW)
    with ledger.reading() as reading:
        return [notification.id for notification in reading.notifications()]


def polls(url: str, owner: str, at: datetime) -> bool:
    """Whether this process got to poll the slot."""
    with opened(url) as ledger:
        with ledger.outbox() as outbox:
            mine = outbox.claim_poll("csl", owner, at, LEASE)
        if mine:
            with ledger.outbox() as outbox:
                outbox.release_poll("csl", owner, at + timedelta(hours=1))
        return mine


def claims(url: str, owner: str, numbers: list[int]) -> list[int]:
    """The notifications that this process got to send."""
    mine = []
    with opened(url) as ledger:
        for number in numbers:
            with ledger.outbox() as outbox:
                if outbox.claim(number, owner, NOW, LEASE) is not None:
                    mine.append(number)
    return mine


def test_threads_claim_each_notification_once(url: str, ledger: Ledger) -> None:
    """However they meet."""
    numbers = due(ledger, 10)
    with ThreadPoolExecutor(4) as pool:
        got = [*pool.map(lambda owner: claims(url, owner, numbers), "abcd")]
    assert sorted(chain.from_iterable(got)) == sorted(numbers)


def test_threads_poll_each_slot_once(url: str) -> None:
    """A poll that is done is due again at the next slot, and for one alone."""
    with ThreadPoolExecutor(4) as pool:
        for slot in range(SLOTS):
            at = NOW + timedelta(hours=slot)
            got = [*pool.map(lambda owner, at=at: polls(url, owner, at), "abcd")]
            assert sum(got) == 1


@pytest.mark.slow
def test_processes_claim_each_once(url: str, ledger: Ledger) -> None:
    """The same over processes, each with its own connections."""
    numbers = due(ledger, 10)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(3, mp_context=context) as pool:
        sent = [pool.submit(claims, url, owner, numbers) for owner in "abc"]
        looked = [pool.submit(polls, url, owner, NOW) for owner in "abc"]
        got = [number for one in sent for number in one.result(timeout=120)]
        assert sum(one.result(timeout=120) for one in looked) == 1
    assert sorted(got) == sorted(numbers)


def test_a_lease_ends_and_another_takes_over(ledger: Ledger) -> None:
    """Not before; and what the first then says of it no longer counts."""
    (number,) = due(ledger, 1)
    later = NOW + LEASE
    with ledger.outbox() as outbox:
        assert outbox.claim(number, "a", NOW, LEASE) is not None
        assert outbox.claim(number, "b", later - timedelta(seconds=1), LEASE) is None
    with ledger.outbox() as outbox:
        claimed = outbox.claim(number, "b", later, LEASE)
        assert claimed is not None
        assert claimed.event.event == REMOVED
    for owner, counts in (("a", False), ("b", True)):
        with ledger.judging() as tx:
            settled = tx.outbox().settle(
                number, owner, at=later, outcome="sent", reason="", status="sent", next_at=None
            )
        assert settled is counts


def test_a_poll_is_kept_alive_and_lost_within_a_minute(ledger: Ledger) -> None:
    """Renewed it stays; its holder dead, another has it when the lease ends."""
    with ledger.outbox() as outbox:
        assert outbox.claim_poll("csl", "a", NOW, LEASE)
        assert not outbox.claim_poll("csl", "b", NOW + timedelta(seconds=30), LEASE)
        assert outbox.renew_poll("csl", "a", NOW + timedelta(seconds=30), LEASE)
        assert not outbox.claim_poll("csl", "b", NOW + timedelta(seconds=60), LEASE)
        assert outbox.claim_poll("csl", "b", NOW + timedelta(seconds=75), LEASE)
        assert not outbox.renew_poll("csl", "a", NOW + timedelta(seconds=76), LEASE)
        outbox.release_poll("csl", "a", NOW)
        assert not outbox.claim_poll("csl", "c", NOW + timedelta(seconds=77), LEASE)


def test_sources_are_claimed_apart(ledger: Ledger) -> None:
    """One being polled holds up no other."""
    with ledger.outbox() as outbox:
        assert outbox.claim_poll("csl", "a", NOW, LEASE)
        assert outbox.claim_poll("ecfr", "b", NOW, LEASE)


def test_the_same_event_is_written_once(ledger: Ledger) -> None:
    """Two replicas that come to the same decision tell it once."""
    with ledger.judging() as tx:
        assert tx.add_event(REMOVED, poll=1, at=NOW)
    with ledger.judging() as tx:
        assert not tx.add_event(REMOVED, poll=2, at=NOW + timedelta(hours=1))
    with ledger.reading() as reading:
        assert [event.event for event in reading.events()] == [REMOVED]


def test_a_transaction_that_fails_leaves_nothing(ledger: Ledger) -> None:
    """Event, notifications and poll are written together or not at all."""
    with suppress(ZeroDivisionError), ledger.judging() as tx:
        tx.add_poll("csl", NOW, "accepted")
        tx.add_event(REMOVED, poll=1, at=NOW)
        tx.add_notifications(REMOVED.id, ["webhook:legal"], NOW)
        raise ZeroDivisionError
    with ledger.reading() as reading:
        assert (reading.events(), reading.notifications(), reading.polls()) == ([], [], [])
