"""Receivers and events for the tests of this room."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.receivers import Certificate, Mailbox, Recorder, make_certificate


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def trusted(certificate: Certificate, monkeypatch: pytest.MonkeyPatch) -> Certificate:
    """The certificate, trusted by this process."""
    for name, value in certificate.environment().items():
        monkeypatch.setenv(name, value)
    return certificate


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    with Recorder() as running:
        yield running


@pytest.fixture
def everywhere(trusted: Certificate, monkeypatch: pytest.MonkeyPatch) -> Iterator[Recorder]:
    """A receiver that every HTTPS host in the world leads to."""
    with Recorder(trusted) as running:
        monkeypatch.setenv("HTTPS_PROXY", running.url)
        monkeypatch.setenv("https_proxy", running.url)
        yield running


@pytest.fixture
def mailbox(trusted: Certificate) -> Iterator[Mailbox]:
    with Mailbox(trusted) as running:
        yield running


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the machine's own environment says of proxies must not decide a test."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path
