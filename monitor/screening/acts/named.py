"""Which names a document puts in, takes out or changes: read without knowing any party.

They stand first in what an instruction quotes, and in the entity cells of the rows it prints. Where
a name ends is read here; what is done to it is for `judge` to say, asked with the name.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from monitor.screening.acts.behind import BODY, Known, begins_address
from monitor.screening.acts.on_lists import NO_LISTS, OnLists
from monitor.screening.acts.reading import Clauses, Page
from monitor.screening.acts.roles import Role
from monitor.screening.acts.standing import AKA, Standing, standing_in
from monitor.screening.acts.tables import CELL, ROW
from monitor.screening.destinations import alpha2, destination
from monitor.screening.names import name_key

MOST = 2_000
"""Names read of one document: the longest rule so far has some 300 entries."""
_LONGEST = 300
COMMA = re.compile(
    r"[,;](?!(?<=\d,)\d{3}\b)(?!\s*(?:\(|(?i:Co|Ltd|Limited|Inc|LLC|L\.L\.C|Corp|JSC|CJSC|OJSC|PJSC|OOO|OAO|ZAO|PAO|AO|LLP"
    r"|LP|GmbH|AG|KG|S\.?A|S\.?A\.?S|S\.?r\.?l|S\.?p\.?A|SARL|B\.?V|N\.?V|U\.A|PLC|Oy|AB|A\.?S"
    r"|d\.?o\.?o|UAB|SIA|Kft|TOO|PT|CV|Ltda|Lda|Pte|Pvt|Sdn|FZE|FZCO|FZC|Company|Corporation"
    r"|Incorporated|Joint|Public)\b))\s*"
)
"""A comma behind which an address begins, and no legal form."""
_MARKS = " “”\"'.,;"
_EDGES = ' “”",;:—–•*'
_ABBREVIATED = re.compile(
    r"\b(?:[A-Za-z]|Co|Ltd|Inc|Corp|Bros|Mfg|Pte|Pvt|Sdn|Bhd|Sh|Tic|San|Sti|Şti|Intl)$"
)
_NO_NAMES = frozenset(
    ("", "reserved", "country", "entity", "entities", "licenserequirement", "licensereviewpolicy",
     "federalregistercitation", "listedperson", "listedpersonandaddress", "partyandaddress")
)  # fmt: skip
"""Keys of what heads a column, or keeps a row's place."""
_NAME_END = re.compile(
    rf"{AKA.pattern}|,?\s+including\b|,?\s+(?:and\s+)?the\s+following\b", re.IGNORECASE
)
"""Behind a name, its aliases or the bodies below it."""
_OPENING = re.compile(
    r"\W*(?:the\s+following\s+[^:]{0,200}:\s*)?(?:subordinate\s+instit\w+\s*:\s*)*", re.IGNORECASE
)
"""What a cell of subordinate bodies opens with."""
ADDRESS_ONLY = re.compile(r"Address\s+\d+\b")
"""An entry that is an address and nobody's: the address is its name."""
_ELSEWHERE = re.compile(r"\(\s*see\s+(?:also\s+)?alternate\b", re.IGNORECASE)
_POINT = re.compile(
    r"(?:(?<=\bLtd)|(?<=\bCo)|(?<=\bInc)|(?<=\bCorp)|(?<=[a-z]{5})|(?<=[A-Z]{3})|(?<=\)))\.\s+"
)
"""A point behind a whole word or a legal form: that of "Ind." or "No." goes on with the name."""
_SENTENCE = re.compile(
    r"(?:[a-z]{4}|\))\.\s+[A-Z\d]|\b(?:Inc|Ltd|Limited|LLC|Corporation|JSC|GmbH)\.?"
    r"\s+(?:\d|(?:Unit|Room|Rm|Suite|Flat|Floor|Building|No)\b)"
)
"""A point in a name that may part it from what follows."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of the text that begins with the name of an entry."""

    list: str
    start: int
    end: int
    printed: bool = False
    """It is the entity cell of a printed row; else an instruction quotes it."""
    places: tuple[str, ...] = ()
    """The destination that heads the row."""
    cited: int = 0
    """Rules that the row cites: one where the entry is new."""


def named(page: Page) -> tuple[str, ...]:
    """Every name that stands as an entry in the document's instructions or the rows they print.

    A superset: with what stands behind a comma, and without it.
    """
    found: dict[str, str] = {}
    for slot in slots(page):
        for name in _heads(page.text[slot.start : slot.end]):
            if len(found) < MOST and 2 < len(name) <= _LONGEST:
                found.setdefault(name_key(name), name)
    return tuple(found.values())


def slots(page: Page) -> Iterator[Slot]:
    """Where entries are named: what the instructions quote, and the rows they print."""
    for clauses in page.clauses:
        yield from _quoted(clauses)
        yield from _printed(page.text, clauses)


def _quoted(clauses: Clauses) -> Iterator[Slot]:
    whole = {Role.ENTRY, Role.OWNER, Role.UNKNOWN}
    if not any(naming.role in whole for naming in clauses.namings):
        # parts of an entry that nobody names: better one name too many
        whole |= {Role.PART}
    for naming in clauses.namings:
        if naming.role in whole:
            yield Slot(clauses.at.list, naming.start, naming.end)


def _printed(text: str, clauses: Clauses) -> Iterator[Slot]:
    """The entity cell of each row: the second, or the first where no country heads the row."""
    place = ""
    for cells in _rows(text, clauses.at.rows, clauses.at.end):
        said = [text[start:end].strip(" *") for start, end in cells]
        heads = len(cells) > 1 and (not said[0] or alpha2(said[0]) is not None or said[0].isupper())
        entity = 1 if heads else 0
        place = destination(said[0]) if heads and said[0] else place
        if name_key(said[entity]) not in _NO_NAMES:
            cited = said[-1].count("FR") if len(cells) > entity + 1 else 0
            yield Slot(
                clauses.at.list, *cells[entity], printed=True,
                places=(place,) if place else (), cited=cited,
            )  # fmt: skip


def _rows(text: str, start: int, end: int) -> Iterator[list[tuple[int, int]]]:
    """The cells of each row that has any."""
    at = start
    for row in text[start:end].split(ROW):
        spans, inner = list[tuple[int, int]](), at
        for n, cell in enumerate(row.split(CELL)):
            if n:
                spans.append((inner, inner + len(cell)))
            inner += len(cell) + 1
        at += len(row) + 1
        if spans:
            yield spans


def name_in(
    page: Page, slot: Slot, known: Collection[str] = (), lists: OnLists = NO_LISTS
) -> tuple[str, bool]:
    """The name with which a slot begins, as written, and whether it is certain where it ends.

    It ends before its aliases, else where an address begins, behind a comma or a point; at once
    where it is one of those whose keys are `known`. Empty where the slot names nobody.
    """
    said = _ELSEWHERE.split(page.text[slot.start : slot.end], maxsplit=1)[0].rstrip(" ,;:")
    opening = _OPENING.match(said) if slot.printed else None
    begin = opening.end() if opening else 0
    begin += next((at for at, c in enumerate(said[begin:]) if c.isalnum() or c in "(["), 0)
    ended = _NAME_END.search(said, begin)
    edge = ended.start() if ended else len(said)
    heads = _ends(said, begin, edge)
    for end in heads:
        if name_key(said[begin:end]) in known:
            return written(said[begin : end + 1]), True
    edge, certain = _end(said, begin, edge, heads, slot, lists, bare=ended is None)
    return written(said[begin:edge]), certain and not _SENTENCE.search(said, begin, edge)


def _end(
    said: str, begin: int, edge: int, heads: list[int], slot: Slot, lists: OnLists, *, bare: bool
) -> tuple[int, bool]:
    """Which of the places is the name's end, and whether that is certain."""
    if not (bare and heads) or ADDRESS_ONLY.match(said, begin):
        return edge, True
    around = Known(lists=lists, home=slot.places)
    for at, end in enumerate(heads):
        if standing_in(said, begin, end, around) is Standing.ALONE:
            # what stands between the first comma and this one may be a unit or an address
            return end + 1, at == 0
    if slot.printed:
        # a row always goes on with an address
        return heads[0], False
    # behind a comma stands a unit of the body before it, or an address that nobody knows
    unit = BODY.search(said, heads[0], edge) is not None
    country = alpha2(said[begin:edge].strip(_MARKS).rpartition(",")[2]) is not None
    return edge, unit and not country and ";" not in said[begin:edge]


def _ends(said: str, begin: int, edge: int) -> list[int]:
    """Where the name may end before its aliases: at a comma, or at a point before an address."""
    commas = [found.start() for found in COMMA.finditer(said, begin, edge)]
    points = [
        found.start()
        for found in _POINT.finditer(said, begin, edge)
        if begins_address(said[found.end() : edge])
    ]
    return sorted({*commas, *points})


def written(said: str) -> str:
    """A name without the marks around it, but with the point of what is abbreviated."""
    name = said.strip(_EDGES)
    while name.endswith((".", "'", "’")) and not _ABBREVIATED.search(name[:-1]):
        name = name[:-1].rstrip(_EDGES)
    return f"{name})" if name.count("(") > name.count(")") and said.rstrip()[-1:] == ")" else name


def _heads(text: str) -> list[str]:
    """The name without its aliases, and also without what may be an address behind a comma."""
    whole = AKA.split(text.strip(_MARKS), maxsplit=1)[0].strip(_MARKS)
    return list(dict.fromkeys((whole, COMMA.split(whole, maxsplit=1)[0].strip(_MARKS))))
