"""Who plays: the cast of the shipped scenarios, and a crowd of invented entries around them."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from monitor.screening.entry import ENTITY_LIST, Entry

CROWD = "crowd"
ALWAYS = ("canary-1", "canary-2", "neighbor-1", "neighbor-2")
"""Those of the cast that are on the list in every world."""
_PART = re.compile(rf"{CROWD}:(\d{{1,4}})(?:-(\d{{1,4}}))?")
_REQUIREMENT = "For all items subject to the EAR. (See § 744.11 of the EAR)"
_PLACES = (
    ("Harbin", "Nangang District, Harbin, Heilongjiang", "CN"),
    ("Chengdu", "High-tech Zone, Chengdu, Sichuan", "CN"),
    ("Kaluga", "Kaluga Oblast", "RU"),
    ("Zelenograd", "Zelenograd, Moscow", "RU"),
    ("Lahore", "Gulberg III, Lahore", "PK"),
    ("Tehran", "Valiasr Avenue, Tehran", "IR"),
    ("Sharjah", "Saif Zone, Sharjah", "AE"),
    ("Istanbul", "Umraniye, Istanbul", "TR"),
)
STEMS = (
    "Hualian", "Zhongke", "Tianyi", "Xingyuan", "Guangda", "Ruijie", "Kuntai", "Haichuan", "Almaz",
    "Vostok", "Granit", "Radiotekh", "Spektr", "Impuls", "Orbita", "Kvarts",
)  # fmt: skip
_TRADES = (
    "Microelectronics", "Aviation Instruments", "Marine Propulsion", "Fine Mechanics",
    "Satellite Communications", "Semiconductor Materials", "Precision Bearings", "Cloud Computing",
    "Unmanned Systems", "Inertial Navigation", "Ship Design", "Radar Components", "Power Devices",
    "Special Alloys", "Logistics", "Quantum Instruments",
)  # fmt: skip
_FORMS = ("Research Institute", "Industries", "Design Bureau")
_OTHERS = (
    ("SDN", "LEVANT MARITIME HOLDING", "SY"),
    ("UVL", "Guangzhou Hairui Measuring Devices", "CN"),
    ("MEU", "Chengdu Tianfu Aero Parts", "CN"),
    ("DPL", "NORTHGATE AVIATION SUPPLY", "GB"),
)


@lru_cache(maxsize=1)
def cast() -> dict[str, Any]:
    """The shipped parties as written, by name."""
    text = (Path(__file__).parent / "cast.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


CAST = frozenset({"institute", *ALWAYS})
"""Names of the shipped parties; a test holds it to the file."""


@lru_cache(maxsize=8)
def crowd(count: int) -> tuple[Entry, ...]:
    """So many invented entries, always the same ones, no two of a name."""
    return tuple(entry for entry, _ in zip(_crowd(), range(count), strict=False))


def _crowd() -> Iterator[Entry]:
    combinations = product(_FORMS, STEMS, _TRADES, _PLACES)
    for number, (form, stem, trade, (place, tail, country)) in enumerate(combinations):
        volume = 77 + number // 24 % 14
        yield Entry(
            list=ENTITY_LIST,
            name=f"{place} {stem} {trade} {form}",
            aliases=(f"{place} {stem} {trade} Works",) if number % 3 == 0 else (),
            addresses=(f"No. {number % 900 + 1} {trade.split()[0]} Road, {tail}",),
            country=country,
            license_requirement=_REQUIREMENT,
            license_policy="Policy of denial" if country == "RU" else "Presumption of denial",
            citations=(f"{volume} FR {1000 + number // 24 * 131 % 80_000}",),
            start_date=f"{1935 + volume}-{number // 24 % 12 + 1:02}-{number // 24 % 27 + 1:02}",
        )


def other_lists(rows: int) -> tuple[Entry, ...]:
    """So many rows of each of four other lists."""
    return tuple(
        Entry(code, f"{name} {number}", (), (f"Box {number}",), country)
        for code, name, country in _OTHERS
        for number in range(1, rows + 1)
    )


def members(name: str, size: int) -> range:
    """The places in the crowd that `crowd:1-12` or `crowd:7` names; none for another name."""
    found = _PART.fullmatch(name)
    if found is None:
        return range(0)
    first, last = int(found[1]), int(found[2] or found[1])
    return range(first - 1, last) if 1 <= first <= last <= size else range(0)
