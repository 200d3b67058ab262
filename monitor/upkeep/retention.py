"""Forgetting what proves nothing more, so that the service can run for years on one small disk.

Rows are noted first, in one transaction; files go afterwards. A crash between leaves files that no
row wants, and those go the next time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.ledger.ledger import Ledger

EVERY = timedelta(days=1)
LEFT_BEHIND = timedelta(days=1)
"""A file without a row may be one that a poll is about to record; after a day it is not."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long is kept what no event needs."""

    snapshots: timedelta
    polls: timedelta


@dataclass(frozen=True, slots=True)
class Retained:
    """What one round of forgetting came to."""

    bodies: int
    """Bodies dropped, left-behind files included."""
    freed: int
    """Their bytes on the disk."""
    polls: int
    """Polls that a count a day now stands for."""


def retain(
    ledger: Ledger, keeping: Keeping, now: datetime, real_clock: Callable[[], datetime]
) -> Retained:
    """Forgets what may be forgotten. Raises LedgerError where the database or the disk refuses.

    `real_clock` tells the age of files, whose times are the machine's own.
    """
    with ledger.retention() as tx:
        spare = tx.spare_bodies(now - keeping.snapshots)
        tx.forget_bodies(spare)
        polls = tx.sum_up_polls(now - keeping.polls)
        wanted = tx.kept()
    freed = [ledger.bodies.drop(sha) for sha in spare]
    left = ledger.bodies.left_behind(wanted, real_clock() - LEFT_BEHIND)
    freed += [ledger.bodies.remove(path) for path in left]
    return Retained(len(freed), sum(freed), polls)


def retain_daily(
    ledger: Ledger, keeping: Keeping, now: datetime, real_clock: Callable[[], datetime]
) -> Retained | None:
    """Once a day, in one process of any number; None where it is not time or not ours."""
    with ledger.retention() as tx:
        if not tx.claim(now, EVERY):
            return None
    done = retain(ledger, keeping, now, real_clock)
    ledger.tidy()
    return done
