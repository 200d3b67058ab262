"""Builds everything from the settings, and is the only place that reads the clock.

A rehearsal gives a fixed `now`, which is then the clock of everything but signatures and the pauses
between requests.
"""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from yaml import MappingNode

from monitor.errors import ConfigError
from monitor.ledger import migrate
from monitor.ledger.bodies import Bodies
from monitor.ledger.engine import open_engine
from monitor.ledger.ledger import Ledger
from monitor.notify.channels import (
    Channel,
    Link,
    Named,
    WebhookTarget,
    check_channels,
    open_channels,
)
from monitor.notify.heartbeat import Heartbeat
from monitor.screening.entry import ENTITY_LIST
from monitor.screening.follow import Follow
from monitor.screening.plausibility import Bounds
from monitor.screening.watch import Watch
from monitor.screening.witness import ASKED_IN_ORDER, Source
from monitor.service import Service
from monitor.settings import (
    CslSource,
    EcfrSource,
    FederalRegisterSource,
    Settings,
    load,
    load_watchlist,
)
from monitor.sources.csl.source import Csl
from monitor.sources.ecfr.client import Ecfr
from monitor.sources.ecfr.part import WholePart
from monitor.sources.ecfr.source import EcfrList
from monitor.sources.federal_register.client import FederalRegister
from monitor.sources.fetch import Fetcher, Http
from monitor.sources.source import ListSource

CONFIG_DIR = "config"
Sleep = Callable[[float], None]
_Source = CslSource | EcfrSource | FederalRegisterSource


def real_clock() -> datetime:
    """Now, aware UTC."""
    return datetime.now(UTC)


def config_dir(given: Path | None, environ: Mapping[str, str]) -> Path:
    """The folder named on the command line, in the environment, or the usual one."""
    return given or Path(environ.get("MONITOR_CONFIG_DIR") or CONFIG_DIR)


def settings(given: Path | None) -> Settings:
    """The settings of this process. Raises ConfigError with every problem."""
    return load(config_dir(given, os.environ), os.environ)


@contextmanager
def build(
    found: Settings,
    clock: Callable[[], datetime] = real_clock,
    https: Mapping[str, Http] | None = None,
    sleep: Sleep = time.sleep,
) -> Iterator[Service]:
    """Every part, ready for use; the database is brought to the newest schema first.

    `https`: what each source asks in place of the network, for a story that is played again.
    `sleep`: how to wait between two requests, in seconds.
    Raises ConfigError where a channel cannot be opened, LedgerError where the database refuses.
    """
    every = found.reminders.every
    with ExitStack() as stack:
        ledger = open_ledger(found)
        stack.callback(ledger.close)

        def ask(name: str, source: _Source) -> Http:
            return https[name] if https else stack.enter_context(_fetcher(found, source, sleep))

        versions = _versions(found, ask)
        yield Service(
            clock=clock,
            ledger=ledger,
            list_sources=_list_sources(found, clock, ask, versions),
            versions=versions,
            part=WholePart(versions) if versions else None,
            register=_register(found, ask),
            bounds={name: _bounds(one) for name, one in _lists(found).items()},
            stale_after={name: one.stale_after.seconds for name, one in found.sources.enabled()},
            watches=watches(found),
            follows=follows(found),
            channels=channels(found),
            enabled=frozenset(name for name, _ in found.sources.enabled()),
            owner=uuid4().hex,
            real_clock=real_clock,
            heartbeat=stack.enter_context(_heartbeat(found, clock).open()),
            remind_every=timedelta(seconds=every.seconds) if every else None,
            digest=found.reminders.digest,
            attach_report=found.attach_report,
        )


def watches(found: Settings) -> tuple[Watch, ...]:
    """Who is watched, as judgement has it."""
    return tuple(
        Watch(
            watch.id,
            watch.name,
            (*watch.aliases, *watch.same_as),
            watch.lists,
            near=watch.near or found.near,
            not_same_as=watch.not_same_as,
            addresses=watch.addresses,
            country=watch.country,
            local_names=watch.local_names,
            tags=watch.tags,
            note=watch.note,
        )
        for watch in found.watches
    )


def follows(found: Settings) -> tuple[Follow, ...]:
    """Which lists are followed, as judgement has it."""
    return tuple(
        Follow(one.id, one.list, one.countries, one.kinds, one.words, one.note)
        for one in found.follows
    )


def read_again(found: Settings) -> Settings:
    """The settings with the watches and follows of the files as they are now.

    Raises ConfigError where a start with them would: the files, or a channel's tag that then leads
    nowhere.
    """
    listed = load_watchlist(found.config_dir, os.environ)
    again = replace(
        found,
        watches=listed.watches,
        follows=listed.follows,
        near=listed.near,
        watch_files=listed.files,
    )
    channels(again)
    return again


@contextmanager
def ledger_as_it_is(found: Settings) -> Iterator[Ledger | None]:
    """The ledger of this version, which is neither made nor migrated; None where there is none.

    Raises LedgerError where the database refuses.
    """
    url = found.environment.database_url
    if url is None and not (found.environment.data_dir / "monitor.db").exists():
        yield None
        return
    ledger = open_ledger(found, migrated=False)
    try:
        yield ledger if ledger.revision() == migrate.NEWEST else None
    finally:
        ledger.close()


def open_ledger(found: Settings, *, migrated: bool = True) -> Ledger:
    """The ledger at the newest schema, or as it is. Raises LedgerError where it refuses."""
    environment = found.environment
    data = environment.data_dir
    url = environment.database_url
    engine = open_engine(
        url.get_secret_value() if url else f"sqlite:///{data.absolute() / 'monitor.db'}"
    )
    if migrated:
        migrate.upgrade(engine)
    return Ledger(engine, Bodies(data / "snapshots"))


def _heartbeat(found: Settings, clock: Callable[[], datetime]) -> Heartbeat:
    """None in a rehearsal: it says nothing of whether the service lives."""
    return Heartbeat(found.heartbeat_url if clock is real_clock else None)


def channels(found: Settings) -> tuple[Channel, ...]:
    """Every channel configured. Raises ConfigError where one cannot be opened."""
    return open_channels(*_channel_settings(found))


def channel_problems(found: Settings) -> ConfigError | None:
    """What is wrong with the channels, names looked up included."""
    problems = check_channels(*_channel_settings(found))
    return ConfigError(problems) if problems else None


def _channel_settings(
    found: Settings,
) -> tuple[MappingNode | None, str, list[str], list[WebhookTarget], Link, Named]:
    return (
        found.channels.apprise_yaml,
        str(found.channels.apprise_yaml_path),
        [url.get_secret_value() for url in found.environment.apprise_urls],
        [
            WebhookTarget(
                id=webhook.id,
                url=webhook.url,
                secrets=tuple(secret.get_secret_value() for secret in webhook.secrets),
                kinds=tuple(kind.value for kind in webhook.kinds),
                watches=frozenset(webhook.watches),
                tags=frozenset(webhook.tags),
                allow_private=webhook.allow_private,
            )
            for webhook in found.channels.webhooks
        ],
        Link(found.public_url),
        Named.of(
            ((watch.id, watch.tags) for watch in found.watches),
            (follow.id for follow in found.follows),
        ),
    )


@contextmanager
def fetchers(found: Settings, sleep: Sleep = time.sleep) -> Iterator[dict[str, Http]]:
    """A client for each enabled source, as polls use it."""
    with ExitStack() as stack:
        yield {
            str(name): stack.enter_context(_fetcher(found, one, sleep))
            for name, one in found.sources.enabled()
        }


def _lists(found: Settings) -> dict[str, CslSource | EcfrSource]:
    return {
        name: one
        for name, one in found.sources.enabled()
        if not isinstance(one, FederalRegisterSource)
    }


def _bounds(one: CslSource | EcfrSource) -> Bounds:
    floors = {str(code): floor for code, floor in one.min_entries.items()}
    if isinstance(one, EcfrSource):
        own = one.own_canaries
        return Bounds(floors, one.max_shrink, own.get(ENTITY_LIST, ()), own)
    return Bounds(floors, one.max_shrink, one.canaries)


def _list_sources(
    found: Settings,
    clock: Callable[[], datetime],
    ask: Callable[[str, _Source], Http],
    versions: Ecfr | None,
) -> dict[str, ListSource]:
    sources: dict[str, ListSource] = {}
    for name, one in sorted(_lists(found).items(), key=lambda item: ASKED_IN_ORDER.index(item[0])):
        if isinstance(one, CslSource):
            sources[name] = Csl(ask(name, one), one.urls, clock)
        elif versions is not None:
            sources[name] = EcfrList(versions)
    return sources


def _versions(found: Settings, ask: Callable[[str, _Source], Http]) -> Ecfr | None:
    one = found.sources.ecfr
    return Ecfr(ask(Source.ECFR, one), one.base_url or "") if one.enabled else None


def _register(found: Settings, ask: Callable[[str, _Source], Http]) -> FederalRegister | None:
    one = found.sources.federal_register
    if not one.enabled:
        return None
    return FederalRegister(
        ask(Source.FEDERAL_REGISTER, one), one.base_url or "", lambda: int(real_clock().timestamp())
    )


def _fetcher(found: Settings, source: _Source, sleep: Sleep) -> Fetcher:
    return Fetcher(
        user_agent=found.sources.identity,
        timeout=source.timeout.seconds,
        max_bytes=source.max_bytes,
        min_interval=source.min_interval.seconds,
        sleep=sleep,
        monotonic=time.monotonic,
    )
