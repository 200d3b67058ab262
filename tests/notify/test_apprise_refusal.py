"""Refusals in the bodies of good answers: of every service that documents one, and no others."""

import pytest

from monitor.notify.apprise.refusal import read_refusal
from monitor.notify.channels import Link, Named, open_channels
from monitor.notify.receipt import Outcome, Receipt
from tests.extent import mostly_slow
from tests.notify.events import NOW, REMOVED
from tests.receivers import Recorder

NO_LINK = Link(None)
PERMANENT, TRANSIENT = Outcome.PERMANENT, Outcome.TRANSIENT

REFUSED = [
    ("dingtalk", '{"errcode":310000,"errmsg":"keywords not in content"}', PERMANENT),
    ("dingtalk", '{"errcode":310000,"errmsg":"invalid timestamp"}', TRANSIENT),
    ("dingtalk", '{"errcode":300001,"errmsg":"token is not exist"}', PERMANENT),
    ("dingtalk", '{"errcode":130101,"errmsg":"send too fast, exceed 20 times per minute"}',
     TRANSIENT),
    ("dingtalk", '{"errcode":-1,"errmsg":"系统繁忙"}', TRANSIENT),
    ("wecombot", '{"errcode":93000,"errmsg":"invalid webhook url, hint: [17]"}', PERMANENT),
    ("wecombot", '{"errcode":45009,"errmsg":"api freq out of limit"}', TRANSIENT),
    ("schan", '{"code":40001,"message":"[AUTH]用户不存在或者权限不足","scode":461}', PERMANENT),
    ("schan", '{"code":0,"data":{"errno":1024,"error":"不要重复发送同样的内容"}}', TRANSIENT),
    ("feishu", '{"code":19024,"data":{},"msg":"Key Words Not Found"}', PERMANENT),
    ("feishu", '{"StatusCode":19001,"StatusMessage":"param invalid"}', PERMANENT),
    ("lark", '{"code":11232,"msg":"frequency limited psm[lark.oapi]"}', TRANSIENT),
    ("lark", '{"code":19021,"msg":"sign match fail or timestamp is not within one hour"}',
     TRANSIENT),
    ("pushdeer", '{"code":80403,"error":"PushKey不存在"}', PERMANENT),
    ("bark", '{"code":400,"message":"failed to get device token: not found","timestamp":1}',
     PERMANENT),
    ("spugpush", '{"code":401,"msg":"无效的模板"}', PERMANENT),
    ("qq", '{"success":false,"reason":"key不存在","code":500,"info":{}}', PERMANENT),
    ("pushme", "push_key error", TRANSIENT),
    ("synology", '{"error":{"code":411,"errors":"create post too fast"},"success":false}',
     TRANSIENT),
    ("synology", '{"error":{"code":404,"errors":"no such webhook"},"success":false}', PERMANENT),
    ("kodi", '{"error":{"code":-32601,"message":"Method not found."},"id":1,"jsonrpc":"2.0"}',
     PERMANENT),
    ("join", '{"success":false,"errorMessage":"User not found for API key"}', PERMANENT),
    ("vonage", '{"message-count":"1","messages":[{"status":"4","error-text":"Bad Credentials"}]}',
     PERMANENT),
    ("vonage", '{"messages":[{"status":"1","error-text":"Throughput Rate Exceeded"}]}', TRANSIENT),
    ("clickatell", '{"messages":[{"accepted":false,"to":"1","error":"Invalid number"}]}',
     PERMANENT),
    ("clicksend", '{"response_code":"SUCCESS","data":{"messages":[{"status":"INVALID_NUMBER"}]}}',
     PERMANENT),
    ("seven", "900", PERMANENT),
    ("seven", '{"success":"500","messages":[]}', TRANSIENT),
    ("bulkvs", '{"Results":[{"To":"1","Status":"FAILED"}]}', TRANSIENT),
    ("smsmgr", "ERROR|103", TRANSIENT),
    ("msg91", '{"type":"error","message":"authkey invalid"}', PERMANENT),
    ("octopush", '{"error_code":"101","message":"Bad request"}', PERMANENT),
    ("onesignal", '{"id":"","recipients":0,"errors":["All included players are not subscribed"]}',
     PERMANENT),
    ("fcm", '{"success":0,"failure":1,"results":[{"error":"NotRegistered"}]}', PERMANENT),
    ("smtp2go", '{"data":{"succeeded":0,"failed":1,"failures":["550 unknown"]}}', PERMANENT),
    ("splunk", '{"result":"failure","message":"Invalid routing key"}', PERMANENT),
    ("json", '{"ok":false,"error":"disk full"}', TRANSIENT),
]  # fmt: skip

TAKEN = [
    ("dingtalk", '{"errcode":0,"errmsg":"ok"}'),
    ("wecombot", '{"errcode":0,"errmsg":"ok"}'),
    ("schan", '{"code":0,"message":"","data":{"pushid":"1","errno":0,"error":"SUCCESS"}}'),
    ("feishu", '{"StatusCode":0,"StatusMessage":"success","code":0,"data":{},"msg":"success"}'),
    ("bark", '{"code":200,"message":"success","timestamp":1700000000}'),
    ("pushdeer", '{"code":0,"content":{"result":["{\\"success\\":\\"ok\\"}"]}}'),
    ("pushme", "success"),
    ("seven", '{"success":"100","messages":[{"success":true,"error":null,"error_text":null}]}'),
    ("vonage", '{"messages":[{"status":"0","message-id":"a"}]}'),
    ("clickatell", '{"messages":[{"accepted":true,"to":"1","error":null}],"error":null}'),
    ("burstsms", '{"message_id":1,"error":{"code":"SUCCESS","description":"OK"}}'),
    ("octopush", '{"error_code":"000","sms_ticket":"a"}'),
    ("postmark", '{"ErrorCode":0,"Message":"OK","To":"a@example.org"}'),
    ("pushover", '{"status":1,"request":"647d2300"}'),
    ("onesignal", '{"id":"b98881cc","recipients":1,"errors":{"invalid_player_ids":["x"]}}'),
    ("fcm", '{"success":1,"failure":0,"results":[{"message_id":"0:1"}]}'),
    ("zulip", '{"result":"success","msg":"","id":1}'),
    ("kodi", '{"id":1,"jsonrpc":"2.0","result":"OK"}'),
    ("tgram", '{"ok":true,"result":{"message_id":1,"text":"removal failed: error"}}'),
    ("gotify", '{"id":1,"appid":2,"message":"error","title":"failed","priority":5}'),
    ("smtp2go", '{"data":{"succeeded":1,"failed":0,"failures":[]}}'),
    ("smsmgr", "OK|1234|420777111222"),
    ("json", ""),
    ("json", "<html>error</html>"),
    ("slack", "ok"),
    ("json", "[]"),
    ("json", "null"),
]


@pytest.mark.parametrize(("schema", "body", "outcome"), REFUSED)
def test_a_refusal_is_read(schema: str, body: str, outcome: Outcome) -> None:
    """By the service's own code and words."""
    refusal = read_refusal(schema, body.encode())
    assert refusal is not None
    assert refusal.outcome is outcome
    assert refusal.words


@pytest.mark.parametrize(("schema", "body"), TAKEN)
def test_a_good_answer_is_none(schema: str, body: str) -> None:
    """Nor is a text that only speaks of errors."""
    assert read_refusal(schema, body.encode()) is None


REAL = {
    # As each is configured; a word that it refuses with, and one that it takes.
    "dingtalk://abcdefghij1234567890abcdefghij12/": (
        b'{"errcode":300001,"errmsg":"token abcdefghij1234567890abcdefghij12 is not exist"}',
        b'{"errcode":0,"errmsg":"ok"}',
    ),
    "wecombot://0123abcd-1234-5678-9abc-def012345678/": (
        b'{"errcode":93000,"errmsg":"invalid webhook url"}', b'{"errcode":0,"errmsg":"ok"}',
    ),
    "schan://SCT1234567890abcdef/": (
        b'{"code":40001,"message":"bad pushtoken"}',
        b'{"code":0,"data":{"errno":0,"error":"SUCCESS"}}',
    ),
    "feishu://abcdefghij1234567890/": (
        b'{"code":19024,"msg":"Key Words Not Found"}', b'{"code":0,"msg":"success"}',
    ),
    "lark://abcdefgh-1234-5678-9abc-def012345678/": (
        b'{"code":19001,"msg":"param invalid: incoming webhook access token invalid"}',
        b'{"code":0,"msg":"success"}',
    ),
    "vonage://abcdef12:s3cretabc1234567@12223334444/15551234567": (
        b'{"messages":[{"status":"4","error-text":"Bad Credentials"}]}',
        b'{"messages":[{"status":"0"}]}',
    ),
    "pushme://abcdefghij123456/": (b"push_key not found", b"success"),
    "synology://{netloc}/t0k3nabcdefgh": (
        b'{"error":{"code":404,"errors":"no such webhook: t0k3nabcdefgh"},"success":false}',
        b'{"success":true}',
    ),
}  # fmt: skip


@pytest.mark.parametrize("url", mostly_slow([*REAL], quick=8))
def test_a_service_that_answers_200_and_refuses_has_not_taken_it(
    url: str, everywhere: Recorder
) -> None:
    """Its own words are the reason, without the key; what it takes is sent."""
    (channel,) = open_channels(
        None, "", (url.format(netloc=everywhere.netloc),), (), NO_LINK, Named()
    )
    refuses, takes = REAL[url]
    everywhere.answers(200, body=refuses)
    receipt = channel.send(REMOVED, at=NOW, case=None)
    assert receipt.outcome is PERMANENT
    assert receipt.reason.startswith("answered 200 and refused: ")
    assert not [key for key in ("abcdefghij", "t0k3n", "s3cret") if key in receipt.reason]
    everywhere.answers(200, body=takes)
    assert channel.send(REMOVED, at=NOW, case=None) == Receipt(Outcome.SENT, "accepted")


def test_a_flooded_service_is_tried_again_when_it_asks(everywhere: Recorder) -> None:
    """Retry-After is read from the answer's header too."""
    (channel,) = open_channels(
        None, "", ("wecombot://0123abcd-1234-5678-9abc-def012345678/",), (), NO_LINK, Named()
    )
    flooded = b'{"errcode":45009,"errmsg":"api freq out of limit"}'
    everywhere.answers(200, body=flooded, retry_after=40)
    receipt = channel.send(REMOVED, at=NOW, case=None)
    assert (receipt.outcome, receipt.retry_after, receipt.flooded) == (TRANSIENT, 40.0, True)
    everywhere.answers(429, body=b"slow down", retry_after=50)
    receipt = channel.send(REMOVED, at=NOW, case=None)
    assert (receipt.outcome, receipt.retry_after, receipt.flooded) == (TRANSIENT, 50.0, True)
