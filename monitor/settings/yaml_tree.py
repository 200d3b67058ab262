"""What a YAML file says: a tree of values, each with the line it stands on.

Every scalar is the text it was written as, or None; what type it is, is for the models to say.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value; None where nothing, or null, was written."""

    line: int
    text: str | None
    size: int = 1
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Listing:
    """A list."""

    line: int
    items: tuple["Node", ...]
    size: int
    depth: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with the line each stands on, and their values."""

    line: int
    entries: dict[str, tuple[int, "Node"]]
    size: int
    depth: int


Node = Scalar | Listing | Mapping


def plain(node: Node) -> Any:
    """The tree as text, None, lists and dicts."""
    match node:
        case Scalar():
            return node.text
        case Listing():
            return [plain(item) for item in node.items]
        case Mapping():
            return {key: plain(value) for key, (_, value) in node.entries.items()}


def locate(node: Node, path: Path) -> tuple[int, Path]:
    """The line of the deepest part of `path` that is written, and that part with one step more.

    The step more is the key that is missing there, when one is.
    """
    line = node.line
    for at, step in enumerate(path):
        match node:
            case Mapping() if step in node.entries and isinstance(step, str):
                line, node = node.entries[step]
            case Listing() if isinstance(step, int) and step < len(node.items):
                node = node.items[step]
                line = node.line
            case Mapping():
                return line, path[: at + 1]
            case Scalar() | Listing():
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
