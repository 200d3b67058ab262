"""Supplement No. 4 to Part 744 as the versioner writes it: rows in, XML out. Pure.

The style is that of the supplement of 2023-11-08: a bare DIV9, an HTML-like table in upper case,
the country in capitals on its first row only, aliases behind em dashes, dates in the citations.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape, unescape
from itertools import groupby

from monitor.screening.entry import Entry
from monitor.screening.names import same_name

_HEADINGS = {
    "AE": "UNITED ARAB EMIRATES", "AF": "AFGHANISTAN", "AM": "ARMENIA", "BY": "BELARUS",
    "CA": "CANADA", "CN": "CHINA, PEOPLE'S REPUBLIC OF", "DE": "GERMANY", "EG": "EGYPT",
    "FI": "FINLAND", "FR": "FRANCE", "GB": "UNITED KINGDOM", "HK": "HONG KONG", "IN": "INDIA",
    "IR": "IRAN", "JP": "JAPAN", "LV": "LATVIA", "MM": "BURMA", "MY": "MALAYSIA", "OM": "OMAN",
    "PK": "PAKISTAN", "RU": "RUSSIA", "SA": "SAUDI ARABIA", "SE": "SWEDEN", "SG": "SINGAPORE",
    "SY": "SYRIA", "TR": "TURKEY", "TW": "TAIWAN", "VN": "VIETNAM",
}  # fmt: skip
_HEADINGS_BACK = {heading: code for code, heading in _HEADINGS.items()}
_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
)  # fmt: skip
_COLUMNS = (
    "Country", "Entity", "License requirement", "License review policy",
    "Federal Register citation",
)  # fmt: skip
_KNOWN_DATES = {
    "85 FR 34505": "6/5/20", "85 FR 44159": "7/22/20", "85 FR 44161": "7/22/20",
    "84 FR 22963": "5/21/19", "84 FR 54004": "10/9/19",
}  # fmt: skip
_PAGES_A_YEAR = 100_000

_THREE_COLUMNS = {
    "UVL": ("Country", "Listed person and address", "Federal Register citation"),
    "MEU": ("Country", "Entity", "Federal Register citation"),
}
SUPPLEMENTS = {
    "EL": (4, "Entity List"),
    "UVL": (6, "Unverified List"),
    "MEU": (7, "'Military End-User' (MEU) List"),
}
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_HEAD = """\
<DIV9 N="Supplement No. {number} to Part 744" TYPE="APPENDIX" hierarchy_metadata="{{\
&quot;path&quot;:&quot;/on/_SUBSTITUTE_DATE_/title-15/part-744/appendix-Supplement No. \
{number} to Part 744&quot;,&quot;citation&quot;:\
&quot;Supplement No. {number} to Part 744, Title 15&quot;}}">
<HEAD>Supplement No. {number} to Part 744&#x2014;{title}
</HEAD>
<DIV width="100%"><DIV class="gpotbl_div"><TABLE border="1" cellpadding="1" cellspacing="1" \
class="gpotbl_table" frame="void" width="100%">"""
_TAIL = """
</TBODY></TABLE></DIV></DIV>
</DIV9>
"""
_PART_HEAD = """<DIV5 N="744" TYPE="PART" VOLUME="2">
<HEAD>PART 744&#x2014;CONTROL POLICY: END-USER AND END-USE BASED
</HEAD>
"""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of the table: its country and its four cells, as XML fragments."""

    heading: str
    entity: str
    requirement: str
    policy: str
    citation: str
    entry: Entry | None = None
    """What the row was made of; None for rows of a real file."""

    def is_named(self, name: str) -> bool:
        """Whether the entity cell begins with this name, and the name ends there."""
        if self.entry is not None:
            return same_name(self.entry.name, name)
        text = " ".join(unescape(re.sub(r"<[^>]*>", " ", self.entity)).split())
        # No spelling of one name is so much longer than another; a whole cell costs too much.
        text = text[: len(name) + 20]
        ends = [match.start() for match in re.finditer(r"[,.;)]|$", text)]
        return any(same_name(text[: end + 1], name) for end in ends)


def row_for(entry: Entry) -> TableRow:
    """An entry as a row of the table."""
    return TableRow(
        heading=heading_of(entry.country),
        entity=_entity(entry),
        requirement=escape(entry.license_requirement or "", quote=False),
        policy=escape(entry.license_policy or "", quote=False),
        citation="<br/>".join(
            f"{cited}, {dated(cited, entry.start_date if first == 0 else None)}."
            for first, cited in enumerate(entry.citations)
        ),
        entry=entry,
    )


def heading_of(country: str | None) -> str:
    """The capitals BIS writes for a country; what is no code is taken as a heading already."""
    return _HEADINGS.get(country or "", (country or "").upper())


def country_of(heading: str) -> str:
    """The code for a heading, or the heading."""
    return _HEADINGS_BACK.get(heading, heading)


def dated(cited: str, start: str | None) -> str:
    """A citation's date as the table writes it: known, the entry's own, or made from the page."""
    if cited in _KNOWN_DATES:
        return _KNOWN_DATES[cited]
    if start is not None:
        year, month, day = start.split("-")
        return f"{int(month)}/{int(day)}/{year[2:]}"
    volume, _, page = cited.split()
    at = 1 + int(page) * 12 // _PAGES_A_YEAR % 12
    return f"{at}/{1 + int(page) % 28}/{(int(volume) + 1935) % 100:02}"


def _entity(entry: Entry) -> str:
    where = escape("; and ".join(entry.addresses), quote=False) + "."
    name = escape(entry.name, quote=False)
    if not entry.aliases:
        return f"{name}, {where}"
    count = len(entry.aliases)
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    bullets = "; and<br/>".join(f"—{escape(alias, quote=False)}" for alias in entry.aliases)
    noun = "alias" if count == 1 else "aliases"
    return f"{name}, a.k.a., the following {number} {noun}:<br/>{bullets}.<br/><br/>{where}"


def supplement_of(list_: str) -> str:
    """By what name the versioner knows the supplement of a list."""
    return f"Supplement No. {SUPPLEMENTS[list_][0]} to Part 744"


@dataclass(frozen=True, slots=True)
class Words:
    """What a provision says beside the rows of its list: XML fragments."""

    paragraphs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """Of the editors, about dates of effect."""

    def around(self, division: str) -> str:
        """A division with the paragraphs below its heading, and the notes at its end."""
        said = "".join(f"\n<P>{one}</P>" for one in self.paragraphs)
        noted = "".join(_NOTE.format(note=one) for one in self.notes)
        head, ends, rest = division.partition("</HEAD>")
        body, end, tail = rest.rpartition("</DIV")
        return f"{head}{ends}{said}{body}{noted}{end}{tail}"


_NOTE = """<EFFDNOT>
<HED>Effective Date Note:</HED><PSPACE>{note}</PSPACE></EFFDNOT>"""
_SECTION = """<DIV8 N="{place}" TYPE="SECTION">
<HEAD>&#xA7; {place} A provision.</HEAD>
</DIV8>
"""


def appendix(
    rows: Iterable[TableRow], list_: str = "EL", words: Mapping[str, Words] | None = None
) -> bytes:
    """The whole supplement of a list, countries and entities in their order."""
    return (_DECLARATION + _supplement(rows, list_, words or {})).encode()


def part(
    lists: Mapping[str, Iterable[TableRow]], words: Mapping[str, Words] | None = None
) -> bytes:
    """The whole part: the sections that have words, and the supplement of each list."""
    said = words or {}
    sections = [
        said[place].around(_SECTION.format(place=place)) for place in said if place[0].isdigit()
    ]
    found = [_supplement(rows, list_, said) for list_, rows in lists.items()]
    return f"{_DECLARATION}{_PART_HEAD}{''.join([*sections, *found])}</DIV5>\n".encode()


def _supplement(rows: Iterable[TableRow], list_: str, words: Mapping[str, Words]) -> str:
    number, title = SUPPLEMENTS[list_]
    columns = _THREE_COLUMNS.get(list_, _COLUMNS)
    head = _HEAD.format(number=number, title=title)
    lines = [head + _line([f'<TH class="gpotbl_colhed" scope="col">{c}</TH>' for c in columns])]
    lines[0] = lines[0].replace("<TR>", "<THEAD><TR>").replace("</TR>", "</TR></THEAD><TBODY>")
    ordered = sorted(rows, key=lambda row: (row.heading, row.entity.casefold()))
    for heading, group in groupby(ordered, key=lambda row: row.heading):
        for number, row in enumerate(group):
            lines.append(_line(_cells(row, heading, number, len(columns))))
    about = words.get(f"supplement-{SUPPLEMENTS[list_][0]}", Words())
    return about.around("\n".join(lines) + _TAIL)


def _cells(row: TableRow, heading: str, number: int, columns: int) -> list[str]:
    first = '<TD align="left" class="gpotbl_cell" scope="row"'
    if number == 0:
        first += f">{escape(heading, quote=False)}</TD>"
    else:
        first += ">\u00a0</TD>" if number % 2 else "/>"
    middle = (row.requirement, row.policy) if columns == len(_COLUMNS) else ()
    cells = (row.entity, *middle, row.citation)
    return [first, *(f'<TD align="left" class="gpotbl_cell">{cell}</TD>' for cell in cells)]


def _line(cells: list[str]) -> str:
    return "<TR>" + "".join(cells) + "</TR>"


_ROW = re.compile(r"<TR>(.*?)</TR>", re.DOTALL)
_CELL = re.compile(r"<TD[^>]*?(?:/>|>(.*?)</TD>)", re.DOTALL)


def rows_of(body: bytes) -> tuple[TableRow, ...]:
    """The rows of a real supplement, countries carried forward. ValueError: not five cells."""
    rows, heading = list[TableRow](), ""
    for found in _ROW.finditer(body.decode()):
        cells = _CELL.findall(found.group(1))
        if not cells:
            continue
        country, entity, requirement, policy, citation = cells
        heading = unescape(country).strip() or heading
        rows.append(TableRow(heading, entity, requirement, policy, citation))
    return tuple(rows)
