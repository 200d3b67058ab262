"""Evidence: a snapshot and its original bytes, which no browser will run or show."""

from fastapi import APIRouter, HTTPException, Request, Response

from monitor.ledger.records import Snapshot
from monitor.screening.words.message import say
from monitor.web.context import site_of
from monitor.web.openapi import says
from monitor.web.params import Sha256
from monitor.web.responses import answer, reply
from monitor.web.shapes import PublicSnapshot, public_snapshot

router = APIRouter(tags=["evidence"])
TEXT, BYTES = "text/plain; charset=utf-8", "application/octet-stream"
_SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"


@router.get("/snapshots/{sha256}", responses=says(PublicSnapshot, 404))
def facts(request: Request, sha256: Sha256) -> Response:
    """Where a snapshot came from, and how it was judged."""
    return answer(request, public_snapshot(_known(request, sha256)))


@router.get(
    "/snapshots/{sha256}/body",
    responses=says(None, 404, media={"text/plain": None, BYTES: "binary"}),
    response_class=Response,
)
def body(request: Request, sha256: Sha256) -> Response:
    """The original bytes, to save and hash."""
    known = _known(request, sha256)
    content = site_of(request).service.ledger.bodies.load(known.sha256) if known.kept else None
    if content is None:
        raise HTTPException(404, say("The bytes of this snapshot are no longer kept."))
    return reply(
        request,
        content,
        f'"{known.sha256}"',
        TEXT if known.is_text else BYTES,
        Content_Disposition=f'attachment; filename="{known.file_name}"',
        Content_Security_Policy=_SANDBOX,
    )


def _known(request: Request, sha256: str) -> Snapshot:
    with site_of(request).service.ledger.reading() as reading:
        known = reading.snapshot(sha256)
    if known is None:
        raise HTTPException(404, say("No snapshot has that sha256."))
    return known
