"""Whose TLS certificates are trusted: what the environment names, else the bundle that came along.

Read once a process, for reading the store takes longer than a request; a bundle that is replaced
counts from the next start.
"""

import ssl
from functools import lru_cache
from os import environ


def trusted() -> ssl.SSLContext:
    """The context for every connection of this process; SSL_CERT_FILE and SSL_CERT_DIR count."""
    return _trusted(environ.get("SSL_CERT_FILE"), environ.get("SSL_CERT_DIR"))


@lru_cache(maxsize=4)
def _trusted(_file: str | None, _folder: str | None) -> ssl.SSLContext:
    import httpx

    return httpx.create_ssl_context()
