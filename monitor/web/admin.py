"""The few routes that change anything. They exist only where an admin token is set."""

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict, Field

from monitor.judging.case_decision import decide_case
from monitor.judging.vouch import accept
from monitor.screening.cases import Decision
from monitor.screening.words.message import say
from monitor.screening.words.sanitize import one_line
from monitor.status.cases import public_case
from monitor.status.shapes import json_bytes
from monitor.web.cases import CaseId, known_case
from monitor.web.context import site_of
from monitor.web.openapi import says
from monitor.web.params import EventId, Sha256
from monitor.web.responses import JSON
from monitor.web.shapes import Acknowledged, DecidedCase, Released, Started, acknowledged

WHO = "admin"
"""By whom, in records: there is one token and no names."""
_POLLS = "/polls"


def admitted(
    request: Request,
    _shown: Annotated[
        HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False))
    ] = None,
) -> None:
    """Lets the admin token through. Raises 401 without it, 429 after too many failures.

    The address is the client's, or what a configured proxy says of it.
    """
    guard = site_of(request).guard
    assert guard is not None
    address = request.client.host if request.client else "unknown"
    wait = guard.waits(address)
    if not guard.admits(request.headers.get("authorization", ""), address):
        if wait:
            raise HTTPException(429, say("Too many failed attempts."), {"Retry-After": str(wait)})
        challenge = {"WWW-Authenticate": 'Bearer realm="entity-monitor"'}
        raise HTTPException(401, say("The admin token is required."), challenge)


router = APIRouter(tags=["admin"], dependencies=[Depends(admitted)])


@router.post("/checks", status_code=202, responses=says(Started, 401, 429, ok=202))
def start_check(request: Request) -> Response:
    """Polls every enabled source now, in the background, one round at a time."""
    site = site_of(request)
    started = site.checking.start(site.service)
    return _said(Started(started, _POLLS), 202, Location=_POLLS)


@router.post("/events/{event_id}/acknowledge", responses=says(Acknowledged, 401, 404, 429))
def acknowledge(request: Request, event_id: EventId) -> Response:
    """Acknowledges an event; the first acknowledgment stays."""
    service = site_of(request).service
    with service.ledger.outbox() as outbox:
        found = outbox.acknowledge(event_id, WHO, service.clock())
    if found is None:
        raise HTTPException(404, say("No event has that id."))
    return _said(acknowledged(found))


@router.post("/snapshots/{sha256}/accept", responses=says(Released, 401, 404, 409, 429))
def release(request: Request, sha256: Sha256) -> Response:
    """Accepts a quarantined snapshot: it is judged at once."""
    service = site_of(request).service
    with service.ledger.reading() as reading:
        known = reading.snapshot(sha256)
    if known is None:
        raise HTTPException(404, say("No snapshot has that sha256."))
    return _said(Released(accept(service, known.sha256, WHO)))


class Said(BaseModel):
    """What a person says of a case."""

    model_config = ConfigDict(extra="forbid")

    decision: Decision
    by: Annotated[str, Field(min_length=1, max_length=100)] = WHO
    note: Annotated[str | None, Field(max_length=1000)] = None


@router.post("/cases/{case_id}", responses=says(DecidedCase, 400, 401, 404, 409, 429))
def decide(request: Request, case_id: CaseId, said: Said) -> Response:
    """Decides whether a case is the watched party; what follows is judged at once."""
    service = site_of(request).service
    with service.ledger.reading() as reading:
        known = known_case(reading, case_id)
    by, note = one_line(said.by, 100) or WHO, one_line(said.note, 1000) or None
    case, events = decide_case(service, known.id, said.decision, by=by, note=note)
    return _said(DecidedCase(public_case(case), tuple(event.public() for event in events)))


def _said(content: object, status: int = 200, **headers: str) -> Response:
    return Response(
        json_bytes(content),
        status,
        media_type=JSON,
        headers={"Cache-Control": "no-store"} | headers,
    )
