"""The settings an operator would have for a scenario's world: its watches, sources and bounds."""

from pathlib import Path
from typing import Any

from monitor.replay.cast import cast
from monitor.replay.deeds import ListHost
from monitor.replay.ecfr_host import BASE as ECFR
from monitor.replay.register_host import BASE as REGISTER
from monitor.replay.scenario import Believable, Scenario
from monitor.settings import (
    Channels,
    CslSource,
    EcfrSource,
    Environment,
    FederalRegisterSource,
    Reminders,
    Retention,
    Settings,
    Sources,
    Watch,
)
from monitor.settings.sources import SourceName, SourceTable


def settings_for(scenario: Scenario, data: Path, database_url: str | None = None) -> Settings:
    """What an operator would have configured for this world."""
    environment = {"data_dir": data} | ({"database_url": database_url} if database_url else {})
    return Settings(
        config_dir=data,
        watches=scenario.watches or (_institute(),),
        sources=Sources(sources=_sources(scenario), user_agent="replay"),
        channels=Channels(None, data / "apprise.yaml", ()),
        heartbeat_url=None,
        retention=Retention(),
        reminders=Reminders(),
        public_url=None,
        cors_origins=(),
        attach_report=False,
        environment=Environment.model_validate(environment),
    )


def _institute() -> Watch:
    written = cast()["institute"]
    return Watch(id="mps-ifs", name=written["name"], aliases=tuple(written["aliases"]))


def _sources(scenario: Scenario) -> SourceTable:
    csl = {"urls": scenario.world.csl_urls, **_bounds(scenario, "csl")}
    ecfr = {"base_url": ECFR, **_bounds(scenario, "ecfr")}
    return SourceTable(
        csl=CslSource.model_validate(csl | _shared(scenario, "csl")),
        ecfr=EcfrSource.model_validate(ecfr | _shared(scenario, "ecfr")),
        federal_register=FederalRegisterSource.model_validate(
            {"base_url": REGISTER} | _shared(scenario, "federal_register")
        ),
    )


def _shared(scenario: Scenario, name: SourceName) -> dict[str, Any]:
    stale = scenario.stale_after.get(name)
    enabled = {"enabled": name in scenario.sources}
    return enabled | ({"stale_after": stale.text} if stale else {})


def _bounds(scenario: Scenario, name: ListHost) -> dict[str, Any]:
    """The bounds given, else those that fit the stage's own world."""
    given = scenario.believable.get(name)
    if given is None:
        crowd = scenario.world.crowd
        names = [cast()[one]["name"] for one in ("canary-1", "canary-2")] if crowd else []
        given = Believable(min_entries={"EL": crowd // 2}, canaries=tuple(names))
    return given.model_dump()
