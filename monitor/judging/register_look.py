"""What a look at the Federal Register comes to as a poll: its outcome, its evidence, its health."""

from monitor.judging.bodies import keep, snapshot_of
from monitor.judging.decide import Judging, PollResult
from monitor.judging.docket import Docket
from monitor.judging.source_failure import tell_failure
from monitor.ledger.records import SourceMemory
from monitor.screening import register
from monitor.screening.source_health import after_good, after_remarks, after_silence
from monitor.screening.witness import PollOutcome, Source
from monitor.sources.source import digest


def record_texts(judging: Judging, found: Docket) -> None:
    """The full texts that were read become evidence, which is never forgotten."""
    for read in found.documents:
        if read.sha256 is not None:
            url = read.document.html_url or ""
            judging.tx.keep_snapshot(
                snapshot_of(
                    judging,
                    Source.FEDERAL_REGISTER,
                    read.sha256,
                    read.body,
                    url=url,
                    media="text",
                    status="evidence",
                    kept=read.kept,
                )
            )


def judge_register(judging: Judging, found: Docket, memory: SourceMemory) -> PollResult:
    """A look in which any part failed is a failed poll, though what came was judged."""
    record_texts(judging, found)
    if found.faults:
        reasons = list(dict.fromkeys(fault.reason for fault in found.faults))
        at_once = any(fault.at_once for fault in found.faults)
        unreached = all(fault.unreached for fault in found.faults)
        reason = "; ".join(reasons)
        tell_failure(
            judging,
            Source.FEDERAL_REGISTER,
            reason,
            at_once=at_once,
            unreached=unreached,
            retry_after=max((fault.retry_after or 0.0 for fault in found.faults), default=None),
        )
        return PollResult(PollOutcome.FAILED, reasons)
    sha = digest(found.body)
    _, refusal = keep(judging.service, sha, found.body)
    judging.tx.keep_snapshot(
        snapshot_of(
            judging, Source.FEDERAL_REGISTER, sha, found.body, media="json", kept=refusal is None
        )
    )
    told = after_good(memory.health, Source.FEDERAL_REGISTER, judging.now)
    judging.emit(told.events)
    told = after_remarks(told.health, Source.FEDERAL_REGISTER, found.odd, judging.now, sha)
    judging.emit(told.events)
    printed = (read.document.publication_date for read in found.documents)
    silence = register.silence(max(filter(None, printed), default=None), judging.now)
    said = after_silence(
        told.health, Source.FEDERAL_REGISTER, silence if memory.counts else "", judging.now, sha
    )
    judging.emit(said.events)
    counts = {"documents": len(found.documents)} if found.documents else memory.counts
    same = sha == memory.accepted_sha256
    judging.tx.remember(
        Source.FEDERAL_REGISTER, health=said.health, accepted_sha256=sha, counts=counts
    )
    reasons = [*found.odd, *(reason for reason in (silence, refusal) if reason)]
    outcome = PollOutcome.UNCHANGED if same else PollOutcome.ACCEPTED
    return PollResult(outcome, reasons, sha, len(found.documents))
