"""A site served on loopback by the real server, for tools that speak HTTP themselves."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI

LIMIT = 20.0
"""Seconds that it may take to begin and to end."""


@contextmanager
def served(app: FastAPI, **config: Any) -> Iterator[str]:
    """The base URL of the application, while it serves; `config` is the server's."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", **config))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    ends = time.monotonic() + LIMIT
    while not server.started and time.monotonic() < ends:
        time.sleep(0.02)
    assert server.started
    try:
        host, port = server.servers[0].sockets[0].getsockname()[:2]
        yield f"http://{host}:{port}"
    finally:
        server.should_exit = True
        thread.join(LIMIT)
