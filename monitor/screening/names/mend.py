"""Text of a name that was spoilt on its way: mended before names are compared.

Three faults that upstreams really have: text decoded wrongly ("JosÃ©"), text escaped for HTML once
or twice ("&amp;amp;"), and letters of another script that look like Latin ones ("ОАО" typed on a
Russian keyboard). Text in another script is no fault and stays as it is.
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
_MOST_ESCAPES = 3
_DECODED_WRONGLY = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"  # UTF-8 read as Western text
    "|[РСГВ][\u0400-\u040f\u0450-\u045f\u0490\u0491\u0080-\u00bf‚„…†‡€‰‹‘’“”•–—™›№]"  # … as Cyrillic text
    "|[√ƒ¬‚Æ][\u0080-\u00ffˆ†∞¢£§•¶ß®©™´¨≠ÆØ±≤≥¥µ∂∑∏π∫ªºΩæø]"  # … as a Macintosh's
)
"""Where none of these stands the text was decoded rightly, and the heavy judge is not asked."""


def mended(name: str) -> str:
    """The name as it was before it was spoilt; a sound name comes back as it is."""
    if name.isascii() and ("&" not in name or ";" not in name):
        return name
    return _mended(name)


def was_mended(name: str) -> bool:
    """Whether the text was spoilt in a way that could be mended."""
    return mended(name) != name


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
