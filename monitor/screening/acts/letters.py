"""Letters that raw text gives by name, as [lstrok] or [inodot].

The names are those of ISO 8879, which HTML has too; a few marks stand on letters it has not.
"""

import re
import unicodedata
from html.entities import html5

_NAME = re.compile(r"\[([A-Za-z]{3,8})\]")
_MARKS = {
    "acute": "\u0301", "grave": "\u0300", "circ": "\u0302", "tilde": "\u0303", "uml": "\u0308",
    "cedil": "\u0327", "caron": "\u030c", "breve": "\u0306", "macr": "\u0304", "dot": "\u0307",
    "ring": "\u030a", "ogon": "\u0328", "dblac": "\u030b", "comma": "\u0326",
}  # fmt: skip
_MARKED = re.compile(rf"([A-Za-z])({'|'.join(_MARKS)})")


def spelled(text: str) -> str:
    """The text with every such letter as itself; other words in brackets stay."""
    return _NAME.sub(_letter, text)


def _letter(found: re.Match[str]) -> str:
    char = html5.get(f"{found[1]};", "")
    if len(char) == 1 and unicodedata.name(char).startswith("LATIN"):
        return char
    marked = _MARKED.fullmatch(found[1])
    return unicodedata.normalize("NFC", marked[1] + _MARKS[marked[2]]) if marked else found[0]
