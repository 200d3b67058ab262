"""The format of a scenario: a world, what happens in it and when, and what must come of it.

Times without a zone are Washington's. A scenario that names an unknown party or act, or whose steps
go back in time, is refused with the place of the mistake.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, Field, ValidationError, model_validator

from monitor.errors import ConfigError, ConfigProblem
from monitor.replay.cast import CAST, CROWD, members
from monitor.replay.deeds import (
    Amends,
    Breaks,
    Deed,
    Delists,
    Files,
    Lists,
    Publishes,
    Spelling,
    Withdraws,
    possible,
)
from monitor.replay.expected import Expect, Moment
from monitor.settings.documents import open_document
from monitor.settings.durations import Span
from monitor.settings.problems import refusals
from monitor.settings.sources import SourceName
from monitor.settings.strict import STRICT
from monitor.settings.watchlist import Watch


class Party(Spelling):
    """A party of the scenario, as the eCFR publishes it."""

    name: str
    """The name as published."""
    list: str = "EL"
    """The list it belongs to; only EL is in the eCFR."""
    csl: Spelling = Spelling()
    """What the CSL spells differently."""


class Act(BaseModel):
    """A document of the Federal Register."""

    model_config = STRICT

    number: str
    """Document number."""
    title: str = "Revisions to the Entity List"
    """Title."""
    abstract: str = ""
    """Abstract."""
    publication: date
    """Publication date, as the documents carry it."""
    effective: date | None = None
    """Effective date, where the rule gives one."""
    citation: str | None = None
    """Volume and first page, once published."""
    removes: tuple[str, ...] = ()
    """Parties whose whole entries it removes."""
    adds: tuple[str, ...] = ()
    """Parties it adds."""
    revises: tuple[str, ...] = ()
    """Parties whose entries it revises."""
    text: str | None = None
    """The full text, in place of one drawn up from the above."""


class World(BaseModel):
    """What is published when the scenario begins."""

    model_config = STRICT

    listed: tuple[str, ...] = ("institute",)
    """Parties on every list host from the beginning."""
    crowd: int = Field(default=100, ge=0, le=3000)
    """Invented entries of the Entity List beside them."""
    other_lists: int = Field(default=5, ge=0, le=200)
    """Invented rows of each of four other lists in the CSL."""
    csl_urls: tuple[str, ...] = ("https://data.trade.gov/csl/v1/consolidated.json",)
    """Addresses of the CSL in their order; the ending chooses the form."""
    rules: bool = True
    """Whether the bureau publishes a rule of no interest every two weeks."""


class Believable(BaseModel):
    """What a source's answers are held against."""

    model_config = STRICT

    min_entries: Mapping[str, int] = {}
    """Fewest rows, by list."""
    max_shrink: float = Field(default=0.03, ge=0, le=1)
    """Largest share of a list that may go at once."""
    canaries: tuple[str, ...] = ()
    """Names that must be there."""


class Step(BaseModel):
    """A moment of the story."""

    model_config = STRICT

    at: Moment
    """When it happens, and when the sources are then looked at."""
    happens: str = ""
    """What happens, in words for a reader."""
    do: tuple[Deed, ...] = ()
    """What happens, for the stage; in this order."""
    check: bool = True
    """Whether the sources are looked at now."""
    only: SourceName | None = None
    """The one source that is looked at, where it is not all of them."""


class Scenario(BaseModel):
    """A story that can be played."""

    model_config = STRICT

    title: str
    """One line."""
    story: str = ""
    """What happened, and what the monitor has to make of it."""
    begins: Moment
    """The first look."""
    every: Span | None = None
    """How often the sources are looked at between the steps; not at all where it is left out."""
    watches: tuple[Watch, ...] = ()
    """Who is watched; the institute, where nobody is named."""
    sources: tuple[SourceName, ...] = ("csl", "ecfr", "federal_register")
    """The sources that are enabled."""
    world: World = World()
    """What is published in the beginning."""
    believable: Mapping[SourceName, Believable] = {}
    """Bounds of the list sources; those of the stage's own world, where they are left out."""
    stale_after: Mapping[SourceName, Span] = {}
    """As in sources.yaml."""
    parties: Mapping[str, Party] = {}
    """Parties beside the cast."""
    acts: Mapping[str, Act] = {}
    """Documents of the Federal Register."""
    steps: tuple[Step, ...]
    """What happens, in order of time."""
    expect: Expect | None = None
    """What must come of it."""

    @model_validator(mode="after")
    def _of_one_piece(self) -> Self:
        for problem in _loose_ends(self):
            raise ValueError(problem)
        return self


def _loose_ends(scenario: Scenario) -> Iterator[str]:
    """Names that lead nowhere, and steps out of order."""
    known = {*CAST, *scenario.parties}
    named = [*scenario.world.listed]
    acts: list[str] = []
    before = scenario.begins
    for at, step in enumerate(scenario.steps):
        if step.at < before:
            yield f"steps[{at}] comes before what it follows"
        before = step.at
        for deed in step.do:
            if isinstance(deed, Breaks) and not possible(deed):
                yield f"steps[{at}]: {deed.how} is nothing that {deed.breaks} can be broken by"
            named += _parties_of(deed)
            acts += _acts_of(deed)
    for act in scenario.acts.values():
        named += [*act.removes, *act.adds, *act.revises]
    for name in named:
        if name not in known and not members(name, scenario.world.crowd):
            yield f"no party is called {name}; a part of the crowd is called {CROWD}:1-12"
    for name in acts:
        if name not in scenario.acts:
            yield f"no act is called {name}"


def _parties_of(deed: Deed) -> tuple[str, ...]:
    if isinstance(deed, Lists):
        return deed.lists
    if isinstance(deed, Delists):
        return deed.delists
    return deed.amends if isinstance(deed, Amends) else ()


def _acts_of(deed: Deed) -> tuple[str, ...]:
    if isinstance(deed, Files):
        return (deed.files,)
    if isinstance(deed, Publishes):
        return (deed.publishes,)
    return (deed.withdraws,) if isinstance(deed, Withdraws) else ()


def read_scenario(path: Path) -> Scenario:
    """The scenario in a file. Raises ConfigError with every problem, by line and key."""
    document = open_document(path, {}, required=True)
    if document.root is None or document.problems:
        raise ConfigError(document.problems)
    try:
        return Scenario.model_validate(document.data)
    except ValidationError as error:
        found = list(refusals(document.file, document.root, Scenario, error))
        raise ConfigError(found or [ConfigProblem(document.file, None, "", str(error))]) from error


def scenario_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the format."""
    made = Scenario.model_json_schema(mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}
