"""Whether a full text is the one of its document, and whole.

An error page, JSON, a PDF, another act's text or half of one comes with status 200 as well, and a
text is asked for once: what is wrongly believed hides what the act amends for ever.
"""

import re
from datetime import date
from typing import Final

from monitor.screening.acts.document import Document
from monitor.screening.names import name_key
from monitor.screening.words.message import say
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
_NUMBERED = r"\bFR\s{{1,9}}Doc\.?\s{{0,9}}(?:No\.?)?:?\s{{0,9}}{}(?![\w-])"
_ENDS = re.compile(r"(?:[.!?\]][\"'”’)]*|\bBILLING CODE [\w-]+|</\w+>)\s*\Z")
"""How a text that lacks the office's closing line may end; one that was cut ends in mid-word."""
_TAG = re.compile(r"<[^<>]{0,2000}>")
_HEAD = 20_000
"""Characters among which the title and the date stand."""


def mistrusted(body: bytes, document: Document) -> str | None:
    """Why these bytes are not the whole text of the document; None where they are."""
    return _of_another_kind(body) or _of_another_document(body, document)


def _of_another_kind(body: bytes) -> str | None:
    begin = body[:4000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not begin and not body.strip():
        return say("the full text is empty")
    if len(body) > MOST_BYTES:
        return say("the full text is larger than {most} bytes", most=MOST_BYTES)
    if BLOCK_MARK in begin:
        return f'answered with a block page ("{BLOCK_MARK.decode()}")'
    if begin.startswith((b"%PDF", b"{", b"[{", b"PK")):
        return say("the response is data (JSON, a PDF or an archive), not text")
    lost = body.count(b"?") + body.count(LOST_BYTES)
    if lost > max(FEW_LOST, len(body) // 100):
        return say("the full text is damaged: {lost} lost characters", lost=lost)
    return None


def _of_another_document(body: bytes, document: Document) -> str | None:
    text = body.decode("utf-8", "replace").translate(_DASHES)
    own = document.number.partition(" ")[0].translate(_DASHES)
    headed = _HEADED.search(text[:_HEAD])
    filed = _FILED.findall(text)
    stated = [*(filed[-1:]), *([headed[1]] if headed else ())]
    strange = [number for number in stated if number != own]
    if strange:
        return say("the response is the text of document {strange}", strange=strange[0])
    if filed:
        return None
    if not (headed or _is_named(text, document, own)):
        return say("the response is not this document: its number, title and date are missing")
    if text.lstrip().startswith("<") and not text.rstrip().endswith(">"):
        return say("the full text is cut short")
    return None if _ENDS.search(text[-400:]) else say("the full text is cut short")


def _is_named(text: str, document: Document, number: str) -> bool:
    """Whether its number, its title or its date stands in it."""
    if re.search(_NUMBERED.format(re.escape(number)), text):
        return True
    head = name_key(_TAG.sub(" ", text[:_HEAD]))
    dates = [_printed(day) for day in (document.publication_date, document.effective_on) if day]
    return any(said and said in head for said in (name_key(document.title), *dates))


def _printed(day: str) -> str:
    """A date as the office prints it, compared as names are."""
    try:
        return name_key(f"{date.fromisoformat(day):%B %-d, %Y}")
    except ValueError:
        return ""
