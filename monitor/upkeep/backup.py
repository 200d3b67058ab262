"""A backup: one tar of every table's lines and of every kept body, whole or not there at all.

It is taken while the service runs, of one moment, and restored into an empty database of either
kind. Every part is held against the hash that the manifest or its own name gives; a backup that is
cut, or not ours, is refused before anything is written to the database.
"""

import io
import os
import re
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import file_digest, sha256
from pathlib import Path
from typing import IO, BinaryIO

import msgspec
import zstandard

from monitor import __version__
from monitor.errors import LedgerError, UsageError
from monitor.ledger.ledger import Ledger
from monitor.ledger.marker import Mark
from monitor.ledger.migrate import NEWEST
from monitor.ledger.whole_file import whole_file
from monitor.screening.words.event_text import utc

FORMAT = 1
_MANIFEST = "manifest.json"
_BODY = re.compile(r"snapshots/([0-9a-f]{64})\.zst")
_TABLE = re.compile(r"tables/([a-z_]{1,60})\.jsonl\.zst")
_LARGEST_BODY = 2**29
"""Bytes that a body may unpack to; no source may send as much."""


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a backup says of itself."""

    format: int
    version: str
    revision: str
    made_at: str
    tables: dict[str, str]
    """By file, the sha256 of what is in it."""
    bodies: int


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What a backup holds, or what was restored of it."""

    made_at: str
    rows: int
    bodies: int
    bytes: int


def back_up(ledger: Ledger, target: Path, now: datetime) -> BackedUp:
    """Writes a backup; nothing is there under that name until it is whole and on the disk.

    Raises UsageError where the file exists, LedgerError where the disk or the database refuses.
    """
    if target.exists():
        raise UsageError(f"{target} exists; a backup never writes over another")
    try:
        with (
            tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder,
            whole_file(target) as stream,
        ):
            return _write(ledger, stream, Path(folder), now)
    except OSError as error:
        raise LedgerError(f"the backup could not be written: {error.strerror}") from error


def _write(ledger: Ledger, stream: BinaryIO, folder: Path, now: datetime) -> BackedUp:
    counted: dict[Path, int] = {}

    def write(name: str, lines: Iterator[bytes]) -> None:
        path = folder / f"{name}.jsonl.zst"
        with path.open("wb") as file, zstandard.ZstdCompressor(6).stream_writer(file) as packed:
            counted[path] = sum(bool(packed.write(line)) or True for line in lines)

    ledger.dump(write)
    with ledger.retention() as tx:
        bodies = [ledger.bodies.path(sha) for sha in sorted(tx.kept())]
    there = [path for path in bodies if path.exists()]
    tables = {f"tables/{path.name}": _hash(path) for path in counted}
    manifest = Manifest(FORMAT, __version__, NEWEST, utc(now), tables, len(there))
    os.fchmod(stream.fileno(), 0o600)
    with tarfile.open(fileobj=stream, mode="w") as tar:
        _add(tar, _MANIFEST, io.BytesIO(msgspec.json.encode(manifest)))
        for path in counted:
            with path.open("rb") as content:
                _add(tar, f"tables/{path.name}", content)
        for path in there:
            with path.open("rb") as content:
                _add(tar, f"snapshots/{path.name}", content)
    return BackedUp(manifest.made_at, sum(counted.values()), len(there), stream.tell())


def _add(tar: tarfile.TarFile, name: str, content: IO[bytes]) -> None:
    member = tarfile.TarInfo(name)
    member.size = content.seek(0, os.SEEK_END)
    member.mode = 0o600
    content.seek(0)
    tar.addfile(member, content)


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def restore(ledger: Ledger, source: Path) -> BackedUp:
    """Fills an empty ledger, bodies first, so that no row ever names what is not there.

    Raises UsageError where there is no such file, LedgerError where it is no whole backup of ours
    or the ledger is not empty.
    """
    with _opened(source) as tar:
        manifest = _manifest(tar)
        tables = {
            _named(_TABLE, name): _reader(tar, name, digest)
            for name, digest in manifest.tables.items()
        }
        bodies = [one for one in tar.getmembers() if _BODY.fullmatch(one.name)]
        if len(bodies) != manifest.bodies:
            raise LedgerError(f"the backup holds {len(bodies)} of {manifest.bodies} bodies")
        for member in bodies:
            _restore_body(ledger, _named(_BODY, member.name), _content(tar, member.name))
        rows = ledger.load(manifest.revision, tables)
    _stamp(ledger, manifest)
    size = source.stat().st_size
    return BackedUp(manifest.made_at, sum(rows.values()), len(bodies), size)


def _stamp(ledger: Ledger, manifest: Manifest) -> None:
    """So that the next start tells since when something may have been missed."""
    with ledger.reading() as reading:
        newest = next(iter(reading.polls(limit=1)), None)
    before = ledger.marker.read()
    mark = Mark((newest.id if newest else 0) + 1, datetime.fromisoformat(manifest.made_at))
    if before is None or before.poll < mark.poll:
        ledger.marker.write(mark)


@contextmanager
def _opened(source: Path) -> Iterator[tarfile.TarFile]:
    if not source.is_file():
        raise UsageError(f"{source} is no file")
    try:
        with tarfile.open(source, mode="r:") as tar:
            yield tar
    except (tarfile.TarError, zstandard.ZstdError, EOFError) as error:
        raise LedgerError(f"{source} is no whole backup: {error}") from error
    except OSError as error:
        raise LedgerError(f"the backup could not be read: {error.strerror or error}") from error


def _manifest(tar: tarfile.TarFile) -> Manifest:
    try:
        found = msgspec.json.decode(_content(tar, _MANIFEST), type=Manifest)
    except msgspec.MsgspecError as error:
        raise LedgerError(f"the backup's manifest is broken: {error}") from error
    if found.format != FORMAT:
        raise LedgerError(f"the backup has format {found.format}; this version reads {FORMAT}")
    return found


def _named(pattern: re.Pattern[str], name: str) -> str:
    match = pattern.fullmatch(name)
    if match is None:
        raise LedgerError(f"the backup holds a part of another kind: {name!r:.80}")
    return match[1]


def _content(tar: tarfile.TarFile, name: str) -> bytes:
    try:
        stream = tar.extractfile(name)
    except KeyError as error:
        raise LedgerError(f"the backup lacks {name}") from error
    if stream is None:
        raise LedgerError(f"the backup's {name} is no file")
    return stream.read()


def _reader(tar: tarfile.TarFile, name: str, digest: str) -> Callable[[], BinaryIO]:
    """The lines of a table; its hash is held against the manifest at once."""
    packed = _content(tar, name)
    if sha256(packed).hexdigest() != digest:
        raise LedgerError(f"the backup's {name} is not what its manifest says")
    return lambda: io.BufferedReader(zstandard.ZstdDecompressor().stream_reader(packed))


def _restore_body(ledger: Ledger, name: str, packed: bytes) -> None:
    body = zstandard.ZstdDecompressor().decompress(packed, max_output_size=_LARGEST_BODY)
    if sha256(body).hexdigest() != name:
        raise LedgerError(f"the backup's body {name} has another hash")
    ledger.bodies.keep(name, body)
