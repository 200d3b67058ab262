"""Reads the list's CSV or TSV: columns by name, every row whole, decoded as UTF-8."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from monitor.errors import SourceFault
from monitor.screening.entry import Entry, Reading, unique
from monitor.screening.names import LOST
from monitor.screening.words.message import joined, say
from monitor.sources.csl.json_file import KNOWN_FIELDS
from monitor.sources.csl.limits import MOST_ROW, Budget
from monitor.sources.csl.row import ImpossibleDates, list_code, make_entry
from monitor.sources.csl.set_aside import OWN, SetAside

if TYPE_CHECKING:
    import _csv

_NEEDED = (
    "source", "name", "alt_names", "addresses", "federal_register_notice", "start_date",
    "license_requirement", "license_policy",
)  # fmt: skip


_LOST_BYTES = re.compile("[\udc80-\udcff]")
"""Bytes that were no UTF-8, as `surrogateescape` leaves them."""
_NOT_UTF8 = say("not UTF-8")


def read(body: bytes, lists: frozenset[str], *, delimiter: str = ",") -> Reading:
    """Read a whole table; the lists named are read in full, the others counted.

    A row with too few or too many fields, or with bytes that are no UTF-8, is set aside. Raises
    SourceFault when that is the last one, for then the table is cut; when there are many, or the
    header comes twice or lacks a column. A table cut exactly at a line end looks whole: only its
    size gives it away.
    """
    lines = _Lines(body)
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        header = [name.strip() for name in next(rows, [])]
    except csv.Error as error:
        raise SourceFault(
            say("line {line}: the table is broken: {error}", line=rows.line_num, error=error)
        ) from error
    if _LOST_BYTES.search("".join(header)):
        raise SourceFault(say("line 1: the table is {what}", what=_NOT_UTF8))
    table = _Table(header, _columns(header), lists)
    lines.row_ends()
    for row in _rows(rows, lines):
        table.add(row, rows.line_num)
    return table.reading()


@dataclass(frozen=True, slots=True)
class _Row:
    """One row: its fields, or why there are none."""

    fields: list[str]
    text: str
    broken: str = ""


def _rows(rows: "_csv.Reader", lines: "_Lines") -> Iterator[_Row]:
    """Row by row; what follows a broken one is read on from the next line."""
    while True:
        try:
            fields = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            if lines.ended:
                raise SourceFault(
                    say(
                        "line {line}: the table is broken: {error}",
                        line=rows.line_num,
                        error=error,
                    )
                ) from error
            yield _Row([], lines.row_ends(), str(error))
        else:
            yield _Row(fields, lines.row_ends())


class _Lines:
    """The lines of a table one by one, with the text of the row that is being read."""

    def __init__(self, body: bytes) -> None:
        self._lines = io.TextIOWrapper(
            io.BytesIO(body), encoding="utf-8-sig", errors="surrogateescape", newline=""
        )
        self._size = 0
        self._row: list[str] = []
        self.ended = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._lines.readline(MOST_ROW + 1)
        self._size += len(line)
        if self._size > MOST_ROW:
            raise SourceFault(
                say("a row is longer than {most} characters", most=MOST_ROW), at_once=True
            )
        if not line:
            self.ended = True
            raise StopIteration
        self._row.append(line)
        return line

    def row_ends(self) -> str:
        """The text of the row that was read."""
        row, self._row, self._size = self._row, [], 0
        return row[0] if len(row) == 1 else "".join(row)


def _columns(header: list[str]) -> dict[str, int]:
    missing = [name for name in _NEEDED if name not in header]
    if missing:
        raise SourceFault(
            say(
                "the header lacks {names}; it has {fields}",
                names=joined(", ", missing),
                fields=", ".join(header)[:200] or say("nothing"),
            ),
            at_once=True,
        )
    return {name: header.index(name) for name in _NEEDED}


class _Table:
    """What the rows so far come to."""

    def __init__(self, header: list[str], at: dict[str, int], lists: frozenset[str]) -> None:
        self._header, self._at, self._lists = header, at, lists
        self._found: dict[str, list[Entry]] = {list_: [] for list_ in lists}
        self._counts: Counter[str] = Counter()
        self._budget = Budget()
        self._aside = SetAside()
        self._dates = ImpossibleDates()
        self._rows = 0
        self._cut = ""
        """Why the last row may be where the table was cut."""

    def add(self, row: _Row, line: int) -> None:
        """One more row."""
        if not row.fields and not row.broken:
            return
        self._rows += 1
        wrong = row.broken or self._wrong(row.fields)
        self._cut = say("line {line}: {wrong}", line=line, wrong=wrong) if wrong else ""
        source = "" if wrong else row.fields[self._at["source"]]
        if source == "source":
            raise SourceFault(say("line {line}: the header comes again", line=line))
        list_ = _list_in(row.fields) if wrong else list_code(source)
        followed = list_ is None or list_ in self._lists
        self._budget.row(len(row.text), in_full=followed)
        if list_ is not None:
            self._counts[list_] += 1
        if not followed:
            return
        if not wrong and _LOST_BYTES.search(row.text):
            wrong = _NOT_UTF8
        if wrong or list_ is None:
            self._set_aside(list_, row, wrong)
        else:
            entry = _entry(list_, row.fields, self._at)
            self._found[list_].append(entry)
            if entry.start_date is None:
                self._dates.add(row.fields[self._at["start_date"]], entry.name)

    def _wrong(self, fields: list[str]) -> str:
        if len(fields) != len(self._header):
            return say(
                "{count} fields where the header has {columns}",
                count=len(fields),
                columns=len(self._header),
            )
        return _NOT_UTF8 if _LOST_BYTES.search(fields[self._at["source"]]) else ""

    def _set_aside(self, list_: str | None, row: _Row, reason: str) -> None:
        whole = len(row.fields) == len(self._header)
        name = row.fields[self._at["name"]] if whole else ""
        texts = (text for at, text in zip(self._header, row.fields, strict=False) if at not in OWN)
        text = "\n".join(texts) if whole else row.text
        lost = partial(_LOST_BYTES.sub, LOST)
        self._aside.add(list_, lost(name), lost(text), reason, whole=whole)

    def reading(self) -> Reading:
        """The whole. Raises SourceFault where the table is cut, or many rows are broken."""
        if self._cut:
            raise SourceFault(self._cut)
        self._aside.refuse_many(self._rows, at_once=False)
        entries = {list_: unique(many) for list_, many in self._found.items()}
        read = {list_: len(kept) for list_, kept in entries.items()}
        unknown = sorted({*self._header} - KNOWN_FIELDS)
        return Reading(
            entries,
            {**self._counts, **read},
            found_total=self._rows,
            remarks=(
                *(say("unknown field “{name}”", name=name) for name in unknown),
                *self._dates.remarks(),
                *self._aside.remarks,
            ),
            unread=tuple(self._aside.rows),
        )


_SOURCE = re.compile(r"[A-Z][^()]{3,80} \([A-Z][A-Z-]*(?: List)?\) - .{3,80}")


def _list_in(fields: list[str]) -> str | None:
    """The list of a row whose fields have slipped, where it still says it."""
    lists = {list_code(text) for text in fields if _SOURCE.fullmatch(text)}
    return lists.pop() if len(lists) == 1 else None


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
