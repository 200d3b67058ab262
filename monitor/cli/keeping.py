"""`snapshots` and `db`: what is kept, and the schema it is kept in."""

from pathlib import Path
from typing import Annotated

import typer

from monitor import wiring
from monitor.cli.context import (
    ConfigOption,
    JsonOption,
    folder,
    parts,
    plain_errors,
    print_json,
    say,
)
from monitor.errors import UsageError
from monitor.judging.vouch import accept as accept_snapshot
from monitor.ledger.migrate import NEWEST
from monitor.upkeep.backup import BackedUp, back_up
from monitor.upkeep.backup import restore as restore_ledger
from monitor.upkeep.retention import Keeping, retain

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
        say(f"{one.sha256}  {one.source}  {one.last_seen_at:%Y-%m-%dT%H:%MZ}  {one.status}{why}")


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
        say(f"{name}: {getattr(one, name)}")


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


@db.command("vacuum")
def vacuum(context: typer.Context, config: ConfigOption = None) -> None:
    """Forget what retention lets go, and give its room back. Safe while the service runs."""
    with parts(context, config) as (found, built):
        keep = found.retention
        keeping = Keeping(keep.snapshots.delta, keep.polls.delta)
        before = built.ledger.size()
        done = retain(built.ledger, keeping, built.clock(), built.real_clock)
        built.ledger.vacuum()
        after = built.ledger.size()
    typer.echo(
        f"{done.bodies} bodies dropped ({done.freed} bytes), {done.polls} looks summed up; "
        f"the database takes {after} bytes, {before} before."
    )


@db.command("backup")
def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The file to write; it must not exist.")],
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Write the whole ledger into one file, of one moment, while the service runs."""
    with parts(context, config) as (_, built):
        done = back_up(built.ledger, file, built.clock())
    _tell(done, f"written to {file}", json=json)


@db.command("restore")
def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A backup, of either kind of database.")],
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Fill an empty database from a backup; stop the service before."""
    with plain_errors():
        ledger = wiring.open_ledger(wiring.settings(folder(context, config)), migrated=False)
        try:
            done = restore_ledger(ledger, file)
        finally:
            ledger.close()
    _tell(done, f"restored from {file}", json=json)


def _tell(done: BackedUp, what: str, *, json: bool) -> None:
    if json:
        print_json(done)
        return
    typer.echo(
        f"{done.rows} rows and {done.bodies} bodies ({done.bytes} bytes) {what}; "
        f"the ledger as of {done.made_at}."
    )
