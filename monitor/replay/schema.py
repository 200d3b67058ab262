"""Writes the JSON Schema of the scenario format beside those of the configuration files."""

import json
import sys
from pathlib import Path

from monitor.replay.scenario import scenario_schema

NAME = "scenario.schema.json"


def write_schema(folder: Path) -> None:
    """Bring the schema in a folder up to date."""
    text = json.dumps(scenario_schema(), indent=2, ensure_ascii=False) + "\n"
    (folder / NAME).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_schema(Path(*sys.argv[1:]))
