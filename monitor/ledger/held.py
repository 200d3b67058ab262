"""Rows that a transaction works on: each read once, and what changed of them written at its end.

A poll that brings nothing new is little else than these. Refuses rows that others may change
meanwhile: only a judging transaction, the only one at its time, may hold any.
"""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from sqlalchemy import CursorResult
from sqlmodel import Session

from monitor.ledger.statements import Kind, adding, by_key, changing, every, keys
from monitor.ledger.tables import Table

Key = tuple[object, ...]


class Held:
    """The rows one transaction holds."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._rows: dict[tuple[Kind, Key], SimpleNamespace] = {}
        self._changed: dict[tuple[Kind, Key], dict[str, object]] = {}
        self._whole: set[Kind] = set()

    def row(self, kind: Kind, *key: object) -> Any:
        """The row of a key with its fields, as it will be; None where there is none."""
        at = (kind, key)
        if at not in self._rows and kind not in self._whole:
            found = self._session.execute(by_key(kind), dict(zip(keys(kind), key, strict=True)))
            for one in found:
                self._rows[at] = SimpleNamespace(**one._asdict())
        return self._rows.get(at)

    def rows(self, kind: Kind) -> Iterator[Any]:
        """Every row of a table, which is a small one."""
        if kind not in self._whole:
            for one in self._session.execute(every(kind)):
                row = SimpleNamespace(**one._asdict())
                self._rows.setdefault((kind, _key_of(kind, row)), row)
            self._whole.add(kind)
        return (row for (table, _), row in self._rows.items() if table is kind)

    def add(self, new: Table) -> Any:
        """Writes a new row at once, and holds it; its key may be the database's to give."""
        kind, values = type(new), new.model_dump(exclude_none=True)
        made = self._session.execute(adding(kind, tuple(values)), values)
        assert isinstance(made, CursorResult)
        key = tuple(made.inserted_primary_key or ())
        row = SimpleNamespace(**(new.model_dump() | dict(zip(keys(kind), key, strict=True))))
        self._rows[kind, key] = row
        return row

    def change(self, kind: Kind, *key: object, **fields: object) -> None:
        """Changes a row that is held."""
        row, changed = self._rows[kind, key], self._changed.setdefault((kind, key), {})
        for name, value in fields.items():
            if getattr(row, name) != value:
                setattr(row, name, value)
                changed[name] = value

    def write(self) -> None:
        """Writes what has changed."""
        for (kind, key), fields in self._changed.items():
            if fields:
                which = {f"its_{name}": one for name, one in zip(keys(kind), key, strict=True)}
                self._session.execute(changing(kind, tuple(fields)), {**fields, **which})
        self._changed.clear()


def _key_of(kind: Kind, row: SimpleNamespace) -> Key:
    return tuple(getattr(row, name) for name in keys(kind))
