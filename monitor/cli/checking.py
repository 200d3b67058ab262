"""`check`: one round over the sources, judged and delivered."""

from typing import Annotated

import typer

from monitor.check import Checked
from monitor.check import check as run_check
from monitor.cli.context import (
    SOURCES_FAILED,
    ConfigOption,
    JsonOption,
    moment,
    parts,
    plain_errors,
    print_json,
)
from monitor.deliver import Delivery, deliver, withheld
from monitor.public import checked_poll
from monitor.screening.telling import utc
from monitor.status import statuses


def check(
    context: typer.Context,
    source: Annotated[
        str | None, typer.Option("--source", help="Only this source: csl, ecfr, federal_register.")
    ] = None,
    json: JsonOption = False,
    now: Annotated[
        str | None, typer.Option("--now", help="A fixed clock for everything in this run.")
    ] = None,
    no_deliver: Annotated[
        bool, typer.Option("--no-deliver", help="Decide and store, but send nothing.")
    ] = False,
    config: ConfigOption = None,
) -> None:
    """Poll every enabled source once, judge, deliver what is due, and print what came of it."""
    with plain_errors():
        clock = moment(now)
    with parts(context, config, clock) as (_, built):
        at = utc(built.clock())
        checked = run_check(built, source)
        deliveries = withheld(built) if no_deliver else deliver(built)
        with built.ledger.reading() as reading:
            watches = statuses(built, reading, built.clock())
        document = {
            "at": at,
            "polls": [checked_poll(one) for one in checked.polls],
            "events": checked.events,
            "watches": watches,
            "deliveries": deliveries,
        }
        if json:
            print_json(document)
        else:
            _print(checked, deliveries, [status.reasons[0] for status in watches])
    if not checked.all_good:
        raise typer.Exit(SOURCES_FAILED)


def _print(checked: Checked, deliveries: list[Delivery], sentences: list[str]) -> None:
    for poll in checked.polls:
        why = f": {'; '.join(poll.reasons)}" if poll.reasons else ""
        typer.echo(f"{poll.source}: {poll.outcome}{why}")
    for event in checked.events:
        typer.echo(f"{event.kind.value}: {event.title}")
    for delivery in deliveries:
        why = f" ({delivery.reason})" if delivery.reason else ""
        typer.echo(f"{delivery.channel}: {delivery.outcome}{why}")
    for sentence in sentences:
        typer.echo(sentence)
