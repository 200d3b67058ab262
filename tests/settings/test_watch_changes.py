"""Watch files that change under a running service: when a change counts."""

import os
from pathlib import Path

from monitor.settings import WatchFiles


def test_a_change_counts_once_it_stands_still(tmp_path: Path) -> None:
    """Not while the file is still being written, and not twice."""
    file = tmp_path / "watchlist.csv"
    file.write_text("Name\nOne\n")
    files = WatchFiles(tmp_path)
    assert not files.changed()
    file.write_text("Name\nOne\nTw")
    assert not files.changed()
    file.write_text("Name\nOne\nTwo\n")
    assert [files.changed() for _ in range(3)] == [False, True, False]


def test_a_file_that_comes_goes_or_is_exchanged_is_a_change(tmp_path: Path) -> None:
    """Also where size and time stay: a new file under the same name, or another behind a link."""
    file, other = tmp_path / "watchlist.yaml", tmp_path / "other"
    files = WatchFiles(tmp_path)
    for text in ("one", "two"):
        other.write_text(text)
        os.utime(other, (1e9, 1e9))
        other.replace(file)
        assert [files.changed(), files.changed()] == [False, True], text
    file.unlink()
    assert [files.changed(), files.changed()] == [False, True]
