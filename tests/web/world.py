"""A site over a real ledger in a folder, beside an upstream on loopback.

`World` writes the configuration, moves the clock, checks, and opens the site; what the ledger
should hold is made by the upstream's own vocabulary, or written in bulk where years are needed.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient

from monitor.poll import Checked, check
from monitor.service import Service
from monitor.web.app import create_app
from tests.installed import WATCH, asking, opened, write
from tests.upstream.server import Upstream

START = datetime(2023, 11, 20, 13, 0, tzinfo=UTC)
TOKEN = "let-me-in-0123456789"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
OTHER: dict[str, object] = {
    "id": "nobody",
    "name": "Nobody Instruments of Nowhere",
    "lists": ["EL"],
}

NOTED: dict[str, object] = {
    **WATCH, "local_names": ["公安部物证鉴定中心"], "country": "CN", "note": "Why it is watched.",
    "tags": ["police"],
}  # fmt: skip


@asynccontextmanager
async def no_work() -> AsyncIterator[None]:
    """A site that neither polls nor sends by itself."""
    yield


@dataclass
class World:
    """An upstream, a configuration folder, a data folder and a clock."""

    up: Upstream
    folder: Path
    now: datetime = START
    sources: tuple[str, ...] = ("csl", "ecfr")
    watches: tuple[dict[str, object], ...] = (NOTED, OTHER)
    follows: tuple[dict[str, object], ...] = ()
    environ: dict[str, str] = field(default_factory=dict)

    def writes(self) -> None:
        """The configuration files; JSON is YAML too."""
        bounds = {"min_entries": {"EL": 20}, "max_shrink": 0.2, "canaries": []}
        stale = {"stale_after": "4d"}
        said = asking(
            self.up, self.sources, bounds=bounds, csl={"stale_after": "12h"}, ecfr=stale,
            federal_register=stale,
        )  # fmt: skip
        write(self.folder, "sources.yaml", said)
        write(self.folder, "watchlist.yaml", {"watches": self.watches, "follows": self.follows})

    def passes(self, **span: float) -> None:
        """Time goes by, for the site and for the stamps of the files."""
        self.now += timedelta(**span)
        self.up.moves_clock(self.now - timedelta(minutes=10))

    @contextmanager
    def open(self) -> Iterator["Site"]:
        """The site, with the clock of this world."""
        self.writes()
        environ = {"MONITOR_DATA_DIR": str(self.folder / "data"), **self.environ}
        with opened(self.folder, environ, lambda: self.now) as service:
            yield Site(self, service)


@dataclass
class Site:
    """An open site: its parts and its clients."""

    world: World
    service: Service

    def check(self, source: str | None = None) -> Checked:
        """One round of polls."""
        return check(self.service, source)

    def app(
        self,
        *,
        token: str | None = None,
        public_url: str | None = None,
        cors_origins: tuple[str, ...] = (),
    ) -> FastAPI:
        """The application."""
        return create_app(
            self.service,
            no_work,
            admin_token=token,
            public_url=public_url,
            cors_origins=cors_origins,
            data_dir=self.world.folder,
        )

    @contextmanager
    def client(
        self, *, token: str | None = None, public_url: str | None = None
    ) -> Iterator[TestClient]:
        """A client of the application, within its life."""
        with TestClient(self.app(token=token, public_url=public_url)) as client:
            yield client
