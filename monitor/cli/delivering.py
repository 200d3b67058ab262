"""`test-notification`, and the notifications that wait or were given up."""

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
from monitor.notify.receipt import Outcome

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
    results = [(one.id, one.send_test(at=wiring.real_clock())) for one in asked]
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
    with parts(context, config) as (_, built), built.ledger.reading() as reading:
        found = reading.notifications(statuses=("pending", "dead"))
    if json:
        print_json({"notifications": found})
        return
    for one in found:
        tries = f"{one.attempts} tries"
        typer.echo(f"{one.id}  {one.status:8}  {one.channel}  {one.event}  {tries}  {one.reason}")


@notifications.command("retry")
def retry(
    context: typer.Context,
    ids: Annotated[list[int], typer.Argument(help="Numbers of dead letters.")],
    config: ConfigOption = None,
) -> None:
    """Make dead letters due again, with a new term."""
    with parts(context, config) as (_, built), built.ledger.outbox() as outbox:
        done = outbox.retry(ids, built.clock())
    typer.echo(f"{done} of {len(ids)} are due again.")
