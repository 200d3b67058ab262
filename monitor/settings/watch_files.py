"""Who is watched, by watchlist.yaml and by watchlist.csv beside it; either may be there alone.

Which lists are followed says the YAML. A mistake in it, which a person wrote for this program, is
an error; a line of the CSV, which another program wrote for others, is skipped and named.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from monitor.errors import ConfigError, ConfigProblem
from monitor.settings.documents import (
    Document,
    UnusableError,
    content_of,
    left_out,
    open_document,
    validated,
)
from monitor.settings.problems import problem
from monitor.settings.table import WESTERN, TableError, decoded
from monitor.settings.watchlist import (
    Follow,
    Near,
    Watch,
    WatchlistFile,
    clashes,
    follow_clashes,
)
from monitor.settings.watchlist_csv import read_watches

_GUESSED = (
    "is read as Western European text (Windows-1252);"
    " if letters come out wrong, save it as “CSV UTF-8”"
)


@dataclass(frozen=True, slots=True)
class WatchFile:
    """What came of one file of watches."""

    file: str
    watches: int
    name_column: str | None = None
    """The heading of a CSV file's column that was taken for the party's name."""
    unused_columns: tuple[str, ...] = ()
    skipped: tuple[ConfigProblem, ...] = ()
    """Lines that are not watched, each with its reason."""
    remarks: tuple[ConfigProblem, ...] = ()
    """What was left out of lines that are watched."""
    lines: tuple[tuple[int, str], ...] = ()
    """Of a CSV file, each line that is watched, with the watch's id."""


@dataclass(frozen=True, slots=True)
class Watchlist:
    """Who is watched, and which lists are followed."""

    watches: tuple[Watch, ...] = ()
    follows: tuple[Follow, ...] = ()
    near: Near = "close"
    files: tuple[WatchFile, ...] = ()


def load_watchlist(config_dir: Path, environ: Mapping[str, str]) -> Watchlist:
    """Who is watched, from both files. Raises ConfigError with every problem."""
    found, problems = read_watchlist(config_dir, environ)
    if problems:
        raise ConfigError(problems)
    return found


def read_watchlist(
    folder: Path, environ: Mapping[str, str]
) -> tuple[Watchlist, tuple[ConfigProblem, ...]]:
    """Both files of watches, and everything that is wrong with them as files."""
    table = folder / "watchlist.csv"
    alone = left_out(table)
    document = open_document(folder / "watchlist.yaml", environ, required=alone)
    written, problems = None, document.problems
    if document.root is not None:
        written, problems = validated(document, WatchlistFile)
    watches = written.watches if written else ()
    if document.root is not None:
        sound = list(enumerate(watches)) if written else _sound_watches(document)
        problems += tuple(
            problem(document.file, document.root, path, message) for path, message in clashes(sound)
        )
    files: tuple[WatchFile, ...] = ()
    if document.root is not None:
        files = (WatchFile(document.file, len(watches)),)
    near, follows = (written.near, written.follows) if written else ("close", ())
    if not alone:
        listed, wrong = _csv_watches(table, watches)
        watches += listed.watches
        files += listed.files
        problems += wrong
    if document.root is not None:
        problems += tuple(
            problem(document.file, document.root, path, message)
            for path, message in follow_clashes(follows, watches)
        )
    problems += tuple(_not_read(folder))
    if not watches and not follows and not problems:
        problems = (_nobody(document, table),)
    return Watchlist(watches, follows, near, files), problems


def _csv_watches(
    path: Path, beside: Sequence[Watch]
) -> tuple[Watchlist, tuple[ConfigProblem, ...]]:
    """The watches of watchlist.csv; a line that cannot be used is no problem but named."""
    try:
        text, encoding = decoded(content_of(path))
        found = read_watches(str(path), text, beside)
    except (UnusableError, TableError) as error:
        return Watchlist(), (ConfigProblem(str(path), None, "", str(error)),)
    if encoding == WESTERN:
        found.remarks.insert(0, ConfigProblem(str(path), None, "", _GUESSED))
    told = WatchFile(
        str(path),
        len(found.watches),
        name_column=found.columns.heading("name"),
        unused_columns=found.columns.unused,
        skipped=tuple(found.skipped),
        remarks=tuple(found.remarks),
        lines=tuple(zip(found.lines, (watch.id for watch in found.watches), strict=True)),
    )
    return Watchlist(tuple(found.watches), files=(told,)), ()


def _not_read(folder: Path) -> Iterator[ConfigProblem]:
    """Files that somebody meant to be read: an ending is soon mistaken."""
    for right, endings, advice in (
        ("watchlist.csv", (".xlsx", ".xls", ".ods", ".txt", ".tsv"), "save it as “CSV UTF-8”, as"),
        ("watchlist.yaml", (".yml", ".yaml.txt", ".json"), "rename it to"),
    ):
        if left_out(folder / right):
            for ending in endings:
                if (folder / f"watchlist{ending}").exists():
                    said = f"is not read: {advice} {right}"
                    yield ConfigProblem(str(folder / f"watchlist{ending}"), None, "", said)


def _nobody(document: Document, table: Path) -> ConfigProblem:
    message = "must list at least one watch or follow"
    if document.root is None:
        return ConfigProblem(str(table), None, "", message)
    return problem(document.file, document.root, ("watches",), message)


def _sound_watches(document: Document) -> list[tuple[int, Watch]]:
    """The watches that are right in themselves, though others of the file are not."""
    listed = document.data.get("watches") if document.root else None
    sound = []
    for at, written in enumerate(listed if isinstance(listed, list) else ()):
        try:
            sound.append((at, Watch.model_validate(written)))
        except ValidationError:
            # Told already, with the whole file.
            continue
    return sound
