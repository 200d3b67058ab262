"""The plumbing under the upstream: threads, sockets, and sending an answer as badly as it says.

It asks its world what to answer and knows nothing of what that is.
"""

import socket
import struct
import sys
import threading
import time
from collections.abc import Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlsplit

from tests.upstream.wire import HTML, Reply, Request


class World(Protocol):
    """What answers."""

    stopping: threading.Event
    surprises: list[BaseException]

    def reply(self, request: Request) -> Reply:
        """The answer to a GET."""

    def does(self, word: str, asked: dict[str, str]) -> str | None:
        """What came of a `POST /_/word`; None where nothing is done by hand."""


class LoopbackServer(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 128

    def __init__(self, world: World, port: int) -> None:
        self.world = world
        self.to_reset: set[socket.socket] = set()
        self._open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", port), _Handler)

    def server_bind(self) -> None:
        # The inherited one asks the name service for the host's name.
        TCPServer.server_bind(self)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        if request in self.to_reset:
            # Without the orderly shutdown the pending linger makes the close a reset.
            self.to_reset.discard(request)
            request.close()
        else:
            super().shutdown_request(request)

    def close_connections(self) -> None:
        """Wakes the handlers that wait for a next request."""
        for request in list(self._open):
            try:
                request.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # gone by itself meanwhile

    def handle_error(self, request: Any, client_address: Any) -> None:
        error = sys.exc_info()[1]
        if error is not None and not isinstance(error, ConnectionError):
            self.world.surprises.append(error)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Small answers must not wait for the other side's delayed acknowledgment.
    disable_nagle_algorithm = True
    server: LoopbackServer

    def log_message(self, *_: object) -> None:
        """The log of requests is in the upstream."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        query = tuple(parse_qsl(parts.query, keep_blank_values=True))
        asked = Request("", parts.path, query, headers, time.monotonic())
        self._send(self.server.world.reply(asked), takes_gzip=asked.takes_gzip)

    def do_POST(self) -> None:
        parts = urlsplit(self.path)
        word = parts.path.removeprefix("/_/")
        said = self.server.world.does(word, dict(parse_qsl(parts.query)))
        if said is None:
            self._send(Reply(b"", HTML, 405), takes_gzip=False)
            return
        self._send(Reply(f"{said}\n".encode(), "text/plain; charset=utf-8"), takes_gzip=False)

    def _send(self, reply: Reply, *, takes_gzip: bool) -> None:
        stopping = self.server.world.stopping
        if reply.pause:
            stopping.wait(reply.pause)
        if reply.resets:
            self._reset()
            return
        if reply.wire is not None:
            self._send_bare(reply.wire, reply.drip)
            return
        headers, body = reply.on_the_wire(takes_gzip=takes_gzip)
        broken = reply.cut_at is not None or (not reply.declares_length and reply.status == 200)
        self.send_response(reply.status)
        for name, value in headers.items():
            self.send_header(name, value)
        if broken:
            self.send_header("Connection", "close")
        self.end_headers()
        step = max(len(body) // 10, 1) if reply.drip else max(len(body), 1)
        for at in range(0, len(body), step):
            self.wfile.write(body[at : at + step])
            if reply.drip:
                stopping.wait(reply.drip)

    def _send_bare(self, wire: Iterable[bytes], drip: float) -> None:
        self.close_connection = True
        for piece in wire:
            self.wfile.write(piece)
            if drip and self.server.world.stopping.wait(drip):
                return

    def _reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.server.to_reset.add(self.connection)
        self.close_connection = True
