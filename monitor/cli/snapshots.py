"""`snapshots`: the kept snapshots, and the quarantine."""

from typing import Annotated

import typer

from monitor.cli.context import (
    ConfigOption,
    JsonOption,
    open_service,
    print_json,
    say,
)
from monitor.errors import UsageError
from monitor.judging.vouch import accept as accept_snapshot

snapshots = typer.Typer(help="Kept snapshots, and the quarantine.", no_args_is_help=True)

Sha = Annotated[str, typer.Argument(help="The sha256, or a unique prefix.")]


@snapshots.command("list")
def list_(context: typer.Context, json: JsonOption = False, config: ConfigOption = None) -> None:
    """List the newest snapshots with their judgment."""
    with open_service(context, config) as (_, service), service.ledger.reading() as reading:
        found = reading.snapshots()
    if json:
        print_json({"snapshots": found})
        return
    for one in found:
        why = f"  {'; '.join(one.reasons)}" if one.reasons else ""
        say(f"{one.sha256}  {one.source}  {one.last_seen_at:%Y-%m-%dT%H:%MZ}  {one.status}{why}")


@snapshots.command("show")
def show(
    context: typer.Context, sha256: Sha, json: JsonOption = False, config: ConfigOption = None
) -> None:
    """Show one snapshot."""
    with open_service(context, config) as (_, service), service.ledger.reading() as reading:
        one = reading.snapshot_like(sha256)
        if one is None:
            raise UsageError(f"no snapshot begins with {sha256}")
    if json:
        print_json(one)
        return
    for name in one.__slots__:
        say(f"{name}: {getattr(one, name)}")


@snapshots.command("accept")
def accept(
    context: typer.Context, sha256: Sha, json: JsonOption = False, config: ConfigOption = None
) -> None:
    """Accept a quarantined snapshot: it is judged at once and becomes the baseline."""
    with open_service(context, config) as (_, service):
        events = accept_snapshot(service, sha256, "command")
    if json:
        print_json({"events": [event.public() for event in events]})
        return
    typer.echo("Accepted." if not events else "Accepted. Events:")
    for event in events:
        typer.echo(f"{event.kind.value}: {event.title}")
