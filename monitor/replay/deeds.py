"""The deeds of a scenario: what happens upstream, and what a person does, in one word each.

A deed is a mapping whose first key is its verb. Unknown verbs and unknown keys are refused.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Discriminator, Field, Tag

from monitor.settings.durations import Duration, Span
from monitor.settings.strict import STRICT

ListHost = Literal["csl", "ecfr"]
Host = Literal["csl", "ecfr", "federal_register"]
BOTH: tuple[ListHost, ...] = ("csl", "ecfr")


class Spelling(BaseModel):
    """Fields of an entry; those left out stay as they are."""

    model_config = STRICT

    name: str | None = None
    """The name as published."""
    aliases: tuple[str, ...] | None = None
    """Other names in the row."""
    addresses: tuple[str, ...] | None = None
    """Addresses, each on one line."""
    country: str | None = None
    """Two-letter code."""
    license_requirement: str | None = None
    """What needs a license."""
    license_policy: str | None = None
    """How applications are reviewed."""
    citations: tuple[str, ...] | None = None
    """As "85 FR 34505", in their order."""
    start_date: str | None = None
    """ISO date."""


class Lists(BaseModel):
    """Parties join lists."""

    model_config = STRICT

    lists: tuple[str, ...]
    """Parties of the scenario; `crowd:1-12` are twelve of the crowd."""
    hosts: tuple[ListHost, ...] = BOTH
    """The hosts that publish it."""


class Delists(BaseModel):
    """Every row of these parties vanishes from lists."""

    model_config = STRICT

    delists: tuple[str, ...]
    """Parties of the scenario; `crowd:1-12` are twelve of the crowd."""
    hosts: tuple[ListHost, ...] = BOTH
    """The hosts that publish it."""


class Amends(BaseModel):
    """The rows of these parties say something else."""

    model_config = STRICT

    amends: tuple[str, ...]
    """Parties of the scenario."""
    to: Spelling
    """What they say from now on."""
    hosts: tuple[ListHost, ...] = BOTH
    """The hosts that publish it."""


class Files(BaseModel):
    """An act goes on public inspection."""

    model_config = STRICT

    files: str
    """An act of the scenario."""


class Publishes(BaseModel):
    """An act is carried among the documents, and leaves public inspection."""

    model_config = STRICT

    publishes: str
    """An act of the scenario."""


class Withdraws(BaseModel):
    """An act on public inspection is withdrawn."""

    model_config = STRICT

    withdraws: str
    """An act of the scenario."""


How = Literal[
    "unreachable", "timeout", "refuses", "moves", "captcha", "cut", "cut_silently", "empty",
    "unasked_304", "older", "drops_list", "keeps", "no_rows", "single_spaces", "blank_aliases",
    "reshapes_aliases", "adds_field", "no_metadata", "wrong_total", "renumbers", "loses_letters",
    "freezes_list", "search_answer",
]  # fmt: skip
"""What can be wrong with a host; docs/scenarios.md says each in words."""


class Breaks(BaseModel):
    """Something is wrong with a host, until it is mended."""

    model_config = STRICT

    breaks: Host | Literal["all"]
    """The host, or every one of them."""
    how: How
    """What is wrong."""
    list: str = "EL"
    """The list concerned, where it is about one."""
    share: Annotated[float, Field(ge=0, le=1)] = 0.5
    """For `keeps`: the part of the list that is left. For cuts: the part of the bytes."""
    status: int = 503
    """For `refuses`: the status of the answer."""
    reason: str | None = None
    """For `refuses`: what the poll is told to have failed for, in place of the status."""
    behind: Duration = Duration.parse("2h")
    """For `older`: the age of the copy that is served."""
    address: int | None = None
    """For the CSL: only the address of this number, from 0."""


_ANYWHERE: frozenset[How] = frozenset(
    {"unreachable", "timeout", "refuses", "moves", "captcha", "cut", "cut_silently", "empty",
     "unasked_304"}
)  # fmt: skip
_OF_ECFR: frozenset[How] = frozenset({"older", "keeps", "no_rows"})


def possible(said: Breaks) -> bool:
    """Whether a host can be broken in that way: contents are the list hosts' own."""
    if said.breaks == "csl" or said.how in _ANYWHERE:
        return True
    return said.breaks == "ecfr" and said.how in _OF_ECFR


class Mends(BaseModel):
    """Nothing is wrong with a host any more."""

    model_config = STRICT

    mends: Host | Literal["all"]
    """The host, or every one of them."""


class Accepts(BaseModel):
    """A person vouches for the snapshot of a source that is held back."""

    model_config = STRICT

    accepts: ListHost
    """The source."""


class Serves(BaseModel):
    """A list host serves a kept body, as it was recorded."""

    model_config = STRICT

    serves: ListHost
    """The host."""
    body: str
    """File of the body beside the scenario."""
    media: Literal["json", "csv", "tsv", "xml"] = "json"
    """Its form."""
    as_of: str | None = None
    """For the eCFR: the date it was asked for."""


class Registers(BaseModel):
    """The Federal Register answers with these documents, as they were recorded."""

    model_config = STRICT

    registers: str
    """File of the documents beside the scenario."""
    texts: dict[str, str] = {}
    """Files of full texts beside the scenario, by document number."""


_VERBS: dict[str, type[BaseModel]] = {
    "lists": Lists, "delists": Delists, "amends": Amends, "files": Files, "publishes": Publishes,
    "withdraws": Withdraws, "breaks": Breaks, "mends": Mends, "accepts": Accepts, "serves": Serves,
    "registers": Registers,
}  # fmt: skip


def _verb(deed: Any) -> str | None:
    """The verb of a deed as written, or of one already read."""
    if isinstance(deed, dict):
        return next((key for key in deed if key in _VERBS), None)
    return next((verb for verb, kind in _VERBS.items() if isinstance(deed, kind)), None)


Deed = Annotated[
    Annotated[Lists, Tag("lists")]
    | Annotated[Delists, Tag("delists")]
    | Annotated[Amends, Tag("amends")]
    | Annotated[Files, Tag("files")]
    | Annotated[Publishes, Tag("publishes")]
    | Annotated[Withdraws, Tag("withdraws")]
    | Annotated[Breaks, Tag("breaks")]
    | Annotated[Mends, Tag("mends")]
    | Annotated[Accepts, Tag("accepts")]
    | Annotated[Serves, Tag("serves")]
    | Annotated[Registers, Tag("registers")],
    Discriminator(
        _verb,
        custom_error_type="deed",
        custom_error_message=f"should begin with one of {', '.join(_VERBS)}",
    ),
]
"""One thing that happens."""

__all__ = [
    "BOTH", "Accepts", "Amends", "Breaks", "Deed", "Delists", "Files", "Host", "How", "ListHost",
    "Lists", "Mends", "Publishes", "Registers", "Serves", "Span", "Spelling", "Withdraws",
]  # fmt: skip
