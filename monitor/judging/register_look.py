"""What a look at the Federal Register comes to as a poll: its outcome, its evidence, its health."""

from dataclasses import replace
from datetime import timedelta

from monitor.judging.acts import SILENT, Docket
from monitor.judging.bodies import keep
from monitor.judging.list_look import Outcome
from monitor.judging.round import Round
from monitor.judging.source_failure import tell_failure
from monitor.ledger.codec import from_json
from monitor.ledger.records import Snapshot, SourceMemory
from monitor.screening.source_health import Health, after_good, after_silence
from monitor.sources.source import digest

REGISTER = "federal_register"


def judge_register(round_: Round, found: Docket, memory: SourceMemory) -> Outcome:
    """A look in which any part failed is a failed poll, though what came was judged."""
    for read in found.documents:
        if read.sha256 is not None:
            url = read.document.html_url or ""
            snapshot = _snapshot(round_, read.sha256, read.body, "text", url, "evidence")
            round_.tx.keep_snapshot(replace(snapshot, kept=read.kept))
    if found.faults:
        reasons = list(dict.fromkeys(fault.reason for fault in found.faults))
        at_once = any(fault.at_once for fault in found.faults)
        unreached = all(fault.unreached for fault in found.faults)
        reason = "; ".join(reasons)
        tell_failure(round_, REGISTER, reason, at_once=at_once, unreached=unreached)
        return Outcome("failed", reasons)
    sha = digest(found.body)
    _, refusal = keep(round_.parts, sha, found.body)
    snapshot = _snapshot(round_, sha, found.body, "json", "", "accepted")
    round_.tx.keep_snapshot(replace(snapshot, kept=refusal is None))
    told = after_good(from_json(memory.health, Health), REGISTER, round_.now)
    round_.emit(told.events)
    silence = _silence(round_, found)
    said = after_silence(told.health, REGISTER, silence if memory.counts else "", round_.now, sha)
    round_.emit(said.events)
    counts = {"documents": len(found.documents)} if found.documents else memory.counts
    same = sha == memory.accepted_sha256
    round_.tx.remember(REGISTER, health=said.health, accepted_sha256=sha, counts=counts)
    reasons = [reason for reason in (silence, refusal) if reason]
    return Outcome("unchanged" if same else "accepted", reasons, sha, len(found.documents), None)


def _silence(round_: Round, found: Docket) -> str:
    """No rule of the bureau for weeks is suspicious, and said; else nothing."""
    newest = max((read.document.publication_date or "" for read in found.documents), default="")
    before = (round_.now - timedelta(days=SILENT.days)).date().isoformat()
    if newest >= before:
        return ""
    since = f"since {newest}" if newest else "for weeks"
    return f"no rule of the Bureau of Industry and Security on part 744 {since}, suspiciously long"


def _snapshot(round_: Round, sha: str, body: bytes, media: str, url: str, status: str) -> Snapshot:
    return Snapshot(
        sha256=sha,
        source=REGISTER,
        url=url,
        media=media,
        size=len(body),
        stored_size=0,
        as_of=None,
        first_seen_at=round_.now,
        last_seen_at=round_.now,
        status=status,
    )
