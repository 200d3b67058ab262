"""Where a webhook's host leads now, and which of its addresses a request may be pinned to.

A name is resolved once and the connection goes to that very address, so that a name cannot be
public when judged and private when used. The rule itself is in `monitor.network.hosts`.
"""

import socket
from collections.abc import Sequence
from urllib.parse import SplitResult, urlsplit

from monitor.network.hosts import admissible, literal


def resolve(parts: SplitResult) -> list[str]:
    """The host's addresses as the resolver orders them. Raises OSError when it has none."""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]).split("%", 1)[0] for row in found))


def admitted(addresses: Sequence[str], host: str, *, allow_private: bool) -> list[str]:
    """Those of a host's addresses that a webhook may go to."""
    return [
        written
        for written in addresses
        if (address := literal(written)) is not None
        and admissible(address, host, allow_private=allow_private)
    ]


def resolves_to(url: str) -> tuple[str, list[str]]:
    """The host of a URL and its addresses now; none where it has none or cannot be asked."""
    try:
        parts = urlsplit(url)
        return parts.hostname or "", resolve(parts)
    except (OSError, ValueError):
        return "", []
