"""The real texts, read as the service reads them; tests skip where the samples are not.

The bureau's own file of 2023 is made into rows as the Consolidated Screening List's importer makes
them: one row for each name and notice.
"""

import csv
import gzip
import io
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from monitor.screening.destinations import alpha2
from monitor.screening.entry import ENTITY_LIST, Entry, unique
from monitor.sources.csl import json_file
from monitor.sources.csl.row import make_entry
from monitor.sources.ecfr import table
from tests.real import data

_APPENDIX = re.compile(rb'<DIV9 N="Supplement No\. 4 .*?</DIV9>', re.DOTALL)


@cache
def ecfr_2023() -> tuple[Entry, ...]:
    """The codified list of 2023-11-08, with the institute."""
    return _codified("ecfr-supp4-2023-11-08-reconstructed.xml.gz")


@cache
def ecfr_2026() -> tuple[Entry, ...]:
    """The codified list of 2026-07-23."""
    return _codified("ecfr-part744-2026-07-23.xml.gz")


def _codified(file: str) -> tuple[Entry, ...]:
    body = gzip.decompress(data(file).read_bytes())
    found = _APPENDIX.search(body)
    return table.read(found[0] if found else body).entries[ENTITY_LIST]


@cache
def csl_2022() -> tuple[Entry, ...]:
    """The Entity List in the Consolidated Screening List of 2022-05-16."""
    return csl_rows(ENTITY_LIST)


@cache
def csl_rows(list_: str) -> tuple[Entry, ...]:
    """One list of the Consolidated Screening List of 2022-05-16."""
    body = gzip.decompress(data("csl-2022-05-16-consolidated.json.gz").read_bytes())
    return json_file.read(body, frozenset({list_})).entries[list_]


@cache
def bis_2023() -> tuple[Entry, ...]:
    """The Entity List as the Consolidated Screening List had it on 2023-12-07."""
    text = gzip.decompress(data("bis-el-2023-12-07.csv.gz").read_bytes())
    lines: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for line in csv.DictReader(io.StringIO(text.decode("utf-8-sig", "replace"))):
        if line["Source List"].strip() == "EL":
            lines[line["Name"].strip(), line["Federal Register Notice"].strip()].append(line)
    return unique([_row(some) for some in lines.values()])


def _row(lines: list[dict[str, str]]) -> Entry:
    first = lines[0]
    return make_entry(
        list_=ENTITY_LIST,
        name=first["Name"],
        aliases=[line["Alternate Name"] for line in lines],
        addresses=[
            ", ".join(filter(None, (line[part].strip() for part in _ADDRESS))) for line in lines
        ],
        country=alpha2(first["Country"]),
        notice=first["Federal Register Notice"],
        start_date=first["Effective Date"],
        requirement=first["License Requirement"],
        policy=first["License Policy"],
    )


_ADDRESS = ("Address", "City", "State/Province", "Postal Code", "Country")


@dataclass(frozen=True)
class NamePair:
    """Two names as the bureau's file and the codified list wrote them in late 2023."""

    same: bool
    one: str
    other: str
    country: str


@cache
def name_pairs() -> tuple[NamePair, ...]:
    """98 pairs of one party and 239 of the likest of two."""
    lines = data("names-2023.tsv").read_text("utf-8").splitlines()[1:]
    return tuple(
        NamePair(verdict == "same", one, other, country)
        for verdict, one, other, country in (line.split("\t") for line in lines)
    )
