"""Text of a name that was spoilt on its way: mended before names are compared.

Three faults that upstreams really have: text decoded wrongly ("JosÃ©"), text escaped for HTML once
or twice ("&amp;amp;"), and letters of another script that look like Latin ones ("ОАО" typed on a
Russian keyboard). Text in another script is no fault and stays as it is. A mark that a list has put
on an entry it has removed ("[Removed]", "REMOVED 11/16/2023 - ") is no part of the name either.
"""

import re
from functools import lru_cache
from html import unescape

_LOOKALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХавеѕіјкмнорстухԁһѵԛԝӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧοιν",
    "ABESIJKMHOPCTYXabesijkmhopctyxdhvqwlABEZHIKMNOPTYXoiv",
)
_LATIN = re.compile(r"[A-Za-z]")
_WORD = re.compile(r"[^\W\d_]+")
_DAY = r"(?:\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d{2}-\d{2}|[A-Z][a-z]+ \d{1,2}, \d{4})"
_LEFT = r"(?:removed|delisted|deleted)"
_SAID = (
    rf"(?:entry\s{{1,4}})?(?:{_LEFT}|no\s{{1,4}}longer\s{{1,4}}(?:listed|on\b.{{0,40}}?\blist))"
    r"(?:\s{1,4}(?:from\b.{0,40}?\blist|on|effective|by)){0,3}"
    rf"(?:[\s:,]{{0,4}}(?:{_DAY}|\d{{1,3}}\s{{1,4}}FR\s{{1,4}}\d{{1,6}}))?"
)
_REMOVED = re.compile(
    rf"^\s{{0,4}}[\[(*]{{1,3}}\s{{0,4}}{_SAID}\s{{0,4}}[\])*]{{1,3}}[\s:–—-]{{0,4}}"
    rf"|^\s{{0,4}}{_SAID}\s{{0,4}}[:–—-]{{1,3}}\s{{1,4}}"
    rf"|[\s–—-]{{0,4}}[\[(*]{{1,3}}\s{{0,4}}{_SAID}\s{{0,4}}[\])*]{{1,3}}\s{{0,4}}$"
    rf"|\s{{1,4}}[–—-]{{1,3}}\s{{0,4}}{_SAID}\s{{0,4}}$"
    rf"|,\s{{1,4}}{_LEFT}(?:\s{{1,4}}(?:on|effective))?\s{{1,4}}{_DAY}\s{{0,4}}$",
    re.IGNORECASE,
)
"""Apart from the name by brackets, a colon or a dash, or by a comma where it has its day.

Without them it may be a word of the name.
"""
_REMOVED_SIGNS = ("removed", "delisted", "deleted", "longer")
"""Without one of these the pattern, which is slow, is not tried."""
_MOST_ESCAPES = 3
_DECODED_WRONGLY = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"  # Western
    "|[РСГВ][\u0400-\u040f\u0450-\u045f\u0490\u0491\u0080-\u00bf‚„…†‡€‰‹‘’“”•–—™›№]"  # Cyrillic
    "|[√ƒ¬‚Æ][\u0080-\u00ffˆ†∞¢£§•¶ß®©™´¨≠ÆØ±≤≥¥µ∂∑∏π∫ªºΩæø]"  # a Macintosh's
)
"""What UTF-8 becomes when read as another encoding; without it the heavy judge is not asked."""


def mended(name: str) -> str:
    """The name as it was before it was spoilt; a sound name comes back as it is."""
    if says_removed(name):
        name = _REMOVED.sub("", name) or name
    if name.isascii() and ("&" not in name or ";" not in name):
        return name
    return _mended(name)


def says_removed(name: str) -> bool:
    """Whether an entry's name says that the entry was removed."""
    low = name.lower()
    return any(sign in low for sign in _REMOVED_SIGNS) and _REMOVED.search(name) is not None


def was_mended(name: str) -> bool:
    """Whether the text was spoilt in a way that could be mended."""
    return mended(name) != name and not says_removed(name)


@lru_cache(maxsize=8_192)
def _mended(name: str) -> str:
    text = name
    for _ in range(_MOST_ESCAPES):
        if "&" not in text or (plainer := unescape(text)) == text:
            break
        text = plainer
    if text.isascii():
        return text
    if _DECODED_WRONGLY.search(text):
        from ftfy import fix_encoding  # a heavy import that most texts never need

        text = fix_encoding(text)
    return _WORD.sub(_latin, text) if _LATIN.search(text) else text


def _latin(word: re.Match[str]) -> str:
    """The word in Latin letters where all its letters are Latin or look so."""
    said = word.group()
    if said.isascii():
        return said
    spelled = said.translate(_LOOKALIKES)
    return spelled if spelled.isascii() or _LATIN.search(said) else said
