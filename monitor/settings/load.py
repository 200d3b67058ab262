"""The whole configuration, or everything that is wrong with it.

Files are read, placeholders filled, models applied, and only then is it looked for what no single
value shows: clashing ids, secrets in files. Nothing is guessed and nothing is skipped.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, SecretStr, ValidationError

from monitor.errors import ConfigError, ConfigProblem
from monitor.settings.documents import Document, open_document
from monitor.settings.environment import Environment, read_environment, read_secret
from monitor.settings.placeholders import fill_document
from monitor.settings.problems import problem, refusals
from monitor.settings.sources import Sources
from monitor.settings.upkeep import (
    MOST_SECRETS,
    MonitorFile,
    Reminders,
    Retention,
    Webhook,
    shared_ids,
)
from monitor.settings.watchlist import Watch, WatchlistFile, clashes
from monitor.settings.yaml_tree import Listing, plain

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Channels:
    """Whom to tell, as the files say; `Environment.apprise_urls` adds to it."""

    apprise_yaml: SecretStr | None
    """The text of apprise.yaml, placeholders filled, lines kept; None where it is left out."""
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


def load(config_dir: Path, environ: Mapping[str, str]) -> Settings:
    """The settings of a folder and an environment.

    Raises ConfigError with every problem found, each with its file, line and key.
    """
    if not config_dir.is_dir():
        raise ConfigError([ConfigProblem(str(config_dir), None, "", "is no folder")])
    opened = partial(open_document, environ=environ)
    watches, in_watchlist = _watches(opened(config_dir / "watchlist.yaml", required=True))
    sources, in_sources = _validated(opened(config_dir / "sources.yaml", required=True), Sources)
    upkeep, in_upkeep = _upkeep(opened(config_dir / "monitor.yaml", required=False), config_dir)
    # Apprise reads its file with the slower parser, which is a little stricter.
    channels = opened(config_dir / "apprise.yaml", required=False, loader=yaml.SafeLoader)
    environment, in_environment = read_environment(environ)
    problems = (*in_watchlist, *in_sources, *channels.problems, *in_upkeep, *in_environment)
    if problems:
        raise ConfigError(problems)
    assert watches is not None
    assert sources is not None
    assert upkeep is not None
    assert environment is not None
    return Settings(
        config_dir=config_dir,
        watches=watches,
        sources=sources,
        channels=Channels(
            apprise_yaml=_filled(channels, environ),
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
    )


def load_watches(path: Path, environ: Mapping[str, str]) -> tuple[Watch, ...]:
    """The watches of one file. Raises ConfigError with every problem found."""
    found, problems = _watches(open_document(path, environ, required=True))
    if problems:
        raise ConfigError(problems)
    assert found is not None
    return found


def _validated(
    document: Document, model: type[Model]
) -> tuple[Model | None, tuple[ConfigProblem, ...]]:
    """A file's model, None where anything is wrong; and all that is."""
    if document.root is None:
        return (None if document.problems else model()), document.problems
    try:
        found = model.model_validate(plain(document.root))
    except ValidationError as error:
        known = {(one.line, one.key) for one in document.problems}
        refused = refusals(document.file, document.root, model, error)
        # A placeholder that could not be filled is one problem, not two.
        return None, (*document.problems, *(p for p in refused if (p.line, p.key) not in known))
    return (None if document.problems else found), document.problems


def _watches(
    document: Document,
) -> tuple[tuple[Watch, ...] | None, tuple[ConfigProblem, ...]]:
    found, problems = _validated(document, WatchlistFile)
    if document.root is None:
        return None, problems
    sound = list(enumerate(found.watches)) if found else _sound_watches(document)
    clashing = tuple(
        problem(document.file, document.root, path, message) for path, message in clashes(sound)
    )
    return (found.watches if found else None), (*problems, *clashing)


def _sound_watches(document: Document) -> list[tuple[int, Watch]]:
    """The watches that are right in themselves, though others of the file are not."""
    _, listed = document.root.entries.get("watches", (0, None)) if document.root else (0, None)
    sound = []
    for at, node in enumerate(listed.items if isinstance(listed, Listing) else ()):
        try:
            sound.append((at, Watch.model_validate(plain(node))))
        except ValidationError:
            # Told already, with the whole file.
            continue
    return sound


def _upkeep(
    document: Document, folder: Path
) -> tuple[MonitorFile | None, tuple[ConfigProblem, ...]]:
    """monitor.yaml with the secrets that its webhooks keep in files."""
    found, problems = _validated(document, MonitorFile)
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
    return webhook.model_copy(update={"secret": tuple(SecretStr(one) for one in secrets)})


def _filled(document: Document, environ: Mapping[str, str]) -> SecretStr | None:
    """The text of apprise.yaml for Apprise; its URLs are judged where channels are opened."""
    if document.text is None:
        return None
    return SecretStr(fill_document(document.text, environ))
