"""November 2023 in Chinese: as mail through a real server, as a chat's short form, as a reminder.

And the digest, the test message, and `language:` in apprise.yaml.
"""

import re
from dataclasses import replace
from functools import cache
from urllib.parse import quote

import pytest

from monitor.language.translator import missing, translator
from monitor.notify.digest import Digest, Happening, SourceLooks, word_digest
from monitor.notify.forms import SHORT_LIMIT, word, word_test
from monitor.notify.message import SUBJECT_LIMIT, subject_of
from monitor.replay.player import Played, play
from monitor.replay.scenario import read_scenario
from monitor.replay.shipped import opened
from monitor.screening.event import Event, Kind
from monitor.screening.words.message import called, say
from tests.notify.events import NOW, REMOVED
from tests.notify.test_apprise_file import opened as channels_of
from tests.notify.test_apprise_file import problems
from tests.notify.test_mail import part
from tests.receivers import Mailbox

OWN = "公安部物证鉴定中心"
URL = "https://monitor.example"
ZH = translator("zh")


def played(*channels: object) -> Played:
    """The story that ships, of a watch with a name in its own script."""
    with opened("november-2023") as tape:
        scenario = read_scenario(tape)
        watches = tuple({**one, "local_names": [OWN]} for one in scenario.watches)
        return play(scenario.model_copy(update={"watches": watches}), tape, channels)  # type: ignore[arg-type]


@cache
def told(kind: Kind) -> Event:
    return next(event for event in played().events if event.kind is kind)


@pytest.mark.slow
def test_the_story_arrives_as_mail(mailbox: Mailbox) -> None:
    """First check, filing and removal: in Chinese, with the same days, documents and words."""
    secret = quote(Mailbox.PASSWORD, safe="")
    url = f"mailtos://{mailbox.USER}:{secret}@localhost:{mailbox.port}/?from=m@example.org"
    options = "tag: [removal, baseline]\n        language: zh"
    text = f"urls:\n  - {url}&to=a@example.org:\n      - {options}\n"
    before = missing["zh"]
    played(*channels_of(text))
    subjects = [str(mail["Subject"]) for _, mail in mailbox.received]
    assert subjects == [
        f"首次核查：{OWN}在实体清单 Entity List 上",
        f"已公告移除：{OWN}将被移出实体清单 Entity List",
        f"已移除：{OWN}已被移出实体清单 Entity List",
    ]
    assert missing["zh"] == before
    filed, gone = (part(mail, "plain") for _, mail in mailbox.received[1:])
    assert "该文件定于2023年11月17日刊登。" in filed
    assert "依据：文件 2023-25557，生效日期2023年11月16日。" in filed
    for form in (gone, part(mailbox.received[2][1], "html").replace("&#39;", "'")):
        for piece in (
            "88 FR 80131（文件 2023-25557）", "将该主体从实体清单移除，生效日期2023年11月16日。",
            "确认依据：一份已刊登的法令文件已生效。", "原条目（公布原文）", "presumption of denial",
            "removing the entry for", f"{URL}/event/", "?lang=zh",
        ):  # fmt: skip
            assert piece in form
        assert form.count("Entity List") <= 2  # the headline, and the name of the rule's page
    assert '<html lang="zh-Hans">' in part(mailbox.received[2][1], "html")


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind", [Kind.BASELINE, Kind.REMOVAL_ANNOUNCED, Kind.REMOVAL_CONFIRMED]
)  # fmt: skip
def test_the_short_form_says_the_same_in_both_languages(kind: Kind) -> None:
    """Every day, citation, document and address of the one is in the other."""
    english, chinese = word(told(kind), URL), word(told(kind), URL, "", ZH)
    for limit in (SHORT_LIMIT, 160):
        assert len(chinese.short(limit)) <= limit
    for one, other in ((english.short(), chinese.short()), (english.text(), chinese.text())):
        assert _facts(one) == _facts(other)


def _facts(text: str) -> set[str]:
    """Days, citations, documents, hashes and addresses, as English writes them."""
    text = re.sub(r"(\d{4})年(\d+)月(\d+)日",
                  lambda day: f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}", text)  # fmt: skip
    text = text.replace("?lang=zh", "")
    return set(
        re.findall(
            r"https?://\S+|\d{4}-\d{2}-\d{2}|\d{2}:\d{2}|\d+ FR \d+|\d{4}-\d{5}|\b[0-9a-f]{64}",
            text,
        )
    )


def test_a_subject_is_short_and_keeps_what_happened() -> None:
    """The name in its own script stands for the whole one where there is no room."""
    name = called("N" * 200, [OWN])
    title = say("Removed: {party} has left the {list}", party=name, list="UVL")
    event = replace(REMOVED, party=name, review=True, title=title)
    assert subject_of(event, "", ZH) == f"已移除：{OWN}已被移出 UVL（请核对）"
    assert len(subject_of(replace(event, party=called("N" * 200, [])), "", ZH)) <= SUBJECT_LIMIT


def test_a_reminder_a_test_and_a_digest_in_chinese() -> None:
    """Each says what it is."""
    assert word(REMOVED, URL, "reminder:2", ZH).subject.startswith("第 2 次提醒：")
    trial = word_test(NOW, URL, ZH)
    assert trial.subject == "测试：本渠道工作正常"
    assert "2023年11月17日 13:55 UTC" in trial.text()
    digest = Digest(
        "digest_1", "2023-11-16T08:00:00Z", "2023-11-17T08:00:00Z",
        (SourceLooks("csl", 24, 23, "2023-11-17T07:25:00Z"),),
        (Happening("ev_1", "removal_confirmed", "2023-11-17T07:00:00Z", REMOVED.title),), (), 2,
    )  # fmt: skip
    said = word_digest(digest, URL, ZH)
    assert said.subject == "截至2023年11月17日的摘要：1 个事件，2 个未知"
    assert "24 次查询（1 次失败）" in said.text()
    assert "；2 个监测对象状态未知" in said.text()


MAIL = "mailto://u:p4ssword@example.org/?from=m@example.org"
TWO = f"""urls:
  - {MAIL}&to=a@x.org:
      - tag: removal
        language: zh
      - tag: operations
"""


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        (f"urls:\n  - {MAIL}\n", ["en"]),
        (f"urls:\n  - {MAIL}:\n      - to: a@x.org\n        language: zh\n      - to: b@x.org\n",
         ["zh", "en"]),
        (f"urls:\n  - {MAIL}:\n      tag: removal\n      language: zh\n", ["zh"]),
        (f"urls:\n  - {MAIL}&to=a@x.org,b@x.org:\n      - language: zh\n", ["zh", "zh"]),
        (TWO, ["zh", "en"]),
    ],
)  # fmt: skip
def test_the_language_of_a_channel_stands_beside_its_tag(text: str, languages: list[str]) -> None:
    """English where none does; one recipient in two languages is two channels."""
    channels = channels_of(text)
    assert [one._said.language.code for one in channels] == languages  # type: ignore[attr-defined]
    assert len({one.id for one in channels}) == len(channels)


def test_a_change_of_language_leaves_the_channel_its_id() -> None:
    """What waits for it is not lost."""
    plain, chinese = channels_of(f"urls:\n  - {MAIL}\n"), channels_of(
        f"urls:\n  - {MAIL}:\n      language: zh\n"
    )  # fmt: skip
    assert [one.id for one in plain] == [one.id for one in chinese]


def test_a_language_that_there_is_not_is_a_problem() -> None:
    """With its line, and those that there are."""
    (said,) = problems(f"urls:\n  - {MAIL}:\n      language: fr\n")
    assert said.endswith("language must be one of en, zh")
    assert ":2:" in said
