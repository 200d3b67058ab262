"""Sentences that know what they are made of, so that another language can say them.

A message is its finished English sentence, and remembers the template and the values. English is
the source: whoever does not care for languages reads a plain string.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

Value = str | int | float
"""What stands in a sentence: a name, an ISO date, a number, or a sentence of its own."""
_PLAIN: Final = (str, int, float)
_NONE: Final[Mapping[str, Value]] = MappingProxyType({})


class Message(str):  # noqa: SLOT000 - most have no more than a template and values
    """An English sentence, with its template and values; without either it is plain text."""

    msgid: str = ""
    """The template with {named} places; empty for plain text and for several joined."""
    values: Mapping[str, Value] = _NONE
    many: str = ""
    """The template for more than one, where it counts something."""
    separator: str = ""
    parts: tuple[str, ...] = ()
    """Of several joined, each of them."""
    is_name: bool = False
    """Whether it is a party's name, which no catalog translates."""
    local: tuple[str, ...] = ()
    """Of a party's name, those that it has in its own script."""
    capital: bool = False
    """Whether it begins a sentence."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, handler: Any) -> Any:
        """To programs it is a string."""
        return handler(str)

    def __reduce__(self) -> tuple[Any, ...]:
        return message_of, (structure(self),)


if TYPE_CHECKING:
    Text = str
else:
    Text = Message
    """The type of a field that a reader sees. What no message was made of is plain English."""


def say(msgid: str, /, **values: object) -> Message:
    """A sentence of a template and its values.

    >>> said = say("{name} is on the {list}", name="Acme", list=say("Entity List"))
    >>> said, said.msgid
    ('Acme is on the Entity List', '{name} is on the {list}')
    """
    for name, value in values.items():
        if not isinstance(value, _PLAIN):
            values[name] = value.isoformat() if type(value) is date else str(value)
    made = Message(msgid.format_map(values) if values else msgid)
    made.msgid = msgid
    if values:
        made.values = values  # type: ignore[assignment] # each is plain by now
    return made


def template(msgid: str, /) -> str:
    """A template that is chosen from several and filled later; written so for the catalogs."""
    return msgid


def filled(chosen: str, /, **values: object) -> Message:
    """The sentence of a template that `template` marked."""
    return say(chosen, **values)


def say_many(count: int, one: str, many: str, /, **values: object) -> Message:
    """A sentence about a number of things, as `count` in both templates.

    >>> say_many(1, "{count:,} poll", "{count:,} polls")
    '1 poll'
    >>> say_many(1200, "{count:,} poll", "{count:,} polls")
    '1,200 polls'
    """
    made = say(one if count == 1 else many, **values, count=count)
    made.msgid, made.many = one, many
    return made


def joined(separator: str, parts: Iterable[str]) -> Message:
    """Several texts as one; empty ones are left out.

    >>> joined("; ", ["", say("one"), "two"])
    'one; two'
    """
    kept = tuple(part for part in parts if part)
    if len(kept) == 1 and isinstance(kept[0], Message):
        return kept[0]
    made = Message(separator.join(kept))
    made.separator, made.parts = separator, kept
    return made


def called(name: str, local_names: Iterable[str]) -> Message:
    """A party's name, which readers of another script know by another."""
    made = Message(name)
    made.is_name, made.local = True, tuple(local_names)
    return made


def sentences(*parts: str) -> Message:
    """Sentences one after another; empty ones are left out."""
    return joined(" ", parts)


def capitalized(text: str) -> Message:
    """The text as the beginning of a sentence."""
    made = Message(text[:1].upper() + text[1:])
    if isinstance(text, Message):
        made.msgid, made.values, made.many = text.msgid, text.values, text.many
        made.separator, made.parts, made.local = text.separator, text.parts, text.local
        made.is_name = text.is_name
    made.capital = True
    return made


def plain(message: object) -> str:
    """What programs read of a message: the English sentence."""
    if isinstance(message, Message):
        return str.__str__(message)
    raise TypeError(f"{type(message).__name__} has no public form")


# -- as JSON --------------------------------------------------------------------------------------


def structure(message: Message) -> object:
    """What the ledger keeps of a message; plain text is a string."""
    if message.msgid:
        kept: dict[str, object] = {"say": message.msgid}
        if message.many:
            kept |= {"many": message.many}
        if message.values:
            kept |= {"with": {name: _kept(value) for name, value in message.values.items()}}
    elif message.parts:
        kept = {"join": message.separator, "parts": [_kept(part) for part in message.parts]}
    elif message.local:
        kept = {"name": str.__str__(message), "local": message.local}
    else:
        return str.__str__(message)
    return {**kept, "capital": True} if message.capital else kept


def _kept(value: Value) -> object:
    return structure(value) if isinstance(value, Message) else value


def message_of(kept: object) -> Message:
    """The message of what was kept. Raises ValueError for anything that is none.

    >>> said = say("Removed: {party}", party="Acme")
    >>> again = message_of(structure(said))
    >>> again, again.msgid, dict(again.values)
    ('Removed: Acme', 'Removed: {party}', {'party': 'Acme'})
    """
    if isinstance(kept, str):
        return Message(kept)
    try:
        return _made(kept)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise ValueError("not a message") from error


def _made(kept: Any) -> Message:
    if not all(isinstance(kept.get(key, ""), str) for key in ("say", "many", "name", "join")):
        raise TypeError("a template is text")
    if "join" in kept:
        made = joined(kept["join"], [_value_of(part) for part in kept["parts"]])
    elif "name" in kept:
        made = called(kept["name"], kept["local"])
    else:
        values = {name: _value_of(value) for name, value in kept.get("with", {}).items()}
        if many := kept.get("many"):
            made = say_many(values.pop("count"), kept["say"], many, **values)
        else:
            made = say(kept["say"], **values)
    return capitalized(made) if kept.get("capital") else made


def _value_of(kept: Any) -> Any:
    return message_of(kept) if isinstance(kept, dict) else kept
