"""`export`: the evidence of one event as a zip that anyone can verify."""

from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.context import ConfigOption, JsonOption, open_service, print_json
from monitor.errors import UsageError
from monitor.status.evidence import gather, write


def export(
    context: typer.Context,
    event: Annotated[str, typer.Argument(help="Id of the event.")],
    out: Annotated[Path, typer.Option("--out", help="The zip file to write.")],
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Write an event, its snapshots, their hashes and a readable report into one zip."""
    with open_service(context, config) as (_, service):
        evidence = gather(service, event)
        try:
            names = write(evidence, service.ledger.bodies, out)
        except OSError as error:
            raise UsageError(f"{out} cannot be written: {error.strerror}") from error
    if json:
        print_json({"event": event, "out": str(out), "files": names, "missing": evidence.missing})
        return
    typer.echo(f"Wrote {out} with {len(names)} files; verify them with: sha256sum -c SHA256SUMS")
    for sha256 in evidence.missing:
        typer.echo(f"The bytes of snapshot {sha256} are no longer kept, only their hash.", err=True)
