"""The host of the Consolidated Screening List: what it publishes, rightly or wrongly.

Publishing errors (`drops_list`, `renumbers`, …) change the content of a whole, well-sent file; they
last until `recovers`. Errors on the way are the `Host`'s.
"""

import gzip
import json
import threading
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Self, TypedDict, Unpack

from monitor.screening.entry import ENTITY_LIST, Entry
from monitor.screening.names import same_name
from tests.upstream import csl_file
from tests.upstream.csl_file import Row, list_of
from tests.upstream.host import Host
from tests.upstream.wire import JSON, Reply, Request, etag_of

MAIN = "/downloadable_consolidated_screening_list/v1/consolidated"
TWIN = "/static/consolidated_screening_list/consolidated"


class Changes(TypedDict, total=False):
    """What an amendment may change; the fields of `Entry`."""

    name: str
    aliases: tuple[str, ...]
    addresses: tuple[str, ...]
    country: str | None
    license_requirement: str | None
    license_policy: str | None
    citations: tuple[str, ...]
    start_date: str | None


class Csl(Host):
    """Publishes rows as JSON and CSV, with validators."""

    name = "csl"
    prefixes = (
        "/downloadable_consolidated_screening_list/",
        "/static/consolidated_screening_list/",
    )

    def __init__(self, lock: threading.RLock, built: datetime) -> None:
        super().__init__(lock)
        self._past: list[tuple[datetime, list[Row]]] = [(built, [])]
        self._built = built
        self._behind = timedelta()
        self._salt = ""
        self._wrong_rows: list[Callable[[list[Row]], list[Row]]] = []
        self._wrong_files: list[Callable[[Row], Row]] = []

    def says(self, request: Request) -> Reply:
        """The file asked for, or the storage's own 404."""
        stem, _, kind = request.path.rpartition(".")
        if stem not in {MAIN, TWIN} or kind not in {"json", "csv"}:
            return Reply(b"<Error><Code>BlobNotFound</Code></Error>", "application/xml", 404)
        body = self.file(kind)
        stamps = {
            "ETag": etag_of(body),
            "Last-Modified": format_datetime(self._shown_at, usegmt=True),
        }
        return Reply(body, JSON if kind == "json" else "text/csv", headers=stamps)

    def file(self, kind: str = "json") -> bytes:
        """The bytes now published; keep them to serve an older copy later."""
        with self._lock:
            made = csl_file.as_json if kind == "json" else csl_file.as_csv
            return self.rendered(kind, lambda: made(self._document()))

    def _document(self) -> Row:
        rows = self._rows_at(self._shown_at)
        for wrong in self._wrong_rows:
            rows = wrong(rows)
        whole = csl_file.document(rows, self._shown_at, self._salt)
        for spoil in self._wrong_files:
            whole = spoil(whole)
        return whole

    @property
    def _rows(self) -> list[Row]:
        return self._past[-1][1]

    @property
    def _shown_at(self) -> datetime:
        """When the copy that is served was built."""
        return self._built - self._behind

    def _rows_at(self, moment: datetime) -> list[Row]:
        """What was published then; the first that ever was, before it."""
        if not self._behind:
            return self._rows
        return next((rows for at, rows in self._past[::-1] if at <= moment), self._past[0][1])

    # -- what is published

    def has(self, name: str, list_: str = ENTITY_LIST) -> bool:
        """Whether the newest file has a row of this name."""
        return any(list_of(row) == list_ and same_name(row["name"], name) for row in self._rows)

    def _publishes(self, rows: list[Row]) -> None:
        """These rows from now on; what stood before the first rebuild is no past."""
        with self._lock:
            if self._past[-1][0] == self._built:
                self._past.pop()
            self._past.append((self._built, rows))
            self.changes()

    def is_rebuilt(self, at: datetime) -> None:
        """The hourly rebuild: new stamps, the same rows."""
        with self._lock:
            self._built = at
            self.changes()

    def lists(self, *entries: Entry) -> None:
        """Rows for these entries join the file."""
        with self._lock:
            self._publishes([*self._rows, *(csl_file.row_for(entry) for entry in entries)])

    def delists(self, name: str, list_: str = ENTITY_LIST) -> None:
        """The rows of this name vanish, as removed rows do. LookupError: there are none."""
        with self._lock:
            gone = self._named(name, list_)
            self._publishes([row for row in self._rows if row not in gone])

    def amends(self, name: str, /, list_: str = ENTITY_LIST, **changes: Unpack[Changes]) -> None:
        """The rows of this name say something else from now on."""
        with self._lock:
            amended = {id(row) for row in self._named(name, list_)}
            self._publishes(
                [
                    {**row, **_as_published(row, changes)} if id(row) in amended else row
                    for row in self._rows
                ]
            )

    def loads(self, path: Path, without: Collection[str] = ()) -> None:
        """Publishes the rows of a real file (gzipped JSON), but for the Entity List names given."""
        rows: list[Row] = json.loads(gzip.decompress(path.read_bytes()))["results"]
        with self._lock:
            self._publishes(rows)
            for name in without:
                self.delists(name)

    def _named(self, name: str, list_: str) -> list[Row]:
        found = [
            row for row in self._rows if list_of(row) == list_ and same_name(row["name"], name)
        ]
        if not found:
            raise LookupError(f"no row of {list_} is named {name!r}")
        return found

    # -- publishing errors that have happened

    def recovers(self) -> None:
        """Nothing is wrong any more, with the wire or with the content."""
        with self._lock:
            self._salt = ""
            self._behind = timedelta()
            self._wrong_rows.clear()
            self._wrong_files.clear()
        super().recovers()

    @property
    def is_well(self) -> bool:
        """Whether nothing is wrong, neither on the way nor with the content."""
        content = (self._salt, self._behind, self._wrong_rows, self._wrong_files)
        return super().is_well and not any(content)

    def falls_behind(self, by: timedelta) -> Self:
        """Another edge serves the copy of so long ago."""
        with self._lock:
            self._behind = by
            self.changes()
        return self

    def freezes_list(self, code: str) -> Self:
        """A list stands still from now on while its stamps stay fresh."""
        frozen = [row for row in self._rows if list_of(row) == code]
        return self._publishes_wrongly(
            lambda rows: [*(row for row in rows if list_of(row) != code), *frozen]
        )

    def answers_search(self, rows: int = 10) -> Self:
        """The same few rows to any question, under the count of all."""
        return self._files_wrongly(lambda whole: {**whole, "results": whole["results"][:rows]})

    def empty_results(self) -> Self:
        """A whole and valid file of no rows at all."""
        return self._publishes_wrongly(lambda _: [])

    def drops_list(self, code: str) -> Self:
        """A list whose import file was missing is silently not there."""
        return self._publishes_wrongly(lambda rows: [r for r in rows if list_of(r) != code])

    def keeps_of_list(self, code: str, part: float) -> Self:
        """Of one list only this part is left, from its beginning."""

        def shrunk(rows: list[Row]) -> list[Row]:
            own = [row for row in rows if list_of(row) == code]
            kept = {id(row) for row in own[: int(len(own) * part)]}
            return [row for row in rows if list_of(row) != code or id(row) in kept]

        return self._publishes_wrongly(shrunk)

    def halves_list(self, code: str) -> Self:
        """Half of one list is gone."""
        return self.keeps_of_list(code, 0.5)

    def reorders(self) -> Self:
        """The same rows, backwards."""
        return self._publishes_wrongly(lambda rows: rows[::-1])

    def respells(self, spelled: Callable[[str], str]) -> Self:
        """Every name comes out of an importer that spells differently."""
        return self._publishes_wrongly(
            lambda rows: [{**row, "name": spelled(str(row["name"]))} for row in rows]
        )

    def collapses_double_spaces(self) -> Self:
        """Runs of spaces in names become one: 49 "new" names on 2025-08-27."""
        return self.respells(lambda name: " ".join(name.split()))

    def loses_apostrophes(self) -> Self:
        """`'` becomes `?` in names, as until about 2024."""
        return self.respells(lambda name: name.replace("'", "?").replace("’", "?"))

    def changes_everywhere(self, field: str, change: Callable[[Any], Any], code: str) -> Self:
        """One field of every row of a list changes its form at once."""

        def changed(row: Row) -> Row:
            return {**row, field: change(row[field])} if list_of(row) == code else row

        return self._publishes_wrongly(lambda rows: [changed(row) for row in rows])

    def adds_field(self, field: str, value: Any) -> Self:
        """A key nobody has seen before, on every row."""
        return self._publishes_wrongly(lambda rows: [{field: value, **row} for row in rows])

    def writes_no_aliases_as_blank(self) -> Self:
        """`alt_names` null becomes `[""]`, as in October 2022."""

        def blank(row: Row) -> Row:
            return {**row, "alt_names": row["alt_names"] or [""]}

        return self._publishes_wrongly(lambda rows: [blank(row) for row in rows])

    def renumbers(self) -> Self:
        """Every id changes; no party does."""
        with self._lock:
            self._salt = "another formula"
            self.changes()
        return self

    def declares_total(self, total: int) -> Self:
        """`total` is not the number of rows."""
        return self._files_wrongly(lambda whole: {**whole, "total": total})

    def loses_metadata(self) -> Self:
        """`sources_used` gone overnight, as in March 2019."""
        return self._files_wrongly(
            lambda whole: {key: value for key, value in whole.items() if key != "sources_used"}
        )

    def _publishes_wrongly(self, wrong: Callable[[list[Row]], list[Row]]) -> Self:
        with self._lock:
            self._wrong_rows.append(wrong)
            self.changes()
        return self

    def _files_wrongly(self, spoil: Callable[[Row], Row]) -> Self:
        with self._lock:
            self._wrong_files.append(spoil)
            self.changes()
        return self


def _as_published(row: Row, changes: Changes) -> Row:
    """The fields of an entry, as the row spells them."""
    said: Row = dict(changes)
    country = said.pop("country", row["addresses"][0]["country"] if row["addresses"] else None)
    if "aliases" in said:
        said["alt_names"] = list(said.pop("aliases")) or None
    if "citations" in said:
        said["federal_register_notice"] = csl_file.notice(said.pop("citations"))
    if "addresses" in said:
        said["addresses"] = csl_file.addresses(said["addresses"], country)
    elif "country" in changes:
        said["addresses"] = [{**one, "country": country} for one in row["addresses"]]
    return said
