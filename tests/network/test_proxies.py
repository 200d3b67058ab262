"""A proxy variable that no client can be made with is named, before anything is asked."""

import pytest

from monitor.network.proxies import proxy_problem

VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("NO_PROXY", "localhost,[::1]", "NO_PROXY holds “[::1]”"),
        ("NO_PROXY", "fd00::/8", "NO_PROXY holds “fd00::/8”"),
        ("no_proxy", "proxy.example:port", "NO_PROXY holds “proxy.example:port”"),
        ("ALL_PROXY", "socks5://user:secret@127.0.0.1:1080", "ALL_PROXY is a SOCKS proxy"),
        ("HTTPS_PROXY", "socks4://127.0.0.1:1080", "HTTPS_PROXY is a SOCKS proxy"),
        ("HTTP_PROXY", "ftp://user:secret@proxy.example", "HTTP_PROXY cannot be used"),
    ],
)
def test_the_variable_is_named_and_no_password(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    problem = proxy_problem()
    assert problem is not None
    assert problem.startswith(said)
    assert "secret" not in problem


@pytest.mark.parametrize(
    ("name", "value"),
    [("NO_PROXY", "localhost,.example.com,10.0.0.0/8,::1,*.corp,"), ("NO_PROXY", "*"),
     ("HTTPS_PROXY", "http://user:pass@proxy.example:3128"), ("http_proxy", "proxy.example:3128")],
)  # fmt: skip
def test_what_can_be_used_is_no_problem(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert proxy_problem() is None
