"""`test-notification`, `acknowledge`, and the notifications that are pending or were given up."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Annotated

import typer

from monitor import wiring
from monitor.cli.context import (
    FAULT,
    ConfigOption,
    JsonOption,
    folder,
    open_service,
    plain_errors,
    print_json,
)
from monitor.errors import UsageError
from monitor.ledger.read import Reading
from monitor.ledger.records import Notification
from monitor.ledger.reminders import REMINDER
from monitor.notify.receipt import Outcome
from monitor.screening.words.event_text import utc
from monitor.screening.words.labels import NO_CHANNEL, counted
from monitor.screening.words.sanitize import one_line
from monitor.service import Service

MOST = 10_000
"""Most notifications listed or retried at once."""

notifications = typer.Typer(help="Pending notifications and dead letters.", no_args_is_help=True)


def test_notification(
    context: typer.Context,
    channel: Annotated[str | None, typer.Option("--channel", help="Only this channel.")] = None,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Send a marked test to the channels and print each result."""
    with plain_errors():
        found = wiring.settings(folder(context, config))
        every = wiring.channels(found)
        if not every:
            raise UsageError(NO_CHANNEL)
        asked = [one for one in every if channel in {None, one.id}]
        if not asked:
            known = ", ".join(one.id for one in every)
            raise UsageError(f"unknown channel; known channels: {known}")
    with ThreadPoolExecutor(max(len(asked), 1)) as pool:
        receipts = pool.map(lambda one: one.send_test(at=wiring.real_clock()), asked)
        results = list(zip([one.id for one in asked], receipts, strict=True))
    rows = [
        {"channel": id_, "outcome": "sent" if receipt.outcome is Outcome.SENT else "refused",
         "reason": receipt.reason}
        for id_, receipt in results
    ]  # fmt: skip
    if json:
        print_json({"results": rows})
    for row in rows if not json else ():
        typer.echo(
            f"{row['channel']}: {row['outcome']}" + (f" ({row['reason']})" if row["reason"] else "")
        )
    if any(receipt.outcome is not Outcome.SENT for _, receipt in results):
        raise typer.Exit(FAULT)


@notifications.command("list")
def list_(context: typer.Context, json: JsonOption = False, config: ConfigOption = None) -> None:
    """List pending notifications and dead letters."""
    with open_service(context, config) as (_, service):
        found = _open_letters(service)
    if json:
        print_json({"notifications": found})
        return
    for letter in found:
        typer.echo(_line(letter))
    if not found:
        typer.echo("No pending notifications, no dead letters.")
    elif any(letter.status == "dead" for letter in found):
        typer.echo("Retry dead letters with: entity-monitor notifications retry NUMBER…")


@notifications.command("retry")
def retry(
    context: typer.Context,
    ids: Annotated[
        list[int] | None, typer.Argument(help="Numbers of dead letters.", show_default=False)
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every dead letter.")] = False,
    config: ConfigOption = None,
) -> None:
    """Retry dead letters; `serve` or the next `check` sends them."""
    with open_service(context, config) as (_, service):
        if bool(ids) is every:
            raise UsageError("give the numbers of dead letters, or --all")
        with service.ledger.reading() as reading:
            dead = {
                notification.id
                for notification in reading.notifications(statuses=("dead",), limit=MOST)
            }
        asked = dead if every else set(ids or ())
        if strange := sorted(asked - dead):
            raise UsageError(f"not a dead letter: {', '.join(map(str, strange))}")
        with service.ledger.outbox() as outbox:
            done = outbox.retry(sorted(asked), service.clock())
    typer.echo(f"{counted(done, 'dead letter')} will be retried by serve or the next check.")


def acknowledge(
    context: typer.Context,
    event: Annotated[str, typer.Argument(help="The id of an event.")],
    who: Annotated[str, typer.Option("--who", help="Who acknowledges it.")] = "command",
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Acknowledge an event: its reminders stop."""
    with open_service(context, config) as (_, service):
        with service.ledger.outbox() as outbox:
            stored = outbox.acknowledge(event, one_line(who, 100) or "command", service.clock())
        if stored is None or stored.acknowledged_at is None:
            raise UsageError(f"no event has the id {event}")
    at = utc(stored.acknowledged_at)
    if json:
        print_json(
            {"event": event, "acknowledged_at": at, "acknowledged_by": stored.acknowledged_by}
        )
        return
    typer.echo(f"Acknowledged by {stored.acknowledged_by} at {at}: {stored.event.title}")


@dataclass(frozen=True, slots=True)
class Letter:
    """A pending or dead notification, as listed."""

    id: int
    status: str
    channel: str
    event: str
    note: str
    title: str
    attempts: int
    created_at: str
    next_at: str | None
    reason: str


def _open_letters(service: Service) -> list[Letter]:
    with service.ledger.reading() as reading:
        found = reading.notifications(statuses=("pending", "dead"), limit=MOST)
        return [_letter(reading, one) for one in found]


def _letter(reading: Reading, notification: Notification) -> Letter:
    stored = reading.event(notification.event)
    return Letter(
        id=notification.id,
        status=notification.status,
        channel=notification.channel,
        event=notification.event,
        note=notification.note,
        title=stored.event.title if stored else "Digest",
        attempts=notification.attempts,
        created_at=utc(notification.created_at),
        next_at=utc(notification.next_at) if notification.status == "pending" else None,
        reason=notification.reason,
    )


def _line(letter: Letter) -> str:
    tried = counted(letter.attempts, "attempt") if letter.attempts else "not tried yet"
    when = f", next {letter.next_at}" if letter.next_at else ""
    why = f": {letter.reason}" if letter.reason else ""
    note = f"{letter.note} of " if letter.note.startswith(REMINDER) else ""
    return (
        f"{letter.id}  {letter.status}  {letter.channel}  {note}{letter.event}  "
        f"{one_line(letter.title, 120)}\n    {tried}{when}{why}"
    )
