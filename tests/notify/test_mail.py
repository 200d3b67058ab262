"""Mail through a real SMTP server with STARTTLS and a login."""

import re
from dataclasses import replace
from email import message_from_string, policy
from email.header import decode_header
from email.message import EmailMessage
from urllib.parse import quote

import pytest

from monitor.notify.channels import Channel, Link, Named, open_channels
from monitor.notify.forms import word
from monitor.notify.message import SUBJECT_LIMIT, subject_of
from monitor.notify.receipt import Outcome
from monitor.screening.event import Kind, Witness
from tests.notify.events import INSTITUTE, NOW, REMOVED, RULE, event, hostile
from tests.notify.test_mail_slow import slow
from tests.receivers import Mailbox

LINK = Link("https://monitor.example")


def channels(
    mailbox: Mailbox, more: str = "to=ann@example.org", password: str = Mailbox.PASSWORD
) -> tuple[Channel, ...]:
    secret = quote(password, safe="")
    url = f"mailtos://{mailbox.USER}:{secret}@localhost:{mailbox.port}/?from=monitor@example.org&{more}"
    return open_channels(None, "", (url,), (), LINK, Named())


def part(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    assert found is not None
    content = found.get_content()
    assert isinstance(content, str)
    return content


def test_an_alert_arrives_as_mail(mailbox: Mailbox) -> None:
    """Over STARTTLS after a login; text and HTML, both with everything, headers in order."""
    (channel,) = channels(mailbox)
    assert channel.send(REMOVED, at=NOW, case="mps-ifs-EL-1").outcome is Outcome.SENT
    ((recipients, mail),) = mailbox.received
    assert recipients == ["ann@example.org"]
    assert mailbox.logins
    assert mail["Subject"].startswith("Removed: Ministry of Public Security's")
    assert len(mail["Subject"]) <= SUBJECT_LIMIT
    assert mail["X-Event-Id"] == REMOVED.id
    assert mail["References"] == mail["In-Reply-To"] == "<mps-ifs-EL-1@entity-list-monitor.invalid>"
    assert part(mail, "plain").startswith(REMOVED.title)
    for form in (part(mail, "plain"), part(mail, "html").replace("&#39;", "'")):
        for piece in (RULE, "eCFR:", INSTITUTE.name, *INSTITUTE.aliases, "presumption of denial",
                      f"https://monitor.example/event/{REMOVED.id}"):  # fmt: skip
            assert piece in form


def test_a_report_comes_as_a_file(mailbox: Mailbox) -> None:
    """HTML, named after the event; the alert itself reads as without it."""
    (channel,) = channels(mailbox)
    assert channel.takes_files
    report = "<!doctype html><title>Evidence</title>é"
    assert channel.send(REMOVED, at=NOW, case=None, report=report).outcome is Outcome.SENT
    ((_, mail),) = mailbox.received
    (file,) = mail.iter_attachments()
    assert file.get_filename() == f"evidence-{REMOVED.id}.html"
    assert file.get_content_type() == "text/html"
    content = file.get_payload(decode=True)
    assert isinstance(content, bytes)
    assert content.decode() == report
    assert part(mail, "plain").startswith(REMOVED.title)


def test_a_case_is_one_thread(mailbox: Mailbox) -> None:
    """Announced and confirmed refer to the same case; each is a message of its own."""
    (channel,) = channels(mailbox)
    for kind in (Kind.REMOVAL_ANNOUNCED, Kind.REMOVAL_CONFIRMED):
        channel.send(event(kind), at=NOW, case="case\r\nBcc: evil@x.test")
    mails = [mail for _, mail in mailbox.received]
    assert len({mail["References"] for mail in mails}) == 1
    assert len({mail["Message-ID"] for mail in mails}) == 2
    assert not [mail for mail in mails if mail["Bcc"]]


def test_each_recipient_has_a_mail_and_a_channel(mailbox: Mailbox) -> None:
    """To, cc and bcc: one failing address costs the others nothing, and nobody is told twice."""
    several = channels(
        mailbox, "to=ann@example.org,bob@example.org&cc=carol@example.org&bcc=dave@example.org"
    )
    mailbox.refuses("bob@example.org")
    outcomes = [channel.send(REMOVED, at=NOW, case=None).outcome for channel in several]
    assert sorted(outcomes) == [Outcome.PERMANENT, *[Outcome.SENT] * 3]
    assert sorted(to for to, _ in mailbox.received) == [
        ["ann@example.org"], ["carol@example.org"], ["dave@example.org"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [("550 5.1.1 no such user", Outcome.PERMANENT), ("451 4.7.1 greylisted", Outcome.TRANSIENT),
     ("421 4.3.2 going down", Outcome.TRANSIENT), ("553 5.7.1 denied", Outcome.PERMANENT)],
)  # fmt: skip
def test_smtp_replies_are_told_apart(mailbox: Mailbox, reply: str, outcome: Outcome) -> None:
    """5xx is the server's word for good, 4xx for now; the address is not in the reason."""
    (channel,) = channels(mailbox)
    mailbox.refuses("*", f"{reply} <ann@example.org>")
    receipt = channel.send(REMOVED, at=NOW, case=None)
    assert receipt.outcome is outcome
    assert receipt.reason.startswith(f"SMTP {reply[:3]}: ")
    assert "ann@example.org" not in receipt.reason
    mailbox.recovers()
    assert channel.send(REMOVED, at=NOW, case=None).outcome is Outcome.SENT


def test_a_wrong_password_is_refused_and_not_told(mailbox: Mailbox) -> None:
    """A person must mend it."""
    (channel,) = channels(mailbox, password="wr0ng-s3cret")
    receipt = channel.send(REMOVED, at=NOW, case=None)
    assert receipt.outcome is Outcome.PERMANENT
    assert receipt.reason.startswith("SMTP 535: ")
    assert "wr0ng" not in receipt.reason + repr(channel)


def test_a_server_that_is_down_is_transient(mailbox: Mailbox) -> None:
    """Nothing is lost with a mail server."""
    url = "mailto://u:p@localhost:1/?from=a@example.org&to=b@example.org"
    (channel,) = open_channels(None, "", (url,), (), LINK, Named())
    receipt = channel.send(REMOVED, at=NOW, case=None)
    assert receipt.outcome is Outcome.TRANSIENT
    assert "refused" in receipt.reason


def test_hostile_text_makes_no_header_and_no_second_mail(mailbox: Mailbox) -> None:
    """CRLF, markup and marks from upstream stay in the body, as text."""
    (channel,) = channels(mailbox)
    assert channel.send(hostile(), at=NOW, case=None).outcome is Outcome.SENT
    ((recipients, mail),) = mailbox.received
    assert recipients == ["ann@example.org"]
    assert mail["Bcc"] is None
    assert len(mail["Subject"]) <= SUBJECT_LIMIT
    assert "\u202e" not in mail["Subject"] + part(mail, "html") + part(mail, "plain")
    assert "<script" not in part(mail, "html")


def test_a_mail_may_be_asked_for_as_text(mailbox: Mailbox) -> None:
    """?format=text gives the text alone."""
    (channel,) = channels(mailbox, "to=ann@example.org&format=text")
    channel.send(REMOVED, at=NOW, case=None)
    ((_, mail),) = mailbox.received
    assert mail.get_content_type() == "text/plain"
    assert "What each source says\n- Federal Register" in mail.get_content().replace("\r\n", "\n")


def test_a_test_mail_is_marked(mailbox: Mailbox) -> None:
    """It says so in its subject."""
    (channel,) = channels(mailbox)
    assert channel.send_test(at=NOW).outcome is Outcome.SENT
    assert mailbox.received[0][1]["Subject"] == "Test: this channel works"


def test_a_word_without_dates_is_told_too() -> None:
    """A source that has never been read well has a verdict and nothing beside it."""
    bare = replace(REMOVED, witnesses=(Witness("csl", "unknown"),))
    assert "Consolidated Screening List:</strong> unknown" in word(bare, None).html()


def raw_header(title: str, sender: str = "m@example.org") -> list[str]:
    """The lines of the header as a server gets them."""
    with slow("never", 0) as server:
        url = f"mailto://127.0.0.1:{server.port}/?from={quote(sender)}&to=ann@example.org"
        (channel,) = open_channels(None, "", (url,), (), LINK, Named())
        what = replace(REMOVED, title=title, party="")
        assert channel.send(what, at=NOW, case=None).outcome is Outcome.SENT
        return server.taken[0].decode("ascii").split("\r\n\r\n")[0].split("\r\n")


@pytest.mark.parametrize(
    "title",
    [
        "移出实体清单：" + "公安部物证鉴定中心" * 6,
        "Removed: Šiauliai " + "ėąž " * 30,
        "Removed: 𠮷" * 9,
    ],
)
def test_encoded_words_are_within_75_octets_and_cut_between_characters(title: str) -> None:
    """Each decodes alone, and all together are the subject."""
    lines = raw_header(title, sender="实体清单监测" * 5 + "<m@example.org>")
    words = [word for line in lines for word in re.findall(r"=\?utf-8\?\S*\?=", line)]
    assert len(words) > 2
    assert max(map(len, words)) <= 75
    assert max(len(line) for line in lines if "=?" in line) <= 76
    for encoded in words:
        ((octets, _),) = decode_header(encoded)
        octets.decode("utf-8")
    whole = message_from_string("\n".join(lines), policy=policy.default)
    assert whole["Subject"] == subject_of(replace(REMOVED, title=title, party=""))
    assert "实体清单监测" in whole["From"]


@pytest.mark.parametrize(
    "title",
    ["Removed: " + "Ministry of Public Security " * 5, "Amended: A\u2013B \u2026 \u2019s \u2192 C"],
)
def test_no_mark_of_ours_encodes_a_subject(title: str) -> None:
    """What is cut ends in dots of ASCII; and no vacation answers a machine."""
    lines = raw_header(title)
    (subject,) = [line for line in lines if line.startswith("Subject: ")]
    assert "=?" not in subject
    assert "Auto-Submitted: auto-generated" in lines
