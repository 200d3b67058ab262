"""The footnotes of a license requirement: by which foreign direct product rule items are caught.

The eCFR raises their digits, other sources write them into the line ("734.9(g),3 746.8", "EAR)4"),
and some say it in words ("see footnote 4"). This room refuses to take a digit of a section, of an
ECCN or of "EAR99" for one.
"""

import re
from functools import lru_cache

_MARK = re.compile(
    r"(?:(?<=\d\([a-z]\))|(?<=\d\([a-z]\)\(\d\))|(?<=\bEAR)|(?<=\bEAR\))|(?<=\bEAR\)\.))"
    r",?\s?(?P<mark>[1-9])(?=[\s,;.)]|$)(?!\.\d)(?!\s*[⁄/])"
)
_SAID = re.compile(
    r"\bfootnotes?\s+(\d(?:(?:,\s*|\s*and\s+|,\s*and\s+)\d)*)(?![\d.])", re.IGNORECASE
)
_SECTION = re.compile(r"§|\b\d{3}\.\d+[l\d]*(?:\([a-z0-9]\))*|\band\b", re.IGNORECASE)


@lru_cache(maxsize=2048)
def footnotes_of(requirement: str) -> tuple[str, ...]:
    """The footnotes that a license requirement bears, in order.

    >>> footnotes_of("For all items subject to the EAR, see §§ 734.9(e) 1 and 744.11 of the EAR 2")
    ('1', '2')
    """
    marks = [match["mark"] for match in _MARK.finditer(requirement)]
    said = [digit for match in _SAID.finditer(requirement) for digit in re.findall(r"\d", match[1])]
    return tuple(sorted({*marks, *said}))


def without_footnotes(requirement: str) -> str:
    """The requirement without the marks, and without the sections that come and go with them."""
    return _SECTION.sub("", _SAID.sub("", _MARK.sub("", requirement)))
