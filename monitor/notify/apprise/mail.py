"""One mail, handed to its server with the patience that SMTP asks for (RFC 5321 section 4.5.3.2).

Apprise reads the URL and makes the message; the talk with the server is ours, for two reasons. A
server may take minutes to greet or to accept, and a relay that scans or greylists does; Apprise
gives up after seconds and starts again. And after the end of DATA a mail whose server says nothing
may have arrived: that is known here, so it is not sent ten times over.
"""

import contextlib
import re
import smtplib
import socket
import ssl
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.header import decode_header
from os import environ
from typing import Any

from monitor.network.tls import trusted
from monitor.notify.apprise.library import APP_ID
from monitor.notify.receipt import Outcome, Receipt
from monitor.notify.redact import redact
from monitor.screening.words.sanitize import one_line

PATIENCE = 300.0
"""Seconds for each answer of a server: its greeting, MAIL and RCPT have five minutes each."""
AFTER_DATA = 600.0
"""Seconds for the answer to the end of DATA, where a server scans and files the mail."""
_CONNECT = 30.0
_FAREWELL = 5.0
_LONGEST_WORD = 75
"""Octets of an encoded word (RFC 2047 section 2)."""
_OF_EACH_WORD = 27
"""Octets of text in a word made here: with `Subject: ` before it, it stays within a line of 76."""
_ENCODED = re.compile(r"=\?utf-8\?[bq]\?[^?\s]*\?=", re.IGNORECASE)
_MARKS = {"X-Application": APP_ID, "Auto-Submitted": "auto-generated"}
"""RFC 3834: no vacation answers it, and no other machine."""
UNCERTAIN = (
    "uncertain: the whole mail went out and the server did not say whether it took it; "
    "tried again in an hour at the earliest"
)


@dataclass(slots=True)
class Progress:
    """How far the talk with the server came, for whoever waits for it in another thread."""

    handed_over: bool = False
    """Whether the server has the whole mail and has not yet said what became of it."""

    def receipt(self) -> Receipt | None:
        return Receipt(Outcome.TRANSIENT, UNCERTAIN, uncertain=True) if self.handed_over else None


@dataclass(frozen=True, slots=True)
class Mail:
    """What is sent: subject and body, HTML or plain, and what goes along."""

    subject: str
    body: str
    html: bool
    headers: Mapping[str, str]
    attachment: Any = None


def send_mail(service: Any, mail: Mail, progress: Progress, secrets: tuple[str, ...]) -> Receipt:
    """Send by Apprise's mail service, made from the channel's URL. Never raises for a failure."""
    from apprise import NotifyFormat
    from apprise.plugins.email.common import AppriseEmailException

    try:
        with _connected(service, progress) as session:
            for message in service.prepare_emails(
                subject=mail.subject, body=mail.body,
                notify_format=NotifyFormat.HTML if mail.html else NotifyFormat.TEXT,
                from_addr=service.from_addr, to=service.targets, cc=service.cc, bcc=service.bcc,
                reply_to=service.reply_to, smtp_host=service.smtp_host, attach=mail.attachment,
                headers={**_MARKS, **service.headers, **mail.headers},
                names=service.names, pgp=service.pgp, pgp_mode=service.pgp_mode,
                inline=service.inline, tzinfo=service.tzinfo,
            ):  # fmt: skip
                content = shorter_words(message.body)
                refused = session.sendmail(service.from_addr[1], message.to_addrs, content)
                if refused:
                    return _of_refused(refused, secrets)
    except smtplib.SMTPRecipientsRefused as error:
        return _of_refused(error.recipients, secrets)
    except smtplib.SMTPResponseException as error:
        return _of_reply(error.smtp_code, error.smtp_error, secrets)
    except (OSError, smtplib.SMTPException, AppriseEmailException, UnicodeError) as error:
        return progress.receipt() or _of_fault(error, secrets)
    return Receipt(Outcome.SENT, "accepted")


def shorter_words(message: str) -> str:
    """The message with the encoded words of its header within 75 octets, cut between characters.

    Apprise folds nothing, so a long subject comes as one word that gateways show as it stands.
    """
    header, gap, body = message.partition("\n\n")
    return _ENCODED.sub(lambda word: _shorter(word[0]), header) + gap + body


def _shorter(word: str) -> str:
    if len(word) <= _LONGEST_WORD:
        return word
    ((octets, _),) = decode_header(word)
    text = octets if isinstance(octets, str) else octets.decode("utf-8", "replace")
    encoded = (b64encode(piece.encode()).decode("ascii") for piece in _pieces(text))
    return "\n ".join(f"=?utf-8?b?{piece}?=" for piece in encoded)


def _pieces(text: str) -> Iterator[str]:
    piece = ""
    for character in text:
        if len((piece + character).encode()) > _OF_EACH_WORD:
            yield piece
            piece = ""
        piece += character
    yield piece


@contextlib.contextmanager
def _connected(service: Any, progress: Progress) -> Iterator["_Session"]:
    """A session, greeted, secured and logged in as the URL says."""
    context = _context(verified=service.verify_certificate)
    session = (
        _SecureSession(progress, context) if service.secure_mode == "ssl" else _Session(progress)
    )
    try:
        session.connect_to(service.smtp_host, service.port)
        if service.secure_mode == "starttls":
            session.starttls(context=context)
        if service.user and service.password:
            session.login(service.user, service.password)
        yield session
    finally:
        session.farewell()


def _context(*, verified: bool) -> ssl.SSLContext:
    if verified and (environ.get("SSL_CERT_FILE") or environ.get("SSL_CERT_DIR")):
        return trusted()
    # The system's own store, where a company's mail server is often known and nowhere else.
    context = ssl.create_default_context()
    if not verified:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


class _Session(smtplib.SMTP):
    def __init__(self, progress: Progress) -> None:
        super().__init__(timeout=PATIENCE)
        self._progress = progress

    def connect_to(self, host: str, port: int) -> None:
        # The name that certificates are checked against; smtplib sets it in its constructor alone.
        self._host = host
        code, reply = self.connect(host, port)
        if code != 220:
            self.close()
            raise smtplib.SMTPConnectError(code, reply)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:  # noqa: ARG002
        # A host that takes no connection is no slow server: that is known in half a minute.
        connection = socket.create_connection((host, port), _CONNECT)
        connection.settimeout(PATIENCE)
        return connection

    def send(self, s: Any) -> None:
        super().send(s)
        if isinstance(s, bytes) and s.endswith(b"\r\n.\r\n") and self.sock is not None:
            self._progress.handed_over = True
            self.sock.settimeout(AFTER_DATA)

    def getreply(self) -> tuple[int, bytes]:
        reply = super().getreply()
        # Whatever it says, nothing is uncertain any more.
        self._progress.handed_over = False
        return reply

    def farewell(self) -> None:
        """Part politely, but wait for nobody: what became of the mail is known."""
        with contextlib.suppress(OSError, smtplib.SMTPException):
            if self.sock is not None and not self._progress.handed_over:
                self.sock.settimeout(_FAREWELL)
                self.quit()
        self.close()


class _SecureSession(_Session):
    """TLS from the first byte."""

    def __init__(self, progress: Progress, context: ssl.SSLContext) -> None:
        super().__init__(progress)
        self._context = context

    def _get_socket(self, host: str, port: int, timeout: float) -> ssl.SSLSocket:
        plain = super()._get_socket(host, port, timeout)
        return self._context.wrap_socket(plain, server_hostname=host)


def _of_refused(refused: Mapping[str, tuple[int, bytes]], secrets: tuple[str, ...]) -> Receipt:
    code, reply = next(iter(refused.values()))
    return _of_reply(code, reply, secrets)


def _of_reply(code: int, reply: bytes | str, secrets: tuple[str, ...]) -> Receipt:
    words = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    outcome = Outcome.PERMANENT if code >= 500 else Outcome.TRANSIENT
    said = redact(one_line(words, 2000), secrets)
    return Receipt(outcome, one_line(f"SMTP {code}: {said}", 300))


def _of_fault(error: Exception, secrets: tuple[str, ...]) -> Receipt:
    if isinstance(error, UnicodeError):
        # Its words would hold the password.
        return Receipt(Outcome.PERMANENT, "the user name or password is not ASCII; SMTP takes none")
    said = redact(one_line(str(error) or type(error).__name__, 2000), secrets)
    silent = isinstance(error, TimeoutError) or "timed out" in said
    return Receipt(
        Outcome.TRANSIENT, one_line(f"the connection failed: {said}", 300), unanswered=silent
    )
