"""The scenarios that ship inside, and where a scenario is that somebody names."""

from pathlib import Path

from monitor.errors import UsageError

FOLDER = Path(__file__).parent / "scenarios"


def names() -> list[str]:
    """The names of the shipped scenarios."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def find(name: str) -> Path:
    """The file of a shipped scenario, or of one named by its path or folder.

    Raises UsageError where there is none.
    """
    if name in names():
        return FOLDER / f"{name}.yaml"
    path = Path(name)
    if path.is_dir():
        path = path / "scenario.yaml"
    if path.is_file():
        return path
    raise UsageError(f"no scenario is called “{name}”, nor is there such a file; there are "
                     f"{', '.join(names())}")  # fmt: skip
