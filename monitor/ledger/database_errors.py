"""What a database says when it refuses, in words for an operator.

The statement, its values and the URL are left out: they may hold secrets. Mistakes of this service
(a broken constraint, an unknown column) are no refusals and pass through as they are.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from monitor.errors import LedgerError

_MEANING = (
    (
        ("malformed", "not a database", "invalid page", "disk image"),
        "the database file is damaged; stop, keep the file, restore a backup: docs/backup.md",
    ),
    (
        ("is full", "no space left"),
        "the disk takes no more; make room: nothing decided is lost, and work goes on by itself",
    ),
    (
        ("disk i/o error", "file too large"),
        "the disk fails or takes no more; make room: nothing decided is lost, and work goes on",
    ),
    (
        ("read-only transaction", "read-write mode", "permission denied for"),
        "it is read-only for us, as a standby is, or an account without rights to write",
    ),
    (
        ("prepared statement",),
        "a pooler shares its connections between transactions; connect directly or by sessions",
    ),
    (
        ("readonly", "read-only", "permission denied", "unable to open database file"),
        "its folder cannot be written or read; check its owner, its mode and the mount",
    ),
    (
        ("database is locked", "lock timeout"),
        "another process holds it; work goes on by itself once that lets go",
    ),
)


@contextmanager
def plain_refusals(doing: str = "used") -> Iterator[None]:
    """Turns a database that refuses into a LedgerError that says what to do."""
    try:
        yield
    except PoolTimeout as error:
        raise LedgerError("the database is busy: no connection came free in time") from error
    except DBAPIError as error:
        if not _refuses(error):
            raise
        raise LedgerError(f"the database cannot be {doing}: {_said(error.orig)}") from error
    except sqlite3.DatabaseError as error:
        # Raised bare while a new connection is prepared.
        raise LedgerError(f"the database cannot be {doing}: {_said(error)}") from error


_NOT_OURS = frozenset({"0A000", "25006", "42501", "26000", "42P05"})
"""SQLSTATE of a standby, a read-only transaction, an account without rights, and of prepared
statements lost or met in a pool."""


def _refuses(error: DBAPIError) -> bool:
    if getattr(error.orig, "sqlstate", None) in _NOT_OURS:
        return True
    if isinstance(error, (OperationalError, InterfaceError)) or error.connection_invalidated:
        return True
    # SQLite tells damage with the plainest of its errors.
    return type(error.orig) is sqlite3.DatabaseError


def _said(error: BaseException | None) -> str:
    lines = str(error).strip().splitlines()
    said = lines[0][:200] if lines else "no reason given"
    lower = said.lower()
    for signs, meaning in _MEANING:
        if any(sign in lower for sign in signs):
            return f"{meaning} ({said})"
    return said
