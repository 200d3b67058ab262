"""What the code assumes about its machine: database, disk, clock, channels."""

import os
import shutil
import tempfile
from pathlib import Path

from monitor import wiring
from monitor.doctor.answer import Answer, CannotAsk, NotHeld, Questions
from monitor.doctor.listening import Listening
from monitor.network.proxies import proxy_problem
from monitor.screening.words.labels import counted
from monitor.service import Service
from monitor.settings import Settings

LEAST_FREE = 2 * 2**30
"""Bytes; some weeks of snapshots, and room for SQLite to write its file anew."""
LARGEST_SKEW = 30.0
"""Seconds; receivers refuse signatures that are minutes off, and leases last 45 seconds."""


def ask(
    questions: Questions, found: Settings, service: Service, *, network: bool
) -> tuple[Answer, ...]:
    """The questions that need nobody else; with `network`, names of receivers are looked up."""
    data = found.environment.data_dir
    questions.ask(
        "the database is intact, writable and at the newest schema",
        "MONITOR_DATABASE_URL; docs/backup.md",
        service.ledger.examine,
    )
    questions.ask("the proxy variables can be used", "HTTPS_PROXY, ALL_PROXY, NO_PROXY", _proxies)
    questions.ask("the data folder is writable", "MONITOR_DATA_DIR", lambda: _written(data))
    questions.ask(
        "the disk has enough free space",
        "MONITOR_DATA_DIR; config/monitor.yaml: retention; docs/operations.md",
        lambda: _room(data),
    )
    questions.ask(
        "alerts have a channel",
        "config/apprise.yaml, config/monitor.yaml: webhooks",
        lambda: _channels(found, service, network=network),
    )
    questions.ask(
        "no alert is undelivered", "entity-monitor notifications list", lambda: _no_dead(service)
    )
    return tuple(questions.answers)


def ask_clock(questions: Questions, listening: Listening) -> None:
    """Whether this machine's clock agrees with the host's that has just answered."""

    def look() -> str:
        if listening.skew is None:
            raise CannotAsk("no response had a date")
        if abs(listening.skew) > LARGEST_SKEW:
            raise NotHeld(f"off by {listening.skew:+.0f} s")
        return f"off by {listening.skew:+.0f} s"

    questions.ask("this clock agrees with the host's", "the machine's time service", look)


def _proxies() -> str:
    if (problem := proxy_problem()) is not None:
        raise NotHeld(problem)
    return "none that a request fails by"


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


def _channels(found: Settings, service: Service, *, network: bool) -> str:
    problems = wiring.channel_problems(found) if network else None
    if problems is not None:
        raise NotHeld(str(problems))
    if not service.channels:
        raise NotHeld("no channel is configured: alerts appear only on the status page")
    count = counted(len(service.channels), "channel")
    return f"{count}; test with entity-monitor test-notification"


def _no_dead(service: Service) -> str:
    with service.ledger.reading() as reading:
        dead = reading.notifications(statuses=("dead",))
    if dead:
        raise NotHeld(f"{counted(len(dead), 'dead letter')}, the newest for {dead[0].channel}")
    return "no dead letters"
