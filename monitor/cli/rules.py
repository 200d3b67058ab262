"""`rules`: what governs the lists now, since when, until when, by which act."""

from typing import Annotated

import typer

from monitor.cli.context import (
    ConfigOption,
    JsonOption,
    moment,
    open_service,
    plain_errors,
    print_json,
    say,
)
from monitor.screening.words.labels import RULE_STATES
from monitor.status.rules import rules_now


def rules(
    context: typer.Context,
    json: JsonOption = False,
    now: Annotated[
        str | None, typer.Option("--now", help="What governs them at this ISO time.")
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Show what governs the lists: rules in force, stayed or announced, with their acts."""
    with plain_errors():
        clock = moment(now)
    with open_service(context, config, clock) as (_, service):
        with service.ledger.reading() as reading:
            found = rules_now(reading, service.clock())
        if json:
            print_json({"rules": [rule.public() for rule in found]})
            return
        for rule in found:
            since = f" since {rule.since}" if rule.since else ""
            until = f" until {rule.until}" if rule.until else ""
            act = f", {rule.citation or rule.document_number}" if rule.document_number else ""
            say(f"{rule.id} {RULE_STATES[rule.state]}{since}{until}{act}")
            say(rule.title)
            say(rule.note)
            typer.echo()
