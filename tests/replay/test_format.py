"""The format of scenarios: strict, documented, and the same in the schema and on the page."""

import json
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from jsonschema import Draft202012Validator

from monitor.errors import ConfigError, UsageError
from monitor.replay.cast import CAST, cast, crowd
from monitor.replay.deeds import How
from monitor.replay.scenario import Scenario, read_scenario, scenario_schema
from monitor.replay.shipped import FOLDER, find, names

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "config" / "schema" / "scenario.schema.json"
PAGE = (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8")
AsWritten: Any = type(
    "AsWritten",
    (yaml.SafeLoader,),
    {
        "yaml_implicit_resolvers": {
            first: [one for one in resolvers if one[0] != "tag:yaml.org,2002:timestamp"]
            for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }
    },
)
"""Leaves times the texts they are written as, as an editor does."""
LEAST = "title: A story\nbegins: 2026-11-02 09:00\n"


def refused(text: str, folder: Path) -> str:
    path = folder / "story.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_scenario(path)
    return str(caught.value)


def test_the_schema_in_the_repository_is_the_formats_own() -> None:
    """Made from the models; rewrite it with `python -m monitor.replay.schema config/schema`."""
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == scenario_schema()


@pytest.mark.parametrize("name", names())
def test_every_shipped_scenario_fits_the_schema(name: str) -> None:
    """What an editor says of a shipped file is what the loader says."""
    said = yaml.load(find(name).read_text(encoding="utf-8"), AsWritten)
    problems = [one.message for one in Draft202012Validator(scenario_schema()).iter_errors(said)]
    assert problems == []


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("steps: [{at: noon}]", "should be a time such as 2023-11-16 08:45"),
        ("steps: [{at: 2026-11-01 09:00}]", "comes before what it follows"),
        ("steps: [{at: 2026-11-03 09:00, do: [{delists: [nobody]}]}]", "no party is called nobody"),
        ("steps: [{at: 2026-11-03 09:00, do: [{files: act}]}]", "no act is called act"),
        ("steps: [{at: 2026-11-03 09:00, do: [{forgets: x}]}]", "should begin with one of lists"),
        ("steps: [{at: 2026-11-03 09:00, do: [{breaks: ecfr, how: renumbers}]}]",
         "renumbers is nothing that ecfr can be broken by"),
        ('steps: []\nworld: {crowd: 5, listed: ["crowd:1-9"]}', "no party is called crowd:1-9"),
        ("steps: []\nworlds: {}", "unknown key; did you mean world?"),
        ("steps: []\nexpect: {events: [removal]}", "should be one of"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_what_would_be_right(more: str, said: str, tmp_path: Path) -> None:
    """Unknown parties, acts, verbs and keys; times that are none or go back; impossible faults."""
    assert said in refused(f"{LEAST}{more}\n", tmp_path)


def test_times_are_washingtons_unless_they_say_otherwise(tmp_path: Path) -> None:
    """Winter and summer; a bare date is its midnight; a zone is obeyed."""
    path = tmp_path / "story.yaml"
    path.write_text(
        "title: A story\nbegins: 2026-03-07\nsteps:\n"
        "  - at: 2026-03-08 09:00\n  - at: 2026-03-09T12:00Z\n",
        encoding="utf-8",
    )
    scenario = read_scenario(path)
    assert [str(at) for at in (scenario.begins, *(step.at for step in scenario.steps))] == [
        "2026-03-07 05:00:00+00:00", "2026-03-08 13:00:00+00:00", "2026-03-09 12:00:00+00:00",
    ]  # fmt: skip


def test_the_cast_is_what_its_file_holds() -> None:
    """And the crowd never has two of a name."""
    assert set(cast()) == CAST
    assert len({entry.name for entry in crowd(3000)}) == 3000


def test_the_page_explains_every_key_and_every_fault() -> None:
    """No key of the format and no way to break a host is left out."""
    missing = [key for key in (*Scenario.model_fields, *get_args(How)) if f"`{key}`" not in PAGE]
    assert missing == []


def test_a_scenario_is_found_by_name_path_or_folder(tmp_path: Path) -> None:
    """And what is nowhere is refused with the names there are."""
    assert find("november-2023") == FOLDER / "november-2023.yaml"
    (tmp_path / "scenario.yaml").write_text("", encoding="utf-8")
    assert find(str(tmp_path)) == tmp_path / "scenario.yaml"
    with pytest.raises(UsageError, match="november-2023"):
        find("november-2032")
