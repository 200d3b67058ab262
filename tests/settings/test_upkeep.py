"""monitor.yaml and apprise.yaml: webhooks and their secrets, heartbeat, reminders, retention."""

import pytest
import yaml

from monitor.screening.event import Kind
from tests.settings.folders import Folder

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def hook(*lines: str, url: str = "https://hooks.example/T0KEN") -> str:
    """One webhook; the lines begin at line 4."""
    return "\n".join(
        ["webhooks:", "  - id: legal", f"    url: {url}", *(f"    {x}" for x in lines)]
    )


def test_all_of_it_may_be_left_out(folder: Folder) -> None:
    """Neither file need be there."""
    settings = folder.loaded()
    assert settings.channels.webhooks == ()
    assert settings.channels.apprise_yaml is None
    assert settings.channels.apprise_yaml_path == folder.path / "apprise.yaml"
    assert settings.heartbeat_url is None
    assert settings.public_url is None
    assert (str(settings.retention.snapshots), str(settings.retention.polls)) == ("90d", "400d")
    assert (settings.reminders.every, settings.reminders.digest) == (None, None)


def test_comments_alone_mean_the_defaults(folder: Folder) -> None:
    """A file with everything commented out is as good as none."""
    settings = folder.says(monitor="# webhooks: []\n", apprise="# urls: []\n").loaded()
    assert settings.channels.webhooks == ()
    assert settings.channels.apprise_yaml is None


def test_a_webhook_is_read_whole(folder: Folder) -> None:
    """Every field arrives; the secret shows in no repr."""
    text = hook(f"secret: {SECRET}", "kinds: [removal_confirmed]", "allow_private: yes")
    settings = folder.says(monitor=text).loaded()
    (webhook,) = settings.channels.webhooks
    assert (webhook.id, webhook.url) == ("legal", "https://hooks.example/T0KEN")
    assert [one.get_secret_value() for one in webhook.secrets] == [SECRET]
    assert webhook.kinds == (Kind.REMOVAL_CONFIRMED,)
    assert webhook.allow_private is True
    for shown in (repr(settings), str(settings), repr(webhook), str(webhook)):
        assert SECRET not in shown
        assert "T0KEN" not in shown


def test_two_secrets_serve_a_change_of_secret(folder: Folder) -> None:
    """From the file itself or from a secret file, in their order."""
    (folder.path / "legal.secret").write_text("first\nsecond\n")
    for line in ("secret: [first, second]", "secret_file: legal.secret"):
        (webhook,) = folder.says(monitor=hook(line)).loaded().channels.webhooks
        assert [one.get_secret_value() for one in webhook.secrets] == ["first", "second"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (hook(), "monitor.yaml:2: webhooks[0].secret_file: should be given where secret is not"),
        (hook("secret: a", "secret_file: b"), "monitor.yaml:5: webhooks[0].secret_file: should be"),
        (hook("secret: ''"), "monitor.yaml:4: webhooks[0].secret: should be one secret, or two"),
        (hook("secret: [a, b, c]"), "monitor.yaml:4: webhooks[0].secret: should be one secret"),
        (
            hook("secret_file: nowhere"),
            "monitor.yaml:4: webhooks[0].secret_file: names a file that",
        ),
        (hook("secret_file: ."), "monitor.yaml:4: webhooks[0].secret_file: names a file that"),
        (hook("secret_file: blank"), "monitor.yaml:4: webhooks[0].secret_file: names a file that"),
        (hook("secret_file: three"), "holds more than 2 secrets"),
        (
            hook("secret: a", "kinds: [removal]"),
            "monitor.yaml:5: webhooks[0].kinds[0]: should be one",
        ),
        (hook("secret: a", "kinds: [removal-confirmed]"), "did you mean removal_confirmed?"),
        (hook("secret: a", "allow_privat: true"), "did you mean allow_private?"),
        (hook("secret: a") + "\n" + hook("secret: b")[10:], "must be unique"),
        ("heartbeat_url: nowhere\n", "monitor.yaml:1: heartbeat_url: should be a URL"),
        (
            "public_url: https://x.example/?a=b\n",
            "monitor.yaml:1: public_url: should be a URL without",
        ),
        (
            "cors_origins: [https://a.example/b]\n",
            "cors_origins[0]: should be scheme and host alone",
        ),
        (
            "retention: {snapshots: 90}\n",
            "monitor.yaml:1: retention.snapshots: should be a duration",
        ),
        (
            "reminders: {digest: hourly}\n",
            "monitor.yaml:1: reminders.digest: should be one of daily",
        ),
        ("webhook: []\n", "monitor.yaml:1: webhook: unknown key; did you mean webhooks?"),
        ("webhooks:\n", "monitor.yaml:1: webhooks: has no value; give it one or leave the key out"),
    ],
)
def test_says_what_would_be_right(folder: Folder, text: str, told: str) -> None:
    """Each mistake is told with file, line and key."""
    (folder.path / "blank").write_text(" \n")
    (folder.path / "three").write_text("a\nb\nc\n")
    found = folder.says(monitor=text).told()
    assert any(told in one for one in found), found


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://hooks.example/x", True),
        ("http://localhost:9000/x", True),
        ("http://127.0.0.1:9000/x", True),
        ("http://[::1]:9000/x", True),
        ("http://localhost.:9000/x", True),
        ("http://api.LOCALHOST:9000/x", True),
        ("http://hooks.example/x", False),
        ("https://10.0.0.5/x", False),
        ("https://169.254.169.254/latest", False),
        ("https://100.64.0.1/", False),
        ("https://[64:ff9b::a00:1]/x", False),
        ("https://[2002:a00:1::]/x", False),
        ("https://[::ffff:10.0.0.5]/x", False),
    ],
)
def test_private_places_need_a_word(folder: Folder, url: str, allowed: bool) -> None:
    """Plain http and private addresses are for loopback, or said to be wanted."""
    text = hook("secret: a", url=url)
    if not allowed:
        (told,) = folder.says(monitor=text).told()
        assert "allow_private: should be true" in told
        text = hook("secret: a", "allow_private: true", url=url)
    assert folder.says(monitor=text).loaded().channels.webhooks[0].url == url


@pytest.mark.parametrize("url", ["https://224.0.0.1/x", "https://0.0.0.0/x", "https://h:0/x"])
def test_what_can_never_receive_is_refused_with_its_line(folder: Folder, url: str) -> None:
    """No word makes a receiver of it; it is told at load and not when an alert waits."""
    (told,) = folder.says(monitor=hook("secret: a", "allow_private: true", url=url)).told()
    assert told.startswith("monitor.yaml:3: webhooks[0].url: must be")


def test_the_rest_is_read(folder: Folder) -> None:
    """Heartbeat, reminders, retention and the public address arrive."""
    settings = folder.says(
        monitor="heartbeat_url: ${HB}\npublic_url: https://m.example/\n"
        "cors_origins: [https://desk.example/]\n"
        "retention: {snapshots: 7d}\nreminders: {every: 6h, digest: daily}\n"
    ).loaded({"HB": "https://hc.example/UU1D"})
    assert settings.heartbeat_url == "https://hc.example/UU1D"
    assert settings.public_url == "https://m.example"
    assert settings.cors_origins == ("https://desk.example",)
    assert str(settings.retention.snapshots) == "7d"
    assert settings.reminders.every is not None
    assert settings.reminders.digest == "daily"
    assert "UU1D" not in repr(settings)


def test_an_unset_heartbeat_may_come_through_the_environment(folder: Folder) -> None:
    """Composition tools pass unset variables on as empty ones."""
    assert folder.says(monitor="heartbeat_url: ${HB}\n").loaded({"HB": ""}).heartbeat_url is None


def test_apprise_yaml_is_kept_for_apprise(folder: Folder) -> None:
    """Filled in keys and values, each value on its line, and not shown."""
    text = (
        "version: 1\nurls:\n  - mailto://u:${PW}@mail.example: # ${NOT_ME}\n      - tag: ${TAG}\n"
    )
    settings = folder.says(apprise=text).loaded({"PW": "hunter2 #:", "TAG": "no"})
    kept = settings.channels.apprise_yaml
    assert kept is not None
    assert yaml.safe_load(yaml.serialize(kept, Dumper=yaml.SafeDumper)) == {
        "version": 1,
        "urls": [{"mailto://u:hunter2 #:@mail.example": [{"tag": "no"}]}],
    }
    assert kept.value[1][1].value[0].start_mark.line == 2
    assert "hunter2" not in repr(settings)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- mailto://x\n", "apprise.yaml:1: should be a mapping"),
        ("mailto://x\n", "apprise.yaml:1: should be a mapping"),
        (
            "urls:\n  - json://${GONE}\n",
            "apprise.yaml:2: urls[0]: needs the environment variable GONE",
        ),
        ("urls:\n  - json://${GONE}:\n      - tag: x\n", "apprise.yaml:2: "),
        ("urls: []\nurls: []\n", "apprise.yaml:2: urls: duplicate key"),
        ("", "apprise.yaml:1: is empty"),
    ],
)
def test_apprise_yaml_must_be_a_mapping(folder: Folder, text: str, told: str) -> None:
    """A file that Apprise would quietly read as nothing is refused."""
    found = folder.says(apprise=text).told()
    assert any(one.startswith(told) for one in found), found


@pytest.mark.parametrize("front", ["v1,", "V1,", "v1a,", "v2,"])
def test_a_secret_with_its_version_in_front_is_refused(folder: Folder, front: str) -> None:
    """As consoles show it to be copied; it would sign with another key."""
    (problem,) = folder.says(monitor=hook(f'secret: "{front}{SECRET}"')).problems()
    assert (problem.file.rpartition("/")[2], problem.line) == ("monitor.yaml", 4)
    assert "leave out the version" in problem.message
    assert SECRET not in problem.message
    (folder.path / "legal.secret").write_text(f"{SECRET}\n{front}{SECRET}\n")
    (problem,) = folder.says(monitor=hook("secret_file: legal.secret")).problems()
    assert problem.line == 4
    assert "leave out the version" in problem.message
