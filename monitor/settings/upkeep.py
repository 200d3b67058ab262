"""The file monitor.yaml: webhooks, the heartbeat, reminders, and how long evidence is kept.

URLs and secrets are never part of a repr: the path of a webhook is often its password.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationInfo,
    field_validator,
)

from monitor.network.hosts import url_problem
from monitor.screening.event import Kind
from monitor.settings.durations import Duration, Span
from monitor.settings.schedules import one_or_more
from monitor.settings.strict import STRICT
from monitor.settings.texts import Line, Slug
from monitor.settings.urls import Origin, Page, Url
from monitor.settings.watchlist import Misplaced

MOST_SECRETS = 2


_VERSION = re.compile(r"v\d+[a-z]*,", re.IGNORECASE)


def refuse_version(secret: str) -> None:
    """Raises ValueError where the version of a signature stands before a secret.

    Some consoles show secrets as `v1,whsec_…`; read as it stands it would be another key, and no
    receiver would accept a signature.
    """
    if _VERSION.match(secret.strip()):
        raise ValueError("should begin with whsec_: leave out the version in front, such as `v1,`")


def _usable(secrets: Sequence[SecretStr]) -> bool:
    return all(secret.get_secret_value().strip() for secret in secrets)


class Webhook(BaseModel):
    """A receiver of signed CloudEvents."""

    model_config = STRICT

    id: Slug
    """Its short name in commands and receipts."""
    url: Url = Field(repr=False)
    """Where events are posted; https, unless on loopback or with allow_private."""
    secret: Annotated[
        tuple[SecretStr, ...],
        BeforeValidator(one_or_more, json_schema_input_type=str | list[str]),
    ] = ()
    """The signing secret (whsec_…), or two while one replaces the other."""
    secret_file: Line | None = Field(default=None, validate_default=True)
    """A file with the secret, one a line; relative to this folder."""
    kinds: tuple[Kind, ...] = ()
    """Which events; none named means all but baseline and list_changed."""
    watches: tuple[Slug, ...] = ()
    """Ids of the watches whose events it gets; with no tags either, of all."""
    tags: tuple[Line, ...] = ()
    """Tags of watches, and ids of follows, whose events it gets too."""
    allow_private: bool = Field(default=False, validate_default=True)
    """Whether plain http and private addresses are allowed."""

    @field_validator("url")
    @classmethod
    def _can_receive(cls, url: str) -> str:
        if problem := url_problem(url, allow_private=True):
            raise ValueError(problem)
        return url

    @field_validator("secret")
    @classmethod
    def _few_and_not_empty(cls, secrets: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        if not 1 <= len(secrets) <= MOST_SECRETS or not _usable(secrets):
            raise ValueError("should be one secret, or two while one replaces the other")
        for secret in secrets:
            refuse_version(secret.get_secret_value())
        return secrets

    @field_validator("secret_file")
    @classmethod
    def _exactly_one(cls, secret_file: str | None, info: ValidationInfo) -> str | None:
        if "secret" in info.data and bool(info.data["secret"]) is (secret_file is not None):
            raise ValueError("should be given where secret is not, and only there")
        return secret_file

    @field_validator("allow_private")
    @classmethod
    def _reaches_only_what_it_may(cls, allowed: bool, info: ValidationInfo) -> bool:
        if "url" in info.data and url_problem(info.data["url"], allow_private=allowed):
            raise ValueError("should be true for a URL of plain http or with a private address")
        return allowed

    @property
    def secrets(self) -> tuple[SecretStr, ...]:
        """The signing secrets, those of the file included; the first signs first."""
        return self.secret


class Retention(BaseModel):
    """How long is kept what no event needs; evidence of events is never dropped."""

    model_config = STRICT

    snapshots: Span = Duration.parse("90d")
    """Bodies of snapshots that led to no event."""
    polls: Span = Duration.parse("400d")
    """The record of looks."""


class Reminders(BaseModel):
    """What is told again, or summed up; nothing unless asked for."""

    model_config = STRICT

    every: Span | None = None
    """How often an unacknowledged removal or listing is told again, such as 6h."""
    digest: Literal["daily", "weekly"] | None = None
    """A summary that says all is well, and that someone has been looking."""


class MonitorFile(BaseModel):
    """Webhooks, heartbeat, reminders and retention."""

    model_config = STRICT

    webhooks: tuple[Webhook, ...] = ()
    """Receivers of signed CloudEvents."""
    heartbeat_url: Url | None = Field(default=None, repr=False)
    """Asked after every round, so that another service notices when this one dies."""
    retention: Retention = Retention()
    """How long is kept what no event needs."""
    reminders: Reminders = Reminders()
    """What is told again, or summed up."""
    public_url: Page | None = None
    """Where people reach the status pages, for links in notifications."""
    cors_origins: tuple[Origin, ...] = ()
    """Sites whose pages may read this API in a browser, such as https://desk.example."""
    attach_report: bool = False
    """Whether mails of an event carry its evidence report, an HTML file."""


def shared_ids(webhooks: Sequence[Webhook]) -> Iterator[Misplaced]:
    """Webhooks whose receipts could not be told apart."""
    first: dict[str, int] = {}
    for at, webhook in enumerate(webhooks):
        other = first.setdefault(webhook.id, at)
        if other != at:
            yield ("webhooks", at, "id"), f"must be unique; webhooks[{other}] has the same id"
