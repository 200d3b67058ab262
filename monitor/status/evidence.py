"""The evidence of one event as a zip: the event, the original bytes, their hashes, a report.

Nothing in it is made up for the occasion: bytes are as they came, and SHA256SUMS speaks of every
other file, so that `sha256sum -c SHA256SUMS` proves the whole. A file is written whole or not at
all. The same event gives the same files as long as the ledger knows no more of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from monitor.errors import UsageError
from monitor.language.languages import ENGLISH
from monitor.ledger.bodies import Bodies
from monitor.ledger.records import Poll, Snapshot, StoredEvent
from monitor.ledger.whole_file import whole_file
from monitor.rendering.page import render, style
from monitor.service import Service
from monitor.status.shapes import json_bytes, public_poll

AROUND = timedelta(days=2)
"""How far before and after an event its polls are included."""
SUMS = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class Evidence:
    stored: StoredEvent
    snapshots: tuple[Snapshot, ...]
    missing: tuple[str, ...]
    """Hashes of snapshots whose bytes are no longer kept."""
    polls: tuple[Poll, ...]
    name: str | None
    """The watch's name, where it is still watched."""
    gathered_at: datetime


def gather(service: Service, event: str) -> Evidence:
    """Raises UsageError for an unknown event."""
    with service.ledger.reading() as reading:
        stored = reading.event(event)
        if stored is None:
            raise UsageError(f"no event has the id {event}")
        hashes = dict.fromkeys(
            witness.snapshot for witness in stored.event.witnesses if witness.snapshot
        )
        known = [one for sha in hashes if (one := reading.snapshot(sha)) is not None]
        at = datetime.fromisoformat(stored.event.at)
        polls = reading.polls_between(at - AROUND, at + AROUND)
    bodies = service.ledger.bodies
    kept = [one for one in known if one.kept and bodies.path(one.sha256).exists()]
    have = {one.sha256 for one in kept}
    watch = service.watch(stored.event.watch or "")
    return Evidence(
        stored=stored,
        snapshots=tuple(kept),
        missing=tuple(sha for sha in hashes if sha not in have),
        polls=tuple(polls),
        name=watch.name if watch else None,
        gathered_at=service.clock(),
    )


def write(evidence: Evidence, bodies: Bodies, out: Path) -> list[str]:
    """Writes the zip; the names of the files in it. Raises OSError where it cannot be written."""
    sums: dict[str, str] = {}
    with whole_file(out) as stream, ZipFile(stream, "w", ZIP_DEFLATED) as bundle:
        for name, content in _files(evidence, bodies):
            sums[name] = sha256(content).hexdigest()
            bundle.writestr(_entry(name, evidence), content)
        said = "".join(f"{digest}  {name}\n" for name, digest in sums.items())
        bundle.writestr(_entry(SUMS, evidence), said)
    return [*sums, SUMS]


def _files(evidence: Evidence, bodies: Bodies) -> Iterator[tuple[str, bytes]]:
    yield "event.json", json_bytes(evidence.stored.event.public())
    yield "polls.json", json_bytes({"polls": [public_poll(poll) for poll in evidence.polls]})
    for snapshot in evidence.snapshots:
        body = bodies.load(snapshot.sha256)
        if body is not None:
            yield file_name(snapshot), body
    yield "report.html", report(evidence, bundled=True).encode()


def report(evidence: Evidence, *, bundled: bool) -> str:
    """The report as a page; `bundled` with the files it speaks of, or alone, as in a mail."""
    files = {snapshot.sha256: file_name(snapshot) for snapshot in evidence.snapshots}
    return render("report.html", ENGLISH, evidence=evidence, event=evidence.stored.event,
                  style=style(), files=files, bundled=bundled)  # fmt: skip


def file_name(snapshot: Snapshot) -> str:
    return f"snapshots/{snapshot.file_name}"


def _entry(name: str, evidence: Evidence) -> ZipInfo:
    """A file of the zip, dated when it was gathered; zip knows no years before 1980."""
    at = evidence.gathered_at
    info = ZipInfo(name, (max(at.year, 1980), at.month, at.day, at.hour, at.minute, at.second))
    info.compress_type, info.external_attr = ZIP_DEFLATED, 0o644 << 16
    return info
