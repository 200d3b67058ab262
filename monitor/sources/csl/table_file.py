"""Reads the list's CSV or TSV: columns by name, every row whole, decoded as UTF-8."""

import csv
import io
from collections import Counter
from typing import TYPE_CHECKING

from monitor.errors import SourceFault
from monitor.screening.entry import Entry, Reading, unique
from monitor.sources.csl.json_file import KNOWN_FIELDS
from monitor.sources.csl.limits import MOST_ROW, Budget
from monitor.sources.csl.row import list_code, make_entry

if TYPE_CHECKING:
    import _csv

_NEEDED = (
    "source", "name", "alt_names", "addresses", "federal_register_notice", "start_date",
    "license_requirement", "license_policy",
)  # fmt: skip


def read(body: bytes, lists: frozenset[str], *, delimiter: str = ",") -> Reading:
    """Read a whole table; the lists named are read in full, the others counted.

    Raises SourceFault when a row is not whole, the header comes twice or lacks a column, or the
    text is not UTF-8. A table cut exactly at a line end looks whole: only its size gives it away.
    """
    lines = _Lines(body)
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        header = [name.strip() for name in next(rows, [])]
        at = _columns(header)
        return _reading(rows, lines, header, at, lists)
    except UnicodeDecodeError as error:
        raise SourceFault(f"the table is not UTF-8: {error.reason}") from error
    except csv.Error as error:
        raise SourceFault(f"line {rows.line_num}: the table is broken: {error}") from error


class _Lines:
    """The lines of a table one by one, with the size of the row that is being read."""

    def __init__(self, body: bytes) -> None:
        self._text = io.TextIOWrapper(io.BytesIO(body), encoding="utf-8-sig", newline="")
        self._size = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._text.readline(MOST_ROW + 1)
        self._size += len(line)
        if self._size > MOST_ROW:
            raise SourceFault(f"a row is longer than {MOST_ROW} characters", at_once=True)
        if not line:
            raise StopIteration
        return line

    def row_ends(self) -> int:
        """The size of the row that was read."""
        size, self._size = self._size, 0
        return size


def _columns(header: list[str]) -> dict[str, int]:
    missing = [name for name in _NEEDED if name not in header]
    if missing:
        raise SourceFault(
            f"the header lacks {', '.join(missing)}; it has {', '.join(header)[:200] or 'nothing'}",
            at_once=True,
        )
    return {name: header.index(name) for name in _NEEDED}


def _reading(
    rows: "_csv.Reader",
    lines: _Lines,
    header: list[str],
    at: dict[str, int],
    lists: frozenset[str],
) -> Reading:
    counts: Counter[str] = Counter()
    found: dict[str, list[Entry]] = {list_: [] for list_ in lists}
    budget = Budget()
    lines.row_ends()
    for row in rows:
        size = lines.row_ends()
        if not row:
            continue
        if len(row) != len(header):
            raise SourceFault(
                f"line {rows.line_num}: {len(row)} fields where the header has {len(header)}"
            )
        if row[at["source"]] == "source":
            raise SourceFault(f"line {rows.line_num}: the header comes again")
        code = list_code(row[at["source"]])
        counts[code] += 1
        budget.row(size, in_full=code in lists)
        if code in lists:
            found[code].append(_entry(code, row, at))
    total = sum(counts.values())
    entries = {list_: unique(many) for list_, many in found.items()}
    counts.update({list_: len(kept) - counts[list_] for list_, kept in entries.items()})
    remarks = tuple(f"unknown field “{name}”" for name in sorted({*header} - KNOWN_FIELDS))
    return Reading(entries, dict(counts), found_total=total, remarks=remarks)


def _entry(code: str, row: list[str], at: dict[str, int]) -> Entry:
    addresses = [part.strip() for part in row[at["addresses"]].split("; ") if part.strip()]
    return make_entry(
        list_=code,
        name=row[at["name"]],
        aliases=(row[at["alt_names"]],),
        addresses=addresses,
        country=_country(addresses),
        notice=row[at["federal_register_notice"]],
        start_date=row[at["start_date"]],
        requirement=row[at["license_requirement"]],
        policy=row[at["license_policy"]],
    )


def _country(addresses: list[str]) -> str | None:
    """The two letters that close the first address which has them."""
    for address in addresses:
        tail = address.rsplit(",", 1)[-1].strip()
        if len(tail) == 2 and tail.isalpha() and tail.isupper():
            return tail
    return None
