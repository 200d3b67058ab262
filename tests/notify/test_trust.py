"""A company's own certificate authority: one variable for every way out."""

from typing import Any
from urllib.parse import quote

import pytest

from monitor.errors import SourceFault
from monitor.network.tls import trusted
from monitor.notify.channels import Link, Named, WebhookTarget, open_channels
from monitor.notify.receipt import Outcome
from monitor.sources.fetch import Fetcher
from tests.installed import SECRET
from tests.notify.events import NOW, REMOVED
from tests.receivers import Certificate, Mailbox, Recorder


@pytest.mark.parametrize("way", ["webhook", "apprise", "mail"])
def test_ssl_cert_file_alone_serves_every_channel(
    way: str, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And without it none of them trusts the company's authority."""
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
    with Recorder(certificate, https=True) as receiver, Mailbox(certificate) as mailbox:
        password = quote(mailbox.PASSWORD, safe="")
        mail = f"mailtos://{mailbox.USER}:{password}@localhost:{mailbox.port}"
        urls: dict[str, Any] = {
            "apprise": (f"jsons://localhost:{receiver.port}/a",),
            "mail": (f"{mail}/?from=m@example.org&to=a@example.org",),
        }
        target = WebhookTarget(
            id="a", url=f"https://localhost:{receiver.port}/a", secrets=(SECRET,)
        )
        hooks = (target,) if way == "webhook" else ()
        (channel,) = open_channels(None, "", urls.get(way, ()), hooks, Link(None), Named())
        assert channel.send(REMOVED, at=NOW, case=None).outcome is Outcome.TRANSIENT
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate.certificate))
        assert channel.send(REMOVED, at=NOW, case=None).outcome is Outcome.SENT
        assert trusted().cert_store_stats()["x509"] == 1


def test_ssl_cert_file_serves_the_sources_too(
    certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Behind a company's proxy that opens TLS they are what fails first."""
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)

    def asks() -> int:
        with Fetcher(
            user_agent="entity-list-monitor tests", timeout=5, max_bytes=1_000, retries=0,
            sleep=lambda _seconds: None, monotonic=lambda: 0.0,
        ) as http:  # fmt: skip
            return http.get(f"https://localhost:{receiver.port}/a").status

    with Recorder(certificate, https=True) as receiver:
        with pytest.raises(SourceFault, match="connection failed"):
            asks()
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate.certificate))
        assert asks() == 200
