"""Whether the files of watches have changed since they were last read."""

from dataclasses import dataclass, field
from pathlib import Path

_FILES = ("watchlist.yaml", "watchlist.csv")
_Stamp = tuple[int, int, int] | None


@dataclass(slots=True)
class WatchFiles:
    """The files of watches of a folder, as they were when they were last read.

    To be made before they are read: a change in between is then one change too many, not one too
    few.
    """

    folder: Path
    _read: tuple[_Stamp, ...] = field(init=False)
    _seen: tuple[_Stamp, ...] = field(init=False)

    def __post_init__(self) -> None:
        self._read = self._seen = self._stamps()

    def changed(self) -> bool:
        """Whether they are other than when last read, and as they were when last asked.

        A file that another program is still writing is half a watch list.
        """
        stamps, before = self._stamps(), self._seen
        self._seen = stamps
        if stamps != before or stamps == self._read:
            return False
        self._read = stamps
        return True

    def _stamps(self) -> tuple[_Stamp, ...]:
        return tuple(_stamp(self.folder / name) for name in _FILES)


def _stamp(path: Path) -> _Stamp:
    """What changes with a file; None where it is not there. A link stands for what it leads to."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
