"""`config check` and `config schema`."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from monitor import wiring
from monitor.cli.context import ConfigOption, JsonOption, folder, plain_errors, print_json, say
from monitor.cli.imported import compared, print_compared, write_csv
from monitor.errors import ConfigProblem
from monitor.notify.channels import channels_of
from monitor.screening.follow import Follow
from monitor.screening.words.labels import NO_CHANNEL, list_name
from monitor.settings import WatchFile
from monitor.settings.schema import config_schemas

config = typer.Typer(help="Validate the configuration, or print its schemas.", no_args_is_help=True)


@config.command("check")
def check(
    context: typer.Context,
    json: JsonOption = False,
    out: Annotated[
        Path | None,
        typer.Option("--csv", help="Write what the lists say of each line of watchlist.csv here."),
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Validate every file, naming file, line and key of each problem.

    Of watchlist.csv it also says which lines the lists have, and which are near an entry.
    """
    with plain_errors():
        found = wiring.settings(folder(context, config))
        problems = wiring.channel_problems(found)
        if problems is not None:
            raise problems
        channels = wiring.channels(found)
        against = compared(found)
        written = write_csv(out, found, against) if out else 0
    enabled = [name for name, _ in found.sources.enabled()]
    if json:
        print_json(
            {
                "config": str(found.config_dir),
                "watches": len(found.watches),
                "watch_files": [_as_json(file) for file in found.watch_files],
                "follows": [
                    {"id": one.id, "list": one.list, "channels": channels_of(one, channels)}
                    for one in wiring.follows(found)
                ],
                "sources": enabled,
                "channels": [channel.id for channel in channels],
                "watchlist_csv": against.public() if against else None,
            }
        )
        return
    for file in found.watch_files:
        for line in _described(file):
            say(line)
    for one in wiring.follows(found):
        for line in _followed(one, channels_of(one, channels)):
            say(line)
    if against:
        print_compared(against)
    if out:
        say(f"Wrote {_count(written, 'line')} to {out}")
    skipped = sum(len(file.skipped) for file in found.watch_files)
    verdict = f"{_count(skipped, 'line')} skipped" if skipped else "No problem found"
    say(
        f"{found.config_dir}: {len(found.watches)} watches, sources {', '.join(enabled)}, "
        f"{len(channels)} channels. {verdict}."
    )
    if not channels:
        say(NO_CHANNEL)


def _described(file: WatchFile) -> Iterator[str]:
    """How many watches a file holds, and which of its lines are not watched."""
    column = f" (names from the column “{file.name_column}”)" if file.name_column else ""
    yield f"{file.file}: {_count(file.watches, 'watch', 'watches')}{column}"
    if file.unused_columns:
        yield f"{file.file}: columns that are not used: {', '.join(file.unused_columns)}"
    for problem in file.remarks:
        yield str(problem)
    for problem in file.skipped:
        yield f"{problem} (line skipped)"


def _followed(follow: Follow, told: Sequence[str]) -> Iterator[str]:
    """What is followed, and who is told of it."""
    asked = [", ".join(some) for some in (follow.countries, follow.kinds, follow.words) if some]
    what = f"{list_name(follow.list)} ({'; '.join(asked) or 'every change'})"
    yield f"follow {follow.id}: {what}, told to {', '.join(told) or 'nobody'}"
    if not told:
        yield (
            f"Warning: no channel gets the news of follow {follow.id}. Add `tag: {follow.id}` to a "
            "URL in apprise.yaml, or `kinds: [list_changed]` to a webhook in monitor.yaml."
        )


def _as_json(file: WatchFile) -> dict[str, Any]:
    return {
        "file": Path(file.file).name,
        "watches": file.watches,
        "name_column": file.name_column,
        "unused_columns": file.unused_columns,
        "skipped": [_located(problem) for problem in file.skipped],
        "remarks": [_located(problem) for problem in file.remarks],
    }


def _located(problem: ConfigProblem) -> dict[str, Any]:
    return {"line": problem.line, "column": problem.key, "message": problem.message}


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


@config.command("schema")
def schema() -> None:
    """Print the JSON Schema of every file."""
    print_json(config_schemas())
