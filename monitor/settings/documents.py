"""A configuration file opened: its tree, or what is wrong with it as a file.

Refused: a required file that is missing, and one that is empty, oversized, unreadable, not UTF-8
or not YAML. A file of comments alone means the defaults where the file may be left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from monitor.errors import ConfigProblem
from monitor.settings.placeholders import fill
from monitor.settings.problems import refusals
from monitor.settings.yaml_nodes import Fault, line_of, read, written_keys

_LARGEST = 32 * 2**20
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Document:
    """A file's nodes and data; none where it is left out, means the defaults, or is wrong."""

    file: str
    root: yaml.MappingNode | None = field(default=None, repr=False)
    """With the line of every value, for messages."""
    data: Any = field(default=None, repr=False)
    """What the models are applied to: text, None, lists and dicts."""
    problems: tuple[ConfigProblem, ...] = ()


def open_document(
    path: Path, environ: Mapping[str, str], *, required: bool, keys_too: bool = False
) -> Document:
    """Read one file; what is wrong with it is part of the answer.

    `${VAR}` is filled from `environ`, in the nodes of keys only with `keys_too`.
    """
    if not required and left_out(path):
        return Document(str(path))
    try:
        text = _text(path)
    except UnusableError as error:
        problem = ConfigProblem(str(path), error.line, "", str(error))
        return Document(str(path), problems=(problem,))
    root, data, faults = read(text, partial(fill, environ=environ), keys_too=keys_too)
    return _judged(Document(str(path), data=data), root, faults, required=required)


def left_out(path: Path) -> bool:
    """Whether a file is not there; a link that leads nowhere was meant to lead somewhere."""
    try:
        path.lstat()
    except FileNotFoundError:
        return True
    except OSError:
        # It cannot be looked at; reading it will say why.
        return False
    return False


class UnusableError(ValueError):
    """A file that cannot be read; `line` is where, if it can be said."""

    def __init__(self, message: str, line: int | None = None) -> None:
        self.line = line
        super().__init__(message)


def content_of(path: Path) -> bytes:
    """The bytes of a file. Raises UnusableError that says what would be right."""
    try:
        with path.open("rb") as stream:
            content = stream.read(_LARGEST + 1)
    except FileNotFoundError as error:
        raise UnusableError("is missing; it is required") from error
    except OSError as error:
        raise UnusableError(f"cannot be read: {error.strerror}") from error
    if len(content) > _LARGEST:
        raise UnusableError(f"should be at most {_LARGEST} bytes")
    return content


def _text(path: Path) -> str:
    content = content_of(path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnusableError("is not UTF-8", error.object[: error.start].count(b"\n") + 1) from error
    if not text.strip():
        raise UnusableError("is empty; comments alone would mean the defaults", 1)
    return text


def _judged(
    document: Document, root: yaml.Node | None, faults: Sequence[Fault], *, required: bool
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
    if root is not None and not isinstance(root, yaml.MappingNode):
        problem = ConfigProblem(file, line_of(root), "", "should be a mapping of keys to values")
        return Document(file, problems=(*problems, problem))
    return replace(document, root=root, problems=problems)


def validated(
    document: Document, model: type[Model]
) -> tuple[Model | None, tuple[ConfigProblem, ...]]:
    """A file's model, None where anything is wrong; and all that is."""
    if document.root is None:
        return (None if document.problems else model()), document.problems
    try:
        found = model.model_validate(document.data)
    except ValidationError as error:
        known = {(problem.line, problem.key) for problem in document.problems}
        refused = refusals(document.file, document.root, model, error)
        # A placeholder that could not be filled is one problem, not two.
        return None, (*document.problems, *(p for p in refused if (p.line, p.key) not in known))
    return (None if document.problems else found), document.problems
