"""`db`: migration, vacuum, backup and restore."""

from pathlib import Path
from typing import Annotated

import typer

from monitor import wiring
from monitor.cli.context import (
    ConfigOption,
    JsonOption,
    folder,
    open_service,
    plain_errors,
    print_json,
)
from monitor.ledger.migrate import NEWEST
from monitor.screening.words.labels import counted
from monitor.upkeep.backup import BackedUp, back_up
from monitor.upkeep.backup import restore as restore_ledger
from monitor.upkeep.retention import Keeping, retain

db = typer.Typer(help="The database.", no_args_is_help=True)


@db.command("upgrade")
def upgrade(context: typer.Context, config: ConfigOption = None) -> None:
    """Migrate the database to the newest schema; every start does this too."""
    with plain_errors():
        ledger = wiring.open_ledger(wiring.settings(folder(context, config)))
        ledger.close()
    typer.echo(f"The database is at revision {NEWEST}.")


@db.command("vacuum")
def vacuum(context: typer.Context, config: ConfigOption = None) -> None:
    """Delete what is past retention and return the space. Safe while the service runs."""
    with open_service(context, config) as (found, service):
        keep = found.retention
        keeping = Keeping(keep.snapshots.delta, keep.polls.delta)
        before = service.ledger.size()
        done = retain(service.ledger, keeping, service.clock(), service.real_clock)
        service.ledger.vacuum()
        after = service.ledger.size()
    bodies = counted(done.bodies, "snapshot body", "snapshot bodies")
    typer.echo(
        f"Dropped {bodies} ({done.freed:,} bytes), summarized {counted(done.polls, 'poll')}; "
        f"the database is now {after:,} bytes, was {before:,}."
    )


@db.command("backup")
def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The file to write; it must not exist.")],
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Write the whole ledger into one consistent file, also while the service runs."""
    with open_service(context, config) as (_, service):
        done = back_up(service.ledger, file, service.clock())
    _print(done, f"written to {file}", json=json)


@db.command("restore")
def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A backup of either kind of database.")],
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Fill an empty database from a backup; stop the service first."""
    with plain_errors():
        ledger = wiring.open_ledger(wiring.settings(folder(context, config)), migrated=False)
        try:
            done = restore_ledger(ledger, file)
        finally:
            ledger.close()
    _print(done, f"restored from {file}", json=json)


def _print(done: BackedUp, what: str, *, json: bool) -> None:
    if json:
        print_json(done)
        return
    bodies = counted(done.bodies, "snapshot body", "snapshot bodies")
    typer.echo(
        f"{counted(done.rows, 'row')} and {bodies} ({done.bytes:,} bytes) {what}; "
        f"ledger as of {done.made_at}."
    )
