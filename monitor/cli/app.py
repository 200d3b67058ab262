"""The command line: every command, its code loaded when it is asked for."""

from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from typing import Annotated, Any, cast

import typer
from typer.core import TyperGroup
from typer.main import get_command

from monitor import __version__
from monitor.cli.context import ConfigOption
from monitor.cli.context import start as begun
from monitor.cli.startup import loading

COMMANDS: Mapping[str, tuple[str, str]] = {
    "serve": ("serve", "serve"),
    "check": ("check", "check"),
    "status": ("status", "status"),
    "history": ("status", "history"),
    "rules": ("rules", "rules"),
    "backfill": ("backfill", "backfill"),
    "search": ("status", "search"),
    "list": ("list_export", "list_"),
    "export": ("export", "export"),
    "test-notification": ("notifications", "test_notification"),
    "replay": ("replaying", "replay"),
    "acknowledge": ("notifications", "acknowledge"),
    "doctor": ("doctor", "doctor"),
    "cases": ("cases", "cases"),
    "notifications": ("notifications", "notifications"),
    "config": ("configuring", "config"),
    "snapshots": ("snapshots", "snapshots"),
    "db": ("db", "db"),
}
"""By name, the module in this room and the function, or the group of commands, in it."""


class Commands(TyperGroup):
    """The commands. One loads its own code and no other's, which is half of what a start costs."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]
        # Where none has that name, the message suggests one of all.
        for name in [cmd_name] if cmd_name in COMMANDS else COMMANDS:
            if name not in self.commands:
                self.commands[name] = _loaded(name)
        return super().get_command(ctx, cmd_name)


def _loaded(name: str) -> Any:
    module, attribute = COMMANDS[name]
    with loading():
        found = getattr(import_module(f"monitor.cli.{module}"), attribute)
    family = typer.Typer(add_completion=False, rich_markup_mode=None, callback=lambda: None)
    if isinstance(found, typer.Typer):
        family.add_typer(found, name=name)
    else:
        family.command(name)(found)
    return cast(TyperGroup, get_command(family)).commands[name]


app = typer.Typer(
    name="entity-monitor",
    cls=Commands,
    help="Alerts you when a party leaves or joins the US Commerce Department's Entity List.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"entity-monitor {__version__}")
        raise typer.Exit


@app.callback()
def start(
    context: typer.Context,
    config: ConfigOption = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Alerts you when a party leaves or joins the US Commerce Department's Entity List."""
    del version
    context.obj = replace(begun(context), config=config)
