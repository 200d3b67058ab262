"""A webhook goes to the public, unless its operator has said otherwise."""

import ipaddress

import pytest

from monitor.network.hosts import admissible, is_loopback_host, url_problem
from monitor.notify.webhook.address import admitted, resolves_to

PRIVATE = [
    "10.0.0.1", "172.16.9.9", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "fd00::1", "fe80::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "224.0.0.1", "::",
    "127.0.0.1", "::1", "192.0.2.1",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_not_for_public_names(address: str) -> None:
    """Private, link-local, carrier-grade, metadata, loopback and what wraps them."""
    judged = ipaddress.ip_address(address)
    assert not admissible(judged, "hooks.example.org", allow_private=False)


def test_the_operator_may_allow_private_ones() -> None:
    """allow_private opens all but what is no receiver at all."""
    for address in ("10.0.0.1", "169.254.1.1", "fd00::1", "127.0.0.1"):
        assert admissible(ipaddress.ip_address(address), "x", allow_private=True)
    for address in ("0.0.0.0", "224.0.0.1", "::"):
        assert not admissible(ipaddress.ip_address(address), "x", allow_private=True)


def test_public_and_loopback_hosts_are_fine() -> None:
    """A public address under any name; loopback only where it is written as such."""
    public = ["93.184.215.14", "2606:2800:21f:cb07::1"]
    assert admitted([*public, "10.1.1.1"], "hooks.example.org", allow_private=False) == public
    assert admitted(["127.0.0.1"], "localhost", allow_private=False) == ["127.0.0.1"]
    assert admitted(["127.0.0.1"], "rebound.example.org", allow_private=False) == []
    assert is_loopback_host("127.9.9.9")
    assert is_loopback_host("api.localhost.")
    assert not is_loopback_host("localhost.example.org")


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://hooks.example.org/x", (True, True)),
        ("http://hooks.example.org/x", (False, True)),
        ("http://127.0.0.1:9/x", (True, True)),
        ("http://localhost/x", (True, True)),
        ("http://localhost.:8080/x", (True, True)),
        ("https://224.0.0.1/x", (False, False)),
        ("http://[::1]:8080/x", (True, True)),
        ("https://10.0.0.1/x", (False, True)),
        ("https://[fd00::1]/x", (False, True)),
        ("ftp://hooks.example.org/x", (False, False)),
        ("https:///x", (False, False)),
        ("hooks.example.org", (False, False)),
        ("https://user:pw@hooks.example.org/", (False, False)),
        ("https://hooks.example.org:99999/", (False, False)),
        ("https://[bad/", (False, False)),
    ],
)
def test_urls_as_written(url: str, allowed: tuple[bool, bool]) -> None:
    """Without and with allow_private; no problem quotes the URL."""
    for allow_private, good in zip((False, True), allowed, strict=True):
        problem = url_problem(url, allow_private=allow_private)
        assert (problem is None) is good
        assert "hooks.example.org" not in (problem or "")


def test_a_name_that_cannot_be_asked_has_no_addresses() -> None:
    """Neither nonsense nor a name without an address is an error here."""
    assert resolves_to("https://[bad/") == ("", [])
    assert resolves_to("http://127.0.0.1:1/x") == ("127.0.0.1", ["127.0.0.1"])
