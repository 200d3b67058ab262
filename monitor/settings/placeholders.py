"""`${VAR}` in the configuration, filled from the environment; `$${` stands for `${` itself.

A variable that is not set is refused by name; a value is never filled a second time.
"""

import json
import re
from collections.abc import Mapping

import yaml

_PLACE = re.compile(r"\$\$\{|\$\{([^{}]*)\}|\$\{")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class PlaceholderError(ValueError):
    """A placeholder that cannot be filled."""


def fill(text: str, environ: Mapping[str, str]) -> str:
    """The text with every `${VAR}` filled. Raises PlaceholderError that names what is missing."""

    def value(place: re.Match[str]) -> str:
        name = place.group(1)
        if place.group() == "$${":
            return "${"
        if name is None or not _VARIABLE.fullmatch(name):
            raise PlaceholderError("should be ${VARIABLE}; write $${ for a plain ${")
        if name not in environ:
            raise PlaceholderError(f"needs the environment variable {name}, which is not set")
        if not environ[name].isascii() and not _is_text(environ[name]):
            raise PlaceholderError(f"needs the environment variable {name} to be UTF-8")
        return environ[name]

    return _PLACE.sub(value, text)


def _is_text(value: str) -> bool:
    """Whether a value of the environment is text: other bytes arrive as lone surrogates."""
    return not any("\ud800" <= char <= "\udfff" for char in value)


def fill_document(text: str, environ: Mapping[str, str]) -> str:
    """A YAML document with the placeholders of its scalars filled, each line where it was.

    For documents that another library reads: values are quoted, so that no `#` or `:` in them
    changes what the document means. `text` must be YAML that parses. Raises PlaceholderError.
    """
    out, done = list[str](), 0
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        if not isinstance(token, yaml.ScalarToken) or "${" not in token.value:
            continue
        start, end = token.start_mark.index, token.end_mark.index
        written = text[start:end]
        out += [text[done:start], quoted(fill(token.value, environ)), "\n" * written.count("\n")]
        done = end
    return "".join([*out, text[done:]])


def quoted(value: str) -> str:
    """A YAML double-quoted scalar; JSON's strings are such, but for what YAML cannot print."""
    quoted = json.dumps(value, ensure_ascii=False)
    return "".join(char if char.isprintable() else f"\\U{ord(char):08x}" for char in quoted)
