"""Makes a scenario of what the ledger has kept of a period: its polls, bodies and documents.

What was told is not copied: a replay judges anew. A body that retention has dropped, or a failure
whose kind is not known any more, is named as a gap and never invented.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec
import yaml

from monitor.errors import UsageError
from monitor.ledger.read import Reading
from monitor.ledger.records import Poll
from monitor.replay.deeds import Breaks, Deed, Mends, Registers, Serves
from monitor.replay.scenario import Believable, Scenario, Step, World
from monitor.screening.acts.document import Document
from monitor.screening.words.event_text import utc
from monitor.service import Parts
from monitor.settings import Settings

_GOOD = frozenset({"accepted", "unchanged", "quarantined"})
_STATUS = re.compile(r"answered (\d{3})|status (\d{3})")
_UNREACHED = ("the connection failed", "no whole answer within")


@dataclass(slots=True)
class Recorded:
    """What a recording came to."""

    steps: int = 0
    bodies: int = 0
    gaps: list[str] = field(default_factory=list)


def record(parts: Parts, found: Settings, first: datetime, last: datetime, out: Path) -> Recorded:
    """Writes a scenario with its bodies into a new folder.

    Raises UsageError where the folder is not empty or nothing was polled in the period.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(f"{out} is not an empty folder")
    with parts.ledger.reading() as reading:
        polls = [poll for poll in _polls(reading) if poll.at <= last]
        within = [poll for poll in polls if poll.at >= first]
        if not within:
            raise UsageError("nothing was polled in that period")
        out.mkdir(parents=True, exist_ok=True)
        tape = _Tape(parts, reading, out)
        steps = [*tape.base(polls, first), *tape.steps(within)]
    tape.kept.steps = len(within)
    _write(out, _scenario(parts, found, last, tuple(steps), tape))
    return tape.kept


def _polls(reading: Reading) -> list[Poll]:
    """Every poll, oldest first."""
    found: list[Poll] = []
    while page := reading.polls(before=found[-1].id if found else None, limit=1000):
        found += page
    return found[::-1]


@dataclass(slots=True)
class _Tape:
    """Turns polls into steps, and keeps the files they need."""

    parts: Parts
    reading: Reading
    out: Path
    kept: Recorded = field(default_factory=Recorded)
    media: set[str] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)
    shown: dict[str, str] = field(default_factory=dict)
    """By source, the snapshot its host shows now."""

    def base(self, polls: list[Poll], first: datetime) -> Iterator[Step]:
        """What each source showed before the period, looked at once as it begins."""
        deeds: list[Deed] = []
        for source in sorted(self.parts.enabled):
            good = [p for p in polls if p.source == source and p.at < first and p.snapshot]
            accepted = [p for p in good if p.outcome in {"accepted", "unchanged"}]
            deeds += self._shows(accepted[-1]) if accepted else []
        if deeds:
            words = "What the sources showed before."
            yield Step(at=first, happens=words, do=tuple(deeds))

    def steps(self, polls: list[Poll]) -> Iterator[Step]:
        """The polls of the past; those of one round are one look."""
        for at, group in groupby(polls, key=lambda poll: poll.at):
            steps = [self._step(poll) for poll in group]
            if {step.only for step in steps} == self.parts.enabled:
                yield Step(
                    at=at,
                    happens="; ".join(step.happens for step in steps),
                    do=tuple(deed for step in steps for deed in step.do),
                )
            else:
                yield from steps

    def _step(self, poll: Poll) -> Step:
        reasons = "; ".join(poll.reasons)
        deeds: list[Deed] = []
        if poll.outcome == "failed":
            self.broken.add(poll.source)
            deeds += [Mends(mends=_host(poll)), _failure(poll, reasons)]
        elif poll.outcome in _GOOD:
            if poll.source in self.broken:
                self.broken.remove(poll.source)
                deeds.append(Mends(mends=_host(poll)))
            deeds += self._shows(poll)
        happens = f"{poll.source}: {poll.outcome}" + (f", {reasons}" if reasons else "")
        return Step(at=poll.at, happens=happens, do=tuple(deeds), only=_host(poll))

    def _shows(self, poll: Poll) -> list[Deed]:
        """The deed that lets a host show what this poll saw, where it is not shown already."""
        sha = poll.snapshot
        if sha is None or self.shown.get(poll.source) == sha:
            return []
        snapshot, body = self.reading.snapshot(sha), self.parts.ledger.bodies.load(sha)
        if snapshot is None or body is None:
            self.kept.gaps.append(f"{poll.source} at {utc(poll.at)}: its body is no longer kept")
            return []
        self.shown[poll.source] = sha
        if poll.source == "federal_register":
            return [Registers(registers=self._keep(sha, "json", body), texts=self._texts(body))]
        self.media.add(snapshot.media)
        name = self._keep(sha, snapshot.media, body)
        return [
            Serves.model_validate(
                {"serves": poll.source, "body": name, "media": snapshot.media, "as_of": poll.as_of}
            )
        ]

    def _texts(self, body: bytes) -> dict[str, str]:
        known, found = self.reading.known_acts(), dict[str, str]()
        for document in msgspec.json.decode(body, type=list[Document]):
            act = known.get(document.number)
            text = self.parts.ledger.bodies.load(act.snapshot) if act and act.snapshot else None
            if act is None or act.snapshot is None or text is None:
                self.kept.gaps.append(f"the text of document {document.number}")
                continue
            found[document.number] = self._keep(act.snapshot, "txt", text)
        return found

    def _keep(self, sha: str, media: str, body: bytes) -> str:
        name = f"bodies/{sha[:16]}.{media}"
        path = self.out / name
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(body)
            self.kept.bodies += 1
        return name


def _host(poll: Poll) -> Any:
    """The source's name; the models refuse any other."""
    return poll.source


def _failure(poll: Poll, reasons: str) -> Breaks:
    if any(words in reasons for words in _UNREACHED):
        return Breaks(breaks=_host(poll), how="unreachable")
    status = _STATUS.search(reasons)
    number = next((int(one) for one in status.groups() if one), 503) if status else 503
    return Breaks(breaks=_host(poll), how="refuses", status=number, reason=reasons or None)


def _scenario(
    parts: Parts,
    found: Settings,
    last: datetime,
    steps: tuple[Step, ...],
    tape: _Tape,
) -> Scenario:
    forms = sorted(tape.media & {"json", "csv", "tsv"}, key=("json", "csv", "tsv").index)
    begins = steps[0].at
    return Scenario(
        title=f"Recorded, {utc(begins)} to {utc(last)}",
        begins=begins,
        watches=found.watches,
        sources=tuple(name for name, _ in found.sources.enabled()),
        world=World(
            listed=(),
            crowd=0,
            other_lists=0,
            rules=False,
            csl_urls=tuple(f"https://data.trade.gov/csl/v1/consolidated.{form}" for form in forms)
            or World().csl_urls,
        ),
        believable={
            name: Believable(
                min_entries=parts.bounds[name].floors,
                max_shrink=parts.bounds[name].max_shrink,
                canaries=parts.bounds[name].canaries,
            )
            for name, _ in found.sources.enabled()
            if name in parts.bounds
        },
        stale_after={name: one.stale_after for name, one in found.sources.enabled()},
        steps=steps,
    )


def _write(out: Path, scenario: Scenario) -> None:
    said = scenario.model_dump(mode="json", exclude_defaults=True)
    text = yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=100)
    (out / "scenario.yaml").write_text(text, encoding="utf-8")
