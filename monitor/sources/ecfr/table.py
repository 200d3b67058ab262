"""The codified Entity List (Supplement No. 4 to 15 CFR part 744) as a reading.

Body in, `Reading` out, or a `SourceFault` where the body is not the whole right document: another
appendix, a page of a guard, a table whose columns are not the five known ones. Every row is read,
joined to another, or told in a remark. This room refuses to decide what an absence means; for that
the reading carries the whole text.
"""

import re
from collections.abc import Iterable, Iterator

from monitor.errors import SourceFault
from monitor.screening.destinations import alpha2
from monitor.screening.entry import ENTITY_LIST, Entry, Reading, unique
from monitor.screening.names import LOST, name_key
from monitor.sources.ecfr.cell import read_entity
from monitor.sources.ecfr.citations import read_citations
from monitor.sources.ecfr.rows import COLUMNS, ListedRow, gather, plain
from monitor.sources.ecfr.xml import LINE_BREAK, Appendix, Row, read_appendix

SOURCE = "ecfr"
_REMARK = 200
_MOST_REMARKS = 500
_MOST_LOST = 2_000
"""Marks of lost characters; the whole list of 2023 has none."""
_TITLES = tuple(
    re.compile(pattern)
    for pattern in (
        r"countr(?:y|ies)",
        r"(?:listed)?entit(?:y|ies)",
        r"licen[sc]erequirements?",
        r"licen[sc]e(?:review)?polic(?:y|ies)",
        r"(?:federalregister|fr)(?:citation|notice)?s?",
    )
)
"""The five columns, as keys of their titles, in every wording since 2017; a footnote's digit may
follow."""


def read(body: bytes) -> Reading:
    """Read one version of the appendix. Raises SourceFault where it is not the right document."""
    appendix = read_appendix(body)
    if "entitylist" not in name_key(appendix.head):
        raise SourceFault(
            f"the appendix is headed {appendix.head[:80]!r}, not Entity List", at_once=True
        )
    _refuse_damage(appendix.text)
    rows = gather(_body_rows(appendix))
    if not rows.listed:
        raise SourceFault("the Entity List's table has no entries", at_once=True)
    remarks = list(rows.remarks)
    entries = [entry for row in rows.listed for entry in _entries(row, remarks)]
    return Reading(
        entries={ENTITY_LIST: unique(entries)},
        counts={ENTITY_LIST: rows.count},
        text=_whole_text(appendix, rows.listed),
        remarks=_told(remarks),
    )


def _whole_text(appendix: Appendix, listed: Iterable[ListedRow]) -> str:
    """The full text, and cells that rows share put together again: a name may run across them."""
    joined = (plain(row.whole_entity) for row in listed if row.continued)
    return LINE_BREAK.join((appendix.text, *joined))


def _refuse_damage(text: str) -> None:
    lost = text.count("?") + text.count(LOST)
    if lost > _MOST_LOST:
        raise SourceFault(f"the text lost {lost} characters, so no absence can be read from it")


def _body_rows(appendix: Appendix) -> Iterator[Row]:
    """The rows under the titles of every table. A table without titles continues the one before."""
    titled = False
    for table in appendix.tables:
        titles = [row for row in table if row.heading or _are_titles(row)]
        if any(_are_titles(row) for row in titles):
            titled = True
        elif titles or not titled:
            shown = " | ".join(plain(cell) for row in (titles or table[:1]) for cell in row.cells)
            raise SourceFault(
                f"the table's columns are not the five known: {shown[:_REMARK]}", at_once=True
            )
        yield from (row for row in table if row not in titles)
    if not titled:
        raise SourceFault("the appendix holds no table", at_once=True)


def _are_titles(row: Row) -> bool:
    if len(row.cells) != COLUMNS or "countr" not in row.cells[0][:40].casefold():
        return False
    keys = [name_key(plain(cell)).rstrip("0123456789") for cell in row.cells]
    return all(title.fullmatch(key) for title, key in zip(_TITLES, keys, strict=True))


def _entries(row: ListedRow, remarks: list[str]) -> Iterator[Entry]:
    """The entries of one row: one, or one for each party where a cell holds several."""
    cell = read_entity(row.whole_entity)
    remarks += cell.remarks
    cited = read_citations(row.citation)
    if cited.left_over:
        remarks.append(f"a citation is not understood: {cited.left_over}")
    elif not cited.citations:
        remarks.append(f"an entry has no citation: {plain(row.entity)}")
    heading = row.country or ""
    for party in cell.parties:
        if not party.name:
            remarks.append(f"an entry's name is not understood: {plain(row.whole_entity)}")
        yield Entry(
            list=ENTITY_LIST,
            name=party.name or plain(row.whole_entity),
            aliases=party.aliases,
            addresses=party.addresses,
            country=alpha2(heading) or heading or None,
            license_requirement=plain(row.requirement) or None,
            license_policy=plain(row.policy) or None,
            citations=cited.citations,
            start_date=cited.start_date,
            source=SOURCE,
        )


def _told(remarks: list[str]) -> tuple[str, ...]:
    """The remarks, each once; past `_MOST_REMARKS` their number: the format has changed."""
    distinct = tuple(dict.fromkeys(_short(remark) for remark in remarks))
    if len(distinct) <= _MOST_REMARKS:
        return distinct
    more = len(distinct) - _MOST_REMARKS
    return (*distinct[:_MOST_REMARKS], f"and {more} more remarks: the drafting has changed")


def _short(remark: str) -> str:
    text = " ".join(remark.split())
    return text if len(text) <= _REMARK else text[: _REMARK - 1] + "…"
