"""sources.yaml: whom to ask, when, and what a believable answer is.

A source that the file leaves out is disabled: no request goes where the configuration did not say.
A source that it names is enabled unless it says otherwise, and then needs its address.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, Field, ValidationInfo, field_validator

from monitor import __version__
from monitor.screening.entry import ENTITY_LIST, PART_LISTS
from monitor.screening.witness import Source
from monitor.settings.durations import Duration, Span
from monitor.settings.schedules import Schedule
from monitor.settings.strict import STRICT
from monitor.settings.texts import ListCode, Name
from monitor.settings.urls import Origin, Url

_WASHINGTON = "America/New_York"
_MIB = 2**20
_HEADER_TEXT = "should be printable ASCII on one line, for it goes into a request header"


def _span(text: str) -> Duration:
    return Duration.parse(text)


def _header_text(text: str) -> str:
    if not text.strip() or not text.isascii() or not text.isprintable():
        raise ValueError(_HEADER_TEXT)
    return text.strip()


HeaderText = Annotated[str, AfterValidator(_header_text)]


_ByList = TypeVar("_ByList")


class SourceSettings(BaseModel):
    """What is said of every source."""

    model_config = STRICT

    enabled: bool = True
    """Whether this source is asked at all."""
    schedule: Schedule
    """When to ask."""
    timeout: Span = _span("60s")
    """Longest time for one whole answer."""
    max_bytes: int = Field(default=32 * _MIB, gt=0)
    """Largest answer that is read, in bytes after unpacking."""
    min_interval: Duration = _span("1s")
    """Shortest pause between two requests."""
    stale_after: Span = _span("4d")
    """How long without a good look until its word no longer counts."""


class ListSettings(SourceSettings):
    """What is said of a source that publishes whole lists."""

    min_entries: Mapping[ListCode, Annotated[int, Field(ge=0)]] = Field(default_factory=dict)
    """Fewest rows of a list that can be true; fewer are quarantined."""
    max_shrink: float = Field(default=0.2, ge=0, le=1, allow_inf_nan=False)
    """Largest believable loss of a list between two snapshots, as a fraction."""


class CslSource(ListSettings):
    """The Consolidated Screening List of the International Trade Administration."""

    # Rebuilt hourly, at about a quarter past.
    schedule: Schedule = Schedule(cron=("25 * * * *",))
    """When to ask."""
    max_bytes: int = Field(default=128 * _MIB, gt=0)
    """Largest answer that is read, in bytes after unpacking."""
    min_interval: Duration = _span("0s")
    """Shortest pause between two requests."""
    stale_after: Span = _span("12h")
    """How long without a good look until its word no longer counts."""
    canaries: tuple[Name, ...] = ()
    """Long-listed names; a snapshot without one of them is quarantined."""
    urls: tuple[Url, ...] = Field(default=(), validate_default=True)
    """Addresses of the whole list; the next is asked when one fails."""

    @field_validator("urls")
    @classmethod
    def _somewhere_to_ask(cls, urls: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if info.data.get("enabled") and not urls:
            raise ValueError("should name at least one address, or set enabled: false")
        if len(set(urls)) < len(urls):
            raise ValueError("should name each address once")
        return urls


def _host_to_ask(base_url: str | None, info: ValidationInfo) -> str | None:
    if info.data.get("enabled") and base_url is None:
        raise ValueError("should name the host to ask, or set enabled: false")
    return base_url


_CODIFIED = frozenset({ENTITY_LIST, *PART_LISTS})


class EcfrSource(ListSettings):
    """The electronic Code of Federal Regulations: the codified lists."""

    schedule: Schedule = Schedule(cron=("35 6,9,12,15,18 * * 1-5",), timezone=_WASHINGTON)
    """When to ask."""
    base_url: Origin | None = Field(default=None, validate_default=True)
    """Scheme and host; the path is added."""

    _host = field_validator("base_url")(_host_to_ask)

    canaries: tuple[Name, ...] | Mapping[ListCode, tuple[Name, ...]] = ()
    """Long-listed names of the Entity List, or of each list by its code; a snapshot without one of
    them is quarantined."""

    @field_validator("min_entries", "canaries")
    @classmethod
    def _own_lists(cls, said: _ByList) -> _ByList:
        if isinstance(said, Mapping) and set(said) - _CODIFIED:
            raise ValueError("should speak of EL, MEU and UVL: the eCFR source reads no other list")
        return said

    @property
    def own_canaries(self) -> Mapping[str, tuple[str, ...]]:
        """The canaries of each list."""
        if isinstance(self.canaries, Mapping):
            return {str(code): names for code, names in self.canaries.items()}
        return {ENTITY_LIST: self.canaries}


class FederalRegisterSource(SourceSettings):
    """The Federal Register: the legal acts, on public inspection and published."""

    schedule: Schedule = Schedule(
        cron=("5 6 * * *", "50 8 * * *", "20 11 * * *", "5 14 * * *", "20 16 * * *", "5 18 * * *"),
        timezone=_WASHINGTON,
    )
    """When to ask."""
    base_url: Origin | None = Field(default=None, validate_default=True)
    """Scheme and host; the paths are added. Public inspection is part of it."""

    _host = field_validator("base_url")(_host_to_ask)


class SourceTable(BaseModel):
    """The three sources there are."""

    model_config = STRICT

    csl: CslSource = CslSource(enabled=False)
    """The Consolidated Screening List."""
    ecfr: EcfrSource = EcfrSource(enabled=False)
    """The codified Entity List."""
    federal_register: FederalRegisterSource = FederalRegisterSource(enabled=False)
    """The legal acts."""


class Sources(BaseModel):
    """Whom to ask, when, and what a believable answer is."""

    model_config = STRICT

    user_agent: HeaderText = f"entity-list-monitor/{__version__}"
    """The name this service gives itself to the hosts; library defaults have been refused."""
    contact: HeaderText | None = None
    """A mail address or page where the hosts' people can reach you."""
    sources: SourceTable
    """The sources; one that is left out is disabled."""

    @property
    def csl(self) -> CslSource:
        """The Consolidated Screening List."""
        return self.sources.csl

    @property
    def ecfr(self) -> EcfrSource:
        """The codified Entity List."""
        return self.sources.ecfr

    @property
    def federal_register(self) -> FederalRegisterSource:
        """The legal acts."""
        return self.sources.federal_register

    @property
    def identity(self) -> str:
        """The User-Agent header: the name, and the contact where one is set."""
        return f"{self.user_agent} (+{self.contact})" if self.contact else self.user_agent

    def enabled(
        self,
    ) -> Iterator[tuple[Source, CslSource | EcfrSource | FederalRegisterSource]]:
        """Every source that may be asked, by name."""
        if self.csl.enabled:
            yield Source.CSL, self.csl
        if self.ecfr.enabled:
            yield Source.ECFR, self.ecfr
        if self.federal_register.enabled:
            yield Source.FEDERAL_REGISTER, self.federal_register
