"""Real receivers of notifications on loopback, with a vocabulary for what can go wrong with them.

`Recorder` plays webhooks, chats and push services over HTTP, HTTPS and as a CONNECT proxy that ends
the TLS of any host itself; `Mailbox` plays an SMTP server with STARTTLS and a login. Both keep what
they received and are stopped by their context manager. Neither knows the product.
"""

import json
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

HOSTS = (
    "localhost", "hooks.slack.com", "slack.com", "discord.com", "api.telegram.org",
    "events.pagerduty.com", "prod-01.westus.logic.azure.com", "ntfy.sh", "oapi.dingtalk.com",
    "qyapi.weixin.qq.com", "sctapi.ftqq.com", "open.feishu.cn", "open.larksuite.com",
    "api.day.app", "rest.nexmo.com", "push.i-i.me",
)  # fmt: skip


@dataclass(frozen=True)
class Certificate:
    """A certificate that is its own authority, for HOSTS and 127.0.0.1."""

    certificate: Path
    key: Path

    def server_context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        return context

    def environment(self) -> dict[str, str]:
        """What makes Python, requests and httpx trust it."""
        return {"SSL_CERT_FILE": str(self.certificate), "REQUESTS_CA_BUNDLE": str(self.certificate)}


def make_certificate(folder: Path) -> Certificate:
    """Skips the test where openssl is missing."""
    if shutil.which("openssl") is None:
        pytest.skip("needs the openssl command to make a certificate")
    names = ",".join(["IP:127.0.0.1", *(f"DNS:{host}" for host in HOSTS)])
    made = Certificate(folder / "certificate.pem", folder / "key.pem")
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
            "-nodes", "-days", "2", "-subj", "/CN=loopback", "-addext", f"subjectAltName={names}",
            "-keyout", str(made.key), "-out", str(made.certificate),
        ],
        check=True, capture_output=True,
    )  # fmt: skip
    return made


@dataclass(frozen=True)
class Received:
    """One request as it came."""

    method: str
    host: str
    path: str
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class _Reply:
    status: int = 200
    body: bytes = b'{"ok": true}'
    headers: Mapping[str, str] = field(default_factory=dict)
    hangs: bool = False
    cuts: bool = False


class Recorder:
    """An HTTP receiver that records everything and answers as it is told."""

    def __init__(self, certificate: Certificate | None = None, *, https: bool = False) -> None:
        """With a certificate it is also a proxy that ends TLS; with `https` it speaks only TLS."""
        self.received: list[Received] = []
        self.tls = certificate.server_context() if certificate else None
        self._https = https
        self._reply = _Reply()
        self._at: dict[str, _Reply] = {}
        self._holding: dict[bytes, _Reply] = {}
        self._closing = threading.Event()
        self._server = _Server(self)
        if https:
            assert self.tls is not None
            self._server.socket = self.tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    @property
    def netloc(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"{'https' if self._https else 'http'}://{self.netloc}"

    def answers(
        self,
        status: int = 200,
        *,
        body: bytes | dict[str, Any] = b'{"ok": true}',
        retry_after: float | str | None = None,
        at: str | None = None,
    ) -> None:
        """From now on; `at` keeps the answer to paths that contain it."""
        headers = {"Retry-After": str(retry_after)} if retry_after is not None else {}
        content = json.dumps(body).encode() if isinstance(body, dict) else body
        self._set(_Reply(status, content, headers), at)

    def refuses(self, status: int) -> None:
        self.answers(status, body=b"refused")

    def refuses_what_holds(self, content: bytes, status: int) -> None:
        """Refuses every request whose body holds this, and takes the others."""
        self._holding[content] = _Reply(status, b"refused")

    def fails(self, status: int = 500) -> None:
        self.answers(status, body=b"out of order")

    def redirects_to(self, url: str) -> None:
        self._set(_Reply(302, b"", {"Location": url}), None)

    def hangs(self) -> None:
        """Takes the request and says nothing until it is told otherwise or stopped."""
        self._set(_Reply(hangs=True), None)

    def cuts(self) -> None:
        """Takes the request and closes the connection."""
        self._set(_Reply(cuts=True), None)

    def recovers(self) -> None:
        self._at.clear()
        self._holding.clear()
        self._set(_Reply(), None)

    def reply_to(self, received: Received) -> _Reply:
        """Keeps the request and waits as long as the receiver hangs."""
        self.received.append(received)
        reply = self._choose(received)
        while reply.hangs and not self._closing.wait(0.02):
            reply = self._choose(received)
        return reply

    def _choose(self, received: Received) -> _Reply:
        held = (reply for part, reply in self._holding.items() if part in received.body)
        at = (reply for part, reply in self._at.items() if part in received.path)
        return next(held, None) or next(at, self._reply)

    def _set(self, reply: _Reply, at: str | None) -> None:
        if at is None:
            self._reply = reply
        else:
            self._at[at] = reply


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is what many tests want; it needs no traceback."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_CONNECT(self) -> None:
        assert self.server.recorder.tls is not None, "a proxy needs a certificate"
        self.send_response_only(200, "Connection established")
        self.end_headers()
        self.connection = self.server.recorder.tls.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", 0)
        self.close_connection = False

    def finish(self) -> None:
        super().finish()
        # The server closes the socket it accepted; TLS has taken that one's place.
        self.connection.close()

    def _do(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        received = Received(
            self.command,
            self.headers.get("Host", ""),
            self.path,
            {name.lower(): value for name, value in self.headers.items()},
            self.rfile.read(size),
        )
        reply = self.server.recorder.reply_to(received)
        if reply.cuts or reply.hangs:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body)

    do_GET = do_POST = do_PUT = _do  # noqa: N815 - names that the library looks for

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Test output stays quiet."""


class Mailbox:
    """An SMTP server that wants STARTTLS and a login, and keeps what it is sent."""

    USER: ClassVar[str] = "monitor"
    # smtplib sends ASCII passwords only; these characters are what a URL has to encode.
    PASSWORD: ClassVar[str] = "s3cr&t/77:@#word"

    def __init__(self, certificate: Certificate | None) -> None:
        """Without a certificate it asks for neither TLS nor login."""
        self.received: list[tuple[list[str], EmailMessage]] = []
        """Envelope recipients and the parsed mail, in the order of arrival."""
        self.logins: list[str] = []
        self.port = _free_port()
        self._replies: dict[str, str] = {}
        self._certificate = certificate
        self._controller = _MailController(self, certificate, self.port)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._controller.stop()

    def refuses(self, recipient: str, reply: str = "550 5.1.1 no such user") -> None:
        """Refuses one recipient with this SMTP reply; `*` means all."""
        self._replies[recipient] = reply

    def recovers(self) -> None:
        self._replies.clear()

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        reply = self._replies.get(address) or self._replies.get("*")
        if reply:
            return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        message = message_from_bytes(content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.received.append((list(envelope.rcpt_tos), message))
        return "250 OK"

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        good = (data.login.decode(), data.password.decode()) == (self.USER, self.PASSWORD)
        if good:
            self.logins.append(mechanism)
        return AuthResult(success=good, handled=False)


class _MailController(Controller):
    def __init__(self, mailbox: Mailbox, certificate: Certificate | None, port: int) -> None:
        secure = certificate is not None
        super().__init__(
            mailbox,
            hostname="127.0.0.1",
            port=port,
            tls_context=certificate.server_context() if certificate else None,
            require_starttls=secure,
            authenticator=mailbox.authenticate,
            auth_required=secure,
            auth_require_tls=secure,
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
