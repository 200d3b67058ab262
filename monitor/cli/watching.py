"""`watches import`: parties from a spreadsheet into the watch list."""

import os
from pathlib import Path
from typing import Annotated

import typer

from monitor import wiring
from monitor.cli.context import ConfigOption, JsonOption, folder, plain_errors, print_json, say
from monitor.settings.watch_import import Imported, import_watches

watches = typer.Typer(help="The watch list.", no_args_is_help=True)
_TOLD = 20
"""Most rows that are told one by one."""


@watches.callback()
def _group() -> None:
    """The watch list."""


@watches.command("import")
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A CSV file; its first line names the columns.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be added.")
    ] = False,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Add the parties of a CSV file to watchlist.yaml, all or none.

    Columns: id and name, and as you have them aliases, local_names, country, lists, note, tags;
    several values of one field stand between semicolons. What is in the watch list is kept.
    """
    with plain_errors():
        where = wiring.config_dir(folder(context, config), os.environ)
        done = import_watches(file, where, os.environ, dry_run=dry_run)
    if json:
        print_json(
            {
                "watchlist": str(done.watchlist),
                "dry_run": dry_run,
                "added": [watch.id for watch in done.added],
                "already": [{"line": row.line, "id": row.watch.id} for row in done.already],
                "watches": done.watches,
            }
        )
    else:
        _print(done, file, dry_run=dry_run)


def _print(done: Imported, file: Path, *, dry_run: bool) -> None:
    for row in done.already[:_TOLD]:
        say(f"{file}:{row.line}: {row.watch.id} is watched just so already.")
    if len(done.already) > _TOLD:
        say(f"… and {len(done.already) - _TOLD:,} more that are watched already.")
    added, would = len(done.added), "would be " if dry_run else ""
    say(
        f"{added:,} {'watch' if added == 1 else 'watches'} {would}added to {done.watchlist}, "
        f"which {'would hold' if dry_run else 'holds'} {done.watches:,}."
    )
    if added and not dry_run:
        say("A running service takes them up when it is started again.")
