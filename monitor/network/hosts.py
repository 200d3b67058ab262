"""Which hosts an outgoing request of ours may go to: public ones, and this machine by its name.

One rule for what the configuration says and for what a name resolves to when a webhook is sent, so
it stands below both rooms. Public means reachable by everybody, after IPv4 in IPv6 is unwrapped.
"""

import ipaddress
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import urlsplit

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def url_problem(url: str, *, allow_private: bool) -> str | None:
    """What is wrong with a webhook URL as it is written, or None; no part of it is quoted."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "must be a URL with a valid host and port"
    host = parts.hostname
    if parts.scheme not in {"http", "https"} or not host or port == 0:
        return "must be a URL such as https://host.example/path"
    if parts.username is not None or parts.password is not None:
        return "must hold no user name or password; requests are signed with the secret"
    if parts.scheme == "http" and not (allow_private or is_loopback_host(host)):
        return "must be https; plain http needs a loopback host or allow_private: true"
    return _address_problem(host, allow_private=allow_private)


def _address_problem(host: str, *, allow_private: bool) -> str | None:
    """What is wrong with a host that is written as an address."""
    address = literal(host)
    if address is None or admissible(address, host, allow_private=allow_private):
        return None
    if not admissible(address, host, allow_private=True):
        return "must be an address that can receive; this one is unspecified or multicast"
    return "must be a public address; a private one needs allow_private: true"


def is_loopback_host(host: str) -> bool:
    """Whether the host, as written, means this machine: a loopback literal or localhost."""
    address = literal(host)
    if address is not None:
        return address.is_loopback
    name = host.lower().rstrip(".")
    return name == "localhost" or name.endswith(".localhost")


def literal(host: str) -> IPv4Address | IPv6Address | None:
    """The address that the host is written as, or None for a name."""
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None


def admissible(address: IPv4Address | IPv6Address, host: str, *, allow_private: bool) -> bool:
    """Whether a request to `host` may go to this address."""
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
