"""Send what is due, and write down what became of it.

Delivery is at least once, per channel, with the event's id as the key by which a receiver tells a
repeat. A notification is marked sent only after the channel answered. Channels never wait for each
other; within one, the events of a watch keep their order while things go well.
"""

import logging
import random
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from traceback import extract_tb

from monitor.errors import MonitorError
from monitor.ledger.json import from_json
from monitor.ledger.outbox import Claimed, ClaimedDigest
from monitor.ledger.queue import UNKNOWN_CHANNEL
from monitor.ledger.records import Notification
from monitor.ledger.reminders import DIGEST
from monitor.notify.channels import Channel
from monitor.notify.digest import Digest
from monitor.notify.receipt import Outcome, Receipt
from monitor.screening.event import Event, Kind, event_id
from monitor.screening.words.event_text import utc
from monitor.screening.words.message import say
from monitor.service import Service
from monitor.status.evidence import gather, report

LEASE = timedelta(minutes=2)
"""Of a notification, and as long as its channel may take where that is longer."""
MARGIN = timedelta(seconds=30)
"""For writing down what became of a send that took all its time."""
TERM = timedelta(days=3)
"""How long a notification is tried, and once for each pause; then it is a dead letter."""
PAUSES = (10, 30, 60, 120, 300, 900, 1800, 3600, 7200, 14_400)
"""Seconds between tries, the last one repeated; each drawn between three quarters and five."""
UNCERTAIN_PAUSES = (3600, 14_400, 43_200, 86_400)
"""Seconds at least before a message is sent again that may have arrived: seven copies at most."""
FLOODED = 60
"""Seconds that a channel rests after a 429 that names no time: limits count by the minute."""
LARGEST_REPORT = 2_000_000
"""Characters of an attached report; a larger one is left to the status page."""
AT_A_TIME = 20
"""Notifications of one channel read at once."""

log = logging.getLogger("monitor.deliver")


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one try."""

    event: str
    channel: str
    outcome: str
    """`sent`, `retry`, `dead` or `skipped`."""
    reason: str


def deliver(service: Service) -> list[Delivery]:
    """Send everything that is due, and wait for what becomes of it.

    Every channel is served at once. One that gives no answer costs its time limit, once.
    """
    reroute(service)
    done: list[Delivery] = []
    with ThreadPoolExecutor(max(len(service.channels), 1)) as pool:
        busy: dict[Future[list[Delivery]], str] = {}
        left: set[str] = set()
        while True:
            # Asked again whenever a channel is done: what it did may concern another.
            for channel in channels_due(service, {*busy.values(), *left}):
                busy[pool.submit(_drained, service, channel)] = channel.id
            if not busy:
                return done
            for future in wait(busy, return_when=FIRST_COMPLETED).done:
                deliveries, name = future.result(), busy.pop(future)
                done += deliveries
                if not deliveries or deliveries[-1].outcome == "retry":
                    left.add(name)


def channels_due(service: Service, without: set[str]) -> list[Channel]:
    """The channels with something to send now, but for these."""
    with service.ledger.reading() as reading:
        due = reading.queue().channels_due(service.clock()) - without
    return [channel for channel in service.channels if channel.id in due]


def drain(
    service: Service, channel: Channel, stopping: Callable[[], bool] = lambda: False
) -> Iterator[Delivery]:
    """Send one channel what is due for it, one after the other.

    Ends early where the channel gives no answer at all, or asks to be left alone: the rest stays
    due.
    """
    while due := _due(service, channel):
        tried = False
        for notification in due:
            if stopping():
                return
            receipt = None
            settled = _deliver_one(service, channel, notification)
            if settled is not None:
                tried, (delivery, receipt) = True, settled
                yield delivery
            if receipt is not None and (receipt.unanswered or rest(receipt) is not None):
                return
        if not tried:
            # Another process is faster.
            return


def _drained(service: Service, channel: Channel) -> list[Delivery]:
    return list(drain(service, channel))


def _due(service: Service, channel: Channel) -> list[Notification]:
    with service.ledger.reading() as reading:
        return reading.queue().due(service.clock(), channel.id, limit=AT_A_TIME)


def _deliver_one(
    service: Service, channel: Channel, notification: Notification
) -> tuple[Delivery, Receipt] | None:
    """Claim, send outside of any transaction, settle. None where another process has it."""
    now, case = service.clock(), None
    lease = max(LEASE, timedelta(seconds=channel.longest) + MARGIN)
    claimed: Claimed | ClaimedDigest | None
    with service.ledger.outbox() as outbox:
        if notification.note == DIGEST:
            claimed = outbox.claim_digest(notification.id, service.owner, now, lease)
        else:
            claimed = outbox.claim(notification.id, service.owner, now, lease)
            case = outbox.case(claimed.event) if claimed else None
    if claimed is None:
        return None
    receipt = _send(service, channel, claimed, case)
    delivery = _settle(service, claimed, receipt)
    return None if delivery is None else (delivery, receipt)


def _send(
    service: Service, channel: Channel, claimed: Claimed | ClaimedDigest, case: str | None
) -> Receipt:
    at = service.real_clock()
    try:
        if isinstance(claimed, ClaimedDigest):
            return channel.send_digest(from_json(claimed.text, Digest), at=at)
        event, note = claimed.event.event, claimed.notification.note
        report = _report(service, event) if service.attach_report and channel.takes_files else None
        return channel.send(event, at=at, case=case, note=note, report=report)
    except Exception as fault:  # noqa: BLE001 - a fault in one channel must not cost it the alert
        # Only its kind and place: its words may hold parts of the channel's URL.
        place = extract_tb(fault.__traceback__)[-1]
        said = say("internal error in the channel: {kind}", kind=type(fault).__name__)
        log.error("%s: %s at %s:%s", channel.id, said, place.filename, place.lineno)  # noqa: TRY400
        return Receipt(Outcome.TRANSIENT, said)


def _report(service: Service, event: Event) -> str | None:
    """The evidence of what concerns a watch; an alert goes without rather than not at all."""
    if event.watch is None:
        return None
    try:
        page = report(gather(service, event.id), bundled=False)
    except MonitorError as error:
        log.warning("the evidence of %s could not be attached: %s", event.id, error)
        return None
    return page if len(page) <= LARGEST_REPORT else None


def _settle(
    service: Service, claimed: Claimed | ClaimedDigest, receipt: Receipt
) -> Delivery | None:
    now, one = service.clock(), claimed.notification
    status, outcome, next_at = after_receipt(one, receipt, now)
    if status == "dead":
        settled = _bury(service, claimed, receipt, now)
    else:
        with service.ledger.outbox() as outbox:
            settled = outbox.settle(
                one.id,
                service.owner,
                at=now,
                outcome=outcome,
                reason=receipt.reason,
                status=status,
                next_at=next_at,
                rest_until=now + wanted if (wanted := rest(receipt)) is not None else None,
            )
    return Delivery(one.event, one.channel, outcome, receipt.reason) if settled else None


def _bury(
    service: Service, claimed: Claimed | ClaimedDigest, receipt: Receipt, now: datetime
) -> bool:
    """Makes a dead letter, and in the same transaction tells the other channels."""
    one = claimed.notification
    event = claimed.event.event if isinstance(claimed, Claimed) else None
    with service.ledger.judging() as tx:
        settled = tx.outbox().settle(
            one.id,
            service.owner,
            at=now,
            outcome="dead",
            reason=receipt.reason,
            status="dead",
            next_at=None,
        )
        # A message about an undelivered message ends here; the dead letter itself is visible.
        if settled and (event is None or event.kind is not Kind.DELIVERY_FAILED):
            failed = _delivery_failed(event, one, receipt, now)
            if tx.add_event(failed, poll=None, at=now):
                others = [c.id for c in service.told_of(failed) if c.id != one.channel]
                tx.add_notifications(failed.id, others, now)
    return settled


def after_receipt(
    notification: Notification, receipt: Receipt, now: datetime
) -> tuple[str, str, datetime | None]:
    """Status, outcome and next try of a notification after a receipt (docs/delivery.md)."""
    if receipt.outcome is Outcome.SENT:
        return "sent", "sent", None
    # A clock that jumps, or a machine that was off, uses up the term without a single try.
    tries = len(UNCERTAIN_PAUSES if receipt.uncertain else PAUSES)
    over = notification.attempts >= tries and now - (notification.first_tried_at or now) >= TERM
    if receipt.outcome is Outcome.PERMANENT or over:
        return "dead", "dead", None
    return "pending", "retry", now + pause(notification.attempts, receipt)


def pause(attempts: int, receipt: Receipt) -> timedelta:
    """How long to wait after so many tries; no less than the receiver asked for."""
    pauses = UNCERTAIN_PAUSES if receipt.uncertain else PAUSES
    base = pauses[min(attempts, len(pauses) - 1)]
    drawn = base * random.uniform(0.75, 1.25)  # noqa: S311 - jitter, no secret
    least = UNCERTAIN_PAUSES[0] if receipt.uncertain else 0.0
    return timedelta(seconds=max(drawn, receipt.retry_after or 0.0, least))


def rest(receipt: Receipt) -> timedelta | None:
    """How long nothing at all may go to the channel; None where it did not ask for that."""
    if receipt.outcome is not Outcome.TRANSIENT:
        return None
    if receipt.retry_after is None and not receipt.flooded:
        return None
    return timedelta(seconds=FLOODED if receipt.retry_after is None else receipt.retry_after)


def _delivery_failed(
    event: Event | None, notification: Notification, receipt: Receipt, now: datetime
) -> Event:
    watch, list_ = (event.watch, event.list) if event else (None, None)
    what = (
        say("event {event} ({kind})", event=event.id, kind=event.kind.value)
        if event
        else say("a digest")
    )
    # A letter that was sent again and died again is another failure.
    cause = (
        notification.event,
        notification.channel,
        notification.note,
        utc(notification.first_tried_at or now),
    )
    return Event(
        id=event_id(Kind.DELIVERY_FAILED, watch, list_, cause),
        kind=Kind.DELIVERY_FAILED,
        watch=watch,
        list=list_,
        at=utc(now),
        title=say("Not delivered: {what}", what=event.title if event else what),
        summary=say(
            "Channel {channel} did not accept {what}: {reason}. It was given up; retry it with: "
            "entity-monitor notifications retry {id}",
            channel=notification.channel,
            what=what,
            reason=receipt.reason,
            id=notification.id,
        ),
        party=event.party if event else "",
    )


def reroute(service: Service) -> None:
    """Alerts for a channel that is configured no more go to those that want them now.

    A channel's id follows from its address: a changed password is a new channel, and what was
    waiting for the old one must not be lost. What was skipped so is sent after all where its
    channel comes back, or where another process of an older or newer configuration has it.
    """
    known, now = {channel.id for channel in service.channels}, service.clock()
    with service.ledger.reading() as reading:
        waiting = reading.queue()
        if not waiting.waiting_for_others(known, now) and not waiting.come_back(known, now - TERM):
            return
    with service.ledger.judging() as tx:
        outbox = tx.outbox()
        outbox.resume(outbox.come_back(known, now - TERM))
        for notification, event in outbox.waiting_for_others(known, now):
            digested = [channel for channel in service.channels if channel.wants_digest()]
            wanting = [
                one.id
                for one in (service.told_of(event) if event else digested)
                if not outbox.has(notification.event, one.id, notification.note)
            ]
            tx.add_notifications(notification.event, wanting, now, notification.note)
            outbox.skip(notification.id, UNKNOWN_CHANNEL)


def withheld(service: Service) -> list[Delivery]:
    """What is due and was not to be delivered in this run."""
    with service.ledger.reading() as reading:
        due = reading.queue().due(service.clock())
    return [
        Delivery(one.event, one.channel, "skipped", say("not delivered in this run")) for one in due
    ]
