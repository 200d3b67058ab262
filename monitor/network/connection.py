"""Why a host cannot be reached, in words for an operator: not an errno."""

import errno
import socket
import ssl
from collections.abc import Iterator
from urllib.request import getproxies

_NO_ROUTE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN})


def connection_failure(error: BaseException, host: str | None) -> str:
    """What became of a connection to a host, or to the proxy before it."""
    there = "the proxy" if getproxies().keys() & {"http", "https", "all"} else host or "the host"
    for cause in _causes(error):
        if isinstance(cause, socket.gaierror):
            return f"the name of {there} cannot be resolved"
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"the certificate of {host} is not trusted: {cause.verify_message}"
        if isinstance(cause, ConnectionRefusedError):
            return f"{there} refuses connections"
        if isinstance(cause, OSError) and cause.errno in _NO_ROUTE:
            return f"no network leads to {there}"
    return (str(error) or type(error).__name__)[:200]


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
