"""The service as an operator has it: a folder of configuration, an environment, a clock to move.

`Post` builds the real parts over the small world of hosts; `Post.serve` starts the real process.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Self
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from typer.testing import CliRunner, Result

from monitor.cli.app import app
from monitor.poll import Checked, check
from monitor.service import Service
from monitor.settings import Settings, load
from monitor.status.status import Status, statuses
from tests.installed import IN_NO_HURRY, SECRET, WATCH, Clock, asking, opened, write
from tests.receivers import Recorder
from tests.upstream.server import Upstream

LIMIT = 120.0
"""Seconds that any wait of a test may take."""
TODAY = date(2023, 11, 10)
TOKEN = "let-me-in-0123456789"


@dataclass
class Post:
    """One installation; several processes may share it."""

    folder: Path
    upstream: Upstream
    receiver: Recorder | None = None
    database_url: str | None = None
    every: str = "1h"
    sources: tuple[str, ...] = ("csl", "ecfr", "federal_register")
    clock: Clock = field(default_factory=Clock)
    data: Path | None = None

    def __post_init__(self) -> None:
        config = self.folder / "config"
        self.data = self.data or self.folder / "data"
        write(config, "watchlist.yaml", {"watches": [WATCH]})
        floors = {"min_entries": {"EL": 5}}
        said = asking(self.upstream, self.sources, every=self.every, timeout="20s", bounds=floors)
        write(config, "sources.yaml", said)
        write(config, "monitor.yaml", self._upkeep())

    def _upkeep(self) -> dict[str, Any]:
        if self.receiver is None:
            return {}
        hook = {"id": "legal", "url": f"{self.receiver.url}/hook", "secret": SECRET}
        return {"webhooks": [hook]}

    @property
    def environment(self) -> dict[str, str]:
        said = {
            "MONITOR_DATA_DIR": str(self.data),
            "MONITOR_CONFIG_DIR": str(self.folder / "config"),
        }
        return said | ({"MONITOR_DATABASE_URL": self.database_url} if self.database_url else {})

    def settings(self) -> Settings:
        return load(self.folder / "config", self.environment)

    @contextmanager
    def service(self) -> Iterator[Service]:
        """The real parts, on the clock of this post."""
        with opened(self.folder / "config", self.environment, self.clock) as built:
            yield built

    def command(self, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        """Runs one command to its end."""
        return self.runs([sys.executable, "-m", "monitor", *arguments], **environment)

    def runs(self, words: list[str], **environment: str) -> "subprocess.CompletedProcess[str]":
        """Runs a process to its end, in the environment of this post."""
        return subprocess.run(
            words, env=self._whole(environment), timeout=LIMIT,
            capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip

    def starts(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """Starts one command, whose words nobody hears; the caller ends it."""
        nowhere = subprocess.DEVNULL
        return subprocess.Popen(
            [sys.executable, "-m", "monitor", *arguments],
            env=self._whole({}), stdout=nowhere, stderr=nowhere, stdin=nowhere,
        )  # fmt: skip

    def invoke(self, *arguments: str, **environment: str) -> Result:
        """Runs one command in this process."""
        env = {**self.environment, **environment}
        return CliRunner().invoke(app, list(arguments), env=env, obj=IN_NO_HURRY)

    def serve(self, prefix: tuple[str, ...] = (), **environment: str) -> "Serving":
        """Starts a process that serves; the caller ends it."""
        return Serving(self, prefix, self._whole(environment))

    def _whole(self, more: dict[str, str]) -> dict[str, str]:
        root, compiled = Path(__file__).parents[2], Path(tempfile.gettempdir()) / "monitor-compiled"
        # Processes start many times in these tests: what was compiled once is kept.
        kept = {name: value for name, value in os.environ.items() if name != _COMPILES_EACH_TIME}
        kept |= {"PYTHONPATH": str(root), "PYTHONPYCACHEPREFIX": str(compiled)}
        return {**kept, **self.environment, **more}


class Serving:
    """A process that serves, with its log."""

    def __init__(self, post: Post, prefix: tuple[str, ...], environment: dict[str, str]) -> None:
        self.post = post
        self.port = free_port()
        self.log = post.folder / f"serve-{self.port}.log"
        self._stream = self.log.open("wb")
        self.process = subprocess.Popen(
            [*prefix, sys.executable, "-m", "monitor", "serve"],
            env={
                "MONITOR_ADMIN_TOKEN": TOKEN, **environment, "MONITOR_PORT": str(self.port),
                "MONITOR_LOG_FORMAT": "json",
            },
            stdout=self._stream, stderr=self._stream, stdin=subprocess.DEVNULL,
        )  # fmt: skip

    def asks(self, path: str) -> Any:
        """The JSON that it answers; None where it does not answer, or not with 200."""
        try:
            with urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                body = answer.read()
        except (HTTPError, URLError, ConnectionError, TimeoutError):
            return None
        return json.loads(body) if body.startswith(b"{") else body.decode()

    def decides(self, case: str, decision: str) -> int:
        """Decides a case with the admin token; the status of the answer."""
        asked = Request(
            f"http://127.0.0.1:{self.port}/cases/{case}",
            data=json.dumps({"decision": decision}).encode(),
            headers={"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"},
        )
        with urlopen(asked, timeout=LIMIT) as answer:
            status: int = answer.status
        return status

    def is_ready(self, limit: float = LIMIT) -> bool:
        return until(lambda: self.asks("/readyz") == "ok" or self.process.poll() is not None, limit)

    def records(self) -> list[dict[str, Any]]:
        """What it logged."""
        lines = self.log.read_text().splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    def dies(self) -> None:
        """As of kill -9."""
        self.process.kill()
        self.ends()

    def stops(self, limit: float = LIMIT) -> int:
        """SIGTERM; the exit code."""
        self.process.terminate()
        return self.ends(limit)

    def ends(self, limit: float = LIMIT) -> int:
        try:
            return self.process.wait(limit)
        finally:
            if self.process.poll() is None:
                self.process.kill()
                self.process.wait(LIMIT)
            self._stream.close()

    def ends_by_itself(self, limit: float) -> bool:
        """Whether it ends within these seconds, unasked."""
        return until(lambda: self.process.poll() is not None, limit, 0.005)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.dies()


def until(true: Callable[[], bool], limit: float = LIMIT, pause: float = 0.05) -> bool:
    """Waits until it is so; False when the limit has passed."""
    deadline = time.monotonic() + limit
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def looks(service: Service) -> Checked:
    """One round over the sources."""
    return check(service)


def kinds(checked: Checked) -> list[str]:
    return [event.kind.value for event in checked.events]


def told(service: Service) -> list[str]:
    """The kinds of every event in the ledger, oldest first."""
    with service.ledger.reading() as reading:
        return [stored.event.kind.value for stored in reversed(reading.events(limit=None))]


def status(service: Service) -> Status:
    with service.ledger.reading() as reading:
        return statuses(service, reading, service.clock())[0]


_COMPILES_EACH_TIME = "PYTHONDONTWRITEBYTECODE"
