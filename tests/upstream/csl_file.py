"""The Consolidated Screening List as a file: rows, ids, JSON envelope, CSV. Pure.

Keys, sources and the id formula are those of the published file of 2022-05-16 and of the importers
that make it. What this file does not know of a list it refuses with a KeyError.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha224
from itertools import chain
from typing import Any

from monitor.screening.entry import Entry

Row = dict[str, Any]

BIS = "Bureau of Industry and Security"
_SOURCES = {
    "EL": (f"Entity List (EL) - {BIS}", "http://bit.ly/1L47xrV", "http://bit.ly/1L47xrV"),
    "UVL": (f"Unverified List (UVL) - {BIS}", "http://bit.ly/1iwwTSJ", "http://bit.ly/1Qi4R7Z"),
    "MEU": (
        f"Military End User (MEU) List - {BIS}", "https://bit.ly/2XaGPYw", "https://bit.ly/2XaGPYw",
    ),
    "DPL": (
        f"Denied Persons List (DPL) - {BIS}", "http://bit.ly/1Qi5heF", "http://bit.ly/1iwxiF0",
    ),
    "SDN": (
        "Specially Designated Nationals (SDN) - Treasury Department", "http://bit.ly/1I7ipyR",
        "http://bit.ly/1MLgpye",
    ),
}  # fmt: skip
_EMPTY_IN_ALL = (
    "call_sign", "vessel_type", "gross_tonnage", "gross_registered_tonnage", "vessel_flag",
    "vessel_owner", "remarks",
)  # fmt: skip
_CSV_COLUMNS = (
    "_id", "source", "entity_number", "type", "programs", "name", "title", "addresses",
    "federal_register_notice", "start_date", "end_date", "standard_order", "license_requirement",
    "license_policy", "call_sign", "vessel_type", "gross_tonnage", "gross_registered_tonnage",
    "vessel_flag", "vessel_owner", "remarks", "source_list_url", "alt_names", "citizenships",
    "dates_of_birth", "nationalities", "places_of_birth", "source_information_url", "ids",
)  # fmt: skip


def list_of(row: Row) -> str:
    """The code of the row's list: what stands in brackets in its source, without "List"."""
    inside = str(row["source"]).partition("(")[2].partition(")")[0]
    return inside.removesuffix(" List")


def row_for(entry: Entry) -> Row:
    """An entry as a row, without an id: ids are made when the file is. KeyError: unknown list."""
    source, list_url, information_url = _SOURCES[entry.list]
    row: Row = {
        "source": source,
        "name": entry.name,
        "title": None,
        "alt_names": list(entry.aliases) or None,
        "addresses": addresses(entry.addresses, entry.country),
        "federal_register_notice": notice(entry.citations),
        "start_date": entry.start_date,
        "standard_order": "Y" if entry.list == "DPL" else None,
        "license_requirement": entry.license_requirement,
        "license_policy": entry.license_policy,
        **dict.fromkeys(_EMPTY_IN_ALL),
        "source_list_url": list_url,
        "source_information_url": information_url,
    }
    return row | _treasury_fields(entry) if entry.list == "SDN" else row


def _treasury_fields(entry: Entry) -> Row:
    number = int(sha224(entry.name.encode()).hexdigest()[:4], 16)
    lists = ("citizenships", "dates_of_birth", "nationalities", "places_of_birth", "ids")
    return {
        "entity_number": number, "type": "Entity", "programs": ["SYRIA"], "end_date": None,
        **{name: [] for name in lists},
    }  # fmt: skip


def addresses(lines: Sequence[str], country: str | None) -> list[Row]:
    """Address objects as published: the whole line in `address`, the country as ISO-2."""
    blank = {"city": None, "state": None, "postal_code": None, "country": country}
    return [{"address": line, **blank} for line in lines]


def notice(citations: Sequence[str]) -> str | None:
    """Citations as the importer writes them."""
    return "; ".join(citations) or None


def id_of(row: Row, salt: str = "") -> str:
    """The importer's id: Treasury's own number, else a hash of name and notice.

    A `salt` makes every hashed id another one, as a change of the formula has done.
    """
    if row.get("entity_number") is not None:
        return str(row["entity_number"])
    said = str(row["name"] or "").strip().lower()
    said += str(row["federal_register_notice"] or "").strip().lower()
    if list_of(row) in {"MEU", "DTC"}:
        said += "random at every import"
    return sha224((said + salt).encode()).hexdigest()


def document(rows: Sequence[Row], built: datetime, salt: str = "") -> Row:
    """The JSON envelope with its rows."""
    numbered = [
        {"id": id_of(row, salt), **{k: v for k, v in row.items() if k != "id"}} for row in rows
    ]
    return {
        "results": numbered,
        "search_performed_at": built.strftime("%Y-%m-%dT%H:%M:%S.%f+00:00"),
        "sources_used": _sources_used(rows, built),
        "offset": 0,
        "total": len(numbered),
    }


def _sources_used(rows: Sequence[Row], built: datetime) -> list[Row]:
    return [
        {
            "source_last_updated": f"{built:%Y-%m-%d}T00:00:00+00:00",
            "last_imported": f"{built:%Y-%m-%dT%H}:05:00+00:00",
            "source": source,
            "import_rate": "Hourly",
        }
        for source in sorted({str(row["source"]) for row in rows})
    ]


def as_json(whole: Mapping[str, Any]) -> bytes:
    """The file as the host serves it."""
    return json.dumps(whole, ensure_ascii=False).encode("utf-8", "surrogatepass")


def as_csv(whole: Mapping[str, Any]) -> bytes:
    """The twin: one line a row, lists joined with `; `, addresses flattened, new columns first."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    known = {*_CSV_COLUMNS, "id"}
    added = [name for name in dict.fromkeys(chain(*whole["results"])) if name not in known]
    columns = (*added, *_CSV_COLUMNS)
    writer.writerow(columns)
    for row in whole["results"]:
        flat = {**row, "_id": row["id"]}
        writer.writerow([_cell(name, flat.get(name)) for name in columns])
    return out.getvalue().encode("utf-8", "surrogatepass")


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name == "addresses":
        return "; ".join(", ".join(part for part in one.values() if part) for one in value)
    if isinstance(value, list):
        return "; ".join(str(part) for part in value)
    return str(value)
