"""A codified list (Supplement No. 4, 6 or 7 to 15 CFR part 744) as a reading.

Body in, `Reading` out, or a `SourceFault` where the body is not the whole right document: another
appendix, a page of a guard, a table whose columns are not the known ones. Every row is read,
joined to another, or named in a remark. This room refuses to decide what an absence means; for that
the reading carries the whole text.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from monitor.errors import SourceFault
from monitor.screening.destinations import alpha2
from monitor.screening.entry import ENTITY_LIST, Entry, Reading, unique
from monitor.screening.names import LOST, name_key
from monitor.screening.witness import Source
from monitor.screening.words.message import say
from monitor.sources.ecfr.cell import opens_group, read_entity
from monitor.sources.ecfr.citations import read_citations
from monitor.sources.ecfr.rows import ListedRow, gather, plain
from monitor.sources.ecfr.xml import (
    APPENDIX,
    LINE_BREAK,
    MILITARY,
    UNVERIFIED,
    Appendix,
    Row,
    read_appendix,
)
from monitor.sources.faults import faults_only

_REMARK = 200
_MOST_REMARKS = 500
_LONGEST_NAMELESS = 1_000
"""Characters of a cell that stand for the name that is not found in it."""
_MOST_LOST = 2_000
"""Marks of lost characters; the whole list of 2023 has none."""
_COUNTRY = r"countr(?:y|ies)"
_CITATION = r"(?:federalregister|fr)(?:citation|notice)?s?"


@dataclass(frozen=True, slots=True)
class _Supplement:
    """How one list stands in the Code of Federal Regulations."""

    appendix: str
    """The `N` of its `DIV9`."""
    title: str
    """Stands in its heading."""
    columns: tuple[str, ...]
    """Patterns of their titles' keys, in every wording since 2017.

    A footnote's digit may follow.
    """


_SUPPLEMENTS = {
    ENTITY_LIST: _Supplement(
        APPENDIX,
        "Entity List",
        (
            _COUNTRY,
            r"(?:listed)?entit(?:y|ies)",
            r"licen[sc]erequirements?",
            r"licen[sc]e(?:review)?polic(?:y|ies)",
            _CITATION,
        ),
    ),
    "UVL": _Supplement(
        UNVERIFIED,
        "Unverified List",
        (_COUNTRY, r"listedpersons?andaddress(?:es)?", _CITATION),
    ),
    "MEU": _Supplement(
        MILITARY, "Military End-User", (_COUNTRY, r"(?:listed)?entit(?:y|ies)", _CITATION)
    ),
}


def appendix_of(code: str) -> str:
    """The supplement that is the list with that code."""
    return _SUPPLEMENTS[code].appendix


@faults_only
def read(body: bytes, code: str = ENTITY_LIST) -> Reading:
    """One version of the list with that code, whatever other appendices the body holds.

    Raises SourceFault where it is not the right document.
    """
    supplement = _SUPPLEMENTS[code]
    appendix = read_appendix(body, supplement.appendix)
    if name_key(supplement.title) not in name_key(appendix.head):
        raise SourceFault(
            say(
                "the appendix is headed {head!r}, not {title}",
                head=appendix.head[:80],
                title=supplement.title,
            ),
            at_once=True,
        )
    _refuse_damage(appendix.text)
    rows = gather(_body_rows(appendix, supplement.columns), len(supplement.columns))
    if not rows.listed:
        raise SourceFault(
            say("the {title}'s table has no entries", title=supplement.title), at_once=True
        )
    remarks = list(rows.remarks)
    entries = [entry for row in rows.listed for entry in _entries(row, code, remarks)]
    return Reading(
        entries={code: unique(entries)},
        counts={code: rows.count},
        text=_whole_text(appendix, rows.listed),
        notes=appendix.notes,
        remarks=_bounded(remarks),
    )


def _whole_text(appendix: Appendix, listed: Iterable[ListedRow]) -> str:
    """The full text, and cells that rows share put together again: a name may run across them."""
    joined = (plain(row.whole_entity) for row in listed if row.continued)
    return LINE_BREAK.join((appendix.text, *joined))


def _refuse_damage(text: str) -> None:
    lost = text.count("?") + text.count(LOST)
    if lost > _MOST_LOST:
        raise SourceFault(
            say("the text lost {lost} characters, so no absence can be read from it", lost=lost)
        )


def _body_rows(appendix: Appendix, columns: tuple[str, ...]) -> Iterator[Row]:
    """The rows under the titles of every table. A table without titles continues the one before."""
    titled = False
    for table in appendix.tables:
        titles = [row for row in table if row.heading or _are_titles(row, columns)]
        if any(_are_titles(row, columns) for row in titles):
            titled = True
        elif titles or not titled:
            shown = " | ".join(plain(cell) for row in (titles or table[:1]) for cell in row.cells)
            raise SourceFault(
                say(
                    "the table's columns are not the {count} known: {shown}",
                    count=len(columns),
                    shown=shown[:_REMARK],
                ),
                at_once=True,
            )
        yield from (row for row in table if row not in titles)
    if not titled:
        raise SourceFault(say("the appendix holds no table"), at_once=True)


def _are_titles(row: Row, columns: tuple[str, ...]) -> bool:
    if len(row.cells) != len(columns) or "countr" not in row.cells[0][:40].casefold():
        return False
    keys = [name_key(plain(cell)).rstrip("0123456789") for cell in row.cells]
    return all(re.fullmatch(title, key) for title, key in zip(columns, keys, strict=True))


def _entries(row: ListedRow, code: str, remarks: list[str]) -> Iterator[Entry]:
    """The entries of one row: one, or one for each party where a cell holds several."""
    cell = read_entity(row.whole_entity)
    remarks += cell.remarks
    cited = read_citations(row.citation)
    if cited.left_over:
        remarks.append(say("a citation is not understood: {left_over}", left_over=cited.left_over))
    elif not cited.citations and not opens_group(row.entity):
        remarks.append(say("the entry {entity} has no citation", entity=plain(row.entity)))
    heading = row.country or ""
    # A cell of nameless parties would else be as many copies of itself.
    whole = plain(row.whole_entity)[:_LONGEST_NAMELESS]
    if not all(party.name for party in cell.parties):
        remarks.append(say("no name was found in the entry {whole!r}", whole=whole))
    for party in cell.parties:
        yield Entry(
            list=code,
            name=party.name or whole,
            aliases=party.aliases,
            addresses=party.addresses,
            country=alpha2(heading) or heading or None,
            license_requirement=plain(row.requirement) or None,
            license_policy=plain(row.policy) or None,
            citations=cited.citations,
            start_date=cited.start_date,
            source=Source.ECFR,
        )


def _bounded(remarks: list[str]) -> tuple[str, ...]:
    """The remarks, each once; past `_MOST_REMARKS` only their number."""
    distinct = tuple(dict.fromkeys(_short(remark) for remark in remarks))
    if len(distinct) <= _MOST_REMARKS:
        return distinct
    more = len(distinct) - _MOST_REMARKS
    return (
        *distinct[:_MOST_REMARKS],
        say("and {more} more remarks: the drafting has changed", more=more),
    )


def _short(remark: str) -> str:
    text = " ".join(remark.split())
    if text == remark:
        text = remark
    return text if len(text) <= _REMARK else text[: _REMARK - 1] + "…"
