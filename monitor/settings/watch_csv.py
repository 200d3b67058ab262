"""Watches in a CSV file, as spreadsheets and other systems write them.

The first line names the columns, which are the keys of a watch; several values of one field stand
between semicolons. Refused: unknown, missing or repeated columns, lines of another width, and every
value that watchlist.yaml would refuse; each is told with its line and column. Nothing is guessed.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from monitor.errors import ConfigError, ConfigProblem
from monitor.settings.problems import near_miss, said_of
from monitor.settings.watchlist import Watch

LARGEST = 32 * 2**20
"""Bytes of a file; watchlist.yaml may hold no more either."""
MOST_PROBLEMS = 100
"""Problems after which reading stops: a file that is wrong throughout need not be told whole."""
COLUMNS = tuple(Watch.model_fields)
REQUIRED = ("id", "name")
SEVERAL = frozenset({"aliases", "local_names", "lists", "tags"})
"""Columns that hold several values, between semicolons."""


class Row(NamedTuple):
    """A watch with the line it begins on."""

    line: int
    watch: Watch


def read_watches(path: Path) -> list[Row]:
    """The watches of a file, in its order. Raises ConfigError with what is wrong, line by line."""
    reading = _Reading(str(path))
    found = list(reading.rows(_text(path)))
    if reading.problems:
        raise ConfigError(reading.problems)
    return found


@dataclass(slots=True)
class _Reading:
    file: str
    problems: list[ConfigProblem]

    def __init__(self, file: str) -> None:
        self.file, self.problems = file, []

    def rows(self, text: str) -> Iterator[Row]:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        try:
            columns = next(reader, [])
            self._judge_columns(columns)
            if self.problems:
                return
            line = reader.line_num + 1
            for fields in reader:
                yield from self._row(line, columns, fields)
                line = reader.line_num + 1
                if len(self.problems) >= MOST_PROBLEMS:
                    self._wrong(None, "", f"is read no further after {MOST_PROBLEMS} problems")
                    return
        except csv.Error as error:
            self._wrong(reader.line_num, "", f"is not CSV: {error}")

    def _judge_columns(self, columns: Sequence[str]) -> None:
        if len(columns) == 1 and ";" in columns[0]:
            self._wrong(1, "", "should have commas between its columns, not semicolons")
            return
        for at, name in enumerate(columns):
            if name not in COLUMNS:
                near = near_miss(name, COLUMNS)
                meant = f"did you mean {near}?" if near else f"known: {', '.join(COLUMNS)}"
                self._wrong(1, name or f"column {at + 1}", f"is no column; {meant}")
            elif name in columns[:at]:
                self._wrong(1, name, "should be one column; it stands here twice")
        for name in REQUIRED:
            if name not in columns:
                self._wrong(1, name, "is a column that must be there")

    def _row(self, line: int, columns: Sequence[str], fields: Sequence[str]) -> Iterator[Row]:
        if not any(field.strip() for field in fields):
            return
        if len(fields) != len(columns):
            self._wrong(
                line,
                "",
                f"should have {len(columns)} fields as the first line has, and has {len(fields)}; "
                "put quotes around a field that holds a comma",
            )
            return
        given = {
            name: _several(field) if name in SEVERAL else field.strip()
            for name, field in zip(columns, fields, strict=True)
            if field.strip()
        }
        try:
            yield Row(line, Watch.model_validate(given))
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                path = detail["loc"]
                self._wrong(line, str(path[0]), said_of(detail, path, Watch))

    def _wrong(self, line: int | None, column: str, message: str) -> None:
        self.problems.append(ConfigProblem(self.file, line, column, message))


def _several(field: str) -> list[str]:
    """The values between semicolons; one at the very end closes the last."""
    return [value.strip() for value in field.strip().removesuffix(";").split(";")]


def _text(path: Path) -> str:
    """The file's text. Raises ConfigError where it cannot be had."""
    line = None
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
        if len(content) <= LARGEST:
            return content.decode("utf-8-sig")
        message = f"should be at most {LARGEST} bytes"
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        message = "is not UTF-8; save it as “CSV UTF-8”"
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
    raise ConfigError([ConfigProblem(str(path), line, "", message)])
