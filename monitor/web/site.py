"""What every route works with: the parts, what `serve` was told, and the pages that are kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import HTTPException, Request

from monitor.screening.watch import Watch
from monitor.service import Parts
from monitor.status.compare import Comparison
from monitor.web.cached_pages import CachedPage
from monitor.web.checking import Checking
from monitor.web.guard import Guard


@dataclass(frozen=True, slots=True)
class About:
    """What the watch list says of a watch for people alone; nothing is judged by it."""

    local_names: tuple[str, ...] = ()
    country: str | None = None
    note: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """One application's own."""

    parts: Parts
    status: CachedPage
    """`/status`."""
    home: CachedPage
    """`/`."""
    guard: Guard | None
    """Who may post; None without an admin token."""
    checking: Checking
    comparison: Comparison = field(default_factory=Comparison)
    """Where the list sources disagree."""
    public_url: str | None = None
    data_dir: Path | None = None
    about: Mapping[str, About] = field(default_factory=dict)


def site_of(request: Request) -> Site:
    """The site the application was made for."""
    site = request.app.state.site
    assert isinstance(site, Site)
    return site


def watch_of(request: Request, id_: str) -> Watch:
    """The watch of that id. Raises 404 for any other."""
    watch = site_of(request).parts.watch(id_)
    if watch is None:
        raise HTTPException(404, "There is no watch of that id.")
    return watch
