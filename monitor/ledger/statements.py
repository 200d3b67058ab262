"""Statements that are asked at every poll and for every page, made once a process.

Making a statement takes thrice as long as asking it. Parameters bear the names of their columns;
in a change those that say which row begin with `its_`.
"""

from functools import cache
from typing import Any

import sqlalchemy
from sqlalchemy import Insert, Select, Update, bindparam, insert, update

from monitor.ledger.rows import columns_of
from monitor.ledger.tables import Table

Kind = type[Table]


@cache
def keys(kind: Kind) -> tuple[str, ...]:
    """The columns of a table's primary key."""
    return tuple(column.name for column in _table(kind).primary_key)


@cache
def every(kind: Kind) -> Select[Any]:
    """All rows of a table."""
    return _table(kind).select()


@cache
def by_key(kind: Kind) -> Select[Any]:
    """The row of a key."""
    columns = _table(kind).c
    return every(kind).where(*(columns[name] == bindparam(name) for name in keys(kind)))


@cache
def adding(kind: Kind, fields: tuple[str, ...]) -> Insert:
    """A new row of these fields."""
    return insert(_table(kind)).values({name: bindparam(name) for name in fields})


@cache
def changing(kind: Kind, fields: tuple[str, ...]) -> Update:
    """Other values of these fields in the row of a key."""
    columns = _table(kind).c
    which = (columns[name] == bindparam(f"its_{name}") for name in keys(kind))
    return update(_table(kind)).where(*which).values({name: bindparam(name) for name in fields})


def _table(kind: Kind) -> sqlalchemy.Table:
    table = columns_of(kind)
    assert isinstance(table, sqlalchemy.Table)
    return table
