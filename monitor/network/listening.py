"""Whether this machine lets us listen where we are told to, before anything else is begun."""

import errno
import socket
from typing import Any

_Place = tuple[Any, ...]
"""What `getaddrinfo` gives of one address."""


def listening_problem(host: str, port: int) -> str | None:
    """Why nobody can listen there, and what to set instead; None where it can be done."""
    try:
        places = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
    except OSError:
        return f"the name {host} cannot be resolved: set MONITOR_HOST to an address"
    refusals = [_refusal(place) for place in places]
    grave = [one for one in refusals if one and one.errno in {errno.EADDRINUSE, errno.EACCES}]
    if not grave and not all(refusals):
        # Where a name stands for two addresses, one of them may be of a protocol that is off.
        return None
    return next(_said(one, host, port) for one in (*grave, *refusals) if one)


def _refusal(place: _Place) -> OSError | None:
    family, kind, protocol, _, address = place
    try:
        with socket.socket(family, kind, protocol) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                tried.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            tried.bind(address)
    except OSError as error:
        return error
    return None


def _said(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"port {port} is taken by another program, perhaps by this service: "
            "stop that, or set MONITOR_PORT to another port"
        )
    if error.errno == errno.EACCES:
        return f"port {port} is not for this user: set MONITOR_PORT to one above 1023"
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is no address of this machine: set MONITOR_HOST to one, or to 0.0.0.0"
    return f"nobody can listen on {host}, port {port}: {error.strerror}"
