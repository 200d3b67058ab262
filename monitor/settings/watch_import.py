"""Watches of a CSV file taken into watchlist.yaml, all or none.

What is there is kept. A watch that is there already, just so, is told and left out; one that is
there otherwise is refused, for neither may be lost without a word. The file is replaced at once,
and only by one that reads as exactly the watches of before and the new ones.
"""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from monitor.errors import ConfigError, ConfigProblem
from monitor.screening.names import name_key
from monitor.settings.load import load_watches
from monitor.settings.watch_csv import Row, read_watches
from monitor.settings.watch_yaml import NoPlaceError, with_watches
from monitor.settings.watchlist import Watch


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a file."""

    watchlist: Path
    added: tuple[Watch, ...]
    already: tuple[Row, ...]
    """Rows that say what is watched already, or what a row before them says."""
    watches: int
    """How many are watched now, or would be."""


def import_watches(
    path: Path, config_dir: Path, environ: Mapping[str, str], *, dry_run: bool = False
) -> Imported:
    """Adds the watches of a CSV file to the watch list; with `dry_run` only says what would be.

    Raises ConfigError with everything that is wrong in either file.
    """
    watchlist = config_dir / "watchlist.yaml"
    before = load_watches(watchlist, environ) if os.path.lexists(watchlist) else ()
    added, already = _new(str(path), read_watches(path), before)
    if added and not dry_run:
        _replace(watchlist, before, added, environ)
    return Imported(watchlist, tuple(added), tuple(already), len(before) + len(added))


def _new(file: str, rows: Sequence[Row], before: Sequence[Watch]) -> tuple[list[Watch], list[Row]]:
    """The watches to add, and the rows that say what is known. Raises ConfigError on a clash."""
    known = {watch.id: ("in watchlist.yaml", watch) for watch in before}
    names = {key: watch.id for watch in before for key in _names(watch)}
    added, already, problems = list[Watch](), list[Row](), list[ConfigProblem]()
    for row in rows:
        line, watch = row
        if watch.id in known:
            where, other = known[watch.id]
            if other == watch:
                already.append(row)
                continue
            column = next(name for name in Watch.model_fields if _differ(name, other, watch))
            said = f"should be what {watch.id} has {where}, or the row be left out"
            problems.append(ConfigProblem(file, line, column, said))
            continue
        clash = next((names[key] for key in _names(watch) if key in names), None)
        if clash is not None:
            said = f"should be watched once; {clash} is the same name on the same list"
            problems.append(ConfigProblem(file, line, "name", said))
            continue
        known[watch.id] = (f"on line {line}", watch)
        names.update((key, watch.id) for key in _names(watch))
        added.append(watch)
    if problems:
        raise ConfigError(problems)
    return added, already


def _differ(field: str, one: Watch, other: Watch) -> bool:
    return bool(getattr(one, field) != getattr(other, field))


def _names(watch: Watch) -> Iterator[tuple[str, str]]:
    key = name_key(watch.name)
    return ((key, code) for code in watch.lists)


def _replace(
    watchlist: Path, before: Sequence[Watch], added: Iterable[Watch], environ: Mapping[str, str]
) -> None:
    """Puts the new file in the place of the old one. Raises ConfigError where that cannot be."""
    target = watchlist.resolve()
    try:
        old = target.read_bytes() if target.exists() else b""
        text = with_watches(old.decode("utf-8-sig"), added)
        with _beside(target) as new:
            new.write_bytes(text.encode())
            _check(target, old, load_watches(new, environ) == (*before, *added))
            if target.exists():
                shutil.copymode(target, new)
            _sync(new)
            new.replace(target)
    except NoPlaceError as error:
        raise ConfigError([ConfigProblem(str(watchlist), None, "", str(error))]) from error
    except OSError as error:
        problem = ConfigProblem(str(watchlist), None, "", f"cannot be written: {error.strerror}")
        raise ConfigError([problem]) from error


def _check(target: Path, old: bytes, same: bool) -> None:
    if not same:
        raise NoPlaceError("has a form that watches cannot be added to by a program")
    if (target.read_bytes() if target.exists() else b"") != old:
        raise NoPlaceError("has changed meanwhile; import again")


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A new file in the same folder, gone afterwards unless it was put in another's place."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    os.close(handle)
    path = Path(name)
    path.chmod(0o644)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    with path.open("rb") as stream:
        os.fsync(stream.fileno())
