"""`${VAR}` in the configuration, filled from the environment; `$${` stands for `${` itself.

A variable that is not set is refused by name; a value is never filled a second time.
"""

import re
from collections.abc import Mapping

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
