"""The second use case: send what is due, and write down what became of it.

Delivery is at least once, per channel, with the event's id as the key by which a receiver tells a
repeat. A notification is marked sent only after the channel answered. Channels never wait for each
other; within one, the events of a watch keep their order.
"""

import random
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from monitor.ledger.outbox import Claimed
from monitor.ledger.records import Notification
from monitor.notify.channels import Channel
from monitor.notify.receipt import Outcome, Receipt
from monitor.parts import Parts
from monitor.screening.event import Event, Kind, event_id
from monitor.screening.telling import utc

LEASE = timedelta(minutes=2)
"""Longer than any channel may take."""
TERM = timedelta(days=3)
"""How long a notification is tried; then it is a dead letter."""
PAUSES = (10, 30, 60, 120, 300, 900, 1800, 3600, 7200, 14_400)
"""Seconds between tries, the last one repeated; each drawn between three quarters and five."""
AT_ONCE = 32
"""Most channels served at the same time."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one try."""

    event: str
    channel: str
    outcome: str
    """`sent`, `retry`, `dead` or `skipped`."""
    reason: str


def deliver(parts: Parts) -> list[Delivery]:
    """Send everything that is due once, and wait for what becomes of it."""
    reroute(parts)
    with parts.ledger.outbox() as outbox:
        due = outbox.due(parts.clock())
    by_channel = by_their_channel(due)
    if not by_channel:
        return []
    with ThreadPoolExecutor(min(len(by_channel), AT_ONCE)) as pool:
        done = pool.map(lambda some: deliver_in_order(parts, some), by_channel)
        return [delivery for deliveries in done for delivery in deliveries]


def by_their_channel(due: Iterable[Notification]) -> list[list[Notification]]:
    """The due notifications, grouped by channel, each group in its order."""
    ordered = sorted(due, key=lambda one: (one.channel, one.id))
    return [list(some) for _, some in groupby(ordered, key=lambda one: one.channel)]


def deliver_in_order(parts: Parts, due: Sequence[Notification]) -> list[Delivery]:
    """Send one channel's notifications one after the other."""
    channel = next((one for one in parts.channels if one.id == due[0].channel), None)
    if channel is None:
        return []
    done = (_deliver_one(parts, channel, notification) for notification in due)
    return [delivery for delivery in done if delivery is not None]


def _deliver_one(parts: Parts, channel: Channel, notification: Notification) -> Delivery | None:
    """Claim, send outside of any transaction, settle. None where another process has it."""
    with parts.ledger.outbox() as outbox:
        claimed = outbox.claim(notification.id, parts.owner, parts.clock(), LEASE)
        case = outbox.case(claimed.event) if claimed else None
    if claimed is None:
        return None
    receipt = channel.send(claimed.event.event, at=parts.real_clock(), case=case)
    return _settle(parts, claimed, receipt)


def _settle(parts: Parts, claimed: Claimed, receipt: Receipt) -> Delivery | None:
    now, one, event = parts.clock(), claimed.notification, claimed.event.event
    status, outcome, next_at = _verdict(one, receipt, now)
    with parts.ledger.judging() as tx:
        settled = tx.outbox().settle(
            one.id,
            parts.owner,
            at=now,
            outcome=outcome,
            reason=receipt.reason,
            status=status,
            next_at=next_at,
        )
        if settled and status == "dead" and event.kind is not Kind.DELIVERY_FAILED:
            failed = _delivery_failed(event, one, receipt, now)
            if tx.add_event(failed, poll=None, at=now):
                others = [c.id for c in parts.channels if c.id != one.channel and c.wants(failed)]
                tx.add_notifications(failed.id, others, now)
    return Delivery(one.event, one.channel, outcome, receipt.reason) if settled else None


def _verdict(
    one: Notification, receipt: Receipt, now: datetime
) -> tuple[str, str, datetime | None]:
    """Status, outcome and next try of a notification after a receipt."""
    if receipt.outcome is Outcome.SENT:
        return "sent", "sent", None
    over = now - (one.first_tried_at or now) >= TERM
    if receipt.outcome is Outcome.PERMANENT or over:
        return "dead", "dead", None
    return "pending", "retry", now + pause(one.attempts, receipt.retry_after)


def pause(attempts: int, retry_after: float | None) -> timedelta:
    """How long to wait after so many tries; no less than the receiver asked for."""
    base = PAUSES[min(attempts, len(PAUSES) - 1)]
    drawn = base * random.uniform(0.75, 1.25)  # noqa: S311 - jitter, no secret
    return timedelta(seconds=max(drawn, retry_after or 0.0))


def _delivery_failed(event: Event, one: Notification, receipt: Receipt, now: datetime) -> Event:
    cause = (event.id, one.channel, one.note, str(one.created_at))
    return Event(
        id=event_id(Kind.DELIVERY_FAILED, event.watch, event.list, cause),
        kind=Kind.DELIVERY_FAILED,
        watch=event.watch,
        list=event.list,
        at=utc(now),
        title=f"Not delivered: {event.title}"[:200],
        summary=(
            f"Channel {one.channel} did not take event {event.id} ({event.kind.value}): "
            f"{receipt.reason}. It is a dead letter; send it again with: "
            f"entity-monitor notifications retry {one.id}"
        ),
    )


def reroute(parts: Parts) -> None:
    """Alerts for a channel that is configured no more go to those that want them now.

    A channel's id follows from its address: a changed password is a new channel, and what was
    waiting for the old one must not be lost.
    """
    known = {channel.id for channel in parts.channels}
    with parts.ledger.judging() as tx:
        for notification, event in tx.outbox().waiting_for_others(known):
            wanting = [one.id for one in parts.channels if one.wants(event)]
            fresh = [id_ for id_ in wanting if not tx.outbox().has(event.id, id_)]
            tx.add_notifications(event.id, fresh, parts.clock(), notification.note)
            tx.outbox().skip(notification.id, "its channel is configured no more")


def withheld(parts: Parts) -> list[Delivery]:
    """What is due and was not to be delivered in this run."""
    with parts.ledger.outbox() as outbox:
        due = outbox.due(parts.clock())
    return [Delivery(one.event, one.channel, "skipped", "not delivered in this run") for one in due]
