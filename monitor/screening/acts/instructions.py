"""Where in a document the law is: its preamble, and each instruction that amends a list.

An instruction speaks of one supplement ("Supplement No. 4 to part 744 is amended …"), and ends with
the rows it prints. Refuses to read what an instruction says.
"""

import re
from dataclasses import dataclass

from monitor.screening.acts.own_date import head_start
from monitor.screening.acts.tables import CELL, ROW

LISTS = {("744", "4"): "EL", ("744", "6"): "UVL", ("744", "7"): "MEU", ("748", "7"): "VEU"}
"""The lists of parties, by part of title 15 and number of the supplement."""

_SUPPLEMENT = re.compile(
    r"\bsupplements?\s+(?:nos?\b\.?|numbers?)\s*(?P<number>\d+)\s+(?:\([^()]{1,60}\)\s+)?(?:to|of)\s+"
    r"(?:15\s+CFR\s+)?(?:part\s+(?P<part>\d+)|this\s+part)"
    r"|\bpart\s+(?P<before>\d+),\s+supplement\s+(?:no\b\.?|number)\s*(?P<behind>\d+)",
    re.IGNORECASE,
)
_AMENDED = re.compile(
    r"[^.;“]{0,160}?\b(?:is|are)\s+(?:further\s+|hereby\s+|also\s+)?(?:amended|revised|corrected)\b"
    r"|[^.;“]{0,40}\[(?:amended|corrected)\]",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?i:amend|revise|correct)\s+$|(?:\bIn|\bIN|(?:\w[.)]|\b(?:19|20)\d\d,)\s+in)\s+$"
)
_REGULATION = re.compile(
    r"\bPART\s+7\d\d\s*(?:-{1,2}|—|–|\[)\s*[A-Z]{3}|\bList\s+of\s+Subjects\s+in\s+15\s+CFR"
)
_END = re.compile(
    r"\b\d{1,2}\.\s+(?:[A-Z][a-z]+\s+){0,2}(?:Section|Sec\.|§+)\s*7\d\d\.\d+"
    r"|\bPART\s+7\d\d\s*(?:-{1,2}|—|–)\s*[A-Z]{3}"
    # A name's words have an end: a run of "A-" would be walked from each of its letters.
    r"|(?<![\w'-])(?:(?:[A-Z]\.|[A-Z][\w'-]{0,40})\s{1,9}){1,5}[A-Z][\w'-]{1,40},\s{1,9}"
    r"(?:(?:Acting|Deputy|Principal)\s{1,9}){0,3}"
    r"(?:Assistant|Under)\s+Secretary\b|\[FR\s+Doc\.|\bBILLING\s+CODE|\bSigned\s+at\b"
)
_CORRECTS = re.compile(
    r"\bcorrections?\s+(?:is|are)\s+made\b|\bfollowing\s+corrections?\b"
    r"|\bin\s+(?:the\s+)?(?:final\s+)?rule\s+document\b|\bis\s+corrected\b|\bshould\s+read\b",
    re.IGNORECASE,
)
_PART = re.compile(r"\bPART\s+(7\d\d)\s*(?:-{1,2}|—|–|\[)")
_TABLE = re.compile(
    rf"\bsupplement\s+no\.?\s*\d+\s+to\s+part\s+\d+\s*(?:-{{1,2}}|—|–)|\*\s*\*\s*\*|[{CELL}{ROW}]"
    r"|\bCountry\s+Entity\s+License\s+requirement\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Instruction:
    """One amendment of one supplement, as places in the flat text."""

    list: str
    """Code of the list; empty for a supplement that is no list of parties."""
    start: int
    rows: int
    """Where its words end and the rows it prints begin."""
    end: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The preamble's end and the instructions in their order."""

    preamble: int
    instructions: tuple[Instruction, ...]
    corrects: bool = False
    """It only says what is to be corrected in another document, and has no regulation."""


def layout(text: str) -> Layout:
    """Divide a flat text. Without any regulation all of it counts as preamble."""
    regulation = _REGULATION.search(text)
    begin = regulation.start() if regulation else 0
    sites = [found for found in _SUPPLEMENT.finditer(text, begin) if _amends(text, found)]
    ends = [found.start() for found in _END.finditer(text, begin)]
    if not sites:
        if regulation:
            return Layout(begin, ())
        return Layout(len(text), (), _CORRECTS.search(text) is not None)
    edges = [*(head_start(text, site.start()) for site in sites[1:]), len(text)]
    instructions = [
        _instruction(text, site, min([edge, *(at for at in ends if at > site.end())]))
        for site, edge in zip(sites, edges, strict=True)
    ]
    return Layout(begin or sites[0].start(), tuple(instructions))


def _amends(text: str, found: re.Match[str]) -> bool:
    named = text[max(found.start() - 12, 0) : found.start()]
    heading = _TABLE.match(text, found.start())
    return not heading and bool(_AMENDED.match(text, found.end()) or _BEFORE.search(named))


def _this_part(text: str, at: int) -> str:
    """The part whose heading stands last before."""
    headings = _PART.findall(text, 0, at)
    return headings[-1] if headings else ""


def _instruction(text: str, site: re.Match[str], end: int) -> Instruction:
    rows = _TABLE.search(text, site.end(), end)
    part = site["part"] or site["before"] or _this_part(text, site.start())
    code = LISTS.get((part, site["number"] or site["behind"]), "")
    return Instruction(code, site.start(), rows.start() if rows else end, end)
