"""JSON text in the ledger: values of one shape each, made and read by msgspec.

Shapes are the dataclasses themselves. What does not fit its shape is an error and never a guess.
"""

from functools import cached_property
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

from monitor.errors import LedgerError

T = TypeVar("T")


def json_bytes(value: object) -> bytes:
    """The value as JSON; dataclasses become objects with their fields in order."""
    return msgspec.json.encode(value)


def to_json(value: object) -> str:
    """The same as text."""
    return msgspec.json.encode(value).decode()


def from_json(text: str | bytes, shape: type[T]) -> T:
    """The value of that shape. Raises LedgerError when the ledger holds something else."""
    try:
        return msgspec.json.decode(text, type=shape)
    except msgspec.MsgspecError as error:
        raise _misshapen(shape, error) from error


class Json(TypeDecorator[Any]):
    """The type of a column that holds a value of one shape as JSON text; None is NULL.

    A row that holds something else raises LedgerError as it is read.
    """

    impl = Text
    cache_ok = True

    def __init__(self, shape: Any) -> None:
        super().__init__()
        self.shape = shape

    @cached_property
    def _decoder(self) -> msgspec.json.Decoder[Any]:
        # Not before the first row: a start need not learn every shape.
        return msgspec.json.Decoder(self.shape)

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        del dialect
        return None if value is None else to_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        del dialect
        if value is None:
            return None
        try:
            return self._decoder.decode(value)
        except msgspec.MsgspecError as error:
            raise _misshapen(self.shape, error) from error


def _misshapen(shape: object, error: Exception) -> LedgerError:
    return LedgerError(f"a row of the ledger is not a {shape}: {error}")
