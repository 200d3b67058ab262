"""A refusal that a service writes into the body of a good HTTP answer.

Many services answer 200 whatever becomes of the message and say in the body what did. Half of
Apprise's plugins read the status alone, so the body is read here, for all of them by one
vocabulary: flags (`"ok": false`), codes that are not good (`"errcode": 310000`), words
(`"status": "error"`), and the same in rows, one a recipient. Where a service means its own by a
word such as `code`, `_BY_SERVICE` says what is good there. A body that says neither is no refusal.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from monitor.notify.receipt import Outcome
from monitor.screening.words.sanitize import one_line

LONGEST = 100_000
"""Bytes of a body; no service answers a message with more."""
_FLAGS = frozenset({"ok", "success", "accepted"})
_CODES = frozenset({"errcode", "errno", "errorcode", "retcode"})
_STATES = frozenset({"status", "result", "type"})
_FAULTS = frozenset({"error", "errors"})
_WORDS = (
    "errmsg", "msg", "message", "errormessage", "errortext", "error", "errors", "description",
    "statusmessage", "reason", "failures",
)  # fmt: skip
_BAD = frozenset({"error", "err", "fail", "failed", "failure", "false", "rejected", "invalid"})
_GOOD = frozenset({"", "0", "ok", "success", "none"})
_DEPTH = 3

_BY_SERVICE: Mapping[str, Mapping[str, frozenset[str]]] = {
    # What each service documents as its good answer; the key "" is the whole body.
    "feishu": {"code": _GOOD, "statuscode": _GOOD},
    "lark": {"code": _GOOD, "statuscode": _GOOD},
    "schan": {"code": _GOOD},
    "pushdeer": {"code": _GOOD},
    "pushdeers": {"code": _GOOD},
    "bark": {"code": frozenset({"200"})},
    "barks": {"code": frozenset({"200"})},
    "spugpush": {"code": frozenset({"200"})},
    "qq": {"code": _GOOD},
    "pushme": {"": frozenset({"success", "ok"})},
    "seven": {"": frozenset({"100", "101"}), "success": frozenset({"100", "101", "true"})},
    "vonage": {"status": _GOOD},
    "nexmo": {"status": _GOOD},
    "clicksend": {"status": frozenset({"success"}), "responsecode": frozenset({"success"})},
    "bulkvs": {"status": frozenset({"success"})},
}  # fmt: skip
_LINES = {"smsmgr": re.compile(r"ERROR\b", re.IGNORECASE)}
"""How a body in plain text begins that refuses."""

_PASSING = frozenset(
    {
        ("dingtalk", "-1"), ("dingtalk", "130101"), ("dingtalk", "410100"),
        ("wecombot", "-1"), ("wecombot", "45009"), ("wecombot", "45033"),
        ("feishu", "11232"), ("feishu", "11233"), ("lark", "11232"), ("lark", "11233"),
        ("synology", "411"), ("vonage", "1"), ("nexmo", "1"), ("vonage", "5"), ("nexmo", "5"),
    }
)  # fmt: skip
"""Codes that mean too many messages, or a service that is ill."""
_FOR_GOOD = frozenset(
    {
        ("dingtalk", "300001"), ("dingtalk", "310000"), ("dingtalk", "400101"),
        ("dingtalk", "400102"), ("dingtalk", "400106"), ("wecombot", "93000"),
        ("wecombot", "93004"), ("wecombot", "93008"), ("wecombot", "40058"),
        ("feishu", "9499"), ("feishu", "19001"), ("feishu", "19002"), ("feishu", "19021"),
        ("feishu", "19022"), ("feishu", "19024"), ("lark", "9499"), ("lark", "19001"),
        ("lark", "19002"), ("lark", "19021"), ("lark", "19022"), ("lark", "19024"),
        ("schan", "40001"), ("vonage", "4"), ("nexmo", "4"), ("seven", "900"),
    }
)  # fmt: skip
"""Codes that mean the key, the address or the bot's own filter: a person must mend them."""
_SOON = re.compile(
    r"too (fast|many|often)|frequen|freq\b|rate.?limit|limited|throttl|busy|retry|later|time.?out|"
    r"timestamp|overload|unavailable|internal|system error|频|繁忙|稍后|限流|超时|系统错误",
    re.IGNORECASE,
)
_NEVER = re.compile(
    r"invalid|not.?(exist|found|match|registered|subscribed|allowed|in content)|unauthori|"
    r"forbidden|denied|disabled|unknown|keyword|key ?words|no such|"
    r"bad (token|pushtoken|credentials|request)|不存在|无效|失效|错误的|关键词|签名|白名单",
    re.IGNORECASE,
)
_FLOOD = re.compile(
    r"too (fast|many|often)|frequen|freq\b|rate.?limit|throttl|频|限流", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a service said of a message that it did not take; unredacted."""

    outcome: Outcome
    words: str
    """Its code and its words on one line."""
    flooded: bool
    """Whether it took offense at the number of messages."""


def read_refusal(schema: str, body: bytes) -> Refusal | None:
    """The refusal in the body of an answer whose status was good; None where there is none.

    >>> read_refusal("dingtalk", b'{"errcode": 0, "errmsg": "ok"}') is None
    True
    >>> read_refusal("dingtalk", b'{"errcode": 300001, "errmsg": "token is not exist"}').words
    '300001: token is not exist'
    """
    text = body[:LONGEST].decode("utf-8", "replace").strip()
    own = _BY_SERVICE.get(schema, {})
    try:
        said = json.loads(text)
    except ValueError:
        said = text
    if isinstance(said, dict):
        found = _in_object(said, own, _DEPTH)
    elif isinstance(said, list):
        found = _in_rows(said, own, _DEPTH)
    else:
        found = _in_line(schema, str(said), own)
    return None if found is None else _judged(schema, *found)


def _judged(schema: str, code: str, words: str) -> Refusal:
    said = f"{code}: {words}" if code and words else code or words
    flooded = ((schema, code) in _PASSING and code != "-1") or bool(_FLOOD.search(words))
    return Refusal(_outcome(schema, code, words), one_line(said, 2000), flooded)


def _outcome(schema: str, code: str, words: str) -> Outcome:
    """By the service's code where it is known, else by its words; in doubt it is tried again."""
    if (schema, code) in _PASSING:
        return Outcome.TRANSIENT
    if (schema, code) in _FOR_GOOD:
        # A signature that is too old by our clock or theirs is no wrong key.
        return Outcome.TRANSIENT if "timestamp" in words.lower() else Outcome.PERMANENT
    if _SOON.search(words):
        return Outcome.TRANSIENT
    return Outcome.PERMANENT if _NEVER.search(f"{code} {words}") else Outcome.TRANSIENT


_Found = tuple[str, str]
"""A refusal's code and words, either empty."""


def _in_object(
    said: Mapping[str, Any], own: Mapping[str, frozenset[str]], depth: int
) -> _Found | None:
    fields = {_plain(key): value for key, value in said.items()}
    if _refused(fields, own):
        return _code_of(fields, own), _words_of(fields)
    if depth == 0:
        return None
    for value in fields.values():
        inner = (
            _in_object(value, own, depth - 1)
            if isinstance(value, dict)
            else _in_rows(value, own, depth - 1)
            if isinstance(value, list)
            else None
        )
        if inner is not None:
            return inner
    return None


def _in_rows(rows: list[Any], own: Mapping[str, frozenset[str]], depth: int) -> _Found | None:
    """A refusal where every row is one: a message that some took is not sent to them again."""
    found = [_in_object(row, own, depth) if isinstance(row, dict) else None for row in rows]
    return found[0] if found and all(found) else None


def _in_line(schema: str, said: str, own: Mapping[str, frozenset[str]]) -> _Found | None:
    good, bad = own.get(""), _LINES.get(schema)
    first = said.split("\n", 1)[0].strip()
    if (good is not None and first and first.lower() not in good) or (bad and bad.match(first)):
        return (first, "") if first.isdigit() else ("", first)
    return None


def _refused(fields: Mapping[str, Any], own: Mapping[str, frozenset[str]]) -> bool:
    return any(_refuses(key, value, fields, own) for key, value in fields.items())


def _refuses(
    key: str, value: Any, fields: Mapping[str, Any], own: Mapping[str, frozenset[str]]
) -> bool:
    if key in own:
        return not isinstance(value, dict | list) and _token(value) not in own[key]
    if key in _FLAGS:
        return value is False or _token(value) == "false"
    if key in _CODES:
        return not isinstance(value, dict | list) and _token(value) not in _GOOD
    if key in _STATES:
        return isinstance(value, str) and value.lower() in _BAD
    if key == "failed":
        return value == 1 and fields.get("succeeded") == 0
    # OneSignal names errors beside the id of a message that others got.
    return key in _FAULTS and _is_fault(value) and not (key == "errors" and fields.get("id"))


def _is_fault(value: Any) -> bool:
    if isinstance(value, dict):
        codes = [value[key] for key in value if _plain(key) in {"code", *_CODES}]
        return bool(value) and not (codes and all(_token(code) in _GOOD for code in codes))
    if isinstance(value, str):
        return value.lower() not in _GOOD
    return bool(value)


def _code_of(fields: Mapping[str, Any], own: Mapping[str, frozenset[str]]) -> str:
    fault = fields.get("error")
    inner = {_plain(key): value for key, value in fault.items()} if isinstance(fault, dict) else {}
    named = (*(key for key in own if key), *sorted(_CODES), "code")
    for scope in (fields, inner):
        for key in named:
            value = scope.get(key)
            if not isinstance(value, dict | list | bool) and _token(value) not in _GOOD:
                return one_line(str(value), 60)
    return ""


def _words_of(fields: Mapping[str, Any]) -> str:
    return one_line("; ".join(dict.fromkeys(_texts(fields))), 1000)


def _texts(fields: Mapping[str, Any]) -> Iterator[str]:
    for key in _WORDS:
        value = fields.get(key)
        if isinstance(value, str) and value.strip():
            yield value.strip()
        elif isinstance(value, dict):
            yield from _texts({_plain(inner): text for inner, text in value.items()})
        elif isinstance(value, list):
            yield from (text for text in value if isinstance(text, str))


def _plain(key: str) -> str:
    return re.sub(r"[^a-z]", "", key.lower())


def _token(value: Any) -> str:
    """A code as a word: `0`, `"000"` and `0.0` are one."""
    text = "" if value is None else str(value).strip().lower()
    return str(int(text)) if re.fullmatch(r"-?[0-9]+", text) else text
