"""A whole service in a folder, beside an upstream on loopback: what tests of the main job speak to.

`World` writes the configuration, moves the clock, and checks: round after round by one set of
parts, as a process that lives long does, or by the command, as a shell does. It knows no rule.
"""

import json
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from typer.testing import CliRunner

from monitor.cli.app import app
from monitor.cli.check import exit_code, one_round
from monitor.service import Service
from monitor.sources.fetch import Http
from monitor.status.shapes import json_bytes
from monitor.web.app import create_app
from tests.databases import DATABASES
from tests.installed import CANARY, IN_NO_HURRY, SECRET, WATCH, asking, opened, write
from tests.upstream.server import Upstream

START = datetime(2023, 11, 20, 13, 0, tzinfo=UTC)
DECISIONS = (
    "removal_announced", "removal_suspected", "removal_confirmed", "removal_cancelled",
    "listing_announced", "listing_suspected", "listing_confirmed", "listing_cancelled",
)  # fmt: skip
__all__ = ["DECISIONS", "START", "WATCH", "Ran", "World"]


@dataclass(frozen=True)
class Ran:
    """One command that ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out)

    @property
    def kinds(self) -> list[str]:
        """The kinds of the events of a check, in their order."""
        return [event["kind"] for event in self.json["events"]]

    @property
    def decisions(self) -> list[str]:
        """The removals and listings among them."""
        return [kind for kind in self.kinds if kind in DECISIONS]

    @property
    def outcomes(self) -> dict[str, str]:
        """What each source's poll came to."""
        return {poll["source"]: poll["outcome"] for poll in self.json["polls"]}

    @property
    def status(self) -> dict[str, Any]:
        """STATUS of the first watch."""
        found: dict[str, Any] = self.json["watches"][0]
        return found


@dataclass
class World:
    """An upstream, a configuration folder, a data folder and a clock."""

    up: Upstream
    folder: Path
    now: datetime = START
    environ: dict[str, str] = field(default_factory=dict)
    https: Mapping[str, Http] | None = None
    """What the sources ask in place of the network."""
    _open: ExitStack = field(default_factory=ExitStack)
    _service: Service | None = None

    def __post_init__(self) -> None:
        """Its ledger is new, and where the tests have theirs."""
        self.environ = {**DATABASES.environment(self.data), **self.environ}

    def ends(self) -> None:
        """Lets go of the service, as a process that ends does."""
        self._service = None
        self._open.close()

    @property
    def data(self) -> Path:
        return self.folder / "data"

    # -- configuration

    def writes(self, name: str, content: object) -> None:
        """A configuration file; JSON is YAML too."""
        self.ends()
        write(self.folder, name, content)

    def watches(
        self, *watches: dict[str, object], follows: Iterable[dict[str, object]] = ()
    ) -> None:
        self.writes("watchlist.yaml", {"watches": [*watches], "follows": [*follows]})

    def asks(
        self,
        *names: str,
        urls: Iterable[str] = (),
        csl: dict[str, object] | None = None,
        ecfr: dict[str, object] | None = None,
    ) -> None:
        """The enabled sources; `csl` and `ecfr` change what is said of them."""
        bounds = {"min_entries": {"EL": 20}, "max_shrink": 0.2, "canaries": [CANARY]}
        of_csl = {"max_bytes": 60_000_000, "stale_after": "12h", **(csl or {})}
        if urls:
            of_csl["urls"] = [*urls]
        of_ecfr = {"stale_after": "4d", **(ecfr or {})}
        self.writes("sources.yaml", asking(self.up, names, bounds=bounds, csl=of_csl, ecfr=of_ecfr))

    def tells(self, *webhooks: str, mail: Iterable[str] = (), **more: object) -> None:
        """The channels: webhook URLs, and Apprise URLs; `more` of monitor.yaml."""
        self.writes(
            "monitor.yaml",
            {
                "webhooks": [
                    {"id": f"hook-{at}", "url": url, "secret": SECRET}
                    for at, url in enumerate(webhooks)
                ],
                **more,
            },
        )
        self.writes("apprise.yaml", {"version": 1, "urls": [*mail]})

    # -- time and commands

    def passes(self, **span: float) -> None:
        """Time goes by, for the service and for the stamps of the files."""
        if not any(span.values()):
            return
        self.now += timedelta(**span)
        self.up.moves_clock(self.now - timedelta(minutes=10))

    def run(self, *arguments: str) -> Ran:
        """A command in this process."""
        environ = {"MONITOR_DATA_DIR": str(self.data), **self.environ}
        done = CliRunner().invoke(
            app, ["--config", str(self.folder), *arguments], env=environ, obj=IN_NO_HURRY
        )
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Ran(done.exit_code, done.stdout, done.stderr)

    def commands(self, *arguments: str, after: float = 0.0) -> Ran:
        """The command `check --json` at the world's time, `after` so many hours more."""
        self.passes(hours=after)
        return self.run("check", "--json", "--now", self.now.isoformat(), *arguments)

    def check(self, source: str | None = None, *, after: float = 0.0, send: bool = True) -> Ran:
        """What that command does, without its start."""
        self.passes(hours=after)
        if self._service is None:
            self._service = self._open.enter_context(self.service())
        told = one_round(self._service, source, send=send)
        return Ran(exit_code(told), json_bytes(told).decode(), "")

    @contextmanager
    def service(self) -> Iterator[Service]:
        """The service, with the world's clock."""
        environ = {"MONITOR_DATA_DIR": str(self.data), **self.environ}
        with opened(self.folder, environ, lambda: self.now, self.https) as service:
            yield service

    @contextmanager
    def web(self) -> Iterator[TestClient]:
        """The pages and routes, over what the commands have written."""

        @asynccontextmanager
        async def idle() -> AsyncIterator[None]:
            yield

        with self.service() as service, TestClient(create_app(service, idle)) as client:
            yield client
