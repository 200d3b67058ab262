"""Cutting long lists of keys, which no statement takes whole."""

from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")
CHUNK = 500
"""Keys asked for at once; SQLite takes no more than 32,766 parameters in a statement."""


def chunks(values: list[T]) -> Iterable[list[T]]:
    """The values, so many at a time."""
    for at in range(0, len(values), CHUNK):
        yield values[at : at + CHUNK]
