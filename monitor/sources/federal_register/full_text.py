"""Whether a full text is the one of its document, and whole.

An error page, JSON, a PDF, another act's text or half of one comes with status 200 as well, and a
text is asked for once: what is wrongly believed hides what the act amends for ever.
"""

import re
from typing import Final

from monitor.screening.acts.document import Document
from monitor.screening.names import name_key
from monitor.sources.federal_register.answers import BLOCK_MARK

MOST_BYTES: Final = 3 * 2**20
"""Some 450 printed pages, where a long rule has 100; reading takes a hundred times its size."""
FEW_LOST: Final = 500
"""So many question marks and lost characters are ordinary in a long rule; more are damage."""
LOST_BYTES: Final = "\ufffd".encode()
# The office closes every document with "[FR Doc. 2023-25557 Filed 11-16-23; 8:45 am]", on public
# inspection "[FR Doc. 2023-25557 Filed: 11/16/2023 8:45 am; Publication Date: 11/17/2023]".
_FILED = re.compile(r"\bFR\s{1,9}Doc\.?\s{0,9}([A-Z0-9][A-Z0-9-]{3,30})[,;:]?\s{1,9}Filed\b")
_HEADED = re.compile(r"\[FR\s{1,9}Doc\s{1,9}No:?\s{0,9}([A-Z0-9][A-Z0-9-]{3,30})\]")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_XML_ENDS = re.compile(rb"</(?:RULE|PRORULE|NOTICE|PRESDOCU|CORRECT)>\s*\Z", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_HEAD = 20_000
"""Characters among which the title of an XML document stands."""


def mistrusted(body: bytes, document: Document) -> str | None:
    """Why these bytes are not the whole text of the document; None where they are."""
    return _of_another_kind(body) or _of_another_document(body, document)


def _of_another_kind(body: bytes) -> str | None:
    begin = body[:4000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not begin and not body.strip():
        return "the full text is empty"
    if len(body) > MOST_BYTES:
        return f"the full text is larger than {MOST_BYTES} bytes"
    if BLOCK_MARK in begin:
        return f'answered with a block page ("{BLOCK_MARK.decode()}")'
    if begin.startswith((b"%PDF", b"{", b"[{", b"PK")):
        return "what came is no text but data (JSON, a PDF or an archive)"
    lost = body.count(b"?") + body.count(LOST_BYTES)
    if lost > max(FEW_LOST, len(body) // 100):
        return f"the full text is damaged: {lost} lost characters"
    return None


def _of_another_document(body: bytes, document: Document) -> str | None:
    text = body.decode("utf-8", "replace").translate(_DASHES)
    own = document.number.partition(" ")[0].translate(_DASHES)
    headed = _HEADED.search(text[:_HEAD])
    filed = _FILED.findall(text)
    stated = [*(filed[-1:]), *([headed[1]] if headed else ())]
    strange = [number for number in stated if number != own]
    if strange:
        return f"what came is the text of document {strange[0]}"
    if filed:
        return None
    if headed:
        return "the full text ends before its end"
    title = name_key(document.title)
    if not title or title not in name_key(_TAG.sub(" ", text[:_HEAD])):
        return "what came is not this document: neither its number nor its title is there"
    return None if _XML_ENDS.search(body[-200:]) else "the full text ends before its end"
