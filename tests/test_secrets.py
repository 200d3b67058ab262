"""No secret of the configuration is found anywhere after every channel has failed in its own way.

Receivers here are hostile: they send back all they were sent, tokens included, as their error.
"""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from os import environ
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus, unquote

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from monitor import wiring
from monitor.cli.app import app
from monitor.errors import ConfigError
from monitor.notify.channels import Link, Named, open_channels
from monitor.settings import load
from monitor.web.app import create_app
from tests.installed import IN_NO_HURRY
from tests.notify.test_redact import SERVICES
from tests.post import post_office
from tests.receivers import Mailbox, Received, Recorder, make_certificate

# Apprise imports a module that Python 3.13 leaves out; it minds that itself.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

SIGNING = "whsec_c2lnbmluZy1zZWNyZXQtb2YtdGhlLXdlYmhvb2s="
ADMIN = "adm1n-t0ken-0f-the-monitor"
HOOK, BEAT = "h00k-path-0f-the-webhook", "b3at-uuid-0f-the-heartbeat"
URL_OF_ENVIRONMENT = "json://env-us3r:env-p4ssword@{netloc}/env-s3cret-path"


class Echo(Recorder):
    """Answers 500 and everything it was sent: path, headers and body."""

    def reply_to(self, received: Received) -> Any:
        said = f"{received.path} {dict(received.headers)} ".encode() + received.body
        return replace(super().reply_to(received), status=500, body=said)


@pytest.fixture
def echo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Echo]:
    """Whatever host is asked over HTTP or HTTPS, it is this one; only some names are certified."""
    certificate = make_certificate(tmp_path)
    for name, value in certificate.environment().items():
        monkeypatch.setenv(name, value)
    with Echo(certificate) as running:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
            monkeypatch.setenv(name, running.url)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        yield running


def services(netloc: str, mail: int) -> dict[str, list[str]]:
    """Apprise URLs by what in them is secret: every service whose URL can be used here."""
    # Mail goes past proxies; its server is our own.
    usable = {url: hidden for url, hidden in SERVICES.values() if not url.startswith("mailto")}
    usable[f"mailto://ann.lee:p4ss%26word@127.0.0.1:{mail}/?from=m@x.test&to=b0b.j0nes@x.test"] = [
        "p4ss&word", "b0b.j0nes@x.test",
    ]  # fmt: skip
    usable[f"mmost://{netloc}/3ccdd113474722377935511fc85d3ddf"] = [
        "3ccdd113474722377935511fc85d3ddf"
    ]
    usable[f"ntfy://ann:n7fy-p4ss@{netloc}/t0pic-0f-secrets"] = ["n7fy-p4ss", "t0pic-0f-secrets"]
    usable[URL_OF_ENVIRONMENT.format(netloc=netloc)] = ["env-p4ssword", "env-s3cret-path"]
    return usable


def refused(url: str) -> bool:
    try:
        open_channels(None, "", (url,), (), Link(None), Named())
    except ConfigError:
        return True
    return False


def spelled(secret: str) -> set[bytes]:
    """A secret in the spellings that it can take on its way."""
    plain = unquote(secret)
    return {
        one.encode()
        for one in (secret, plain, quote(plain), quote(plain, safe=""), quote_plus(plain))
        if len(one) >= 6
    }


@contextmanager
def all_logs() -> Iterator[io.StringIO]:
    """Every record that reaches the root, at DEBUG, as `serve` hands it to its handler.

    Not caplog: it also listens to loggers that keep their records to themselves.
    """
    root, heard = logging.getLogger(), io.StringIO()
    handler, level = logging.StreamHandler(heard), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield heard
    finally:
        root.setLevel(level)
        root.removeHandler(handler)


def configured(folder: Path, echo: Echo, urls: list[str]) -> Path:
    folder.mkdir()
    (folder / "watchlist.yaml").write_text(
        "watches: [{id: mps-ifs, name: Example Institute, lists: [EL]}]\n"
    )
    (folder / "sources.yaml").write_text(
        "user_agent: test\ncontact: a@example.org\nsources:\n  csl:\n    urls:\n"
        "      - http://127.0.0.1:9/x.json\n    schedule: {every: 1h}\n    min_interval: 0s\n"
    )
    (folder / "apprise.yaml").write_text(json.dumps({"version": 1, "urls": urls}))
    hook = {"id": "legal", "url": f"{echo.url}/{HOOK}", "secret": SIGNING}
    (folder / "monitor.yaml").write_text(
        json.dumps({"webhooks": [hook], "heartbeat_url": f"{echo.url}/{BEAT}"})
    )
    return folder


@pytest.mark.sqlite
@pytest.mark.parametrize("one_in", [20, pytest.param(1, marks=pytest.mark.slow)])
def test_no_secret_is_found_anywhere(
    one_in: int, echo: Echo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Logs at DEBUG, the database's bytes, every command, every page, every repr and refusal.

    `one_in` so many services that have secrets, the mail server always.
    """
    with all_logs() as logs, Mailbox(None) as mailbox:
        mailbox.refuses("*", "550 5.1.1 <b0b.j0nes@x.test> of ann.lee with p4ss&word is refused")
        known = {url: hidden for url, hidden in services(echo.netloc, mailbox.port).items()
                 if not refused(url)}  # fmt: skip
        assert len(known) >= 20
        in_environment = URL_OF_ENVIRONMENT.format(netloc=echo.netloc)
        always = tuple(url for url in known if url == in_environment or url.startswith("mailto"))
        known = {url: known[url] for url in (*always, *[*known][::one_in])}
        folder = configured(
            tmp_path / "config", echo, [url for url in known if url != in_environment]
        )
        monkeypatch.setenv("MONITOR_APPRISE_URLS", in_environment)
        monkeypatch.setenv("MONITOR_ADMIN_TOKEN", ADMIN)
        monkeypatch.setenv("MONITOR_DATA_DIR", str(tmp_path / "data"))
        texts = outputs_of_a_bad_day(folder, tmp_path / "data", len(known))
    assert any(HOOK in got.path for got in echo.received)
    assert any(BEAT in got.path for got in echo.received)
    texts["logs"] = logs.getvalue().encode()
    assert b"heartbeat: answered 500" in texts["logs"]
    hidden = {one for secrets in known.values() for one in secrets}
    hidden |= {SIGNING, SIGNING.removeprefix("whsec_"), ADMIN, HOOK, BEAT}
    found = {
        (place, secret)
        for place, text in texts.items()
        for secret in hidden
        for spelling in spelled(secret)
        if spelling in text
    }
    assert not found


def outputs_of_a_bad_day(folder: Path, data: Path, services: int) -> dict[str, bytes]:
    """Everything that is written while an alert fails on every channel, and asked for after."""
    texts: dict[str, bytes] = {}

    def run(*arguments: str) -> None:
        done = CliRunner().invoke(app, ["--config", str(folder), *arguments], obj=IN_NO_HURRY)
        texts[" ".join(arguments)] = done.output.encode() + repr(done.exception).encode()

    found = load(folder, dict(environ))
    texts["repr of the settings"] = repr(found).encode()
    data.mkdir()
    with post_office(data, *wiring.channels(found)) as post:
        texts["repr of the channels"] = repr(post.service).encode()
        post.tells()
    run("check", "--json")
    for arguments in (
        ("check",), ("status", "--json"), ("history", "--json"), ("notifications", "list"),
        ("notifications", "list", "--json"), ("test-notification",), ("config", "check"),
    ):  # fmt: skip
        run(*arguments)
    assert texts["notifications list"].count(b"webhook:") >= 1
    assert (
        texts["check --json"].count(b'"retry"') + texts["check --json"].count(b'"dead"') >= services
    )
    for file in data.rglob("*"):
        if file.is_file():
            texts[file.name] = file.read_bytes()
    texts |= pages(folder)
    (folder / "apprise.yaml").write_text(
        json.dumps({"urls": [f"unknown://{HOOK}/{ADMIN}", f"slack://{HOOK}", {HOOK: 1}]})
    )
    run("config", "check")
    assert b"unknown://" in texts["config check"]
    return texts


def pages(folder: Path) -> dict[str, bytes]:
    """Every page and route that is asked without a token."""

    @asynccontextmanager
    async def idle() -> Any:
        yield

    settings = wiring.settings(folder)
    with wiring.build(settings) as service, TestClient(create_app(service, idle)) as client:
        routes = ("/", "/watch/mps-ifs", "/status", "/events", "/polls", "/sources", "/health",
                  "/metrics", "/feed.atom", "/openapi.json", f"/{HOOK}")  # fmt: skip
        return {route: client.get(route).content for route in routes if HOOK not in route}
