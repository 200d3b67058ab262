"""Values to JSON text and back. Shapes are the dataclasses themselves; nothing else is accepted."""

from typing import TypeVar

import msgspec

from monitor.errors import LedgerError

T = TypeVar("T")


def json_bytes(value: object) -> bytes:
    """The value as JSON; dataclasses become objects with their fields in order."""
    return msgspec.json.encode(value)


def to_json(value: object) -> str:
    """The value as compact JSON text."""
    return msgspec.json.encode(value).decode()


def from_json(text: str | bytes, shape: type[T]) -> T:
    """The value of that shape. Raises LedgerError when the ledger holds something else."""
    try:
        return msgspec.json.decode(text, type=shape)
    except msgspec.MsgspecError as error:
        raise LedgerError(f"a row of the ledger is not a {shape}: {error}") from error
