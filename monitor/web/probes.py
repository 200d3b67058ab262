"""Probes: `/livez` for restarting, `/readyz` for routing, `/health` for people who watch watchers.

`/health` is health+json (draft-inadarei-api-health-check) and speaks of freshness; the other two do
not, for restarting a process mends no source.
"""

import asyncio
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response

from monitor import __version__
from monitor.ledger.read import Reading
from monitor.screening.witness import PollOutcome
from monitor.screening.words.event_text import utc
from monitor.screening.words.message import say
from monitor.service import Service
from monitor.status.shapes import json_bytes, public_sources
from monitor.web.context import Site, site_of
from monitor.web.openapi import says
from monitor.web.problems import PROBLEM

router = APIRouter(tags=["probes"])
HEALTH = "application/health+json"
READY_WITHIN = 3.0
"""Seconds; load balancers ask again after five to ten."""
LATE = 900.0
"""Seconds after which a notification that still waits is worth a warning."""
LOW_DISK = 0.05
"""Share of the disk below which there is a warning."""
CLOCK_BACK = 5.0
"""Seconds by which the newest poll may be ahead of the clock."""
_PLAIN: dict[str, str | None] = {"text/plain": None}


@router.get("/livez", responses=says(None, media=_PLAIN), response_class=Response)
async def alive() -> Response:
    """The process is alive."""
    return _ok()


@router.get("/readyz", responses=says(None, media=_PLAIN), response_class=Response)
async def ready(request: Request) -> Response:
    """It can serve: the database answers and the configuration was read."""

    def read() -> None:
        with site_of(request).service.ledger.reading() as reading:
            reading.memories()

    try:
        # Not in the pool of the other routes: readers that hang there would hold this up too.
        await asyncio.wait_for(asyncio.to_thread(read), READY_WITHIN)
    except TimeoutError as error:
        raise HTTPException(503, say("The database does not answer.")) from error
    return _ok()


_SCHEMA = {
    "type": "object",
    "required": ["status", "version", "releaseId", "serviceId", "checks"],
    "properties": {
        "status": {"enum": ["pass", "warn", "fail"]},
        "version": {"type": "string"},
        "releaseId": {"type": "string"},
        "serviceId": {"type": "string"},
        "description": {"type": "string"},
        "checks": {"type": "object", "additionalProperties": {"type": "array"}},
    },
}
_HEALTHY = {
    "description": "The status of every watch is known",
    "content": {HEALTH: {"schema": _SCHEMA}},
}
_FAILED = {
    "description": "The status of some watch is unknown, or the database is unavailable",
    "content": {HEALTH: {"schema": _SCHEMA}, PROBLEM: {}},
}


@router.get(
    "/health",
    responses=says(None) | {200: _HEALTHY, 503: _FAILED},
    response_class=Response,
)
def health(request: Request) -> Response:
    """How fresh everything is: the sources, the watches, the outbox, the clock, the disk."""
    site = site_of(request)
    now = site.service.clock()
    with site.service.ledger.reading() as reading:
        checks = [*_sources(site.service, reading, now), *_watches(site, reading, now)]
        checks += [*_outbox(reading, now), *_clock(reading, now)]
    checks += _disk(site)
    worst = max(checks, key=lambda one: _ORDER.index(one.status)).status if checks else "pass"
    body = {
        "status": worst,
        "version": __version__.split(".", maxsplit=1)[0],
        "releaseId": __version__,
        "serviceId": "entity-monitor",
        "description": "Entity List monitor",
        "checks": _by_name(checks, now),
    }
    return Response(
        json_bytes(body),
        503 if worst == "fail" else 200,
        media_type=HEALTH,
        headers={"Cache-Control": "no-store"},
    )


_ORDER = ("pass", "warn", "fail")


@dataclass(frozen=True, slots=True)
class _Check:
    name: str
    id: str
    kind: str
    status: str
    value: Any
    unit: str
    output: str = ""


def _sources(service: Service, reading: Reading, now: datetime) -> Iterator[_Check]:
    memories = reading.memories()
    for one in public_sources(service, memories, reading.source_lists().values(), now):
        if not one.enabled:
            continue
        memory = memories.get(one.source)
        good = memory.last_good_at if memory else None
        age = (now - good).total_seconds() if good else None
        troubled = one.stale or one.outcome in {PollOutcome.FAILED, PollOutcome.QUARANTINED}
        said = "; ".join(one.reasons) or ("not read successfully for too long" if one.stale else "")
        status = "warn" if troubled else "pass"
        yield _Check("source:age", one.source, "datastore", status, age, "s", said)


def _watches(site: Site, reading: Reading, now: datetime) -> Iterator[_Check]:
    found = site.summaries.of(site.service, reading, now)
    blind = [f"{one.watch.id} on {one.list}" for one in found if not one.fresh]
    said = f"status unknown: {', '.join(blind[:20])}" if blind else ""
    status = "fail" if blind else "pass"
    yield _Check("watch:unknown", "watches", "system", status, len(blind), "watches", said)


def _outbox(reading: Reading, now: datetime) -> Iterator[_Check]:
    oldest = reading.waiting_since()
    age = (now - oldest).total_seconds() if oldest else 0.0
    late = "warn" if age > LATE else "pass"
    yield _Check("outbox:age", "outbox", "component", late, age, "s")
    dead = reading.notification_counts().get("dead", 0)
    yield _Check("outbox:dead", "outbox", "component", "warn" if dead else "pass", dead, "letters")


def _clock(reading: Reading, now: datetime) -> Iterator[_Check]:
    newest = next(iter(reading.polls(limit=1)), None)
    ahead = max(0.0, (newest.at - now).total_seconds()) if newest else 0.0
    status = "warn" if ahead > CLOCK_BACK else "pass"
    said = "the clock is behind the newest poll" if ahead > CLOCK_BACK else ""
    yield _Check("clock:behind", "clock", "system", status, ahead, "s", said)


def _disk(site: Site) -> Iterator[_Check]:
    if site.data_dir is None or not site.data_dir.exists():
        return
    usage = shutil.disk_usage(site.data_dir)
    status = "warn" if usage.free < usage.total * LOW_DISK else "pass"
    yield _Check("disk:free", "data", "system", status, usage.free, "bytes")


def _by_name(checks: list[_Check], now: datetime) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for check in checks:
        said = {
            "componentId": check.id,
            "componentType": check.kind,
            "observedValue": check.value,
            "observedUnit": check.unit,
            "status": check.status,
            "time": utc(now),
        }
        if check.output:
            said["output"] = check.output
        found.setdefault(check.name, []).append(said)
    return found


def _ok() -> Response:
    return Response("ok", media_type="text/plain", headers={"Cache-Control": "no-store"})
