"""Deterministic lists of any size, in the shapes of the upstreams. Invented parties throughout."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

import orjson

EL = "Entity List (EL) - Bureau of Industry and Security"
SDN = "Specially Designated Nationals (SDN) - Treasury Department"
UVL = "Unverified List (UVL) - Bureau of Industry and Security"

_WORDS = (
    "Aero", "Beijing", "Central", "Chengdu", "Design", "Dynamics", "Eastern", "Electronics",
    "Forensic", "Global", "Guidance", "Harbin", "Heavy", "Institute", "Joint", "Laboratory",
    "Machinery", "Materials", "Moscow", "Northern", "Optical", "Pacific", "Precision", "Research",
    "Science", "Semiconductor", "Shanghai", "Shenzhen", "Space", "Special", "State", "Systems",
    "Technology", "Trading", "Ural", "Volga", "Western", "Xinjiang", "Yangtze",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large a document is to be."""

    parties: int = 26_000
    entity_list: int = 3_400
    padding: int = 560
    """Bytes of remarks in each row of the other lists, to come to the real file's size."""


def names(count: int, seed: int = 744) -> list[str]:
    """So many different names."""
    draw = random.Random(seed)
    return [f"{' '.join(draw.sample(_WORDS, 5))} {at} Co., Ltd." for at in range(count)]


def consolidated(sizes: Sizes, *, changed: int = 0, version: int = 0, form: str = "{}") -> bytes:
    """The consolidated JSON; `changed` rows of the Entity List differ from version to version.

    `form`: how every name of the Entity List is written.
    """
    every = names(sizes.parties)
    rows = [
        _entity_list_row(form.format(name), at, version if at < changed else 0)
        for at, name in enumerate(every[: sizes.entity_list])
    ]
    rows += [_other_row(name, sizes.padding) for name in every[sizes.entity_list :]]
    return orjson.dumps(
        {
            "results": rows,
            "search_performed_at": f"2026-07-09T{version % 24:02}:15:00+00:00",
            "sources_used": [{"source": source} for source in (EL, SDN, UVL)],
            "offset": 0,
            "total": len(rows),
        }
    )


def _entity_list_row(name: str, at: int, version: int) -> dict[str, object]:
    return {
        "id": f"{at:056x}",
        "source": EL,
        "name": name,
        "title": None,
        "alt_names": [f"{name} Branch", f"The {name}"] if at % 2 else None,
        "addresses": [
            {
                "address": f"No. {at} Some Road, Floor {floor}, Building {version}",
                "city": "Beijing",
                "state": None,
                "postal_code": "100000",
                "country": "CN",
            }
            for floor in range(1 + at % 3)
        ],
        "federal_register_notice": f"{80 + at % 10} FR {20_000 + at}",
        "start_date": f"20{10 + at % 15}-0{1 + at % 9}-1{at % 9}",
        "standard_order": None,
        "license_requirement": "For all items subject to the EAR. (See § 744.11 of the EAR)",
        "license_policy": "Presumption of denial for all items subject to the EAR.",
        "remarks": None,
        "source_list_url": "https://example.org/list",
        "source_information_url": "https://example.org/information",
    }


def _other_row(name: str, padding: int) -> dict[str, object]:
    return {
        "id": name,
        "source": SDN if len(name) % 5 else UVL,
        "name": name,
        "alt_names": [f"{name} {mark}" for mark in "ABC"],
        "addresses": [{"address": "1 Main Street", "city": "Town", "country": "RU"}],
        "programs": ["PROGRAM"],
        "remarks": "x" * padding,
        "ids": [{"type": "Tax ID", "number": "1234567890", "country": "RU"}] * 3,
    }


def watch_names(count: int, listed: list[str]) -> Iterator[str]:
    """Names to watch: every tenth one is on the list."""
    for at in range(count):
        yield (
            listed[at // 10 % len(listed)]
            if at % 10 == 0 and at // 10 < len(listed)
            else (f"Watched Party Number {at} of Nowhere")
        )
