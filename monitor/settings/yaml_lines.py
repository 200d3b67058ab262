"""YAML read with the line of every value, and with every scalar kept as the text it is.

Types are the models' business, so `country: NO` stays Norway and a name of digits stays a name.
Refused: duplicate keys, tags, a second document, aliases that grow without bound or hold
themselves, and nesting deeper than any configuration is.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import yaml

from monitor.settings.placeholders import PlaceholderError
from monitor.settings.yaml_tree import Listing, Mapping, Node, Path, Scalar

MOST_VALUES = 2_000_000
"""Values in one file, aliases counted as often as they stand: room for 100,000 watches."""
DEEPEST = 40

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_TEXT_TAGS = frozenset({None, "!", "tag:yaml.org,2002:str"})
# libyaml is many times faster; a watchlist may hold thousands of parties.
FASTEST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something the text itself has wrong."""

    line: int | None
    path: Path
    message: str


class _Stop(Exception):
    def __init__(self, line: int, message: str) -> None:
        self.line, self.message = line, message
        super().__init__(message)


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet; a mapping alternates keys and values."""

    line: int
    anchor: str | None
    mapping: bool
    items: list[Node] = field(default_factory=list)
    entries: dict[str, tuple[int, Node]] = field(default_factory=dict)
    key: str | None = None
    key_line: int = 0

    @property
    def place(self) -> Path:
        if not self.mapping:
            return (len(self.items),)
        return () if self.key is None else (self.key,)

    def closed(self) -> Node:
        inside = self.items if not self.mapping else [node for _, node in self.entries.values()]
        size = 1 + sum(node.size for node in inside)
        depth = 1 + max((node.depth for node in inside), default=0)
        if self.mapping:
            return Mapping(self.line, self.entries, size, depth)
        return Listing(self.line, tuple(self.items), size, depth)


class _Reader:
    """Builds the tree from the parser's events, without recursion."""

    def __init__(self, fill: Callable[[str], str]) -> None:
        self._fill = fill
        self._open: list[_Open] = []
        self._anchors: dict[str, Node] = {}
        self._documents = 0
        self.root: Node | None = None
        self.faults: list[Fault] = []

    def take(self, event: yaml.Event) -> None:
        """One event of the parser. Raises _Stop where reading on makes no sense."""
        line = event.start_mark.line + 1 if event.start_mark else 1
        match event:
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    raise _Stop(line, "should hold one YAML document; remove the second ---")
            case yaml.ScalarEvent():
                self._scalar(event, line)
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                self._begin(event, line)
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self._end(line)
            case yaml.AliasEvent():
                if event.anchor not in self._anchors:
                    raise _Stop(line, f"the alias *{event.anchor} stands for nothing written above")
                self._place(self._anchors[event.anchor], line)
            case _:
                # Stream and document ends carry nothing.
                return

    def _begin(self, event: yaml.CollectionStartEvent, line: int) -> None:
        if event.tag not in {None, "!"}:
            self._fault(line, "should have no YAML tag")
        if self._at_key():
            raise _Stop(line, "a key should be plain text")
        self._open.append(_Open(line, event.anchor, isinstance(event, yaml.MappingStartEvent)))
        if len(self._open) > DEEPEST:
            raise _Stop(line, f"is nested deeper than {DEEPEST} levels")

    def _end(self, line: int) -> None:
        closing = self._open.pop()
        node = closing.closed()
        self._remember(closing.anchor, node)
        self._place(node, line)

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        if event.tag not in _TEXT_TAGS:
            self._fault(line, "should have no YAML tag")
        node = Scalar(line, self._text(event, line))
        self._remember(event.anchor, node)
        self._place(node, line)

    def _text(self, event: yaml.ScalarEvent, line: int) -> str | None:
        text: str = event.value
        plain = not event.style and event.tag is None and not self._at_key()
        if plain and text in _NULLS:
            return None
        try:
            filled = self._fill(text) if "${" in text else text
        except PlaceholderError as error:
            self._fault(line, str(error))
            return text
        if self._at_key():
            # Keys are shown in messages, so they keep the placeholder and not what it stands for.
            return text
        # Composition tools pass unset variables on as empty ones.
        return None if plain and not filled else filled

    def _remember(self, anchor: str | None, node: Node) -> None:
        if anchor is not None:
            self._anchors[anchor] = node

    def _place(self, node: Node, line: int) -> None:
        if node.size > MOST_VALUES:
            raise _Stop(line, f"holds more than {MOST_VALUES} values")
        if node.depth + len(self._open) > DEEPEST:
            raise _Stop(line, f"is nested deeper than {DEEPEST} levels")
        if not self._open:
            self.root = node
            return
        into = self._open[-1]
        if not into.mapping:
            into.items.append(node)
        elif into.key is None:
            self._key(into, node, line)
        else:
            into.entries.setdefault(into.key, (into.key_line, node))
            into.key = None

    def _key(self, into: _Open, node: Node, line: int) -> None:
        if not isinstance(node, Scalar) or node.text is None:
            raise _Stop(line, "a key should be plain text")
        into.key, into.key_line = node.text, line
        if node.text in into.entries:
            first = into.entries[node.text][0]
            self._fault(line, f"should stand once; it stands on line {first} already")

    def _at_key(self) -> bool:
        return bool(self._open) and self._open[-1].mapping and self._open[-1].key is None

    def _fault(self, line: int, message: str) -> None:
        path = tuple(step for level in self._open for step in level.place)
        self.faults.append(Fault(line, path, message))


def parse(
    text: str, fill: Callable[[str], str], loader: Any = FASTEST
) -> tuple[Node | None, tuple[Fault, ...]]:
    """The tree of a YAML text, None where it holds nothing, and what is wrong with the text.

    `fill` gives a scalar's text its placeholders' values, or raises PlaceholderError.
    """
    reader = _Reader(fill)
    try:
        for event in yaml.parse(text, Loader=loader):
            reader.take(event)
    except _Stop as stop:
        return None, (*reader.faults, Fault(stop.line, (), stop.message))
    except yaml.YAMLError as error:
        return None, (*reader.faults, _misread(error, text))
    except (ValueError, OverflowError):
        # PyYAML's own scanner lets chr() complain about \U escapes past the last character.
        return None, (*reader.faults, Fault(None, (), "holds an escape that is no character"))
    return reader.root, tuple(reader.faults)


def _misread(error: yaml.YAMLError, text: str) -> Fault:
    match error:
        case yaml.MarkedYAMLError(problem=problem, problem_mark=mark) if mark is not None:
            message = f"is not YAML: {problem or 'it cannot be read'}{_hint(text, mark.line)}"
            return Fault(mark.line + 1, (), message)
        case yaml.reader.ReaderError(position=position):
            before = text[:position] if isinstance(position, int) else ""
            return Fault(before.count("\n") + 1, (), "holds a control character")
        case _:
            return Fault(None, (), "is not YAML")


def _hint(text: str, line: int) -> str:
    """What most often is the reason on such a line."""
    written = "".join(text.splitlines()[line : line + 1])
    if "\t" in written[: len(written) - len(written.lstrip())]:
        return "; indent with spaces, not tabs"
    return "; within [ ] or { } put quotes around ${…}" if "${" in written else ""
