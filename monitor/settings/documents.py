"""A configuration file opened: its tree, or what is wrong with it as a file.

Refused: a file that is missing though it must be there, empty, oversized, unreadable, not UTF-8 or
not YAML. A file of comments alone means the defaults where the file may be left out.
"""

from collections.abc import Mapping as EnvironMapping
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from monitor.errors import ConfigProblem
from monitor.settings.placeholders import fill
from monitor.settings.yaml_lines import FASTEST, Fault, parse
from monitor.settings.yaml_tree import Mapping, Node, written_keys

_LARGEST = 32 * 2**20


@dataclass(frozen=True, slots=True)
class Document:
    """A file's text and tree; no tree where it is left out, means the defaults, or is wrong."""

    file: str
    text: str | None = None
    root: Mapping | None = None
    problems: tuple[ConfigProblem, ...] = ()


def open_document(
    path: Path, environ: EnvironMapping[str, str], *, required: bool, loader: Any = FASTEST
) -> Document:
    """Read one file; what is wrong with it is part of the answer.

    `loader` is the YAML library's parser that must be able to read it.
    """
    if not required and _left_out(path):
        return Document(str(path))
    try:
        text = _text(path)
    except _Unusable as error:
        problem = ConfigProblem(str(path), error.line, "", str(error))
        return Document(str(path), problems=(problem,))
    root, faults = parse(text, partial(fill, environ=environ), loader)
    return _judged(Document(str(path), text), root, faults, required=required)


def _left_out(path: Path) -> bool:
    """Whether a file is not there; a link that leads nowhere was meant to lead somewhere."""
    try:
        path.lstat()
    except FileNotFoundError:
        return True
    except OSError:
        # It cannot be looked at; reading it will say why.
        return False
    return False


class _Unusable(ValueError):
    def __init__(self, message: str, line: int | None = None) -> None:
        self.line = line
        super().__init__(message)


def _text(path: Path) -> str:
    """What a file holds. Raises _Unusable that says what would be right."""
    try:
        with path.open("rb") as stream:
            content = stream.read(_LARGEST + 1)
    except FileNotFoundError as error:
        raise _Unusable("is missing; it must be there") from error
    except OSError as error:
        raise _Unusable(f"cannot be read: {error.strerror}") from error
    if len(content) > _LARGEST:
        raise _Unusable(f"should be at most {_LARGEST} bytes")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Unusable("is not UTF-8", error.object[: error.start].count(b"\n") + 1) from error
    if not text.strip():
        raise _Unusable("is empty; comments alone would mean the defaults", 1)
    return text


def _judged(
    document: Document, root: Node | None, faults: Sequence[Fault], *, required: bool
) -> Document:
    file = document.file
    problems = tuple(
        ConfigProblem(file, fault.line, "".join(written_keys(fault.path)), fault.message)
        for fault in faults
    )
    if root is None and not problems:
        if not required:
            return Document(file)
        problems = (ConfigProblem(file, 1, "", "holds nothing but comments"),)
    if root is not None and not isinstance(root, Mapping):
        problem = ConfigProblem(file, root.line, "", "should be a mapping of keys to values")
        return Document(file, problems=(*problems, problem))
    return replace(document, root=root, problems=problems)
