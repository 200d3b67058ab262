"""`test-notification`, and the notifications that wait or were given up."""

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
    parts,
    plain_errors,
    print_json,
)
from monitor.errors import UsageError
from monitor.ledger.read import Reading
from monitor.ledger.records import Notification
from monitor.ledger.reminders import REMINDER
from monitor.notify.clean import one_line
from monitor.notify.receipt import Outcome
from monitor.screening.words.event_text import utc
from monitor.service import Parts

MOST = 10_000
"""Notifications listed, or sent again, at once."""

notifications = typer.Typer(help="What waits to be sent, and dead letters.", no_args_is_help=True)


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
        asked = [one for one in every if channel in {None, one.id}]
        if not asked:
            known = ", ".join(one.id for one in every) or "none"
            raise UsageError(f"no such channel; the channels are: {known}")
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
    """List the notifications that wait, and the dead letters."""
    with parts(context, config) as (_, built):
        found = _open_letters(built)
    if json:
        print_json({"notifications": found})
        return
    for letter in found:
        typer.echo(_line(letter))
    if not found:
        typer.echo("Nothing waits, and there is no dead letter.")
    elif any(letter.status == "dead" for letter in found):
        typer.echo("Send dead letters again with: entity-monitor notifications retry NUMBER…")


@notifications.command("retry")
def retry(
    context: typer.Context,
    ids: Annotated[
        list[int] | None, typer.Argument(help="Numbers of dead letters.", show_default=False)
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every dead letter.")] = False,
    config: ConfigOption = None,
) -> None:
    """Make dead letters due again, with a new term; `serve` or the next `check` sends them."""
    with parts(context, config) as (_, built):
        if bool(ids) is every:
            raise UsageError("name the numbers of dead letters, or --all of them")
        with built.ledger.reading() as reading:
            dead = {one.id for one in reading.notifications(statuses=("dead",), limit=MOST)}
        asked = dead if every else set(ids or ())
        if strange := sorted(asked - dead):
            raise UsageError(f"no dead letters: {', '.join(map(str, strange))}")
        with built.ledger.outbox() as outbox:
            done = outbox.retry(sorted(asked), built.clock())
    typer.echo(f"{done} will be sent again by serve, or by the next check.")


def acknowledge(
    context: typer.Context,
    event: Annotated[str, typer.Argument(help="The id of an event.")],
    who: Annotated[str, typer.Option("--who", help="Who has taken note.")] = "command",
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Note that a person has taken note of an event: its reminders stop."""
    with parts(context, config) as (_, built):
        with built.ledger.outbox() as outbox:
            stored = outbox.acknowledge(event, one_line(who, 100) or "command", built.clock())
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
    """A notification that waits or is dead, as it is listed."""

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


def _open_letters(built: Parts) -> list[Letter]:
    with built.ledger.reading() as reading:
        found = reading.notifications(statuses=("pending", "dead"), limit=MOST)
        return [_letter(reading, one) for one in found]


def _letter(reading: Reading, one: Notification) -> Letter:
    stored = reading.event(one.event)
    return Letter(
        id=one.id,
        status=one.status,
        channel=one.channel,
        event=one.event,
        note=one.note,
        title=stored.event.title if stored else "Digest",
        attempts=one.attempts,
        created_at=utc(one.created_at),
        next_at=utc(one.next_at) if one.status == "pending" else None,
        reason=one.reason,
    )


def _line(letter: Letter) -> str:
    tries = "once" if letter.attempts == 1 else f"{letter.attempts} times"
    tried = f"tried {tries}" if letter.attempts else "not tried yet"
    when = f", next {letter.next_at}" if letter.next_at else ""
    why = f": {letter.reason}" if letter.reason else ""
    note = f"{letter.note} of " if letter.note.startswith(REMINDER) else ""
    return (
        f"{letter.id}  {letter.status}  {letter.channel}  {note}{letter.event}  "
        f"{one_line(letter.title, 120)}\n    {tried}{when}{why}"
    )
