"""The entries of the real lists with the cells they stand in: what rules over them are made of."""

import gzip
from dataclasses import dataclass
from functools import cache

from monitor.screening.destinations import alpha2
from monitor.screening.entry import Entry
from monitor.sources.ecfr.cell import read_entity
from monitor.sources.ecfr.citations import read_citations
from monitor.sources.ecfr.rows import gather, plain, unmarked
from monitor.sources.ecfr.xml import APPENDIX, MILITARY, UNVERIFIED, read_appendix
from tests.real import data

PART = "ecfr-part744-2026-07-23.xml.gz"
SUPPLEMENTS = {
    "EL": (4, "Entity List", APPENDIX, 5),
    "UVL": (6, "Unverified List", UNVERIFIED, 3),
    "MEU": (7, "Military End-User List", MILITARY, 3),
}
"""By code: the supplement's number, its list's name, its appendix and its columns."""


@dataclass(frozen=True)
class Listed:
    """One party of one row as it is codified."""

    entry: Entry
    heading: str
    """The country as the table heads it."""
    cell: str
    """The whole entity cell, its lines as newlines."""
    alone: bool
    """Whether the cell holds no other party."""
    citation: str
    row: int

    @property
    def name(self) -> str:
        """The name the entry is known by."""
        return self.entry.name


@cache
def listed(code: str) -> tuple[Listed, ...]:
    """Every party of the list of 2026-07-23, in its order."""
    _, _, appendix, columns = SUPPLEMENTS[code]
    read = read_appendix(gzip.decompress(data(PART).read_bytes()), appendix)
    rows = gather((row for table in read.tables for row in table if not row.heading), columns)
    found: dict[str, Listed] = {}
    for at, row in enumerate(rows.listed):
        parties = read_entity(row.whole_entity).parties
        for party in parties:
            entry = Entry(
                list=code, name=party.name, aliases=party.aliases, addresses=party.addresses,
                country=alpha2(row.country or "") or row.country,
                license_requirement=plain(row.requirement) or None,
                license_policy=plain(row.policy) or None,
                citations=read_citations(row.citation).citations, source="ecfr",
            )  # fmt: skip
            cell = unmarked(row.whole_entity)
            one = Listed(entry, row.country or "", cell, len(parties) == 1, row.citation, at)
            if party.name:
                found.setdefault(entry.digest(), one)
    return tuple(found.values())
