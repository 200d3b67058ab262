"""How a name stands in the words around it: alone, as an alias, or as a part of a longer name.

Refuses longer names: "X" is not named by "X Trading Co., Ltd." or by "Institute of X"; nor by its
unit, "X, 31 Research Institute", for what follows behind a comma is an address only where it is
one that is known, or can be no body.
"""

import re
from enum import Enum, auto

from monitor.screening.acts.behind import (
    LEGAL_END,
    NOTHING,
    Behind,
    Known,
    begins_address,
    behind,
)
from monitor.screening.acts.tables import CELL, ROW
from monitor.screening.destinations import HEADING

AKA = re.compile(
    r"\b(?:[afn]\s?\.?\s?k\s?\.?\s?a\b|also known as|formerly|alias(?:es)?\b|d\s?/?b\s?/?a\b)",
    re.IGNORECASE,
)
"""The words between a name and its aliases."""
_LEGAL_FORM = (
    r"(?=[A-Z])(?i:ltd|limited|inc|incorporated|llc|l\.l\.c|llp|lp|co|company|corp|corporation|gmbh"
    r"|ag|kg|s\.?a|sarl|s\.?r\.?l|s\.?p\.?a|b\.?v|n\.?v|oy|ab|a\.?s|jsc|ojsc|pjsc|pao|oao|ooo|zao"
    r"|ao|fze|fzc|fzco|fz|dmcc|pte|pty|plc|sdn|bhd|pvt|private|group|holdings?|est)\b"
)
_REACH = 120
"""Characters on either side of a name that are read for how it stands."""
_STARTERS = re.compile(
    r"(?:the|an?|under|by|for|of|and|or|in|on|from|to|both|also|including|namely|remov(?:e|es|ing)"
    r"|add(?:s|ing)?|revis(?:e|es|ing)|entit(?:y|ies)|entr(?:y|ies)|persons?)",
    re.IGNORECASE,
)


class Standing(Enum):
    """How a name stands in the words around it."""

    ALONE = auto()
    """It is the whole name."""
    BORNE = auto()
    """It is the whole name of an entry, but the party's own entries have it as an alias only."""
    ALIAS = auto()
    """It stands behind an "a.k.a." of another name."""
    DOUBTFUL = auto()
    """It may be the whole name or a part of a longer one."""
    PART = auto()
    """It is a part of a longer name."""


def standing_in(slot: str, start: int, end: int, known: Known = NOTHING) -> Standing:
    """How the name at [start, end) stands in a quoted or tabled text that begins with a name."""
    before, after = slot[:start], slot[end:]
    if any(char.isalnum() for char in before):
        if in_address(before):
            return Standing.PART
        if _NEXT_NAME.search(before) and not AKA.search(before):
            return Standing.DOUBTFUL
        return _as_alias(slot, start, end) if AKA.search(before) else Standing.PART
    rest = after.lstrip(" .,;:)'’”")
    if not rest or _ALIASES_FOLLOW.match(rest):
        return Standing.ALONE
    stands = behind(slot, start, end, known)
    if standing(slot, start, end) is Standing.PART:
        return _LONGER_BUT.get(stands, Standing.PART)
    return _BEHIND[stands]


def _as_alias(slot: str, start: int, end: int) -> Standing:
    """How a name stands behind an "a.k.a."; the last alias may run into the address."""
    if standing(slot, start, end) is Standing.ALONE:
        return Standing.ALIAS
    before = slot[max(start - _REACH, 0) : start]
    longer = _left(before) is Standing.PART or _LONGER.match(slot, end) is not None
    return Standing.PART if longer or not begins_address(slot[end:]) else Standing.DOUBTFUL


_ALIASES_FOLLOW = re.compile(
    r"\(?(?:and\s+)?(?:includes?\b,?\s*)?(?:where\s+appropriate\b,?\s*)?"
    rf"(?:the\s+following\s+(?:\w+\s+)?)?{AKA.pattern}",
    re.IGNORECASE,
)
_BEHIND = {
    Behind.ADDRESS: Standing.ALONE,
    Behind.ADDRESS_OF_FIRM: Standing.ALONE,
    Behind.UNIT: Standing.PART,
    Behind.OWN_ADDRESS: Standing.ALONE,
    Behind.PLACE: Standing.DOUBTFUL,
    Behind.UNKNOWN: Standing.DOUBTFUL,
}
_LONGER_BUT = {
    Behind.OWN_ADDRESS: Standing.ALONE,
    Behind.ADDRESS_OF_FIRM: Standing.ALONE,
    Behind.PLACE: Standing.DOUBTFUL,
}
"""What reads as a longer name, and is the name with an address that no mark parts from it."""
_IN_ADDRESS = re.compile(r"\d[^;—•()]*\([^()]*$")
_NEXT_NAME = re.compile(r"“|[;”]\s*(?:and\s+)?$")
"""Several names in one pair of quotes, or quotes that were not closed."""


def in_address(before: str) -> bool:
    """Whether a name stands in an address: "No. 5 West Street, Tumushuk City (Security Bureau)"."""
    return _IN_ADDRESS.search(before[-200:]) is not None


def standing(text: str, start: int, end: int) -> Standing:
    """How the name at [start, end) stands in running words, where nothing marks its borders."""
    before = re.split(f"[{CELL}{ROW}]", text[max(start - _REACH, 0) : start])[-1]
    after = re.split(f"[{CELL}{ROW}]", text[end : end + _REACH])[0]
    sides = (_left(before), _right(after))
    if Standing.PART in sides:
        return Standing.PART
    return Standing.DOUBTFUL if Standing.DOUBTFUL in sides else Standing.ALONE


def _left(before: str) -> Standing:
    if re.search(r"[^\W_][-/]$|&\s?$", before):
        return Standing.PART
    linked = re.search(r"(\S+)\s+(?:(?:of|at)\s+(?:the\s+)?)$", before)
    if linked:
        return Standing.PART if linked[1][:1].isupper() else Standing.ALONE
    joined = re.search(r"(\S+)\s+and\s+(?:the\s+)?$", before)
    if joined:
        return _joined_left(joined[1])
    if _UNDER_HEADING.search(before):
        return Standing.DOUBTFUL
    word = re.search(r"([^\s“(]+) $", before)
    if word is None or word[1][-1] in ",;:.)”—–•*" or _STARTERS.fullmatch(word[1]):
        return Standing.ALONE
    return Standing.PART if word[1][0].isupper() or word[1][0].isdigit() else Standing.ALONE


_UNDER_HEADING = re.compile(rf"(?:^|[^\w,]\s*){HEADING}[.:]?\s+$")
"""A country's heading that runs into the first name below it."""


def _joined_left(word: str) -> Standing:
    """Two names in "A Co., Ltd. and X", perhaps one in "Science and X"."""
    ended = word[-1] in ",;:)”" or not word[0].isupper() or LEGAL_END.search(word)
    return Standing.ALONE if ended else Standing.DOUBTFUL


_LONGER = re.compile(
    rf"[-/][^\W_]|['’]s\s+[A-Z]|\s*&|,?\s*\(?\s*{_LEGAL_FORM}"
    r"|\s*\([^)]{1,40}\)\s+[A-Z]|\s+(?:of|for)\s+(?:the\s+)?[A-Z]"
)


_FORM = re.compile(rf",?\s*\(?\s*{_LEGAL_FORM}\.?\)?(?=\W|$)(?!\W{{0,3}}{_LEGAL_FORM})")


def in_bare_list(text: str, start: int, end: int) -> Standing:
    """How a name stands in an instruction's list without quotes: "entries for A, JSC, B, JSC".

    There a legal form behind it may be its own, left off where it is watched.
    """
    stands = standing(text, start, end)
    form = _FORM.match(text, end, end + 40)
    if stands is not Standing.PART or form is None:
        return stands
    rest = standing(text, start, form.end())
    return Standing.PART if rest is Standing.PART else Standing.DOUBTFUL


def _right(after: str) -> Standing:
    if _LONGER.match(after):
        return Standing.PART
    if re.match(r"['’]s?\s|\s+and\s+(?:the\s+)?[A-Z]", after):
        return Standing.DOUBTFUL
    word = re.match(r"\s+([^\W_]\S*)", after)
    if word is None or _STARTERS.fullmatch(word[1].rstrip(".,;:")):
        return Standing.ALONE
    return Standing.PART if word[1][0].isupper() or word[1][0].isdigit() else Standing.ALONE
