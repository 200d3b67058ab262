"""The whole configuration, or everything that is wrong with it.

Files are read, placeholders filled, models applied, and then what no single value shows is checked:
clashing ids, secrets in files. Every problem of every file is found in one run.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import yaml
from pydantic import SecretStr

from monitor.errors import ConfigError, ConfigProblem
from monitor.settings.documents import (
    Document,
    open_document,
    validated,
)
from monitor.settings.environment import Environment, read_environment, read_secret
from monitor.settings.problems import problem
from monitor.settings.sources import Sources
from monitor.settings.upkeep import (
    MOST_SECRETS,
    MonitorFile,
    Reminders,
    Retention,
    Webhook,
    refuse_version,
    shared_ids,
)
from monitor.settings.watch_files import WatchFile, read_watchlist
from monitor.settings.watchlist import Follow, Near, Watch

_NO_FOLDER = "is not a folder; name that of your configuration with --config or MONITOR_CONFIG_DIR"


@dataclass(frozen=True, slots=True)
class Channels:
    """Whom to tell, as the files say; `Environment.apprise_urls` adds to it."""

    apprise_yaml: yaml.MappingNode | None = field(repr=False)
    """apprise.yaml with its placeholders filled, for Apprise; None where it is left out."""
    apprise_yaml_path: Path
    webhooks: tuple[Webhook, ...]
    """Secrets from files are read in."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All that the operator has said. Its parts are immutable and hold no secret in their repr."""

    config_dir: Path
    watches: tuple[Watch, ...]
    sources: Sources
    channels: Channels
    heartbeat_url: str | None = field(repr=False)
    retention: Retention
    reminders: Reminders
    public_url: str | None
    cors_origins: tuple[str, ...]
    attach_report: bool
    environment: Environment
    follows: tuple[Follow, ...] = ()
    near: Near = "close"
    """How much is asked about near names, where a watch does not say itself."""
    watch_files: tuple[WatchFile, ...] = ()
    """Where the watches come from, and what could not be used."""


def load(config_dir: Path, environ: Mapping[str, str]) -> Settings:
    """The settings of a folder and an environment.

    Raises ConfigError with every problem found, each with its file, line and key.
    """
    if not config_dir.is_dir():
        raise ConfigError([ConfigProblem(str(config_dir), None, "", _NO_FOLDER)])
    opened = partial(open_document, environ=environ)
    watchlist, in_watchlist = read_watchlist(config_dir, environ)
    sources, in_sources = validated(opened(config_dir / "sources.yaml", required=True), Sources)
    upkeep, in_upkeep = _upkeep(opened(config_dir / "monitor.yaml", required=False), config_dir)
    channels = opened(config_dir / "apprise.yaml", required=False, keys_too=True)
    environment, in_environment = read_environment(environ)
    problems = (*in_watchlist, *in_sources, *channels.problems, *in_upkeep, *in_environment)
    if problems:
        raise ConfigError(problems)
    assert sources is not None
    assert upkeep is not None
    assert environment is not None
    return Settings(
        config_dir=config_dir,
        watches=watchlist.watches,
        sources=sources,
        channels=Channels(
            apprise_yaml=channels.root,
            apprise_yaml_path=config_dir / "apprise.yaml",
            webhooks=upkeep.webhooks,
        ),
        heartbeat_url=upkeep.heartbeat_url,
        retention=upkeep.retention,
        reminders=upkeep.reminders,
        public_url=upkeep.public_url,
        cors_origins=upkeep.cors_origins,
        attach_report=upkeep.attach_report,
        environment=environment,
        follows=watchlist.follows,
        near=watchlist.near,
        watch_files=watchlist.files,
    )


def _upkeep(
    document: Document, folder: Path
) -> tuple[MonitorFile | None, tuple[ConfigProblem, ...]]:
    """monitor.yaml with the secrets that its webhooks keep in files."""
    found, problems = validated(document, MonitorFile)
    if found is None or document.root is None:
        return found, problems
    wrong = [
        problem(document.file, document.root, path, message)
        for path, message in shared_ids(found.webhooks)
    ]
    webhooks = []
    for at, webhook in enumerate(found.webhooks):
        try:
            webhooks.append(_with_secrets(webhook, folder))
        except ValueError as error:
            path = ("webhooks", at, "secret_file")
            wrong.append(problem(document.file, document.root, path, str(error)))
    return found.model_copy(update={"webhooks": tuple(webhooks)}), (*problems, *wrong)


def _with_secrets(webhook: Webhook, folder: Path) -> Webhook:
    """The webhook with its secrets in hand. Raises ValueError where its file cannot give them."""
    if webhook.secret_file is None:
        return webhook
    secrets = read_secret(folder / webhook.secret_file).split()
    if len(secrets) > MOST_SECRETS:
        raise ValueError(f"names a file that holds more than {MOST_SECRETS} secrets")
    for secret in secrets:
        refuse_version(secret)
    return webhook.model_copy(update={"secret": tuple(SecretStr(one) for one in secrets)})
