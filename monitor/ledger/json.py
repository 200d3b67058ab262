"""JSON text in the ledger: values of one shape each, made and read by msgspec.

Shapes are the dataclasses themselves. What does not fit its shape is an error and never a guess.
Messages keep what they are made of; a plain string, as older ledgers hold, is plain English.
"""

from functools import cached_property
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

from monitor.errors import LedgerError
from monitor.screening.words.message import Message, message_of, structure

T = TypeVar("T")


def json_bytes(value: object) -> bytes:
    """The value as JSON; dataclasses become objects with their fields in order."""
    return msgspec.json.encode(value, enc_hook=_kept)


def to_json(value: object) -> str:
    """The same as text."""
    return msgspec.json.encode(value, enc_hook=_kept).decode()


def from_json(text: str | bytes, shape: type[T]) -> T:
    """The value of that shape. Raises LedgerError when the ledger holds something else."""
    try:
        return msgspec.json.decode(text, type=shape, dec_hook=made)
    except msgspec.MsgspecError as error:
        raise _misshapen(shape, error) from error


def _kept(value: object) -> object:
    if isinstance(value, Message):
        return structure(value)
    raise TypeError(f"{type(value).__name__} is no value of the ledger")


def made(shape: type[Any], kept: object) -> object:
    """The value of a shape that msgspec does not know: a message."""
    return kept if isinstance(kept, shape) else message_of(kept)


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
        return msgspec.json.Decoder(self.shape, dec_hook=made)

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


class MessageText(TypeDecorator[str]):
    """The type of a column that holds a message as text: as JSON where it has a structure."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        del dialect
        made_of = structure(value) if isinstance(value, Message) else value
        if isinstance(made_of, str) and made_of.startswith(_OPENS):
            # Foreign text that looks like one is no template of ours.
            made_of = {"name": made_of, "local": ()}
        return made_of if made_of is None or isinstance(made_of, str) else to_json(made_of)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        del dialect
        if value is None or not value.startswith(_OPENS):
            return value
        return from_json(value, Message)


_OPENS = ('{"say":', '{"join":', '{"name":')


def _misshapen(shape: object, error: Exception) -> LedgerError:
    return LedgerError(f"a row of the ledger is not a {shape}: {error}")
