"""The service as it is installed in a folder: its configuration written, it is built.

The one place where tests build a service. What a test says to it (`World`, `Story`, `Post`, the
site, the monitor over dated versions) is a vocabulary on top.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor import wiring
from monitor.cli.context import Start
from monitor.service import Service
from monitor.settings import load
from monitor.sources.fetch import Http
from tests.databases import DATABASES
from tests.upstream.parties import INSTITUTE, INSTITUTE_ALIASES
from tests.upstream.server import Upstream

WATCH: dict[str, object] = {
    "id": "mps-ifs",
    "name": INSTITUTE,
    "aliases": [*INSTITUTE_ALIASES],
    "lists": ["EL"],
}
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
CANARY = "Bharat Electronics Limited (BEL)"


@dataclass
class Clock:
    """A clock that moves when it is told to."""

    now: datetime = datetime(2023, 11, 10, 15, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def goes(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now


def no_pause(_seconds: float) -> None:
    """Nobody waits between two tries of a request."""


IN_NO_HURRY = Start(sleep=no_pause)
"""What commands are started with in the process of a test."""


def write(folder: Path, name: str, content: object) -> None:
    """A configuration file; JSON is YAML too."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(json.dumps(content, indent=1), encoding="utf-8")


def asking(
    up: Upstream,
    names: Iterable[str],
    *,
    every: str = "1h",
    timeout: str = "5s",
    bounds: Mapping[str, object] | None = None,
    **own: Mapping[str, object],
) -> dict[str, object]:
    """What sources.yaml says: `bounds` of both lists, and what is a source's `own`."""
    shared = {"schedule": {"every": every}, "timeout": timeout, "min_interval": "0s"}
    hosts: dict[str, dict[str, object]] = {
        "csl": {"urls": [up.csl_url], **(bounds or {})},
        "ecfr": {"base_url": up.base_url, **(bounds or {})},
        "federal_register": {"base_url": up.base_url},
    }
    return {
        "user_agent": "entity-list-monitor",
        "contact": "a@example.org",
        "sources": {name: {**shared, **hosts[name], **own.get(name, {})} for name in names},
    }


@contextmanager
def opened(
    folder: Path,
    environ: Mapping[str, str],
    clock: Callable[[], datetime],
    https: Mapping[str, Http] | None = None,
) -> Iterator[Service]:
    """The service, by the configuration in a folder; `https` is asked in place of the network."""
    if data := environ.get("MONITOR_DATA_DIR"):
        environ = {**DATABASES.environment(Path(data)), **environ}
    with wiring.build(load(folder, environ), clock, https, sleep=no_pause) as service:
        yield service
