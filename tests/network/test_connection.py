"""Why a host cannot be reached, and why nobody can listen: in words that name what to do."""

import errno
import socket
import ssl

import pytest

from monitor.network.connection import connection_failure
from monitor.network.listening import listening_problem


def untrusted() -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_message = "self-signed certificate in certificate chain"
    return error


@pytest.mark.parametrize(
    ("cause", "told"),
    [
        (socket.gaierror(-2, "Name or service not known"), "the name of a.example cannot be resol"),
        (ConnectionRefusedError(111, "Connection refused"), "a.example refuses connections"),
        (OSError(errno.ENETUNREACH, "Network is unreachable"), "no network leads to a.example"),
        (untrusted(), "the certificate of a.example is not trusted: self-signed"),
        (OSError("odd"), "all attempts failed"),
    ],
)
def test_a_connection_that_failed(
    monkeypatch: pytest.MonkeyPatch, cause: OSError, told: str
) -> None:
    """A library wraps the cause; no errno is shown."""
    monkeypatch.setattr("monitor.network.connection.getproxies", dict)
    error = RuntimeError("all attempts failed")
    error.__cause__ = cause
    assert connection_failure(error, "a.example").startswith(told)


def test_behind_a_proxy_it_is_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The host was never asked for."""
    monkeypatch.setattr("monitor.network.connection.getproxies", lambda: {"https": "x"})
    assert (
        connection_failure(ConnectionRefusedError(), "a.example") == "the proxy refuses connections"
    )


def _unresolved(*_: object, **__: object) -> None:
    raise socket.gaierror(-2, "Name or service not known")


def test_where_nobody_can_listen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A port that is taken, a foreign address, a name that is none."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert "is taken by another program" in (listening_problem("127.0.0.1", port) or "")
    assert listening_problem("127.0.0.1", port) is None
    assert "no address of this machine" in (listening_problem("203.0.113.7", 0) or "")
    monkeypatch.setattr(socket, "getaddrinfo", _unresolved)
    assert "cannot be resolved" in (listening_problem("nowhere.invalid", 0) or "")
