"""The configuration that ships: it loads, is schema-valid, and its canaries sing."""

import csv
import gzip
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from monitor.screening.names import name_key
from monitor.settings import load
from monitor.settings.schema import config_schemas, rendered_schemas
from monitor.sources.ecfr.table import read

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / "config"
NAMES = ["watchlist", "sources", "monitor", "apprise"]


def sample(name: str) -> Path:
    """A file of the sample data beside the repository; skips where it is absent."""
    for parent in ROOT.parents:
        if (found := parent / "shared" / "data" / name).is_file():
            return found
    pytest.skip(f"the sample {name} is not beside this repository")


def test_what_ships_loads_without_any_environment() -> None:
    """A newcomer starts it as it is: three sources, the institute watched on the Entity List."""
    settings = load(CONFIG, {})
    watch = settings.watches[0]
    assert (watch.id, watch.lists, watch.country) == ("mps-ifs", ("EL",), "CN")
    assert watch.local_names == ("公安部物证鉴定中心",)
    assert len(watch.aliases) == 2
    sources = settings.sources
    assert [name for name, _ in sources.enabled()] == ["csl", "ecfr", "federal_register"]
    assert sources.csl.urls[0].startswith("https://data.trade.gov/")
    assert sources.csl.urls[0].endswith("/consolidated.json")
    for listed in (sources.csl, sources.ecfr):
        assert (listed.min_entries["EL"], listed.max_shrink) == (2500, 0.03)
        assert len(listed.canaries) >= 3
    assert settings.channels.webhooks == ()


def test_what_ships_asks_when_the_models_would() -> None:
    """The schedules in the file are the defaults, said aloud."""
    sources = load(CONFIG, {}).sources
    for _, source in sources.enabled():
        assert source.schedule == type(source).model_fields["schedule"].default


@pytest.mark.parametrize("name", NAMES)
def test_schemas_are_fresh(name: str) -> None:
    """If this fails: python -m monitor.settings.schema config/schema."""
    file = f"{name}.schema.json"
    assert (CONFIG / "schema" / file).read_text(encoding="utf-8") == dict(rendered_schemas())[file]


@pytest.mark.parametrize("name", NAMES)
def test_what_ships_is_valid_by_its_schema(name: str) -> None:
    """Editors show no fault in it, and know the schema from its first line."""
    text = (CONFIG / f"{name}.yaml").read_text(encoding="utf-8")
    assert text.startswith(f"# yaml-language-server: $schema=schema/{name}.schema.json\n")
    schema = config_schemas()[f"{name}.schema.json"]
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(yaml.safe_load(text), schema, jsonschema.Draft202012Validator)


@pytest.mark.parametrize("name", ["watchlist", "sources", "monitor"])
def test_schemas_describe_every_key(name: str) -> None:
    """An editor explains each key, and refuses keys that do not exist."""
    schema = config_schemas()[f"{name}.schema.json"]
    for model in (schema, *schema.get("$defs", {}).values()):
        if model.get("type") != "object":
            continue
        assert model["additionalProperties"] is False
        for key, described in model["properties"].items():
            assert described.get("description"), key


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("watchlist", {"watches": [{"id": "a", "name": "Acme", "near": "far"}]}),
        ("watchlist", {"watches": [{"id": "A B", "name": "Acme"}]}),
        ("watchlist", {"watches": [{"id": "a", "name": "Acme", "lists": ["XX"]}]}),
        ("sources", {"sources": {"csl": {"timeout": 60}}}),
        ("sources", {"sources": {"csl": {"schedule": {"cron": 5}}}}),
        ("monitor", {"webhooks": [{"id": "a", "url": "https://h", "kinds": ["removal"]}]}),
        ("monitor", {"nothing": 1}),
    ],
)
def test_schemas_refuse_what_loading_refuses(name: str, said: Any) -> None:
    """The common mistakes already show in the editor."""
    validator = jsonschema.Draft202012Validator(config_schemas()[f"{name}.schema.json"])
    assert not validator.is_valid(said)


def test_the_canaries_are_on_both_lists() -> None:
    """Each is published by both list sources, years apart."""
    sources = load(CONFIG, {}).sources
    with gzip.open(
        sample("csl-2022-05-16-consolidated.csv.gz"), "rt", encoding="utf-8-sig"
    ) as rows:
        csv.field_size_limit(10_000_000)
        listed = {
            name_key(row["name"]) for row in csv.DictReader(rows) if "Entity List" in row["source"]
        }
    packed = sample("ecfr-supp4-2023-11-08-reconstructed.xml.gz").read_bytes()
    appendix = gzip.decompress(packed).decode()
    assert {name_key(name) for name in sources.csl.canaries} <= listed
    for name in sources.ecfr.own_canaries["EL"]:
        assert f">{name}" in appendix
    part = gzip.decompress(sample("ecfr-part744-2026-07-23.xml.gz").read_bytes())
    for list_ in ("UVL", "MEU"):
        names = {entry.name for entry in read(part, list_).entries[list_]}
        assert set(sources.ecfr.own_canaries[list_]) <= names


def test_schemas_are_plain_json() -> None:
    """`config schema` can print them."""
    assert json.loads(json.dumps(config_schemas())) == config_schemas()
