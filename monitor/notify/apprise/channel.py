"""One recipient told through Apprise: mail, chat, push and a hundred other services.

Each send makes the service anew from its arguments, so that nothing of one message stays for the
next, and runs under our time limit. Redirects, retries and queues inside Apprise are off.

Mails of one case carry References and In-Reply-To to one id made of the case, so clients show them
as a thread; most also want equal subjects for that. A stable Message-ID is not possible, Apprise
makes its own; X-Event-Id names the event instead, the same on every try.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from monitor.language.languages import ENGLISH
from monitor.language.translator import translator
from monitor.notify.apprise.answer import read_answer
from monitor.notify.apprise.config import Address
from monitor.notify.apprise.library import answers, instantiate, silence
from monitor.notify.apprise.mail import Mail, Progress, send_mail
from monitor.notify.digest import Digest, word_digest
from monitor.notify.forms import SHORT_LIMIT, Wording, word, word_test
from monitor.notify.message import Tone, message_id
from monitor.notify.receipt import Outcome, Receipt
from monitor.notify.routes import digest_wanted_by_tags, wanted_by_tags
from monitor.notify.time_limit import BoundedCalls
from monitor.screening.event import Event

_TYPES: Mapping[Tone, str] = {
    Tone.ALERT: "warning",
    Tone.TROUBLE: "failure",
    Tone.RELIEF: "success",
    Tone.NEWS: "info",
}
# Machines and programs read these: they get the whole text, not the short form.
_WHOLE = frozenset({"json", "jsons", "xml", "xmls", "form", "forms"})
_READ_TIMEOUT = 15.0
_MAIL_TIMES = 11
"""By how much longer a mail may take: 330 s, for a server has five minutes to greet alone."""


class AppriseChannel:
    def __init__(
        self,
        *,
        id: str,  # noqa: A002 - the contract's name
        address: Address,
        tags: Collection[str],
        public_url: str | None,
        timeout: float,
        follows: Collection[str] = (),
    ) -> None:
        """`id` holds no secret; `timeout` is the longest that one send may take, in seconds.

        A mail may take eleven times as long. `follows`: those of the tags that name nothing else.
        """
        self.id = id
        self._address = address
        self._tags, self._follows = frozenset(tags), frozenset(follows)
        self._said = translator(address.language)
        self._public_url = public_url
        self._timeout = timeout
        self.takes_files = self._is_mail = _is_mail(address.arguments)
        self.longest = timeout * (_MAIL_TIMES if self._is_mail else 1)
        self._calls = BoundedCalls(self.longest)

    def __repr__(self) -> str:
        return f"AppriseChannel({self.id!r})"

    def wants(self, event: Event, tags: Collection[str] = ()) -> bool:
        return wanted_by_tags(event, self._tags, tags, self._follows)

    def send(
        self,
        event: Event,
        *,
        at: datetime,  # noqa: ARG002 - nothing is signed here
        case: str | None,
        note: str = "",
        report: str | None = None,
    ) -> Receipt:
        """Tell the event; `case` names what it belongs to, for mail threads.

        Never raises for a failed delivery, and returns within the time limit.
        """
        wording = word(event, self._public_url, note, self._said)
        key = message_id(event.id, note)
        return self._run(key, wording, _thread_headers(key, case), report)

    def wants_digest(self) -> bool:
        """Whether it would be told of removals."""
        return digest_wanted_by_tags(self._tags, self._follows)

    def send_digest(self, digest: Digest, *, at: datetime) -> Receipt:  # noqa: ARG002
        """Tell the digest; all digests are one thread of mail."""
        wording, headers = (
            word_digest(digest, self._public_url, self._said),
            _thread_headers(digest.id, "digest"),
        )
        return self._run(digest.id, wording, headers)

    def send_test(self, *, at: datetime) -> Receipt:
        wording = word_test(at, self._public_url, self._said)
        return self._run(wording.story.event_id, wording, {})

    def _run(
        self, key: str, wording: Wording, headers: Mapping[str, str], report: str | None = None
    ) -> Receipt:
        progress = Progress()
        send = partial(self._deliver, wording, headers, report, progress)
        return self._calls.run(key, send, progress.receipt)

    def _deliver(
        self,
        wording: Wording,
        headers: Mapping[str, str],
        report: str | None,
        progress: Progress,
    ) -> Receipt:
        silence()
        import apprise

        arguments = bounded_arguments(self._address.arguments, self._timeout)
        service = instantiate(arguments, self._address.settings)
        if service is None:
            return Receipt(Outcome.PERMANENT, "Apprise cannot use this channel's URL")
        title, body, form = _fitting(service, arguments, wording)
        attachment = _attachment(wording.story.event_id, report)
        if self._is_mail:
            mail = Mail(title, body, form == apprise.NotifyFormat.HTML, headers, attachment)
            return send_mail(service, mail, progress, self._address.secrets)
        one = apprise.Apprise(asset=self._address.settings)
        one.add(service)
        with (
            answers() as answered,
            one.notify(
                body=body,
                title=title,
                body_format=form,
                notify_type=_TYPES[wording.story.tone],
                attach=attachment,
                interpret_escapes=False,
                log_level=10,
            ) as result,
        ):
            return read_answer(
                bool(result),
                [entry.message for entry in result.logs()],
                self._address.secrets,
                schema=arguments["schema"],
                answers=answered,
            )


def _attachment(event_id: str, report: str | None) -> Any:
    """The report as a file of a mail, held in memory; None where there is none."""
    if report is None:
        return None
    from apprise import AppriseAttachment
    from apprise.attachment.memory import AttachMemory

    name = f"evidence-{_token(event_id)}.html"
    file = AttachMemory(report, name=name, mimetype="text/html")  # type: ignore[no-untyped-call] # Apprise has no types
    return AppriseAttachment(file)


def bounded_arguments(arguments: Mapping[str, Any], timeout: float) -> dict[str, Any]:
    """The arguments with what a URL may not decide: redirects, retries, endless waits."""
    bounded = {**arguments, "redirect": False, "retry": 0, "optional": False}
    bounded["rto"] = _seconds(arguments.get("rto"), _READ_TIMEOUT, timeout)
    if arguments.get("cto") is not None:
        bounded["cto"] = _seconds(arguments.get("cto"), _READ_TIMEOUT, timeout)
    # A service refuses a text over its limit for good; several pieces are better than none.
    bounded.setdefault("overflow", "split")
    return bounded


def _seconds(written: Any, default: float, most: float) -> float:
    try:
        return min(float(written), most)
    except (TypeError, ValueError):
        return min(default, most)


def _is_mail(arguments: Mapping[str, Any]) -> bool:
    return arguments["schema"] in {"mailto", "mailtos"}


def _fitting(service: Any, arguments: Mapping[str, Any], wording: Wording) -> tuple[str, str, str]:
    """Title, body and the body's format, as the service can show them best."""
    from apprise import NotifyFormat

    if _takes_mail(service):
        html = service.resolve_format(NotifyFormat.HTML) == NotifyFormat.HTML
        form = NotifyFormat.HTML if html else NotifyFormat.TEXT
        return wording.subject, wording.html() if html else wording.text(), form
    if arguments["schema"] in _WHOLE:
        return wording.subject, wording.text(), NotifyFormat.TEXT
    title = wording.title() if service.title_maxlen > 0 else ""
    room = min(service.body_maxlen or SHORT_LIMIT, SHORT_LIMIT)
    if service.resolve_format(NotifyFormat.TEXT) == NotifyFormat.MARKDOWN:
        # On its own way from text to Markdown Apprise escapes the links until they break.
        return title, wording.short(room, markdown=True), NotifyFormat.MARKDOWN
    return title, wording.short(room), NotifyFormat.TEXT


def _takes_mail(service: Any) -> bool:
    """Whether it is a mail service; a chat that also knows mail addresses speaks Markdown."""
    from apprise import NotifyFormat

    chats = service.resolve_format(NotifyFormat.MARKDOWN) == NotifyFormat.MARKDOWN
    return "target_email" in service.template_tokens and not chats


def _thread_headers(event_id: str, case: str | None) -> dict[str, str]:
    headers = {"X-Event-Id": _token(event_id)}
    if case:
        root = f"<{_token(case)}@entity-list-monitor.invalid>"
        headers |= {"References": root, "In-Reply-To": root}
    return headers


def _token(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]", "-", text)[:120]


def merged(addresses: Sequence[tuple[str, Address]]) -> list[tuple[str, Address, frozenset[str]]]:
    """Each recipient once a language, with the tags of all its addresses.

    An address without tags brings every route that needs none. A recipient of one language keeps
    its id when that changes.
    """
    by_id: dict[str, tuple[Address, list[frozenset[str]]]] = {}
    languages = {id_: {one.language for other, one in addresses if other == id_}
                 for id_, _ in addresses}  # fmt: skip
    for id_, address in addresses:
        plain = len(languages[id_]) == 1 or address.language == ENGLISH.code
        own = id_ if plain else f"{id_}-{address.language}"
        by_id.setdefault(own, (address, []))[1].append(address.tags)
    return [(id_, address, _union(tags)) for id_, (address, tags) in by_id.items()]


def _union(tags: Sequence[frozenset[str]]) -> frozenset[str]:
    everything = frozenset({"removal", "listing", "amendment", "rule", "operations"})
    return frozenset().union(*(each or everything for each in tags)) if any(tags) else frozenset()
