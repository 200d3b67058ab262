"""A YAML text as PyYAML's own nodes, which know their lines, and as plain data made of them.

Every scalar of the data is the text it was written as, so `country: NO` stays Norway and a name of
digits stays a name; what type it is, is for the models to say. Refused: duplicate keys, tags, a
second document, aliases that grow without bound or hold themselves, and nesting deeper than any
configuration is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, cast

import yaml
from yaml.composer import Composer

from monitor.settings.placeholders import PlaceholderError

MOST_VALUES = 2_000_000
"""Values in one file, aliases counted as often as they stand: room for 100,000 watches."""
DEEPEST = 40
_TOO_DEEP = f"is nested deeper than {DEEPEST} levels"

Path = tuple[str | int, ...]
_TEXT, _NULL = "tag:yaml.org,2002:str", "tag:yaml.org,2002:null"
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
# What a value can be without a tag of its own; `<<` is no more than a key here.
_UNTAGGED = frozenset(
    f"tag:yaml.org,2002:{kind}"
    for kind in (
        "str", "null", "bool", "int", "float", "timestamp", "merge", "value", "seq", "map",
    )
)  # fmt: skip
# libyaml scans many times faster; a watchlist may hold thousands of parties.
_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something the text itself has wrong."""

    line: int | None
    path: Path
    message: str


class _StopError(Exception):
    """Reading on makes no sense."""

    def __init__(self, line: int, message: str) -> None:
        self.line, self.message = line, message
        super().__init__(message)


class _BoundedComposer(Composer):
    """PyYAML's composer in Python: libyaml's own dies of a hundred thousand brackets."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise _StopError(cast("Any", self).peek_event().start_mark.line + 1, _TOO_DEEP)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


class _Loader(_BoundedComposer, _PARSER):  # type: ignore[misc]
    """Events by libyaml where it is installed, nodes by the composer above."""

    def __init__(self, text: str) -> None:
        _PARSER.__init__(self, text)
        Composer.__init__(self)


class _Walk:
    """Makes the data of a tree of nodes, fills its placeholders and collects the faults."""

    def __init__(self, fill: Callable[[str], str], *, keys_too: bool) -> None:
        self._fill, self._keys_too = fill, keys_too
        self._filled: dict[int, str | None] = {}
        self._values = 0
        self.faults: list[Fault] = []

    def value(self, node: yaml.Node, path: Path, depth: int = 1) -> Any:
        self._values += 1
        if self._values > MOST_VALUES:
            raise _StopError(line_of(node), f"holds more than {MOST_VALUES} values")
        if depth > DEEPEST:
            raise _StopError(line_of(node), _TOO_DEEP)
        if node.tag not in _UNTAGGED:
            self._fault(node, path, "should have no YAML tag")
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path, depth)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, at), depth + 1) for at, item in enumerate(node.value)]
        assert isinstance(node, yaml.ScalarNode)
        return self._text(node, path)

    def _mapping(self, node: yaml.MappingNode, path: Path, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _StopError(line_of(key), "a key should be plain text")
            # A key is shown in messages, so it keeps its placeholder and not what it stands for.
            name = self._key(key, path)
            if name in found:
                message = f"duplicate key; it is on line {lines[name]} already"
                self._fault(key, (*path, name), message)
            lines.setdefault(name, line_of(key))
            found.setdefault(name, self.value(value, (*path, name), depth + 1))
        return found

    def _key(self, key: yaml.ScalarNode, path: Path) -> str:
        name = str(key.value)
        if self._keys_too:
            self._text(key, path)
        elif "${" in name:
            self._try(key, path)
        return name

    def _text(self, node: yaml.ScalarNode, path: Path) -> str | None:
        if node.tag == _NULL and node.value in _NULLS:
            return None
        if id(node) in self._filled:
            # An alias: what was filled is never filled a second time.
            return self._filled[id(node)]
        text = str(node.value)
        if "${" not in text or (filled := self._try(node, path)) is None:
            return text
        # Composition tools pass unset variables on as empty ones.
        self._filled[id(node)] = None if not filled and not node.style else filled
        node.value, node.tag, node.style = filled, _TEXT, '"'
        return self._filled[id(node)]

    def _try(self, node: yaml.Node, path: Path) -> str | None:
        try:
            return self._fill(str(node.value))
        except PlaceholderError as error:
            self._fault(node, path, str(error))
            return None

    def _fault(self, node: yaml.Node, path: Path, message: str) -> None:
        self.faults.append(Fault(line_of(node), path, message))


def read(
    text: str, fill: Callable[[str], str], *, keys_too: bool = False
) -> tuple[yaml.Node | None, Any, tuple[Fault, ...]]:
    """The root node of a YAML text, None where it holds nothing; its data; and what is wrong.

    `fill` gives a scalar's text its placeholders' values, or raises PlaceholderError. The nodes
    hold the filled text, those of keys only with `keys_too`.
    """
    walk = _Walk(fill, keys_too=keys_too)
    try:
        root = yaml.compose(text, Loader=_Loader)
        data = None if root is None else walk.value(root, ())
    except _StopError as stop:
        return None, None, (*walk.faults, Fault(stop.line, (), stop.message))
    except yaml.YAMLError as error:
        return None, None, (_misread(error, text),)
    except (ValueError, OverflowError):
        # PyYAML's own scanner lets chr() complain about \U escapes past the last character.
        return None, None, (Fault(None, (), "holds an invalid escape"),)
    return root, data, tuple(walk.faults)


def line_of(node: yaml.Node) -> int:
    """The line on which a value begins, from 1."""
    assert node.start_mark is not None
    return node.start_mark.line + 1


def locate(node: yaml.Node, path: Path) -> tuple[int, Path]:
    """The line of the deepest part of `path` that is written, and that part with one step more.

    The step more is the key that is missing there, when one is.
    """
    line = line_of(node)
    for at, step in enumerate(path):
        if isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == step), None)
            if pair is None:
                return line, path[: at + 1]
            line, node = line_of(pair[0]), pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            if step >= len(node.value):
                return line, path[:at]
            node = node.value[step]
            line = line_of(node)
        else:
            return line, path[:at]
    return line, path


def written_keys(path: Path) -> Iterator[str]:
    """The parts of a path as they are shown: keys with dots between, places in brackets.

    A key that is a URL, as in apprise.yaml, shows its scheme alone: the rest may be a secret.
    """
    for at, step in enumerate(path):
        if isinstance(step, int):
            yield f"[{step}]"
        else:
            scheme, separator, _ = step.partition("://")
            key = f"{scheme}://…" if separator else step
            shown = key if key.isprintable() else ascii(key)[1:-1]
            yield f".{shown}" if at else shown


def _misread(error: yaml.YAMLError, text: str) -> Fault:
    match error:
        case yaml.MarkedYAMLError(context=str(context)) if "single document" in context:
            line = error.problem_mark.line + 1 if error.problem_mark else None
            return Fault(line, (), "should hold one YAML document; remove the second ---")
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
