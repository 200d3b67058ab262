"""Apprise's configuration is read whole or refused with file, line and no secret."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import ConfigError, ConfigProblem
from monitor.notify.channels import (
    Channel,
    Link,
    Named,
    WebhookTarget,
    check_channels,
    open_channels,
)
from monitor.screening.event import Kind
from monitor.settings.yaml_nodes import read
from tests.notify.events import REMOVED, event
from tests.notify.test_signature import PUBLISHED

LINK = Link("https://monitor.example")
WATCHES = Named(frozenset({"mps-ifs", "nudt"}), frozenset({"police"}))
GOOD = """
version: 1
groups:
  everybody: removal, listing
urls:
  - mailto://ann:p4ssword@mx.example.org/?from=monitor@example.org:
      - to: bob@example.org
        tag: removal, mps-ifs
      - to: carol@example.org,dave@example.org
        tag: operations
  - json://127.0.0.1:9/hooks/tok3n77
"""
MAIL_TO_NOBODY = """urls:
  - mailto://u:s3cr3tt0ken@example.org/:
      - to: a@example.org
      - to: nonsense
"""


def root(text: str | None) -> yaml.MappingNode | None:
    """The file as the settings hand it on."""
    found, _, _ = read(text or "", str, keys_too=True)
    return found if isinstance(found, yaml.MappingNode) else None


def opened(text: str | None, urls: tuple[str, ...] = ()) -> tuple[Channel, ...]:
    return open_channels(root(text), "config/apprise.yaml", urls, (), LINK, WATCHES)


def problems(text: str | None, urls: tuple[str, ...] = ()) -> list[str]:
    found = check_channels(root(text), "config/apprise.yaml", urls, (), LINK, WATCHES)
    return [str(problem) for problem in found]


def test_a_good_file_opens_one_channel_a_recipient() -> None:
    """Three mail recipients and a hook: four channels with ids and routes of their own."""
    channels = opened(GOOD)
    assert [channel.id.rsplit("-", 1)[0] for channel in channels] == [
        "apprise:mailto", "apprise:mailto", "apprise:mailto", "apprise:json",
    ]  # fmt: skip
    assert len({channel.id for channel in channels}) == 4
    failing = event(Kind.SOURCE_FAILING, watch=None)
    assert [channel.wants(REMOVED) for channel in channels] == [True, False, False, True]
    assert [channel.wants(failing) for channel in channels] == [False, True, True, True]
    assert problems(GOOD) == []


def test_ids_are_stable_and_secretless() -> None:
    """The same file gives the same ids, whatever the order of its recipients."""
    first = {channel.id for channel in opened(GOOD)}
    turned = GOOD.replace(
        "carol@example.org,dave@example.org", "dave@example.org,carol@example.org"
    )
    assert {channel.id for channel in opened(turned)} == first
    assert not [secret for secret in ("ann", "p4ssword", "bob", "tok3n77") if secret in str(first)]
    assert "p4ssword" not in repr(opened(GOOD))


def test_one_recipient_in_two_places_is_one_channel_with_both_routes() -> None:
    """Nobody is told twice because two lines name them."""
    url = "json://127.0.0.1:9/hook"
    both = f"urls:\n  - {url}:\n      - tag: removal\n  - {url}:\n      - tag: operations\n"
    (channel,) = opened(both)
    assert channel.wants(REMOVED)
    assert channel.wants(event(Kind.WATCH_STALE))
    assert not channel.wants(event(Kind.ENTRY_AMENDED))
    (channel,) = opened(both, (url,))
    assert channel.wants(event(Kind.ENTRY_AMENDED))


def test_groups_lead_tags_to_topics() -> None:
    """Apprise's groups work: a tag of one's own is fine where a group takes it to a topic."""
    text = "groups:\n  - removal: legal\nurls:\n  - json://127.0.0.1:9/:\n      - tag: legal\n"
    assert problems(text) == []
    (channel,) = opened(text)
    assert channel.wants(REMOVED)
    assert not channel.wants(event(Kind.WATCH_STALE))


@pytest.mark.parametrize("text", [None, "", "\n# nothing yet\n", "version: 1\nurls: []\n"])
def test_no_channels_is_no_problem(text: str | None) -> None:
    """An empty file and none at all are fine."""
    assert opened(text) == ()
    assert problems(text) == []


@pytest.mark.parametrize(
    ("text", "place", "wanted"),
    [
        (
            "urls:\n  - json://127.0.0.1:9/\n  - nosuch://s3cr3tt0ken/x\n",
            ":3: urls[1]: ",
            "this nosuch:// URL",
        ),
        ("urls:\n  - slack://s3cr3tt0ken\n", ":2: urls[0]: ", "slack:// URL"),
        ("urls:\n  - 17\n", ":2: urls[0]: ", "cannot use this entry"),
        (
            "urls:\n  - json://127.0.0.1:9/s3cr3tt0ken:\n      - tag: removals\n",
            ":2: urls[0]: ",
            "unknown tag removals: did you mean removal?",
        ),
        (
            "groups: {staff: legal}\nurls:\n  - json://127.0.0.1:9/:\n      - tag: legal\n",
            ":3: urls[0]: ",
            "the tags legal, staff lead nowhere; one must be",
        ),
        (
            "urls:\n  - json://127.0.0.1:9/:\n      - tag: 3:removal\n",
            ":2: urls[0]: ",
            "priorities",
        ),
        (
            MAIL_TO_NOBODY,
            ":2: urls[0]: ",
            "invalid To email",
        ),
        ("include: other.yaml\nurls: []\n", ":1: include: ", "other files are not read"),
        ("urls: []\ntemplate:\n  - A\n", ":2: template: ", "templates are not supported"),
        ("urls: []\nurl: []\n", ":2: url: ", "unknown key"),
        ("version: 2\nurls: []\n", ":1: version: ", "must be 1"),
        ("urls: json://127.0.0.1/\n", ":1: urls: ", "must be a list"),
        ("json://s3cr3tt0ken: x\n", ":1: json://…: ", "unknown key"),
        ("urls: []\nversion: 2026-99-99\n", ": ", "holds a value that is none"),
    ],
)
def test_every_fault_names_its_line_and_no_secret(text: str, place: str, wanted: str) -> None:
    """Where, what, what would be right, and the same refusal when channels are opened."""
    (problem,) = problems(text)
    assert problem.startswith("config/apprise.yaml" + place)
    assert wanted in problem
    assert "s3cr3tt0ken" not in problem
    with pytest.raises(ConfigError):
        opened(text)


def test_a_bad_url_of_the_environment_is_named_by_its_number() -> None:
    """The variable is the file, the number the key."""
    (problem,) = problems(None, ("json://127.0.0.1:9/", "nosuch://s3cr3tt0ken"))
    assert problem.startswith("MONITOR_APPRISE_URLS: URL 2: Apprise cannot use this nosuch:// URL")
    assert "s3cr3tt0ken" not in problem


@given(st.text(max_size=80))
def test_no_text_is_a_surprise(text: str) -> None:
    """Whatever stands in the file, the answer is channels or problems."""
    assert isinstance(problems(text), list)


def test_webhook_problems_name_webhook_and_key() -> None:
    """URL and secret, without the secret itself; ids and kinds are judged where they are read."""
    good = WebhookTarget("legal", "https://127.0.0.1:9/", (PUBLISHED,))
    bad = WebhookTarget("legal", "http://hooks.example.org/tok3n", ("weaks3cret",))
    found = check_channels(None, "", (), (good, bad), LINK, WATCHES)
    assert [(problem.file, problem.key) for problem in found] == [
        ("monitor.yaml", "webhooks.legal.url"),
        ("monitor.yaml", "webhooks.legal.secret"),
    ]
    assert not [problem for problem in found if "weaks3cret" in str(problem)]
    assert not [problem for problem in found if "tok3n" in str(problem)]
    assert isinstance(found[0], ConfigProblem)
    with pytest.raises(ConfigError):
        open_channels(None, "", (), (bad,), LINK, WATCHES)
    assert [channel.id for channel in open_channels(None, "", (), (good,), LINK, Named())] == [
        "webhook:legal"
    ]


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("mailtos://ann:pa#s3cr3tt0ken@mx.example.org/?from=a@example.org&to=b@example.org", "%23"),
        ("mailto://ann:#s3cr3tt0ken@mx.example.org/?to=b@example.org&from=a@example.org", "%23"),
        ("mailto://?from=a@example.org&to=b@example.org", "names no mail server"),
        ("json://127.0.0.1:9/s3cr3tt0ken?tag=removal", "?tag= in the URL is ignored"),
        ("ntfy://127.0.0.1:9/s3cr3tt0ken?priority=high&tags=removal", "?tags= in the URL"),
        ("slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#alerts?tag=a", "?tag= in the URL"),
    ],
)
def test_a_url_that_would_mean_something_else_is_refused_with_its_line(
    url: str, wanted: str
) -> None:
    """Apprise takes each of them, and would send elsewhere, or everything, or nothing."""
    text = f"version: 1\nurls:\n  - json://127.0.0.1:9/good\n  - {url!r}\n"
    (problem,) = check_channels(root(text), "apprise.yaml", (), (), LINK, WATCHES)
    assert (problem.file, problem.line) == ("apprise.yaml", 4)
    assert wanted in problem.message
    (problem,) = check_channels(None, "", (url,), (), LINK, WATCHES)
    assert wanted in problem.message
    assert "s3cr3t" not in problem.message


@pytest.mark.parametrize(
    "url",
    [
        "mailtos://ann:pa%23ss@mx.example.org/?from=a@example.org&to=b@example.org",
        "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#alerts",
        "mailto://127.0.0.1:25/?from=a@example.org&to=b@example.org",
        "opsgenie://a8f7c1de-0000-4000-8000-0123456789ab/?tags=entity",
    ],
)
def test_what_looks_like_it_and_works_is_taken(url: str) -> None:
    """A channel's # and a service's own tags are its business."""
    assert check_channels(None, "", (url,), (), LINK, WATCHES) == ()


def test_a_route_that_leads_to_no_watch_is_a_problem() -> None:
    """A tag or an id misspelled would be an alert that nobody gets."""
    assert (
        check_channels(
            root("urls:\n  - json://localhost:\n      tag: police\n"), "", (), (), LINK, WATCHES
        )
        == ()
    )
    hook = WebhookTarget(
        "legal", "https://hook.example.org/", ("x" * 40,),
        watches=frozenset({"mps-ifs", "nudd"}), tags=frozenset({"Police", "polize"}),
    )  # fmt: skip
    found = check_channels(None, "", (), (hook,), LINK, WATCHES)
    assert [str(problem) for problem in found] == [
        "monitor.yaml: webhooks.legal.watches: no watch has the id nudd",
        "monitor.yaml: webhooks.legal.tags: no watch has the tag polize, and no follow the id",
    ]
