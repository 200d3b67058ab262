"""The tapes that ship inside, and where a tape is that somebody names."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile

from monitor.errors import UsageError
from monitor.replay.scenario import MANIFEST
from monitor.replay.tape import LARGEST

FOLDER = Path(__file__).parent / "tapes"


def names() -> list[str]:
    """The names of the shipped tapes."""
    return sorted(path.parent.name for path in FOLDER.glob(f"*/{MANIFEST}"))


@contextmanager
def opened(name: str) -> Iterator[Path]:
    """The folder of a shipped tape, or of one named by the path of its folder or zip file.

    Raises UsageError where there is none.
    """
    path = Path(name)
    if name in names():
        yield FOLDER / name
    elif path.is_dir():
        yield path
    elif path.is_file():
        with TemporaryDirectory(prefix="tape-") as temporary:
            _unpack(path, Path(temporary))
            yield Path(temporary)
    else:
        raise UsageError(
            f"no tape is called “{name}”, nor is there such a folder or zip file;"
            f" there are {', '.join(names())}"
        )


def _unpack(path: Path, folder: Path) -> None:
    """The files of a zip, whatever folders it has them in."""
    try:
        with ZipFile(path) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            if sum(member.file_size for member in members) > LARGEST:
                raise UsageError(f"{path} unpacks to more than {LARGEST} bytes")
            for one in members:
                (folder / Path(one.filename).name).write_bytes(archive.read(one))
    # What zipfile raises of a broken archive, of a method it does not know, and of a password.
    except (BadZipFile, NotImplementedError, RuntimeError) as error:
        raise UsageError(f"{path} is no zip file that can be read: {error}") from error
