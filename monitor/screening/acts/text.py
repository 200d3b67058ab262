"""The full text of a Federal Register document as one line that can be read.

Takes the raw text, the XML or the page as published: takes off tags, page headers, footnote marks
and hyphens at line ends, brings quotes to one form, and keeps the cells of tables apart. Refuses to
judge: what the text means is read elsewhere.
"""

import html
import re

from monitor.screening.acts.letters import spelled
from monitor.screening.acts.tables import CELL, ROW, columns_to_cells

OPEN, CLOSE = "“", "”"
"""The quotation marks of the flat text, whatever the document wrote."""

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:]*)((?:\s[^<>]{0,2000})?)/?>|<[!?][^<>]{0,2000}>")
_NOTES = re.compile(
    r"<(SU|FTREF|sup|script|style)\b[^<>]{0,500}>[^<>]{0,5000}</\1>", re.IGNORECASE
)  # fmt: skip
_INLINE = frozenset({"e", "b", "i", "em", "strong", "span", "a", "sub", "u", "font", "ac", "fr"})
_ROWS = frozenset({"row", "tr"})
_CELLS = frozenset({"ent", "td", "th"})
_FURNITURE = re.compile(
    r"\[\[Page\s+\d+\]\]|\(\s*print(?:ed)?\s+page\s+\d+\)"
    r"|(?:^[ \t]*\d{1,6}[ \t]+)?Federal\s+Register\s*/\s*Vol\.\s*\d+,\s*No\.\s*\d+\s*/"
    r"\s*\w+,\s+\w+\s+\d{1,2},\s+\d{4}\s*/\s*(?:Rules\s+and\s+Regulations|Proposed\s+Rules"
    r"|Notices|Presidential\s+Documents)(?:[ \t]+\d{1,6}[ \t]*$)?"
    r"|^[ \t]*VerDate\s[^\n]*$"
    r"|^[^\n]{0,40}\son\s+DSK\w+PROD\s+with\s+\w+[ \t]*$"
    # the page number of a document on public inspection, and the bullet that raw text writes as 0
    r"|(?<=\n\n)[ \t]*(?:-[ \t]*)?\d{1,3}[ \t]*(?:-[ \t]*)?(?=\n)|^0[ \t]*$",
    re.MULTILINE,
)
_DOT = re.compile(r"(?:<|&lt;)bullet(?:>|&gt;)", re.IGNORECASE)
_BULLET = re.compile(r"(?<= )0 (?=\(?[a-z\d]{1,4}[.)] )")
_FOOTNOTE_MARK = re.compile(r"\\\d{1,3}\\")
_HYPHEN = re.compile(r"(?<=[A-Za-z])-[ \t]*\n\s*(?=[a-z])")
_KEPT_HYPHEN = re.compile(r"(?<=\w)-[ \t]*\n\s*(?=\w)")
_BLANKS = re.compile(r"\s+")
_STRAIGHT = re.compile(r'(^|[\s(\[—–/-])"(?=\S)')
_MISTURNED = re.compile(r"(?<=[\w.])“(?![\w“])")
"""An opening mark where a quote closes: the printed list itself has some."""
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\x00"), "")


def flat(text: str) -> str:
    """The text in one line: single spaces, “quotes”, and CELL and ROW marks between table cells."""
    said = text.replace(CELL, " ").replace(ROW, " ").replace("\r\n", "\n").replace("\r", "\n")
    said = said.replace("\f", "\n\n").translate(_INVISIBLE)
    said = html.unescape(_TAG.sub(_untagged, _NOTES.sub("", _DOT.sub(" • ", said))))
    # columns stand where they stood in print: before anything in them grows shorter
    said = spelled(columns_to_cells(_FURNITURE.sub("\n", said)))
    said = _FOOTNOTE_MARK.sub("", said)
    said = _KEPT_HYPHEN.sub("-", _HYPHEN.sub("", said))
    return _quoted(_BULLET.sub("", _BLANKS.sub(" ", said)).strip())


def _untagged(tag: re.Match[str]) -> str:
    """What stands for a tag: nothing inside a line, a mark at the start of a row or cell."""
    name = (tag[2] or "").lower()
    if name in _INLINE:
        return ""
    if tag[1]:
        return "\n"
    if name in _ROWS:
        return f"\n{ROW}"
    return CELL if name in _CELLS else "\n"


def _quoted(said: str) -> str:
    """Every way of writing a double quote, as one pair."""
    said = said.replace("``", OPEN).replace("‘‘", OPEN).replace("„", OPEN).replace("‟", OPEN)
    said = said.replace("''", CLOSE).replace("’’", CLOSE)
    said = _STRAIGHT.sub(rf"\1{OPEN}", said).replace('"', CLOSE)
    return _MISTURNED.sub(CLOSE, said)
