"""Reading what Apprise logged of one call, and what the service answered, into a receipt.

Apprise itself tells only that a call failed, and of some services not even that. Status codes, SMTP
replies and the receiver's words stand in its log records and in the answers, which hold secrets
too: every reason is redacted before it leaves here. What cannot be read is transient, because
trying again is the smaller harm.
"""

import re
from collections.abc import Sequence

from monitor.network.retry_after import retry_after
from monitor.notify.apprise.library import HttpAnswer
from monitor.notify.apprise.refusal import Refusal, read_refusal
from monitor.notify.receipt import Outcome, Receipt
from monitor.notify.redact import redact
from monitor.screening.words.sanitize import one_line

PERMANENT_HTTP = frozenset({400, 401, 403, 404, 405, 410, 413, 414, 415, 422})
"""Answers of a chat, push or mail service that say the address, the key or the message is wrong.

Such a service is run by others and answers these on purpose; a person must mend the URL.
"""
TOO_MANY = 429
_HTTP = re.compile(r"\berror=(\d{3})\b")
_SMTP = re.compile(r"\((\d{3}), b['\"]")
_REFUSED = re.compile(r"was refused: (\d{3}) ")
_RETRY_AFTER = re.compile(
    r"retry[_-]after[\"']?\s*[:=]\s*[\"']?([0-9]+(?:\.[0-9]+)?)", re.IGNORECASE
)
_TIMED_OUT = re.compile(r"timed? ?out", re.IGNORECASE)
_TELLING = re.compile(
    r"exception|response details|failed|error|refused|unable|invalid", re.IGNORECASE
)
_CODE = re.compile(r"[,:]?\s*error=\d{3}\.?")
_TOLD_OFTEN = re.compile(r"^(Response Details:|Socket Exception:|\w+ Exception:)\s*", re.IGNORECASE)


def read_answer(
    sent: bool,
    records: Sequence[str],
    secrets: Sequence[str],
    *,
    schema: str = "",
    answers: Sequence[HttpAnswer] = (),
) -> Receipt:
    """The receipt of one call: `records` are its log messages in order, unredacted.

    `answers` are the HTTP answers of the same call, in order: a service that refuses in the body of
    a good answer has not taken the message, whatever Apprise makes of it.
    """
    refusal = _refusal(schema, answers)
    if refusal is not None:
        return _of_refusal(refusal, answers[-1], secrets)
    if sent:
        return Receipt(Outcome.SENT, "accepted")
    said = "\n".join(records)
    status = _last(_HTTP, said)
    reply = _last(_SMTP, said) or _last(_REFUSED, said)
    refused = status in PERMANENT_HTTP or (reply is not None and reply >= 500)
    outcome = Outcome.PERMANENT if refused else Outcome.TRANSIENT
    unanswered = status is None and reply is None and _TIMED_OUT.search(said) is not None
    return Receipt(
        outcome,
        _reason(status, reply, records, secrets),
        (_asked(answers[-1]) if answers else None) or _retry_after(said),
        unanswered=unanswered,
        flooded=status == TOO_MANY,
    )


def _refusal(schema: str, answers: Sequence[HttpAnswer]) -> Refusal | None:
    """The refusal in the answers to the message itself, where Apprise asked for other things first.

    Of what was sent again, with a new key perhaps, the last answer counts.
    """
    if not answers:
        return None
    last: dict[bytes, HttpAnswer] = {
        answer.request[1]: answer
        for answer in answers
        if answer.request[0] == answers[-1].request[0]
    }
    said = [read_refusal(schema, answer.body) for answer in last.values() if answer.status < 300]
    return next((refusal for refusal in said if refusal is not None), None)


def _of_refusal(refusal: Refusal, answer: HttpAnswer, secrets: Sequence[str]) -> Receipt:
    words = redact(refusal.words, secrets) or "the answer says that it was not taken"
    return Receipt(
        refusal.outcome,
        one_line(f"answered {answer.status} and refused: {words}", 300),
        _asked(answer) or _retry_after(refusal.words),
        flooded=refusal.flooded,
    )


def _asked(answer: HttpAnswer) -> float | None:
    """Seconds that the answer's own header asks for."""
    headers = answer.headers
    return retry_after(headers.get("retry-after", ""), headers.get("date", ""))


def _last(pattern: re.Pattern[str], said: str) -> int | None:
    found = pattern.findall(said)
    return int(found[-1]) if found else None


def _retry_after(said: str) -> float | None:
    found = _RETRY_AFTER.search(said)
    return retry_after(found[1]) if found else None


def _reason(
    status: int | None, reply: int | None, records: Sequence[str], secrets: Sequence[str]
) -> str:
    code = f"answered {status}: " if status else f"SMTP {reply}: " if reply else ""
    telling = [_plain(record) for record in records if _TELLING.search(record)]
    # Redacted before it is cut, or half a secret could stay at the cut.
    words = redact(" / ".join(text for text in telling[-3:] if text), secrets)
    return one_line(code + (words or "Apprise gave no reason"), 300)


def _plain(record: str) -> str:
    """A record without what every record of its sort says, and without Python's marks of bytes."""
    text = _CODE.sub("", _TOLD_OFTEN.sub("", one_line(record, 2000))).strip(" ,:.")
    return text[2:-1] if re.fullmatch(r"b(['\"]).*\1", text) else text
