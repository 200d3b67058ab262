"""What the code assumes of the machine it runs on: database, disk, clock, channels."""

import os
import shutil
import tempfile
from pathlib import Path

from monitor import wiring
from monitor.doctor.answer import Answer, CannotAsk, NotHeld, Questions
from monitor.doctor.listening import Listening
from monitor.service import Parts
from monitor.settings import Settings

LEAST_FREE = 2 * 2**30
"""Bytes; some weeks of snapshots, and room for SQLite to write its file anew."""
LARGEST_SKEW = 30.0
"""Seconds; receivers refuse signatures that are minutes off, and leases last 45 seconds."""


def ask(
    questions: Questions, found: Settings, parts: Parts, *, network: bool
) -> tuple[Answer, ...]:
    """The questions that need nobody else; with `network`, names of receivers are looked up."""
    data = found.environment.data_dir
    questions.ask(
        "the database is at the newest schema, sound, and can be written",
        "MONITOR_DATABASE_URL; docs/backup.md",
        parts.ledger.examine,
    )
    questions.ask("the data folder can be written", "MONITOR_DATA_DIR", lambda: _written(data))
    questions.ask(
        "the disk has room",
        "MONITOR_DATA_DIR; config/monitor.yaml: retention; docs/operations.md",
        lambda: _room(data),
    )
    questions.ask(
        "somebody is told",
        "config/apprise.yaml, config/monitor.yaml: webhooks",
        lambda: _channels(found, parts, network=network),
    )
    questions.ask(
        "no alert was given up", "entity-monitor notifications list", lambda: _no_dead(parts)
    )
    return tuple(questions.answers)


def ask_clock(questions: Questions, listening: Listening) -> None:
    """Whether this machine's clock agrees with the host's that has just answered."""

    def look() -> str:
        if listening.skew is None:
            raise CannotAsk("no answer said its time")
        if abs(listening.skew) > LARGEST_SKEW:
            raise NotHeld(f"ours is {listening.skew:+.0f} s off")
        return f"ours is {listening.skew:+.0f} s off"

    questions.ask("our clock agrees with the host's", "the machine's time service", look)


def _written(data: Path) -> str:
    try:
        data.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=data) as file:
            file.write(b"\0" * 4_096)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise NotHeld(f"{data}: {error.strerror}") from error
    return str(data.absolute())


def _room(data: Path) -> str:
    try:
        free = shutil.disk_usage(data).free
    except OSError as error:
        raise CannotAsk(f"{data}: {error.strerror}") from error
    if free < LEAST_FREE:
        raise NotHeld(f"{free / 2**30:.1f} GiB free, less than {LEAST_FREE / 2**30:.0f}")
    return f"{free / 2**30:.1f} GiB free"


def _channels(found: Settings, parts: Parts, *, network: bool) -> str:
    problems = wiring.channel_problems(found) if network else None
    if problems is not None:
        raise NotHeld(str(problems))
    if not parts.channels:
        raise NotHeld("no channel is configured: alerts stay on the status page")
    return f"{len(parts.channels)} channels; try them with entity-monitor test-notification"


def _no_dead(parts: Parts) -> str:
    with parts.ledger.reading() as reading:
        dead = reading.notifications(statuses=("dead",))
    if dead:
        raise NotHeld(f"{len(dead)} dead letters, the newest for {dead[0].channel}")
    return "no dead letters"
