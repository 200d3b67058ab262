"""The list as CSV, for people who open it in a spreadsheet (RFC 4180, UTF-8).

It begins with a byte order mark, without which Excel takes UTF-8 for its own code page. Every cell
is in quotation marks, and one that a spreadsheet would run as a formula begins with an apostrophe:
the lists hold foreign text.
"""

import csv
import io
from collections.abc import Iterable, Iterator

from monitor.status.export.rows import ListedRow

COLUMNS = (
    "list", "name", "aliases", "addresses", "country", "license_requirement", "license_policy",
    "citations", "footnotes", "start_date", "source", "from", "to", "began", "citation",
    "document_number", "ended", "to_citation", "to_document_number",
)  # fmt: skip
BETWEEN = " | "
"""Between the values of one cell; a semicolon would end the cell where Excel separates by it."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What begins a formula, wide forms (which Excel takes for the narrow ones) included."""


def csv_file(rows: Iterable[ListedRow]) -> Iterator[bytes]:
    """The heading, then a line a row; values of one cell are separated by ` | `."""
    yield b"\xef\xbb\xbf" + _line(COLUMNS)
    for row in rows:
        public = row.public()
        yield _line(_cell(public[column]) for column in COLUMNS)


def _line(cells: Iterable[str]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerow(cells)
    return text.getvalue().encode()


def _cell(value: object) -> str:
    text = BETWEEN.join(value) if isinstance(value, tuple) else str(value or "")
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
