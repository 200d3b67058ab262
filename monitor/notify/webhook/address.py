"""Which addresses a webhook may go to, and the one it is pinned to for a request.

https always, but for loopback hosts and with `allow_private`. A name is resolved once and the
connection goes to that very address, so that a name cannot be public when judged and private when
used. Public means: reachable by everybody, after IPv4 in IPv6 is unwrapped.
"""

import ipaddress
import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import SplitResult, urlsplit

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def url_problem(url: str, *, allow_private: bool) -> str | None:
    """What is wrong with a webhook URL as it is written, or None; no part of it is quoted."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "not a URL that can be read"
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        return "must be an https:// URL with a host"
    if parts.username is not None or parts.password is not None:
        return "must not hold a user or password; requests are signed with the secret"
    if parts.scheme == "http" and not (allow_private or is_loopback_host(parts.hostname)):
        return "must be https; plain http only to loopback or with allow_private: true"
    address = literal(parts.hostname)
    if address is not None and not admissible(address, parts.hostname, allow_private=allow_private):
        return "must not be a private address without allow_private: true"
    return None


def is_loopback_host(host: str) -> bool:
    """Whether the host, as written, means this machine: a loopback literal or localhost."""
    address = literal(host)
    name = host.lower().rstrip(".")
    return (
        address.is_loopback
        if address is not None
        else (name == "localhost" or name.endswith(".localhost"))
    )


def literal(host: str) -> IPv4Address | IPv6Address | None:
    """The address that the host is written as, or None for a name."""
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None


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


def admissible(address: IPv4Address | IPv6Address, host: str, *, allow_private: bool) -> bool:
    """Whether a webhook to `host` may go to this address."""
    bare = _unwrapped(address)
    if bare.is_multicast or bare.is_unspecified:
        return False
    if allow_private:
        return True
    # A public name that resolves to loopback is not a loopback host.
    return is_loopback_host(host) if bare.is_loopback else bare.is_global


def _unwrapped(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(address, IPv4Address):
        return address
    inner = address.ipv4_mapped or address.sixtofour
    if inner is None and address in _NAT64:
        inner = IPv4Address(int(address) & 0xFFFF_FFFF)
    return inner or address


def resolves_to(url: str) -> tuple[str, list[str]]:
    """The host of a URL and its addresses now; none where it has none or cannot be asked."""
    try:
        parts = urlsplit(url)
        return parts.hostname or "", resolve(parts)
    except (OSError, ValueError):
        return "", []
