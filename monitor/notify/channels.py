"""The channels that notifications go out by, opened from the configuration and checked against it.

A channel delivers one event to one recipient and says what became of it. It keeps no queue, no
back-off and no memory of what it sent: the caller's outbox does.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from yaml import MappingNode

from monitor.errors import ConfigError, ConfigProblem
from monitor.notify.digest import Digest
from monitor.notify.receipt import Outcome, Receipt
from monitor.notify.routes import Named, route
from monitor.notify.webhook.address import admitted, resolves_to
from monitor.notify.webhook.channel import WebhookChannel, WebhookTarget, ping, target_problems
from monitor.screening.event import Event, Kind
from monitor.screening.follow import Follow

__all__ = [
    "Channel", "Link", "Named", "Outcome", "Receipt", "WebhookTarget", "check_channels",
    "open_channels", "ping",
]  # fmt: skip

TIMEOUT = 30.0
"""Seconds that one send may take, unless told otherwise."""
WEBHOOKS_FILE = "monitor.yaml"


@dataclass(frozen=True, slots=True)
class Link:
    public_url: str | None
    """Base of our own pages; None leaves links to them out."""


class Channel(Protocol):
    id: str
    """Stable over restarts, without secrets: "apprise:mailto-1a2b3c4d", "webhook:legal"."""

    takes_files: bool
    """Whether a report may be sent along."""

    @property
    def longest(self) -> float:
        """Seconds that one send may take at most."""

    def wants(self, event: Event, tags: Collection[str] = ()) -> bool:
        """Whether its routes choose the event; `tags` are those of the event's watch."""

    def send(
        self,
        event: Event,
        *,
        at: datetime,
        case: str | None,
        note: str = "",
        report: str | None = None,
    ) -> Receipt:
        """Deliver the event once; never raises for a failed delivery.

        Blocks no longer than the channel's time limit. `at` is real time, for signatures; `case`
        names what the event belongs to, for mail threads; `note` is empty or `reminder:2`;
        `report` is the evidence as an HTML page, for a channel that takes files.
        """

    def wants_digest(self) -> bool:
        """Whether its routes choose the digest."""

    def send_digest(self, digest: Digest, *, at: datetime) -> Receipt:
        """Deliver a digest once, as `send` does an event."""

    def send_test(self, *, at: datetime) -> Receipt:
        """Deliver a message marked as a test."""


def open_channels(
    apprise_yaml: MappingNode | None,
    apprise_yaml_path: str,
    apprise_urls: Sequence[str],
    webhooks: Sequence[WebhookTarget],
    links: Link,
    named: Named,
    *,
    timeout: float = TIMEOUT,
) -> tuple[Channel, ...]:
    """Every channel configured, each recipient once. Asks nobody: no name is resolved here.

    `apprise_yaml` is the file's root node with its `${VAR}` filled, None where there is no file.
    Raises ConfigError with every problem found.
    """
    channels, problems = _apprise_channels(
        apprise_yaml, apprise_yaml_path, apprise_urls, links, named, timeout
    )
    problems += _webhook_problems(webhooks, named)
    if problems:
        raise ConfigError(problems)
    hooks = [
        WebhookChannel(target, public_url=links.public_url, timeout=timeout, named=named)
        for target in webhooks
    ]
    return (*channels, *hooks)


def check_channels(
    apprise_yaml: MappingNode | None,
    apprise_yaml_path: str,
    apprise_urls: Sequence[str],
    webhooks: Sequence[WebhookTarget],
    links: Link,
    named: Named,
) -> tuple[ConfigProblem, ...]:
    """What is wrong with the channels as configured, and with where webhook hosts resolve to.

    A name that cannot be resolved now is no problem: that is the network's, not the file's.
    """
    _, problems = _apprise_channels(
        apprise_yaml, apprise_yaml_path, apprise_urls, links, named, TIMEOUT
    )
    return (*problems, *_webhook_problems(webhooks, named), *_private_hosts(webhooks))


def channels_of(follow: Follow, channels: Iterable[Channel]) -> list[str]:
    """The ids of the channels that get the news of a follow."""
    news = Event("", Kind.LIST_CHANGED, None, follow.list, "", follow=follow.id)
    return [channel.id for channel in channels if channel.wants(news)]


def _apprise_channels(
    root: MappingNode | None,
    path: str,
    urls: Sequence[str],
    links: Link,
    named: Named,
    timeout: float,
) -> tuple[list[Channel], list[ConfigProblem]]:
    if not urls and root is None:
        return [], []
    # Only now: loading Apprise takes longer than all the rest of a start.
    from monitor.notify.apprise.channel import AppriseChannel, merged
    from monitor.notify.apprise.config import read_urls, read_yaml
    from monitor.notify.apprise.recipients import recipient_id

    addresses, problems = read_yaml(root, path, named.ids | named.tags | named.follows)
    more, wrong = read_urls(urls)
    known = [(f"apprise:{recipient_id(one.arguments, one.settings)}", one)
             for one in (*addresses, *more)]  # fmt: skip
    channels: list[Channel] = [
        AppriseChannel(
            id=id_,
            address=address,
            tags=tags,
            follows=tags & named.only_follows,
            public_url=links.public_url,
            timeout=timeout,
        )
        for id_, address, tags in merged(known)
    ]
    return channels, problems + wrong


def _webhook_problems(webhooks: Sequence[WebhookTarget], named: Named) -> Iterator[ConfigProblem]:
    for target in webhooks:
        wrong = [*target_problems(target)]
        wrong += [("watches", f"no watch has the id {id_}") for id_ in target.watches - named.ids]
        known = named.tags | named.follows
        unknown = sorted(tag for tag in target.tags if route(tag) not in known)
        wrong += [("tags", f"no watch has the tag {tag}, and no follow the id") for tag in unknown]
        for key, message in wrong:
            yield ConfigProblem(WEBHOOKS_FILE, None, f"webhooks.{target.id}.{key}", message)


def _private_hosts(webhooks: Sequence[WebhookTarget]) -> Iterator[ConfigProblem]:
    for target in webhooks:
        host, addresses = resolves_to(target.url)
        if addresses and not admitted(addresses, host, allow_private=target.allow_private):
            message = "the host resolves to a private address; that needs allow_private: true"
            yield ConfigProblem(WEBHOOKS_FILE, None, f"webhooks.{target.id}.url", message)
