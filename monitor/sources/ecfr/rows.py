"""The rows of the Entity List's table, put together again.

The country is carried forward, a cell that covers several rows stands in each, a row that only
continues the one before is joined to it, cells that slipped one column to the right are put back.
This room refuses to drop a row without a word, but for reserved rows and footnotes.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from monitor.screening.destinations import alpha2
from monitor.screening.words.message import say
from monitor.sources.ecfr.cell import (
    as_subordinate,
    names_subordinates,
    opens_group,
    starts_with_bullet,
)
from monitor.sources.ecfr.citations import read_citations
from monitor.sources.ecfr.names import is_numbered_address
from monitor.sources.ecfr.xml import RAISED, Row

COLUMNS = 5
_NO_CELLS = ("",) * COLUMNS
_RESERVED = re.compile(r"\W*reserved\W*", re.IGNORECASE)
_REQUIREMENT = re.compile(r"\bEAR\b|\bitems\b|§", re.IGNORECASE)
_MARK = re.compile(rf"{RAISED}[\d\s,*†]{{0,6}}{RAISED}(?!\s*[⁄/])")
_FRACTION = re.compile(rf"(?<=\d){RAISED}(?=\d+{RAISED}\s*[⁄/])")
_FOOTNOTE = re.compile(
    rf"\s*(?:{RAISED}[^{RAISED}]{{0,6}}{RAISED}|\d{{1,2}}\s|[*†]|notes?\b)", re.IGNORECASE
)
_CONTINUED = re.compile(
    r"\s?(?:[—–(-]{0,5}\s?continued|[—–(-]{1,5}\s?con(?:t(?:['’]?d)?)?)\.?\)?\.?$", re.IGNORECASE
)


@dataclass(slots=True)
class ListedRow:
    """One entry's cells."""

    country: str | None
    """The heading it stands under, as published."""
    entity: str
    requirement: str
    policy: str
    citation: str
    spilled: str = ""
    """Entity text that stood one column too far right; it comes last."""
    continued: bool = False
    """Whether other rows were joined to it."""

    @property
    def whole_entity(self) -> str:
        """The entity cell with what continued it."""
        return f"{self.entity}\n{self.spilled}".strip("\n")


@dataclass(slots=True)
class Rows:
    """What the tables hold."""

    listed: list[ListedRow] = field(default_factory=list)
    count: int = 0
    """Rows with an entity, those that continue another included, identical ones once."""
    remarks: list[str] = field(default_factory=list)


def gather(rows: Iterable[Row], columns: int = COLUMNS) -> Rows:
    """Put the body rows of the table together.

    Three columns are the country, the entity and the citation.
    """
    out = Rows()
    country: str | None = None
    seen: set[tuple[str | None, tuple[str, ...]]] = set()
    for aligned in _aligned(rows, columns, out.remarks):
        cells = (*aligned[: columns - 1], *_NO_CELLS[: COLUMNS - columns], aligned[-1])
        heading = _heading(cells[0])
        if heading and (alpha2(heading) or heading.isupper() or any(map(str.strip, cells[1:]))):
            if alpha2(heading) is None and not _RESERVED.fullmatch(heading):
                out.remarks.append(
                    say("the country heading {heading} is not known", heading=heading)
                )
            country = heading
        elif heading:
            if not _FOOTNOTE.match(cells[0]):
                out.remarks.append(
                    say("a row is neither an entry nor a footnote: {cells}", cells=plain(cells[0]))
                )
            continue
        if any(map(str.strip, cells[1:])):
            _entry(out, country, cells[1:], opens_country=bool(heading))
            if cells[1].strip() and not _RESERVED.fullmatch(unmarked(cells[1])):
                seen.add((country, cells[1:]))
    out.count = len(seen)
    return out


def plain(text: str) -> str:
    """A cell as one line; a raised footnote mark stays, as the digit it is."""
    return " ".join(text.replace(RAISED, "").split())


def unmarked(text: str) -> str:
    """A cell with its lines, its raised footnote marks gone."""
    if RAISED not in text:
        return text
    return _MARK.sub("", _FRACTION.sub(" ", text)).replace(RAISED, "")


def _heading(cell: str) -> str:
    return _CONTINUED.sub("", " ".join(unmarked(cell).split())).rstrip(".:")


def _aligned(rows: Iterable[Row], columns: int, remarks: list[str]) -> Iterator[tuple[str, ...]]:
    """Every row with as many cells as the table has columns."""
    spanning: dict[int, tuple[int, str]] = {}
    for row in rows:
        cells = _unspanned(row, columns, spanning)
        few = len(cells) == columns - 1 and not alpha2(_heading(cells[0]))
        if few or (len(cells) > columns and any(map(str.strip, cells[columns:]))):
            remarks.append(
                say(
                    "a row has {count} cells and not {columns}: {names}",
                    count=len(cells),
                    columns=columns,
                    names=plain(" | ".join(cells)),
                )
            )
        yield (*_NO_CELLS[:few], *cells, *_NO_CELLS)[:columns]


def _unspanned(row: Row, columns: int, spanning: dict[int, tuple[int, str]]) -> tuple[str, ...]:
    """The row's cells with those of rows above that cover it too.

    `spanning`: by column, how many more rows are covered, and with what; a heading that covers
    several rows stands on the first alone. It is forgotten where that does not fill the columns.
    """
    if len(row.cells) + len(spanning) != columns:
        spanning.clear()
    own = iter(zip(row.cells, row.spans or (1,) * len(row.cells), strict=True))
    cells: list[str] = []
    for column in range(len(row.cells) + len(spanning)):
        covers, text = spanning.pop(column, (0, ""))
        if not covers:
            text, covers = next(own)
        cells.append(text)
        if covers > 1 and column < columns:
            spanning[column] = (covers - 1, text if column else "")
    return tuple(cells)


def _entry(out: Rows, country: str | None, cells: tuple[str, ...], *, opens_country: bool) -> None:
    entity, requirement, policy, citation = (unmarked(cells[0]), *cells[1:])
    if _RESERVED.fullmatch(entity):
        return
    if country is None:
        out.remarks.append(say("the entry {entity} stands under no country", entity=plain(entity)))
    if not opens_country and out.listed and _continues(entity, requirement, policy, citation):
        _join(out, entity, requirement, policy, citation)
        return
    row = ListedRow(country, entity, requirement, policy, citation)
    if requirement and not _REQUIREMENT.search(requirement) and _REQUIREMENT.search(policy):
        if read_citations(citation).citations:
            out.listed.append(ListedRow(country, entity, policy, requirement, citation))
            return
        out.remarks.append(
            say("the cells of {entity} stand one column too far right", entity=plain(entity))
        )
        row = ListedRow(country, entity, policy, citation, "", spilled=unmarked(requirement))
    out.listed.append(row)


def _continues(entity: str, requirement: str, policy: str, citation: str) -> bool:
    if is_numbered_address(entity.strip()) or opens_group(entity):
        return False
    if starts_with_bullet(entity) or not entity.strip():
        return True
    nothing_else = not (requirement.strip() or policy.strip() or citation.strip())
    return nothing_else or (names_subordinates(entity) and not citation.strip())


def _join(out: Rows, entity: str, requirement: str, policy: str, citation: str) -> None:
    """Join a row that only continues the one before."""
    last = out.listed[-1]
    last.continued = True
    if opens_group(last.entity):
        entity = as_subordinate(entity)
    elif not (starts_with_bullet(entity) or names_subordinates(entity)):
        said = plain(entity or requirement or policy or citation)
        out.remarks.append(say("a row was read as more of the one before: {said}", said=said))
    if requirement.strip() and not _REQUIREMENT.search(requirement):
        last.spilled = f"{last.spilled}\n{unmarked(requirement)}".strip("\n")
        requirement = ""
    last.entity = f"{last.entity}\n{entity}".strip("\n")
    last.requirement = _more(last.requirement, requirement)
    last.policy = _more(last.policy, policy)
    last.citation = f"{last.citation}\n{citation}".strip("\n")


def _more(text: str, added: str) -> str:
    return text if plain(added) in plain(text) else f"{text} {added}"
