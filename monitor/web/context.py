"""What every route works with: the service, its options, and the cached bodies."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import HTTPException, Request

from monitor.screening.watch import Watch
from monitor.screening.words.message import say
from monitor.service import Service
from monitor.status.acts import ActsNow
from monitor.status.compare import Comparison
from monitor.status.search import Search
from monitor.status.summary import Summaries
from monitor.web.cached_pages import CachedPage, CachedPages
from monitor.web.checking import Checking
from monitor.web.guard import Guard
from monitor.web.searching import Searching


@dataclass(frozen=True, slots=True)
class About:
    """What the watch list says of a watch for readers; no decision depends on it."""

    local_names: tuple[str, ...] = ()
    country: str | None = None
    note: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    service: Service
    statuses: CachedPages
    """`/status`, by what was asked of it."""
    home: Mapping[str, CachedPage]
    """`/`, by language."""
    guard: Guard | None
    """Who may post; None without an admin token."""
    checking: Checking
    summaries: Summaries
    """Where every watch stands."""
    search: Search
    """Names on the lists."""
    searching: Searching = field(default_factory=Searching)
    """When a search may run."""
    comparison: Comparison = field(default_factory=Comparison)
    """Where the list sources disagree."""
    acts_now: ActsNow = field(default_factory=ActsNow)
    """What the lists say by now of the parties of acts."""
    public_url: str | None = None
    data_dir: Path | None = None
    about: Mapping[str, About] = field(default_factory=dict)


def site_of(request: Request) -> Site:
    site = request.app.state.site
    assert isinstance(site, Site)
    return site


def base_of(request: Request) -> str:
    """Where readers reach this site: as configured, else as this reader did; no closing slash."""
    return (site_of(request).public_url or str(request.base_url)).rstrip("/")


def watch_of(request: Request, id_: str) -> Watch:
    """Raises 404 for an unknown id."""
    watch = site_of(request).service.watch(id_)
    if watch is None:
        raise HTTPException(404, say("No watch has that id."))
    return watch
