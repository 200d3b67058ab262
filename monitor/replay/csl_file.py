"""The Consolidated Screening List as a file: rows and envelope in JSON, or a table. Pure."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha224
from typing import Any

from monitor.screening.entry import Entry

Row = dict[str, Any]

_BIS = "Bureau of Industry and Security"
_SOURCES = {
    "EL": f"Entity List (EL) - {_BIS}",
    "UVL": f"Unverified List (UVL) - {_BIS}",
    "MEU": f"Military End User (MEU) List - {_BIS}",
    "DPL": f"Denied Persons List (DPL) - {_BIS}",
    "SDN": "Specially Designated Nationals (SDN) - Treasury Department",
}


def source_of(list_: str) -> str:
    """The list's own words for itself in the file; a list not known here is `CODE (CODE)`."""
    return _SOURCES.get(list_, f"{list_} ({list_})")


def row_of(entry: Entry) -> Row:
    """An entry as a row."""
    return {
        "id": "",
        "source": source_of(entry.list),
        "name": entry.name,
        "title": None,
        "alt_names": list(entry.aliases) or None,
        "addresses": [
            {"address": line, "city": None, "state": None, "postal_code": None,
             "country": entry.country}
            for line in entry.addresses
        ],
        "federal_register_notice": "; ".join(entry.citations) or None,
        "start_date": entry.start_date,
        "standard_order": None,
        "license_requirement": entry.license_requirement,
        "license_policy": entry.license_policy,
        "remarks": None,
        "source_list_url": "https://bit.ly/1L47xrV",
        "source_information_url": "https://bit.ly/1L47xrV",
    }  # fmt: skip


def numbered(rows: Iterable[Row], salt: str) -> list[Row]:
    """The rows with the importer's ids: a hash of name and notice, so that amendments change it."""
    return [
        {**row, "id": sha224(f"{row['name']}{row['federal_register_notice']}{salt}".encode(
            "utf-8", "surrogatepass")).hexdigest()}
        for row in rows
    ]  # fmt: skip


def document(rows: Sequence[Row], built: datetime) -> Row:
    """The JSON envelope."""
    sources = sorted({row["source"] for row in rows})
    return {
        "results": list(rows),
        "search_performed_at": built.isoformat(),
        "sources_used": [
            {"source": source, "source_last_updated": f"{built:%Y-%m-%d}T00:00:00+00:00",
             "last_imported": built.isoformat(), "import_rate": "Hourly"}
            for source in sources
        ],
        "offset": 0,
        "total": len(rows),
    }  # fmt: skip


def as_json(whole: Mapping[str, Any]) -> bytes:
    """The file as the host serves it."""
    return json.dumps(whole, ensure_ascii=False).encode("utf-8", "surrogatepass")


def as_csv(whole: Mapping[str, Any]) -> bytes:
    """The table: a header, one row a line, addresses flattened."""
    rows: list[Row] = whole["results"]
    columns = list(rows[0]) if rows else list(row_of(Entry("EL", "")))
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row[name]) for name in columns] for row in rows)
    return out.getvalue().encode("utf-8", "surrogatepass")


def _cell(value: Any) -> str:
    if isinstance(value, list):
        flat = (
            ", ".join(filter(None, one.values())) if isinstance(one, dict) else one for one in value
        )
        return "; ".join(flat)
    return "" if value is None else str(value)
