"""JSON Schemas of the configuration files, for editors and for `config schema`.

They are made from the models, so they say no less and no more than what is loaded; the one of
apprise.yaml is written here, for that file belongs to Apprise.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from monitor.settings.durations import Duration
from monitor.settings.sources import Sources
from monitor.settings.upkeep import MonitorFile
from monitor.settings.watchlist import WatchlistFile

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MODELS: dict[str, type[BaseModel]] = {
    "watchlist": WatchlistFile,
    "sources": Sources,
    "monitor": MonitorFile,
}
_TAGS = {"type": ["string", "array"], "items": {"type": "string"}}
_APPRISE: dict[str, Any] = {
    "title": "apprise.yaml",
    "description": "Channels, in Apprise's own form. Tags choose what a URL gets.",
    "type": "object",
    "properties": {
        "version": {"const": 1, "description": "The version of Apprise's form."},
        "urls": {
            "description": "One URL a recipient; beside it `tag`, `language` (en or zh), "
            "and options of the service.",
            "type": ["array", "null"],
            "items": {"type": ["string", "object"]},
        },
        "tag": _TAGS | {"description": "Tags of every URL that names none."},
        "groups": {"description": "Tags that stand for other tags."},
        "include": {"description": "Further files of the same form."},
        "asset": {"type": "object", "description": "Looks of the notifications."},
    },
}


class _AsWritten(GenerateJsonSchema):
    """Shows a default as an operator would write it."""

    def encode_default(self, dft: Any) -> Any:
        return str(dft) if isinstance(dft, Duration) else super().encode_default(dft)


def config_schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schema (draft 2020-12) of every configuration file, by its file name."""
    made = {
        name: model.model_json_schema(mode="validation", schema_generator=_AsWritten)
        for name, model in _MODELS.items()
    }
    for name, schema in made.items():
        schema["title"] = f"{name}.yaml"
    return {
        f"{name}.schema.json": {"$schema": _DIALECT, **schema}
        for name, schema in (made | {"apprise": _APPRISE}).items()
    }


def rendered_schemas() -> Iterator[tuple[str, str]]:
    """Each schema's file name and its text as it is kept in config/schema."""
    for name, schema in config_schemas().items():
        yield name, json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def write_schemas(folder: Path) -> None:
    """Bring the schemas in a folder up to date."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in rendered_schemas():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_schemas(Path(*sys.argv[1:]))
