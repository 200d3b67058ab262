"""A site over a real ledger in a folder, beside an upstream on loopback.

`World` writes the configuration, moves the clock, checks, and opens the site; what the ledger
should hold is made by the upstream's own vocabulary, or written in bulk where years are needed.
"""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient

from monitor import wiring
from monitor.poll import Checked, check
from monitor.service import Parts
from monitor.settings import load
from monitor.web.app import About, create_app
from tests.upstream.parties import INSTITUTE, INSTITUTE_ALIASES
from tests.upstream.server import Upstream

START = datetime(2023, 11, 20, 13, 0, tzinfo=UTC)
TOKEN = "let-me-in-0123456789"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
WATCH: dict[str, object] = {
    "id": "mps-ifs",
    "name": INSTITUTE,
    "aliases": [*INSTITUTE_ALIASES],
    "lists": ["EL"],
}
OTHER: dict[str, object] = {
    "id": "nobody",
    "name": "Nobody Instruments of Nowhere",
    "lists": ["EL"],
}


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
    watches: tuple[dict[str, object], ...] = (WATCH, OTHER)
    environ: dict[str, str] = field(default_factory=dict)

    def writes(self) -> None:
        """The configuration files; JSON is YAML too."""
        shared = {"schedule": {"every": "1h"}, "timeout": "5s", "min_interval": "0s"}
        bounds = {"min_entries": {"EL": 20}, "max_shrink": 0.2, "canaries": []}
        sources = {
            "csl": {**shared, **bounds, "urls": [self.up.csl_url], "stale_after": "12h"},
            "ecfr": {**shared, **bounds, "base_url": self.up.base_url, "stale_after": "4d"},
            "federal_register": {**shared, "base_url": self.up.base_url, "stale_after": "4d"},
        }
        named = {name: sources[name] for name in self.sources}
        said = {"user_agent": "entity-list-monitor", "contact": "a@example.org", "sources": named}
        (self.folder / "sources.yaml").write_text(json.dumps(said), encoding="utf-8")
        watches = json.dumps({"watches": self.watches})
        (self.folder / "watchlist.yaml").write_text(watches, encoding="utf-8")

    def passes(self, **span: float) -> None:
        """Time goes by, for the site and for the stamps of the files."""
        self.now += timedelta(**span)
        self.up.moves_clock(self.now - timedelta(minutes=10))

    @contextmanager
    def open(self) -> Iterator["Site"]:
        """The site, with the clock of this world."""
        self.writes()
        environ = {"MONITOR_DATA_DIR": str(self.folder / "data"), **self.environ}
        with wiring.build(load(self.folder, environ), lambda: self.now) as parts:
            yield Site(self, parts)


@dataclass
class Site:
    """An open site: its parts and its clients."""

    world: World
    parts: Parts

    def check(self, source: str | None = None) -> Checked:
        """One round of polls."""
        return check(self.parts, source)

    def app(
        self,
        *,
        token: str | None = None,
        public_url: str | None = None,
        cors_origins: tuple[str, ...] = (),
    ) -> FastAPI:
        """The application."""
        return create_app(
            self.parts,
            no_work,
            admin_token=token,
            public_url=public_url,
            cors_origins=cors_origins,
            data_dir=self.world.folder,
            about={
                "mps-ifs": About(("公安部物证鉴定中心",), "CN", "Why it is watched.", ("police",))
            },
        )

    @contextmanager
    def client(
        self, *, token: str | None = None, public_url: str | None = None
    ) -> Iterator[TestClient]:
        """A client of the application, within its life."""
        with TestClient(self.app(token=token, public_url=public_url)) as client:
            yield client
