"""Supplement No. 4 to Part 744 as the versioner writes it: entries in, XML out. Pure."""

from collections.abc import Iterable
from html import escape
from itertools import groupby

from monitor.screening.entry import Entry

HEADINGS = {
    "AE": "UNITED ARAB EMIRATES", "BY": "BELARUS", "CA": "CANADA",
    "CN": "CHINA, PEOPLE'S REPUBLIC OF", "DE": "GERMANY", "EG": "EGYPT", "FR": "FRANCE",
    "GB": "UNITED KINGDOM", "HK": "HONG KONG", "IN": "INDIA", "IR": "IRAN", "LV": "LATVIA",
    "MY": "MALAYSIA", "OM": "OMAN", "PK": "PAKISTAN", "RU": "RUSSIA", "SA": "SAUDI ARABIA",
    "SE": "SWEDEN", "SG": "SINGAPORE", "SY": "SYRIA", "TR": "TURKEY", "TW": "TAIWAN",
}  # fmt: skip
_NUMBERS = "no one two three four five six seven eight nine ten".split()  # noqa: SIM905 - read as a line
_COLUMNS = (
    "Country", "Entity", "License requirement", "License review policy",
    "Federal Register citation",
)  # fmt: skip
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<DIV9 N="Supplement No. 4 to Part 744" TYPE="APPENDIX">
<HEAD>Supplement No. 4 to Part 744&#x2014;Entity List
</HEAD>
<DIV width="100%"><DIV class="gpotbl_div"><TABLE border="1" class="gpotbl_table" width="100%">
"""
_TAIL = "\n</TBODY></TABLE></DIV></DIV>\n</DIV9>\n"


def heading_of(country: str | None) -> str:
    """The capitals BIS writes for a country; what is no code here stays as it is."""
    return HEADINGS.get(country or "", (country or "").upper())


def appendix(entries: Iterable[Entry]) -> bytes:
    """The whole supplement: countries and entities in their order, the heading once each."""
    head = "".join(f"<TH>{column}</TH>" for column in _COLUMNS)
    lines = [f"{_HEAD}<THEAD><TR>{head}</TR></THEAD><TBODY>"]
    ordered = sorted(entries, key=lambda one: (heading_of(one.country), one.name.casefold()))
    for heading, group in groupby(ordered, key=lambda one: heading_of(one.country)):
        for number, entry in enumerate(group):
            country = _text(heading) if number == 0 else "\u00a0"
            cells = "".join(f"<TD>{cell}</TD>" for cell in (country, *_cells(entry)))
            lines.append(f"<TR>{cells}</TR>")
    return ("\n".join(lines) + _TAIL).encode()


def _cells(entry: Entry) -> tuple[str, ...]:
    cited = "<br/>".join(_citation(one, entry, at) for at, one in enumerate(entry.citations))
    requirement, policy = entry.license_requirement or "", entry.license_policy or ""
    return _entity(entry), _text(requirement), _text(policy), cited


def _entity(entry: Entry) -> str:
    where = _text("; and ".join(entry.addresses)) + "."
    if not entry.aliases:
        return f"{_text(entry.name)}, {where}"
    count = len(entry.aliases)
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    noun = "alias" if count == 1 else "aliases"
    bullets = "; and<br/>".join(f"—{_text(alias)}" for alias in entry.aliases)
    return f"{_text(entry.name)}, a.k.a., the following {number} {noun}:<br/>{bullets}.<br/>{where}"


def _citation(cited: str, entry: Entry, at: int) -> str:
    """A citation with its date: the entry's own for the first, the new year's for others."""
    if at == 0 and entry.start_date:
        year, month, day = entry.start_date.split("-")
        return f"{_text(cited)}, {int(month)}/{int(day)}/{year[2:]}."
    volume = cited.split(maxsplit=1)[0]
    year = f"{(int(volume) + 1935) % 100:02}" if volume.isdigit() else "20"
    return f"{_text(cited)}, 1/2/{year}."


def _text(said: str) -> str:
    return escape(said, quote=False)
