"""watchlist.csv: parties to watch as a spreadsheet or an ERP lists them, read as it is.

A line that cannot be used is skipped and reported with its reason. A cell that cannot be used is
left out and reported: a party with a wrong country is better watched without it than not at all.
Refused as a whole: a file without a column for the name, or in an unknown encoding.
"""

import re
import unicodedata
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from monitor.errors import ConfigProblem
from monitor.screening.destinations import alpha2
from monitor.settings.headings import Columns, columns_of
from monitor.settings.problems import said_of
from monitor.settings.table import SEPARATORS, Row, TableError, rows
from monitor.settings.watchlist import ROUTE_WORDS, Names, Watch

_SEPARATOR_LINE = re.compile(r"sep=([,;\t])\r?\n", re.IGNORECASE)
_MOST_TITLES = 20
"""Lines that may stand above the headings."""
_SEVERAL = ("aliases", "same_as", "not_same_as", "local_names", "tags")
_NEEDED = frozenset({"id", "name", "lists", "near"})
_COUNTRIES = {
    "USA": "US", "UNITED STATES OF AMERICA": "US", "CHN": "CN", "HKG": "HK", "RUS": "RU",
    "IRN": "IR", "中国": "CN", "中华人民共和国": "CN", "香港": "HK", "中国香港": "HK",
    "俄罗斯": "RU", "伊朗": "IR", "美国": "US",
}  # fmt: skip
"""Spellings of ERPs that BIS does not use."""
_LONGEST_ID = 48
_TOO_WIDE = (
    "has more cells than there are headings;"
    " put quotation marks around a cell that holds a separator"
)


Remark = tuple[str, str]
"""The heading of a column, and what is wrong there."""


@dataclass(slots=True)
class CsvWatches:
    """What a file holds, and what of it could not be used."""

    file: str
    columns: Columns
    watches: list[Watch] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    """Of each watch, where in the file it stands."""
    skipped: list[ConfigProblem] = field(default_factory=list)
    """Lines that are not watched, each with its reason."""
    remarks: list[ConfigProblem] = field(default_factory=list)
    """What was left out of lines that are watched."""


def read_watches(file: str, text: str, beside: Sequence[Watch] = ()) -> CsvWatches:
    """The watches of a file's text; those `beside` it, in watchlist.yaml, keep id and name.

    Raises TableError where the file is wrong as a whole.
    """
    columns, lines = _table(text)
    found = CsvWatches(file, columns)
    drafts = [_Draft(row, columns) for row in lines if not row.is_blank]
    taken_names = Names(beside)
    taken = {watch.id for watch in beside}
    # An id that the file gives goes before one that is made, wherever it stands.
    reserved = taken | ROUTE_WORDS | {draft.said["id"] for draft in drafts if "id" in draft.said}
    for draft in drafts:
        if "id" not in draft.said:
            draft.said["id"] = made_id(draft.said, reserved)
        watch = draft.watch()
        if watch is not None and watch.id in taken:
            draft.refuse("id", f"must be unique; {watch.id} is another watch")
        elif watch is not None:
            for code, other in taken_names.add(watch):
                draft.refuse("name", f"is watched on {code} already; {other} has the same name")
        if watch is None or draft.refusal is not None:
            found.skipped.append(ConfigProblem(file, draft.row.line, *draft.reason))
            continue
        taken.add(watch.id)
        reserved.add(watch.id)
        found.watches.append(watch)
        found.lines.append(draft.row.line)
        found.remarks += [ConfigProblem(file, draft.row.line, *remark) for remark in draft.remarks]
    return found


def _table(text: str) -> tuple[Columns, Iterator[Row]]:
    """The columns and the rows below them. Raises TableError where none is a party's name."""
    named = _SEPARATOR_LINE.match(text)
    best: tuple[tuple[int, int], Columns, str, int] | None = None
    for separator in (named[1],) if named else SEPARATORS:
        for at, row in zip(range(_MOST_TITLES), rows(text, separator), strict=False):
            columns = columns_of(row.cells)
            if columns is None:
                continue
            known = len(columns.places), len(columns.headings)
            if best is None or known > best[0]:
                best = known, columns, separator, at
            break
    if best is None:
        raise TableError("should have a column for the name; write Name above it")
    _, columns, separator, at = best
    return columns, (row for place, row in enumerate(rows(text, separator)) if place > at)


class _Draft:
    """A line on its way to a watch."""

    def __init__(self, row: Row, columns: Columns) -> None:
        self.row, self._columns = row, columns
        self.said: dict[str, Any] = {}
        self.remarks: list[Remark] = []
        self.refusal: Remark | None = None
        if row.fault:
            self.refusal = ("", row.fault)
        elif any(cell.strip() for cell in row.cells[len(columns.headings) :]):
            self.refusal = ("", _TOO_WIDE)
        else:
            self._read()

    def refuse(self, key: str, message: str) -> None:
        """Skip the line; the first reason stays."""
        self.refusal = self.refusal or (self._columns.heading(key), message)

    @property
    def reason(self) -> Remark:
        """Why the line is skipped."""
        assert self.refusal is not None
        return self.refusal

    def watch(self) -> Watch | None:
        """The watch of this line, without what cannot be used; None where it is refused."""
        while self.refusal is None:
            try:
                return Watch.model_validate(self.said)
            except ValidationError as error:
                for detail in reversed(error.errors(include_url=False)):
                    path = detail["loc"]
                    self._leave_out(path, said_of(detail, path, Watch))
        return None

    def _leave_out(self, path: tuple[int | str, ...], message: str) -> None:
        key = str(path[0])
        if key in _NEEDED or key not in self.said:
            self.refuse(key, message)
            return
        if len(path) > 1 and isinstance(path[1], int):
            del self.said[key][path[1]]
        else:
            del self.said[key]
        self.remarks.append((self._columns.heading(key), f"{message}; left out"))

    def _read(self) -> None:
        cells = {key: self._cells(key) for key in self._columns.places}
        said: dict[str, Any] = {"name": " ".join(" ".join(cells["name"]).split())}
        for key in _SEVERAL:
            said[key] = [one for cell in cells.get(key, ()) for one in _split(cell)]
        said["addresses"] = self._addresses(cells.get("addresses", []), cells.get("town", []))
        said["country"] = self._country(cells.get("country", []))
        said["lists"] = re.findall(r"[^\s;,|/]+", " ".join(cells.get("lists", ())).upper())
        said["near"] = "".join(cells.get("near", ())).lower()
        said["note"] = "; ".join(cells.get("note", ()))
        said["id"] = slug("-".join(cells.get("id", ())))
        self.said = {key: value for key, value in said.items() if value}
        if said["name"] and not any(char.isalpha() for char in said["name"]):
            self.refuse("name", "is a number; is this the column of the name?")
        elif said["name"] and not slug(said["name"]):
            message = "should be in Latin letters, as the lists are; it may never be found"
            self.remarks.append((self._columns.heading("name"), message))

    def _cells(self, key: str) -> list[str]:
        places = (at for at in self._columns.places[key] if at < len(self.row.cells))
        return [text for at in places if (text := _clean(self.row.cells[at]))]

    def _addresses(self, cells: list[str], town: list[str]) -> list[str]:
        if cells and self._columns.address_in_parts:
            return [", ".join(_one_line(cell) for cell in (*cells, *town))]
        # The lines of one cell are the lines of one address.
        parts = (part for cell in cells for part in re.split("[;|]", cell))
        return [_one_line(part) for part in parts if part.strip()]

    def _country(self, cells: list[str]) -> str | None:
        for cell in cells:
            if code := _COUNTRIES.get(cell.upper()) or alpha2(cell):
                return code
            if re.fullmatch("[A-Za-z]{2}", cell):
                return cell.upper()
        if cells:
            message = "should be a country or its two-letter code, such as CN; left out"
            self.remarks.append((self._columns.heading("country"), message))
        return None


def made_id(said: Mapping[str, Any], reserved: Container[str]) -> str:
    """An id of the name: the same for the same name whatever else the file holds."""
    name = unicodedata.normalize("NFKC", said.get("name", "")).casefold()
    plain = slug(name)
    lists = said.get("lists", ["EL"])
    if lists != ["EL"]:
        plain = slug("-".join([plain, *lists]))
    whole = _folded(name).isascii() and len(plain) <= _LONGEST_ID and "?" not in name
    if whole and plain and plain not in reserved:
        return plain
    # What a short id cannot carry, and only that, is told apart by a hash.
    mark = sha256(f"{' '.join(name.split())} {' '.join(lists)}".encode()).hexdigest()[:8]
    return f"{plain[:_LONGEST_ID].strip('-') or 'watch'}-{mark}"


def slug(text: str) -> str:
    """Lower-case letters and digits of a text, with dashes for all between."""
    return "-".join(re.findall("[a-z0-9]+", _folded(text)))


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _clean(cell: str) -> str:
    """A cell without marks that nobody sees; its line breaks stay."""
    lines = (" ".join(line.split()) for line in cell.replace("\r", "\n").split("\n"))
    text = "\n".join(line for line in lines if line)
    return "".join(char for char in text if char == "\n" or _is_seen(char))


def _is_seen(char: str) -> bool:
    return unicodedata.category(char) not in {"Cc", "Cf"}


def _one_line(text: str) -> str:
    return ", ".join(part.strip(" ,") for part in text.split("\n"))


def _split(cell: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;|\n]", cell) if part.strip()]
