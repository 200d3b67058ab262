"""The formats of an export. The same rows are the same bytes: nothing in a file says when."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum

from monitor.status.export.csv_file import csv_file
from monitor.status.export.follow_the_money import follow_the_money
from monitor.status.export.rows import ListedRow
from monitor.status.shapes import json_bytes


class Format(StrEnum):
    """What the rows are written as."""

    CSV = "csv"
    JSON_LINES = "jsonl"
    FOLLOW_THE_MONEY = "ftm"


def json_lines(rows: Iterable[ListedRow]) -> Iterator[bytes]:
    """One JSON object a row."""
    for row in rows:
        yield json_bytes(row.public()) + b"\n"


FILES: Mapping[Format, Callable[[Iterable[ListedRow]], Iterator[bytes]]] = {
    Format.CSV: csv_file,
    Format.JSON_LINES: json_lines,
    Format.FOLLOW_THE_MONEY: follow_the_money,
}
