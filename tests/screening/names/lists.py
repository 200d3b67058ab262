"""The real lists as names and the rows that bear them; tests that ask skip where they are not."""

import csv
import gzip
from collections.abc import Iterator
from functools import cache
from xml.etree import ElementTree as ET

from monitor.screening.entry import Entry
from monitor.screening.names import ListNames
from monitor.sources.ecfr import table
from tests.real import data, whole_csl

Row = tuple[str, tuple[str, ...]]
"""A row's name and its aliases."""


@cache
def ecfr_2026() -> tuple[Row, ...]:
    """Supplement No. 4 of 2026-07-23."""
    return _read(_supplement_2026())


def _supplement_2026() -> bytes:
    part = ET.fromstring(gzip.decompress(data("ecfr-part744-2026-07-23.xml.gz").read_bytes()))
    (supplement,) = (
        found for found in part.iter("DIV9") if found.get("N", "").startswith("Supplement No. 4 ")
    )
    return ET.tostring(supplement)


@cache
def ecfr_2023() -> tuple[Row, ...]:
    """Supplement No. 4 of 2023-11-08."""
    return _read(gzip.decompress(data("ecfr-supp4-2023-11-08-reconstructed.xml.gz").read_bytes()))


@cache
def ecfr_2026_addresses() -> frozenset[str]:
    """Every word of an address on it, folded."""
    return frozenset(
        word.casefold().strip("(),.;")
        for entry in _entries(_supplement_2026())
        for address in entry.addresses
        for word in address.split()
    )


def _read(body: bytes) -> tuple[Row, ...]:
    return tuple((entry.name, entry.aliases) for entry in _entries(body))


def _entries(body: bytes) -> tuple[Entry, ...]:
    return table.read(body).entries["EL"]


@cache
def bis_2023() -> tuple[Row, ...]:
    """The bureau's own file of 2023-12-07; rows of one name together."""
    found: dict[str, dict[str, None]] = {}
    with gzip.open(data("bis-el-2023-12-07.csv.gz"), "rt", encoding="utf-8-sig") as lines:
        for row in csv.DictReader(lines):
            aliases = found.setdefault(row["Name"], {})
            aliases |= dict.fromkeys(filter(None, row["Alternate Name"].split("; ")))
    return tuple((name, tuple(aliases)) for name, aliases in found.items())


@cache
def csl_2022() -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """The Entity List in the CSL of 2022-05-16, and the firms of its other lists, each once."""
    listed: list[Row] = []
    firms: dict[str, None] = {}
    for row in whole_csl()["results"]:
        source = row["source"]
        if source.startswith("Entity List"):
            listed.append((row["name"], tuple(filter(None, row.get("alt_names") or ()))))
        elif "Chinese Military-Industrial" in source:
            continue  # nearly all are relatives
        elif row.get("type") == "Entity" or source.startswith(_FIRMS):
            firms[row["name"]] = None
    return tuple(listed), tuple(firms)


_FIRMS = ("Unverified", "Military End", "Nonproliferation")
"""Lists that give no type; they hold firms."""


@cache
def names_of(rows: tuple[Row, ...]) -> ListNames[int]:
    """The list as a context; rows are numbered."""
    return ListNames(_borne(rows))


def _borne(rows: tuple[Row, ...]) -> Iterator[tuple[str, int]]:
    for number, (name, aliases) in enumerate(rows):
        for each in (name, *aliases):
            yield each, number
