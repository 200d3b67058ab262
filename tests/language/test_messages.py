"""Messages: in English they are strings, in another language sentences of their own."""

import json
from dataclasses import dataclass

import pytest
from sqlalchemy.dialects import sqlite

from monitor.errors import LedgerError
from monitor.language.languages import CHINESE, ENGLISH, language_of, preferred
from monitor.language.translator import missing, translator
from monitor.ledger.json import MessageText, from_json, to_json
from monitor.screening.words.labels import list_name, source_name, span
from monitor.screening.words.message import (
    Message,
    Text,
    called,
    capitalized,
    joined,
    message_of,
    say,
    say_many,
    structure,
)
from monitor.status.shapes import json_bytes

ZH = translator("zh")
INSTITUTE = called("Institute of Forensic Science", ["公安部物证鉴定中心", "Институт"])


@dataclass(frozen=True, slots=True)
class Told:
    title: Text = ""
    reasons: tuple[Text, ...] = ()


REMOVED = say("Removed: {party} has left the {list}", party=INSTITUTE, list=list_name("EL"))


def test_a_message_is_its_english_sentence() -> None:
    """Whoever knows nothing of languages reads, compares and cuts a string."""
    assert REMOVED == "Removed: Institute of Forensic Science has left the Entity List"
    assert f"{REMOVED}."[:7] == "Removed"
    assert (
        json_bytes({"title": REMOVED})
        == json.dumps({"title": str(REMOVED)}).replace('": "', '":"').encode()
    )


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (REMOVED, f"已移除：公安部物证鉴定中心（{INSTITUTE}）已被移出实体清单 Entity List"),
        (say(" (as of {day})", day="2023-11-17"), "（截至2023年11月17日）"),
        (say("since {time}", time="2023-11-17 13:45 UTC"), "自2023年11月17日 13:45 UTC 以来"),
        (say_many(1, "{count:,} poll", "{count:,} polls"), "1 次查询"),
        (say_many(1200, "{count:,} poll", "{count:,} polls"), "1,200 次查询"),
        (joined("; ", [say("removed"), "85 FR 34505"]), "移除；85 FR 34505"),
        (span(93_784), "1 天 2 小时"),
        (say("{clause}.", clause=capitalized(source_name("csl"))),
         "综合筛查清单 Consolidated Screening List。"),
        (called("Acme", []), "Acme"),
    ],
)  # fmt: skip
def test_messages_in_chinese(message: Message, said: str) -> None:
    """Values are said as well; days as the language writes them; names and citations stay."""
    assert ZH(message) == said
    assert translator("en")(message) is message


def test_the_english_stands_beside_a_term_once() -> None:
    """With the blank behind it."""
    text = "实体清单 Entity List 上；不在实体清单 Entity List 上"
    assert CHINESE.once(text) == "实体清单 Entity List 上；不在实体清单上"


def test_what_has_no_translation_is_said_in_english_and_counted(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The whole sentence; the log names it once."""
    before = missing["zh"]
    strange = say("Nobody ever said {what} of {day}", what=say("removed"), day="2023-11-17")
    assert ZH(strange) == ZH(strange) == "Nobody ever said removed of 2023-11-17"
    assert ZH(Message("From an older ledger")) == "From an older ledger"
    assert missing["zh"] == before + 3
    assert [one.getMessage() for one in caplog.records].count(
        "no translation into zh of: Nobody ever said {what} of {day}"
    ) == 1  # fmt: skip


def test_the_ledger_keeps_what_messages_are_made_of() -> None:
    """And reads a plain string of an older one as English."""
    told = Told(REMOVED, (capitalized(joined("; ", [say("removed"), "plain"])), span(60)))
    again = from_json(to_json(told), Told)
    assert again == told
    assert [ZH(one) for one in (again.title, *again.reasons)] == [
        ZH(one) for one in (told.title, *told.reasons)
    ]
    assert from_json('{"title":"Removed","reasons":["why"]}', Told) == Told("Removed", ("why",))


@pytest.mark.parametrize(
    "kept", ["5", '{"say":3}', '{"join":" "}', '{"say":"{x}","with":{"y":"1"}}', "{}", "[]"]
)
def test_what_is_no_message_is_an_error(kept: str) -> None:
    """Never a guess."""
    with pytest.raises(LedgerError):
        from_json(f'{{"title":{kept}}}', Told)


def test_a_column_of_text_keeps_a_message_too() -> None:
    """As JSON; what is plain stays as it was."""
    column, dialect = MessageText(), sqlite.dialect()
    # The last is an upstream's: it would be a template of a thousand million characters.
    foreign = '{"say":"{x:>1000000000}","with":{"x":1}}'
    for text in (REMOVED, INSTITUTE, Message("plain"), "plain", "", foreign):
        kept = column.process_bind_param(text, dialect)
        assert type(kept) is str
        read = column.process_result_value(kept, dialect)
        assert read == text
        assert text == foreign or ZH(read or "") == ZH(text)
    assert column.process_bind_param("plain", dialect) == "plain"


def test_a_message_may_be_copied_and_sent_to_another_process() -> None:
    """With all that it is made of."""
    assert ZH(message_of(structure(REMOVED))) == ZH(REMOVED)
    make, given = REMOVED.__reduce__()
    assert ZH(make(*given)) == ZH(REMOVED)


@pytest.mark.parametrize(
    ("accept", "code"),
    [
        ("", "en"), ("zh-CN,zh;q=0.9,en;q=0.8", "zh"), ("en-US,en;q=0.9,zh;q=0.8", "en"),
        ("fr,zh;q=0.5", "zh"), ("fr-FR", "en"), ("zh;q=0", "en"), ("zh;q=x", "en"),
        ("*", "en"), ("ZH-Hans", "zh"), (",;,=", "en"), ("zh;q=nan", "en"),
    ],
)  # fmt: skip
def test_the_language_that_a_browser_prefers(accept: str, code: str) -> None:
    """The first of those there are; English where there is none."""
    assert preferred(accept).code == code


def test_an_unknown_language_is_english() -> None:
    """Whatever stands in a URL."""
    assert all(language_of(one) is ENGLISH for one in (None, "", "fr", "zz\x00", "e" * 5000))
    assert language_of("zh-Hans") is language_of("ZH") is CHINESE
