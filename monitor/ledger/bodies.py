"""Snapshot bodies: one compressed file each in the data folder, named by the sha256 of its content.

A body is written whole or not at all, so that a crash leaves none half written.
"""

from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path

import zstandard

from monitor.errors import LedgerError
from monitor.ledger.whole_file import whole_file


class Bodies:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, sha256: str) -> Path:
        """Where the body of that hash is or would be."""
        return self._folder / sha256[:2] / f"{sha256}.zst"

    def keep(self, sha256: str, body: bytes) -> int:
        """Keeps a body; its stored size in bytes. Raises LedgerError when the disk refuses."""
        path = self.path(sha256)
        try:
            if path.exists():
                return path.stat().st_size
            path.parent.mkdir(parents=True, exist_ok=True)
            packed = zstandard.ZstdCompressor(level=3).compress(body)
            with whole_file(path) as stream:
                stream.write(packed)
        except OSError as error:
            raise LedgerError(f"the snapshot could not be kept: {error.strerror}") from error
        return len(packed)

    def load(self, sha256: str) -> bytes | None:
        """The body, or None where it was not kept."""
        try:
            packed = self.path(sha256).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise LedgerError(f"the snapshot could not be read: {error.strerror}") from error
        return zstandard.ZstdDecompressor().decompress(packed)

    def drop(self, sha256: str) -> int:
        """Removes a body; the bytes freed, 0 where it was not there."""
        return self.remove(self.path(sha256))

    def remove(self, path: Path) -> int:
        """Removes a file of this folder; the bytes freed."""
        try:
            size = path.stat().st_size
            path.unlink()
        except FileNotFoundError:
            return 0
        except OSError as error:
            raise LedgerError(f"a snapshot could not be removed: {error.strerror}") from error
        return size

    def left_behind(self, wanted: Collection[str], before: datetime) -> list[Path]:
        """Files older than that whose body is not wanted, and halves that a crash has left."""
        found = []
        for path in self._folder.glob("??/*"):
            sha, _, rest = path.name.partition(".")
            try:
                age = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            except FileNotFoundError:
                continue  # dropped by another process meanwhile
            if age < before and (rest != "zst" or sha not in wanted):
                found.append(path)
        return found

    def total(self) -> int:
        return sum(path.stat().st_size for path in self._folder.glob("??/*.zst"))
