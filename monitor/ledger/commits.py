"""Counting the commits of this process that changed something.

A claim that found nothing due commits too, every few seconds; nothing that was read is old by that.
"""

from collections.abc import Callable
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, ExecutionContext
from sqlalchemy.pool import ConnectionPoolEntry

_CHANGE = ("insert", "update", "delete")


def count_commits(engine: Engine) -> Callable[[], int]:
    """A count of this process's commits from now on: what was read before the last is old.

    It goes up when a connection that committed is given back, so never before the commit can be
    read.
    """
    done, counting = [0], Lock()

    def on_statement(
        connection: Connection,
        cursor: Any,
        statement: str,
        _values: Any,
        _context: ExecutionContext | None,
        _many: bool,
    ) -> None:
        # Where the number of rows is not known, some may have changed.
        if cursor.rowcount != 0 and statement.lstrip()[:6].lower() in _CHANGE:
            connection.info["wrote"] = True

    def on_commit(connection: Connection) -> None:
        if connection.info.pop("wrote", False):
            connection.info["committed"] = True

    def on_checkin(_connection: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
        entry.info.pop("wrote", None)
        if entry.info.pop("committed", False):
            with counting:
                done[0] += 1

    event.listen(engine, "after_cursor_execute", on_statement)
    event.listen(engine, "commit", on_commit)
    event.listen(engine, "checkin", on_checkin)
    return lambda: done[0]
