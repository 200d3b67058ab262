"""`snapshots` and `db`: what is kept, and the schema it is kept in."""

from typing import Annotated

import typer

from monitor import wiring
from monitor.accept import accept as accept_snapshot
from monitor.cli.context import ConfigOption, JsonOption, folder, parts, plain_errors, print_json
from monitor.errors import UsageError
from monitor.ledger.migrate import NEWEST

snapshots = typer.Typer(help="Kept snapshots, and the quarantine.", no_args_is_help=True)
db = typer.Typer(help="The database.", no_args_is_help=True)

Sha = Annotated[str, typer.Argument(help="The sha256, or enough of its beginning.")]


@snapshots.command("list")
def list_(context: typer.Context, json: JsonOption = False, config: ConfigOption = None) -> None:
    """List the newest snapshots with what was found of them."""
    with parts(context, config) as (_, built), built.ledger.reading() as reading:
        found = reading.snapshots()
    if json:
        print_json({"snapshots": found})
        return
    for one in found:
        why = f"  {'; '.join(one.reasons)}" if one.reasons else ""
        typer.echo(
            f"{one.sha256}  {one.source}  {one.last_seen_at:%Y-%m-%dT%H:%MZ}  {one.status}{why}"
        )


@snapshots.command("show")
def show(
    context: typer.Context, sha256: Sha, json: JsonOption = False, config: ConfigOption = None
) -> None:
    """Show the facts of one snapshot."""
    with parts(context, config) as (_, built), built.ledger.reading() as reading:
        one = reading.snapshot_like(sha256)
        if one is None:
            raise UsageError(f"no snapshot begins with {sha256}")
    if json:
        print_json(one)
        return
    for name in one.__slots__:
        typer.echo(f"{name}: {getattr(one, name)}")


@snapshots.command("accept")
def accept(
    context: typer.Context, sha256: Sha, json: JsonOption = False, config: ConfigOption = None
) -> None:
    """Vouch for a quarantined snapshot: it is judged at once and is the next baseline."""
    with parts(context, config) as (_, built):
        events = accept_snapshot(built, sha256, "command")
    if json:
        print_json({"events": events})
        return
    typer.echo("Accepted." if not events else "Accepted, with these events:")
    for event in events:
        typer.echo(f"{event.kind.value}: {event.title}")


@db.command("upgrade")
def upgrade(context: typer.Context, config: ConfigOption = None) -> None:
    """Bring the database to the newest schema; also done at every start."""
    with plain_errors():
        ledger = wiring.open_ledger(wiring.settings(folder(context, config)))
        ledger.close()
    typer.echo(f"The database is at revision {NEWEST}.")
