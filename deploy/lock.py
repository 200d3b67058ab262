"""A lock as `make lock` writes it: pinned names, each with the hashes of its files.

Refuses anything else, by file and line: no ranges, no addresses, no options.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"

_PIN = re.compile(
    r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)==(?P<version>[A-Za-z0-9.!+_-]+)"
    r"(?:\s*;\s*(?P<marker>(?:(?!--hash=).)+?))?(?P<hashes>(?:\s+--hash=sha256:[0-9a-f]{64})+)"
)


class Unusable(Exception):
    """A file that no bill can be made of; says which, on which line, and why."""


@dataclass(frozen=True, slots=True)
class Pin:
    """One requirement of a lock; `marker` says where it is installed, empty for everywhere."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]

    @property
    def purl(self) -> str:
        """Its package URL, which names it in the bill."""
        return f"pkg:pypi/{self.name}@{quote(self.version, safe='')}"


def canonical(name: str) -> str:
    """A package's or an extra's name as PEP 503 writes it."""
    return re.sub(r"[-_.]+", "-", name.strip()).lower()


def read(path: Path) -> str:
    """The text of a file; raises Unusable."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Unusable(f"{path}: cannot be read: {error}") from error


def requirements(text: str) -> Iterator[tuple[int, str]]:
    """Each requirement with the number of its first line, continued lines joined.

    One whose continuation is missing keeps its backslash: the file was cut.
    """
    begun, parts = 0, list[str]()
    for number, line in enumerate(text.splitlines(), 1):
        begun = begun if parts else number
        parts.append(line.removesuffix("\\").strip())
        if line.endswith("\\"):
            continue
        joined = " ".join(parts).strip()
        parts.clear()
        if joined and not joined.startswith("#"):
            yield begun, joined
    if parts:
        yield begun, " ".join([*parts, "\\"])


def pins(path: Path) -> tuple[Pin, ...]:
    """Every requirement of a lock, in its order; raises Unusable with file and line."""
    found: dict[str, Pin] = {}
    for number, line in requirements(read(path)):
        match = _PIN.fullmatch(line)
        if match is None:
            raise Unusable(f"{path}:{number}: not a pinned and hashed name: {line[:60]}")
        hashes = re.findall(r"sha256:(\w+)", match["hashes"])
        marker = (match["marker"] or "").strip()
        pin = Pin(canonical(match["name"]), match["version"], marker, tuple(hashes))
        if pin.purl in found:
            raise Unusable(f"{path}:{number}: {pin.name} {pin.version} stands there twice")
        found[pin.purl] = pin
    if not found:
        raise Unusable(f"{path}: holds no requirement")
    return tuple(found.values())
