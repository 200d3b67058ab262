"""The manifest of a tape: who is watched, which sources are asked when, what each host answered.

Times without a zone are Washington's. Unknown keys, answers of no known source, and looks that go
back in time are refused. The bodies are files beside the manifest.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Self

import yaml
from pydantic import BaseModel, BeforeValidator, Field, ValidationError, model_validator

from monitor.errors import UsageError
from monitor.screening.witness import WASHINGTON, Source
from monitor.settings.strict import STRICT

MANIFEST = "scenario.yaml"


def _moment(said: object) -> datetime:
    """A time as written, in UTC. Raises ValueError for what is none."""
    if isinstance(said, str):
        try:
            said = datetime.fromisoformat(said)
        except ValueError as error:
            raise ValueError("should be a time such as 2023-11-16 08:45") from error
    if isinstance(said, date) and not isinstance(said, datetime):
        said = datetime.combine(said, time(), WASHINGTON)
    if not isinstance(said, datetime):
        # pydantic makes a problem of the manifest of a ValueError alone
        raise ValueError("should be a time such as 2023-11-16 08:45")  # noqa: TRY004
    return (said if said.tzinfo else said.replace(tzinfo=WASHINGTON)).astimezone(UTC)


Moment = Annotated[datetime, BeforeValidator(_moment)]


class Look(BaseModel):
    """A moment at which the sources are asked."""

    model_config = STRICT

    at: Moment
    happens: str = ""
    """What has happened upstream, in words for a reader."""
    only: Source | None = None
    """The one source that is asked, where it is not all of them."""


class Recorded(BaseModel):
    """What a host answers from a moment on, until a later answer to the same address."""

    model_config = STRICT

    since: Moment
    source: Source
    path: str = Field(pattern="^/")
    """Path of the address; parameters behind a question mark must be among those asked."""
    status: int = Field(default=200, ge=100, le=599)
    headers: Mapping[str, str] = {}
    """Names in lower case."""
    body: str | None = Field(default=None, pattern=r"^\w[\w.-]*$")
    """Name of the file with the body; one that ends in .gz is unpacked."""
    fault: str | None = None
    """Why no answer came at all, in place of one."""


class Scenario(BaseModel):
    """A recorded story."""

    model_config = STRICT

    title: str
    """One line."""
    story: str = ""
    """What happened, in a few lines."""
    watches: tuple[Mapping[str, Any], ...] = Field(min_length=1)
    """Who is watched, as in watchlist.yaml."""
    sources: Mapping[Source, Mapping[str, Any]] = Field(min_length=1)
    """The sources that are asked, as in sources.yaml."""
    looks: tuple[Look, ...] = Field(min_length=1)
    answers: tuple[Recorded, ...]

    @model_validator(mode="after")
    def _of_one_piece(self) -> Self:
        for before, look in pairwise(self.looks):
            if look.at < before.at:
                raise ValueError(f"the look at {look.at:%Y-%m-%d %H:%M} UTC comes before its turn")
        named = {answer.source for answer in self.answers} | {
            one.only for one in self.looks if one.only
        }
        for name in sorted(named - set(self.sources)):
            raise ValueError(f"{name} is not among the sources")
        return self


def read_scenario(folder: Path) -> Scenario:
    """The scenario in a folder. Raises UsageError with every problem, by its key."""
    path = folder / MANIFEST
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
        return Scenario.model_validate(said)
    except OSError as error:
        raise UsageError(f"{folder} holds no {MANIFEST}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is no YAML: {error}") from error
    except ValidationError as error:
        problems = "\n".join(
            f"{path}: {'.'.join(str(part) for part in one['loc'])}: {one['msg']}"
            for one in error.errors(include_url=False)
        )
        raise UsageError(problems) from error
