"""Builds the XML of the Entity List's appendix in the versioner's own style.

`appendix(rows)` gives the body of `/full/{date}`; `row_for(entry)` gives the row that the rules of
the Federal Register would write for an entry.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from xml.sax.saxutils import escape

from monitor.screening.entry import Entry

NAME = "Supplement No. 4 to Part 744"
TITLES = (
    "Country",
    "Entity",
    "License requirement",
    "License review policy",
    "Federal Register citation",
)
HEADINGS = {
    "AE": "UNITED ARAB EMIRATES", "AF": "AFGHANISTAN", "BY": "BELARUS", "CA": "CANADA",
    "CN": "CHINA, PEOPLE'S REPUBLIC OF", "DE": "GERMANY", "FI": "FINLAND", "FR": "FRANCE",
    "GB": "UNITED KINGDOM", "HK": "HONG KONG", "IN": "INDIA", "IR": "IRAN", "JP": "JAPAN",
    "KR": "SOUTH KOREA", "LV": "LATVIA", "MM": "BURMA", "MY": "MALAYSIA", "OM": "OMAN",
    "PK": "PAKISTAN", "RU": "RUSSIA", "SA": "SAUDI ARABIA", "SG": "SINGAPORE", "SY": "SYRIA",
    "TR": "TURKEY", "TW": "TAIWAN", "UA": "UKRAINE",
}  # fmt: skip
_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class XmlRow(NamedTuple):
    """One row of the table; cells but the first are XML as it stands in the document."""

    heading: str
    """The country heading the row stands under; written on the first row of a country only."""
    cell: str
    requirement: str = "For all items subject to the EAR. (See § 744.11 of the EAR)"
    policy: str = "Presumption of denial"
    citation: str = "85 FR 34505, 6/5/20."


def appendix(
    rows: Iterable[XmlRow | tuple[str, str, str, str, str]],
    *,
    titles: Iterable[str] = TITLES,
    name: str = NAME,
    head: str = f"{NAME}—Entity List",
    declaration: bool = True,
    footnotes: Iterable[str] = (),
) -> bytes:
    """The whole document, `rows` in the order given.

    Empty first cells alternate, as they do upstream, between an empty tag and a no-break space.
    """
    lines: list[str] = []
    last: str | None = None
    for number, row in enumerate(rows):
        heading, *cells = row
        first = escape(heading) if heading != last else ("\xa0" if number % 2 else "")
        last = heading
        lines.append(_row(first, cells))
    notes = "".join(f'<P class="gpotbl_note">{escape(note)}</P>' for note in footnotes)
    head_row = "".join(f'<TH class="gpotbl_colhed" scope="col">{escape(t)}</TH>' for t in titles)
    return (
        ('<?xml version="1.0" encoding="UTF-8"?>\n' if declaration else "")
        + f'<DIV9 N="{escape(name)}" TYPE="APPENDIX">\n<HEAD>{escape(head)}\n</HEAD>\n'
        "<P>This Supplement lists certain entities subject to license requirements.</P>\n"
        '<DIV width="100%"><DIV class="gpotbl_div"><TABLE border="1" class="gpotbl_table">'
        f"<THEAD><TR>{head_row}</TR></THEAD><TBODY>\n"
        + "\n".join(lines)
        + f"\n</TBODY></TABLE></DIV>{notes}</DIV>\n</DIV9>\n"
    ).encode()


def row_for(entry: Entry) -> XmlRow:
    """The row of an entry. A name without aliases must not hold an ambiguous comma."""
    name, places = escape(entry.name), escape("; and ".join(entry.addresses))
    if entry.aliases:
        count = _COUNTS[len(entry.aliases)] if len(entry.aliases) < len(_COUNTS) else "many"
        ends = [";"] * (len(entry.aliases) - 2) + ["; and"] * (len(entry.aliases) > 1) + ["."]
        listed = "".join(
            f"<br/>—{escape(alias.rstrip('.'))}{end}"
            for alias, end in zip(entry.aliases, ends, strict=True)
        )
        noun = "alias" if len(entry.aliases) == 1 else "aliases"
        cell = f"{name}, a.k.a., the following {count} {noun}:{listed}"
        cell += f"<br/><br/>{places}." if places else ""
    else:
        cell = f"{name}, {places}." if places else name
    country = entry.country or ""
    return XmlRow(
        HEADINGS.get(country, country.upper()),
        cell,
        escape(entry.license_requirement or ""),
        escape(entry.license_policy or ""),
        "<br/>".join(_cited(entry)),
    )


def _cited(entry: Entry) -> list[str]:
    """Citations with their dates; only the first one's is known."""
    if entry.start_date is None:
        return [f"{citation}." for citation in entry.citations]
    day = date.fromisoformat(entry.start_date)
    first = f"{day.month}/{day.day}/{day.year % 100:02d}"
    return [
        f"{citation}, {first}." if not index else f"{citation}."
        for index, citation in enumerate(entry.citations)
    ]


def _row(first: str, cells: Iterable[str]) -> str:
    opening = '<TD align="left" class="gpotbl_cell"'
    start = f'{opening} scope="row">{first}</TD>' if first else f'{opening} scope="row"/>'
    return f"<TR>{start}{''.join(f'{opening}>{cell}</TD>' for cell in cells)}</TR>"
