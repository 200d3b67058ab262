"""How far this installation's ledger had come: a small file beside the data, outside the database.

A database that is empty or older than the file was lost, exchanged or restored. The file is written
after the commit that it speaks of, so it is never ahead of a ledger that is whole.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from monitor.ledger.whole_file import whole_file

NAME = "last-poll.json"
log = logging.getLogger("monitor.ledger")


@dataclass(frozen=True, slots=True)
class Mark:
    """The newest poll that was committed."""

    poll: int
    at: datetime


class Marker:
    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME

    def read(self) -> Mark | None:
        """None where there is no file yet, or none that can be read."""
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=Mark)
        except FileNotFoundError:
            return None
        except (OSError, msgspec.MsgspecError) as error:
            log.warning("%s cannot be read: %s", self._path, error)
            return None

    def write(self, mark: Mark) -> None:
        """A disk that refuses is logged: the poll itself is safe."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with whole_file(self._path) as stream:
                stream.write(msgspec.json.encode(mark))
        except OSError as error:
            log.warning("%s cannot be written: %s", self._path, error.strerror)
