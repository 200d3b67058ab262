"""A configuration file opened: its tree, or what is wrong with it as a file.

Refused: a file that is missing though it must be there, empty, oversized, unreadable, not UTF-8 or
not YAML. A file of comments alone means the defaults where the file may be left out.
"""

from collections.abc import Mapping as EnvironMapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from monitor.errors import ConfigProblem
from monitor.settings.placeholders import fill
from monitor.settings.yaml_lines import parse
from monitor.settings.yaml_tree import Mapping, written_keys

_LARGEST = 32 * 2**20


@dataclass(frozen=True, slots=True)
class Document:
    """A file's text and tree; no tree where it is left out, means the defaults, or is wrong."""

    file: str
    text: str | None = None
    root: Mapping | None = None
    problems: tuple[ConfigProblem, ...] = ()


def open_document(path: Path, environ: EnvironMapping[str, str], *, required: bool) -> Document:
    """Read one file; what is wrong with it is part of the answer."""
    file = str(path)
    try:
        text = _text(path)
    except FileNotFoundError:
        # A link that leads nowhere was meant to lead somewhere.
        if not required and not path.is_symlink():
            return Document(file)
        return _unusable(file, None, "is missing; it must be there")
    except OSError as error:
        return _unusable(file, None, f"cannot be read: {error.strerror}")
    except UnicodeDecodeError as error:
        return _unusable(file, error.object[: error.start].count(b"\n") + 1, "is not UTF-8")
    if len(text) > _LARGEST:
        return _unusable(file, None, f"should be at most {_LARGEST} bytes")
    if not text.strip():
        return _unusable(file, 1, "is empty; comments alone would mean the defaults")
    return _parsed(file, text, environ, required=required)


def _parsed(file: str, text: str, environ: EnvironMapping[str, str], *, required: bool) -> Document:
    root, faults = parse(text, partial(fill, environ=environ))
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
    return Document(file, text, root, problems)


def _unusable(file: str, line: int | None, message: str) -> Document:
    return Document(file, problems=(ConfigProblem(file, line, "", message),))


def _text(path: Path) -> str:
    with path.open("rb") as stream:
        content = stream.read(_LARGEST + 1)
    # A cut in the middle of a letter would hide that the file is too large.
    return content.decode("utf-8-sig", "strict" if len(content) <= _LARGEST else "replace")
