"""Snapshot bodies: one compressed file each in the data folder, named by the sha256 of its content.

A body is written whole or not at all, so that a crash leaves none half written.
"""

import logging
from collections.abc import Collection
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256 as digest
from pathlib import Path

import zstandard

from monitor.errors import LedgerError
from monitor.ledger.whole_file import whole_file

log = logging.getLogger("monitor.ledger")


class Bodies:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._sound = set[str]()

    def path(self, sha256: str) -> Path:
        """Where the body of that hash is or would be."""
        return self.folder / sha256[:2] / f"{sha256}.zst"

    def keep(self, sha256: str, body: bytes) -> int:
        """Keeps a body; its stored size in bytes. Raises LedgerError when the disk refuses."""
        path = self.path(sha256)
        try:
            if path.exists():
                return path.stat().st_size
            path.parent.mkdir(parents=True, exist_ok=True)
            with whole_file(path) as stream:
                # Piece by piece: the packed one beside the bare one may be too much.
                packer = zstandard.ZstdCompressor(level=3)
                with packer.stream_writer(stream, size=len(body), closefd=False) as packing:
                    packing.write(body)
            self._damaged(sha256).unlink(missing_ok=True)
            return path.stat().st_size
        except OSError as error:
            raise LedgerError(f"the snapshot could not be kept: {error.strerror}") from error

    def load(self, sha256: str) -> bytes | None:
        """The body, or None where it is not kept.

        A file that no longer holds what its name says is set aside: its body is not kept any more.
        """
        path = self.path(sha256)
        try:
            packed = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise LedgerError(f"the snapshot could not be read: {error.strerror}") from error
        try:
            body = zstandard.ZstdDecompressor().decompress(packed)
        except zstandard.ZstdError:
            body = b""
        if digest(body).hexdigest() == sha256:
            return body
        log.error("the file of snapshot %s is damaged and set aside", sha256)
        with suppress(OSError):
            path.replace(self._damaged(sha256))
        return None

    def is_sound(self, sha256: str) -> bool:
        """Whether the body is kept; what its file holds is looked at once a process."""
        with suppress(LedgerError):
            if sha256 not in self._sound and self.load(sha256) is not None:
                self._sound.add(sha256)
        return sha256 in self._sound and self.path(sha256).exists()

    def is_damaged(self, sha256: str) -> bool:
        """Whether its file was set aside as damaged, and no other has taken its place."""
        return self._damaged(sha256).exists()

    def _damaged(self, sha256: str) -> Path:
        return self.path(sha256).with_suffix(".damaged")

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
        for path in self.folder.glob("??/*"):
            sha, _, rest = path.name.partition(".")
            try:
                age = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            except FileNotFoundError:
                continue  # dropped by another process meanwhile
            if age < before and (rest != "zst" or sha not in wanted):
                found.append(path)
        return found

    def total(self) -> int:
        return sum(path.stat().st_size for path in self.folder.glob("??/*.zst"))
