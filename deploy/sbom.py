"""The software bill of materials: what `requirements.lock` puts into the image, as CycloneDX 1.6.

`python -m deploy.sbom [--lock FILE] [--out FILE]`. Licenses and edges come from the packages
installed beside this interpreter, where the installed version is the locked one. The same lock and
environment give the same bytes: no clock, no chance, unless SOURCE_DATE_EPOCH names a time. It
refuses a lock with anything but pinned and hashed names, and tells no address of any index. What
the base image brings is not in it.
"""

import argparse
import hashlib
import json
import os
import re
import sys
import tomllib
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import quote

from deploy.lock import LOCK, ROOT, Pin, Unusable, canonical, pins, read

OLDEST = (3, 11)  # a requirement of older Pythons alone never holds: pyproject asks for this one

_NEED = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[([^\]]*)\])?[^;]*(?:;(.*))?", re.DOTALL)
_VERSION = re.compile(r'^__version__ = "([^"]+)"$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Need:
    """One requirement of a package: `given` are the extras of which one must have been asked."""

    name: str
    extras: frozenset[str]
    given: frozenset[str]


@dataclass(frozen=True, slots=True)
class Installed:
    """What an installed package says of itself: CycloneDX license choices, and its needs."""

    licenses: tuple[dict[str, Any], ...]
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """What the bill is of."""

    name: str
    version: str
    license: str
    needs: tuple[Need, ...]

    @property
    def purl(self) -> str:
        """Its package URL; no index has it."""
        return f"pkg:generic/{self.name}@{quote(self.version, safe='')}"


# -- reading


def needs(lines: Iterable[str], *, of: str) -> tuple[Need, ...]:
    """What `of` requires, without what too old Pythons alone need; raises Unusable.

    Every other marker may hold somewhere, and the lock serves every platform.
    """
    return tuple(need for line in lines for need in _need(line, of))


def _need(line: str, of: str) -> Iterator[Need]:
    match = _NEED.fullmatch(line)
    if match is None:
        raise Unusable(f"{of}: not a requirement: {line[:60]}")
    name, extras, marker = match[1], match[2] or "", match[3] or ""
    below = re.findall(r"python_(?:full_)?version\s*<\s*['\"](\d+)\.(\d+)", marker)
    if " or " not in marker and any((int(a), int(b)) <= OLDEST for a, b in below):
        return
    given = re.findall(r"extra\s*==\s*['\"]([^'\"]+)['\"]", marker)
    asked = frozenset(canonical(extra) for extra in extras.split(",") if extra.strip())
    yield Need(canonical(name), asked, frozenset(map(canonical, given)))


def product(root: Path) -> Product:
    """The product, from pyproject.toml and the file that hatch reads the version from."""
    path = root / "pyproject.toml"
    try:
        asked = tomllib.loads(read(path))
        project, file = asked["project"], root / asked["tool"]["hatch"]["version"]["path"]
        extras = project.get("optional-dependencies", {}).values()
        lines = [*project["dependencies"], *(line for extra in extras for line in extra)]
        name, license_ = project["name"], project["license"]
    except tomllib.TOMLDecodeError as error:
        raise Unusable(f"{path}: {error}") from error
    except KeyError as error:
        raise Unusable(f"{path}: has no {error}") from error
    version = _VERSION.search(read(file))
    if version is None:
        raise Unusable(f"{file}: has no __version__")
    return Product(name, version[1], license_, needs(lines, of=str(path)))


def licenses(said: metadata.PackageMetadata) -> tuple[dict[str, Any], ...]:
    """The license that a package declares: an SPDX expression, else a name, else none.

    Some put the whole text, or an address, where the name belongs; their classifiers speak then.
    """
    declared = {"acknowledgement": "declared"}
    for expression in said.get_all("License-Expression") or ():
        return ({"expression": expression, **declared},)
    names = [
        name
        for name in said.get_all("License") or ()
        if name not in {"", "UNKNOWN"} and "\n" not in name and "://" not in name
    ] or [
        classifier.rsplit(" :: ", 1)[-1]
        for classifier in said.get_all("Classifier") or ()
        if classifier.startswith("License :: ")
    ]
    return tuple({"license": {"name": name, **declared}} for name in names)


def installed(locked: Iterable[Pin], path: Sequence[str]) -> dict[Pin, Installed]:
    """What of the lock is installed in these folders, in the locked version."""
    wanted = {(pin.name, pin.version): pin for pin in locked}
    found: dict[Pin, Installed] = {}
    for one in metadata.distributions(path=list(path)):
        for name in one.metadata.get_all("Name") or ():
            pin = wanted.get((canonical(name), one.version))
            if pin is not None and pin not in found:
                of = f"metadata of {pin.name} {pin.version}"
                asked = needs(one.requires or (), of=of)
                found[pin] = Installed(licenses(one.metadata), asked)
    return found


# -- the bill


def edges(known: Mapping[str, Sequence[Need]]) -> dict[str, set[str]]:
    """For each package the names that it needs, with the extras that others ask of it."""
    asked: dict[str, set[str]] = {name: set() for name in known}

    def needed(name: str) -> list[Need]:
        return [one for one in known[name] if not one.given or one.given & asked[name]]

    before = -1
    while before != (now := sum(map(len, asked.values()))):
        before = now
        for name in known:
            for need in needed(name):
                asked.setdefault(need.name, set()).update(need.extras)
    return {name: {need.name for need in needed(name)} - {name} for name in known}


def component(pin: Pin, said: Installed | None) -> dict[str, Any]:
    """One package of the lock."""
    made: dict[str, Any] = {
        "type": "library", "bom-ref": pin.purl, "name": pin.name, "version": pin.version,
        "purl": pin.purl,
        "hashes": [{"alg": "SHA-256", "content": one} for one in sorted(pin.hashes)],
    }  # fmt: skip
    if said is not None and said.licenses:
        made["licenses"] = list(said.licenses)
    if pin.marker:
        made["properties"] = [
            {"name": "entity-list-monitor:environment-marker", "value": pin.marker}
        ]
    return made


def graph(
    of: Product, locked: Sequence[Pin], known: Mapping[Pin, Installed]
) -> list[dict[str, Any]]:
    """The edges. What is not installed is left out: CycloneDX reads that as not known."""
    needed = edges({of.name: of.needs, **{pin.name: one.needs for pin, one in known.items()}})
    refs = [(of.purl, of.name), *((pin.purl, pin.name) for pin in locked if pin in known)]
    return [
        {"ref": ref, "dependsOn": [pin.purl for pin in locked if pin.name in needed[name]]}
        for ref, name in refs
    ]


def bill(
    of: Product,
    locked: Sequence[Pin],
    known: Mapping[Pin, Installed],
    *,
    digest: str,
    at: datetime | None = None,
) -> dict[str, Any]:
    """The whole bill; `digest` is the lock's sha256, `at` the time that it shall bear."""
    made = {"timestamp": f"{at:%Y-%m-%dT%H:%M:%SZ}"} if at else {}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": uuid.uuid5(uuid.NAMESPACE_URL, f"{of.purl}#sha256:{digest}").urn,
        "version": 1,
        "metadata": {
            **made,
            "lifecycles": [{"phase": "pre-build"}],
            "component": {
                "type": "application", "bom-ref": of.purl, "name": of.name, "version": of.version,
                "purl": of.purl,
                "licenses": [{"expression": of.license, "acknowledgement": "declared"}],
            },
        },
        "components": [component(pin, known.get(pin)) for pin in locked],
        "dependencies": graph(of, locked, known),
    }  # fmt: skip


# -- the command


def moment(epoch: str | None) -> datetime | None:
    """SOURCE_DATE_EPOCH, seconds since 1970, as a time; raises Unusable."""
    if not epoch:
        return None
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise Unusable(f"SOURCE_DATE_EPOCH: {error}") from error


def main(words: Sequence[str] | None = None) -> int:
    """Writes the bill; 2 when it cannot, with the reason on stderr."""
    parser = argparse.ArgumentParser(prog="sbom", description="CycloneDX 1.6 of a lock")
    parser.add_argument("--lock", type=Path, default=LOCK, help="the lock (%(default)s)")
    parser.add_argument("--out", type=Path, help="a file instead of stdout")
    asked = parser.parse_args(words)
    try:
        locked = pins(asked.lock)
        digest = hashlib.sha256(asked.lock.read_bytes()).hexdigest()
        at = moment(os.environ.get("SOURCE_DATE_EPOCH"))
        made = bill(product(ROOT), locked, installed(locked, sys.path), digest=digest, at=at)
        text = json.dumps(made, indent=2) + "\n"
        if asked.out is None:
            sys.stdout.write(text)
        else:
            asked.out.write_text(text, encoding="utf-8")
    except (Unusable, OSError) as error:
        sys.stderr.write(f"no bill of materials: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
