"""The Consolidated Screening List on the stage, with every way its content has been wrong."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from email.utils import format_datetime

from monitor.errors import SourceFault
from monitor.replay.csl_file import Row, as_csv, as_json, document, numbered, row_of, source_of
from monitor.replay.deeds import Breaks, How
from monitor.replay.list_host import ListHost
from monitor.sources.fetch import Answer
from monitor.sources.source import digest


class CslHost(ListHost):
    """Publishes the joined file, rebuilt every hour at a quarter past."""

    name = "csl"

    def __init__(self, clock: Callable[[], datetime], urls: Sequence[str]) -> None:
        super().__init__(clock)
        self.urls = tuple(urls)

    def place(self, url: str) -> int:
        """Which of the addresses this is."""
        return self.urls.index(url)

    def answer(self, url: str, headers: Mapping[str, str]) -> Answer:
        """The file, or 304 to who has it."""
        if self.kept and not url.endswith(f".{self.kept[0].media}"):
            raise SourceFault("was not recorded in this form", url=url, status=503)
        body = self.kept[1] if self.kept else self._file(url)
        etag = f'"{digest(body)[:16]}"'
        given = {
            "etag": etag,
            "last-modified": format_datetime(self.hour(), usegmt=True),
            "content-type": _TYPES[self.kept[0].media if self.kept else url.rsplit(".", 1)[-1]],
        }
        if headers.get("If-None-Match") == etag:
            return Answer(url, 304, b"", given)
        return Answer(url, 200, body, given)

    def _file(self, url: str) -> bytes:
        salt = "another formula" if self.wrong("renumbers") else ""
        whole = document(numbered(self._rows(), salt), self.hour())
        if self.wrong("no_metadata"):
            del whole["sources_used"]
        if self.wrong("wrong_total"):
            whole["total"] += 1
        if self.wrong("search_answer"):
            whole["results"] = whole["results"][:10]
        return as_csv(whole) if url.endswith(".csv") else as_json(whole)

    def _rows(self) -> list[Row]:
        rows = [row_of(entry) for entry in self.shown().values()]
        for fault in self.wrong("freezes_list"):
            source = source_of(fault.said.list)
            old = [row_of(entry) for entry in self.rows_at(fault.since).values()]
            rows = [row for row in rows if row["source"] != source]
            rows += [row for row in old if row["source"] == source]
        for fault in self.faults:
            rows = _content(fault.said, rows)
        return rows


_TYPES = {
    "json": "application/json",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}


def _content(said: Breaks, rows: list[Row]) -> list[Row]:
    """The rows with one thing wrong in them."""
    if said.how == "no_rows":
        return []
    if said.how in {"drops_list", "keeps"}:
        kept = said.share if said.how == "keeps" else 0.0
        return _part(rows, source_of(said.list), kept)
    if said.how in _EACH:
        change = _EACH[said.how]
        return [change(row) for row in rows]
    return rows


def _part(rows: list[Row], source: str, share: float) -> list[Row]:
    own = [row for row in rows if row["source"] == source]
    gone = {id(row) for row in own[int(len(own) * share) :]}
    return [row for row in rows if id(row) not in gone]


def _names(row: Row, change: Callable[[str], str]) -> Row:
    return {**row, "name": change(row["name"])}


_EACH: dict[How, Callable[[Row], Row]] = {
    "single_spaces": lambda row: _names(row, lambda name: " ".join(name.split())),
    "loses_letters": lambda row: _names(row, lambda name: name.replace("'", "?")),
    "blank_aliases": lambda row: {**row, "alt_names": row["alt_names"] or [""]},
    "reshapes_aliases": lambda row: {
        **row,
        "alt_names": [f"{row['name']} {mark}" for mark in ("Old Works", "New Works")],
    },
    "adds_field": lambda row: {"screening_reference": row["id"], **row},
}
"""What is done to each row alike."""
