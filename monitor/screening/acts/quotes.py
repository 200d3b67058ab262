"""Where a quoted name or cell ends, though names in it have quotes of their own.

"“JSC “Vega”, a.k.a., the following alias: —“Vega” Concern. Moscow.”; and “Beta”" is two quotes.
Reads marks only. Refuses to go on for ever: what is not closed ends at its first closing mark.
"""

import re

LONGEST = 8_000
"""Characters of a quoted cell; the longest on the list has some six thousand."""
_MOST_MARKS = 60
_MARK = re.compile("[“”]")
_NEXT_ALIAS = re.compile(r"[,;.]{0,2}\s*(?:and\s+)?(?:—|--)")
_ITS_ALIASES = re.compile(
    r"[,;]?\s*(?:\(?\s*[afd][./]?\s?[kb][./]?\s?a\b|(?:and\s+)?the\s+following\b)", re.IGNORECASE
)
_GOES_ON = re.compile(
    r"”|,?\s+\(?(?!(?:and|or|is|are|under|in|to|from|by|on|with|as|for|the|which|that)\b)\w"
    r"|[)\w'’/&-]|[^“”]{0,2000}”"
)
"""Behind a mark that closes a name inside the quote: more of it, or another closing mark."""


def quote_end(text: str, start: int, end: int) -> int:
    """Where the quote that opens at `start` ends, its closing mark included; at most at `end`."""
    end, depth, first = min(end, start + LONGEST), 1, 0
    for count, mark in enumerate(_MARK.finditer(text, start + 1, end)):
        if count == _MOST_MARKS:
            break
        if mark[0] == "“":
            depth += 1
            continue
        first = first or mark.end()
        if _NEXT_ALIAS.match(text, mark.end()):
            depth = max(depth - 1, 1)
        elif depth == 1:
            return mark.end()
        elif _ITS_ALIASES.match(text, mark.end()) or _GOES_ON.match(text, mark.end()):
            depth -= 1
        else:
            return mark.end()
    return first or end
