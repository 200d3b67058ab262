"""The addresses of an entity cell, one by one, as published.

This room refuses to repair spelling or to guess a city: an address is the text between "; and".
"""

import re
from collections.abc import Iterable
from itertools import pairwise

_CROSS_REFERENCE = re.compile(
    r"\(\s*(?:for\s[^(),]{0,40}address\w*,\s*)?see\b(?:[^()]|\([^()]*\))*\)?\s*\.?", re.IGNORECASE
)
"""Where else the same party is listed ("(See alternate addresses under Pakistan)"): no address."""

_LABEL = re.compile(
    r"^(?:alt(?:ernate)?\.?\s+)?address(?:es)?(?:\s+for\s+[^:]{1,120})?\s*:\s*", re.IGNORECASE
)
_BETWEEN = re.compile(r"\s*;\s*(?:and(?=\W|[A-Z0-9]|$)\s*:?\s*)?")
_RUNS_ON = re.compile(r"(?:[,;:]|\band)$", re.IGNORECASE)


def without_references(text: str) -> str:
    """The text without its cross-references, nor the comma that led to one at a line's end."""
    parts = _CROSS_REFERENCE.split(text)
    kept = [
        part if behind.split("\n", 1)[0].strip() else part.rstrip(" ,;\n")
        for part, behind in pairwise(parts)
    ]
    return " ".join([*kept, parts[-1]]).rstrip(" ,;\n")


def addresses_of(lines: Iterable[str]) -> tuple[str, ...]:
    """The addresses in the lines behind a name and its aliases, identical ones once."""
    parts: list[str] = []
    for line in lines:
        text = line.strip()
        if not text:
            continue
        if parts and not _LABEL.match(text) and _continues(parts[-1]):
            parts[-1] = f"{parts[-1]} {text}"
        else:
            parts.append(text)
    pieces = [_tidy(piece) for part in parts for piece in _pieces(_LABEL.sub("", part))]
    return tuple(dict.fromkeys(piece for piece in pieces if any(map(str.isalnum, piece))))


def _continues(part: str) -> bool:
    """Whether a line break stands inside an address and not between two."""
    return _RUNS_ON.search(part[-8:]) is not None or not part.endswith((".", ")"))


def _pieces(text: str) -> list[str]:
    """Split at "; and", and at "Afghanistan, and" where the country ends an address before."""
    country = re.search(r"([A-Z][A-Za-z ]{3,}|U\.A\.E)\.?\s*$", text)
    if country is not None:
        name = re.escape(country[1].strip())
        text = re.sub(rf"(?<={name}),?\s+and\s+(?=[A-Z0-9])", "; ", text)
    return _BETWEEN.split(text)


def _tidy(piece: str) -> str:
    text = _LABEL.sub("", re.sub(r"(?:^|\s)and$", "", piece.strip(" ,;")).strip(" ,;").lstrip(". "))
    last = text.rsplit(None, 1)[-1] if text else ""
    return text[:-1].rstrip() if last.endswith(".") and last.count(".") == 1 else text
