"""What every command shares: the configuration folder, errors as messages, JSON on stdout."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from monitor import wiring
from monitor.errors import ConfigError, LedgerError, MonitorError, UsageError
from monitor.screening.words.sanitize import one_line
from monitor.service import Service
from monitor.settings import Settings
from monitor.status.shapes import json_bytes

DONE, FAULT, USAGE, SOURCES_FAILED = 0, 1, 2, 3
"""Exit codes: done; a fault; wrong usage or configuration; a check in which some source failed."""

LONGEST = 4000
"""Most characters of a printed line."""

ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", help="Folder with the configuration files.", show_default=False),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document, nothing else.")]


@dataclass(frozen=True, slots=True)
class Start:
    """What a command is started with, before its own name."""

    config: Path | None = None
    """The folder named there."""
    sleep: wiring.Sleep = time.sleep
    """How to wait between two requests, in seconds."""


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turns our errors into a message and the right exit code."""
    try:
        yield
    except (ConfigError, UsageError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(USAGE) from error
    except (LedgerError, MonitorError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(FAULT) from error


def folder(context: typer.Context, given: Path | None) -> Path | None:
    """The folder named after the command, else before it."""
    return given or start(context).config


def start(context: typer.Context) -> Start:
    """What the command was started with."""
    return context.obj if isinstance(context.obj, Start) else Start()


@contextmanager
def open_service(
    context: typer.Context, given: Path | None, clock: Callable[[], datetime] | None = None
) -> Iterator[tuple[Settings, Service]]:
    with plain_errors():
        found = wiring.settings(folder(context, given))
        with wiring.build(found, clock or wiring.real_clock, sleep=start(context).sleep) as service:
            yield found, service


def say(text: str) -> None:
    """One line on stdout, cleaned: it may hold text from upstream."""
    typer.echo(one_line(text, LONGEST))


def print_json(value: object) -> None:
    sys.stdout.write(json_bytes(value).decode() + "\n")


def moment(text: str | None) -> Callable[[], datetime] | None:
    """A fixed clock of an ISO time; one without a zone is UTC. Raises UsageError for any other."""
    if text is None:
        return None
    try:
        given = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            f"--now “{text}” is not an ISO time such as 2023-11-16T14:00:00Z"
        ) from error
    at = given.replace(tzinfo=UTC) if given.tzinfo is None else given.astimezone(UTC)
    return lambda: at
