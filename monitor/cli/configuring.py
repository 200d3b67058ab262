"""`config check` and `config schema`."""

import typer

from monitor import wiring
from monitor.cli.context import ConfigOption, JsonOption, folder, plain_errors, print_json
from monitor.settings.schema import config_schemas

config = typer.Typer(help="Validate the configuration, or print its schemas.", no_args_is_help=True)


@config.command("check")
def check(context: typer.Context, json: JsonOption = False, config: ConfigOption = None) -> None:
    """Validate every file, naming file, line and key of each problem."""
    with plain_errors():
        found = wiring.settings(folder(context, config))
        problems = wiring.channel_problems(found)
        if problems is not None:
            raise problems
        channels = wiring.channels(found)
    enabled = [name for name, _ in found.sources.enabled()]
    summary = {
        "config": str(found.config_dir),
        "watches": len(found.watches),
        "sources": enabled,
        "channels": [channel.id for channel in channels],
    }
    if json:
        print_json(summary)
    else:
        typer.echo(
            f"{found.config_dir}: {len(found.watches)} watches, sources {', '.join(enabled)}, "
            f"{len(channels)} channels. No problem found."
        )


@config.command("schema")
def schema() -> None:
    """Print the JSON Schema of every file."""
    print_json(config_schemas())
