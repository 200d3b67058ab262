"""What differs between two texts, word by word. Says nothing of what it means."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\s+|[^\s\w]|\w+")
MOST = 4000
"""Words beyond which two texts are not compared: the time grows with their product."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: in both texts, or only in one."""

    form: str
    """`same`, `ins` or `del`."""
    text: str


def words(before: str | None, after: str | None) -> list[Piece]:
    """The pieces that lead from one text to the other."""
    one, other = _WORD.findall(before or ""), _WORD.findall(after or "")
    if len(one) + len(other) > MOST:
        pieces = [Piece("del", before or ""), Piece("ins", after or "")]
        return [piece for piece in pieces if piece.text]
    pieces = []
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    for form, at, to, other_at, other_to in matcher.get_opcodes():
        if form == "equal":
            pieces.append(Piece("same", "".join(one[at:to])))
            continue
        pieces.append(Piece("del", "".join(one[at:to])))
        pieces.append(Piece("ins", "".join(other[other_at:other_to])))
    return [piece for piece in pieces if piece.text]
