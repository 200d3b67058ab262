"""The shortcut of what is asked most: the same answers as the usual way gives, and only those."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from monitor.web.prepared import BEGINS, LIVES, PIECE, Body, Prepared
from monitor.web.shortcut import Shortcut
from tests.web.test_many_watches import Hurried, Maker, play
from tests.web.world import Site

PATHS = ("/", "/status")


@pytest.mark.parametrize("path", PATHS)
def test_both_ways_answer_the_same(lived_in: Site, path: str) -> None:
    """A query that means nothing goes the usual way: bytes and headers are those of the short."""
    with lived_in.client() as client:
        client.get(path)
        short, usual = client.get(path), client.get(f"{path}?nothing=1")
        assert short.content == usual.content
        assert sorted(short.headers.multi_items()) == sorted(usual.headers.multi_items())
        assert "content-security-policy" in short.headers


@pytest.mark.parametrize("path", PATHS)
def test_other_methods_and_conditions_go_the_usual_way(lived_in: Site, path: str) -> None:
    """HEAD has no body, a POST is refused, and who has it already is told so."""
    with lived_in.client() as client:
        etag = client.get(path).headers["etag"]
        assert client.get(path, headers={"If-None-Match": etag}).status_code == 304
        assert client.head(path).content == b""
        assert client.post(path).status_code == 405


def test_pages_of_other_sites_are_told_whether_they_may_read(lived_in: Site) -> None:
    """A request with an origin is answered for that origin, however much is at hand."""
    origin = {"Origin": "https://reader.example.org"}
    app = lived_in.app(cors_origins=("https://reader.example.org",))
    with TestClient(app) as client:
        client.get("/status")
        told = client.get("/status", headers=origin)
        assert told.headers["access-control-allow-origin"] == "https://reader.example.org"


class Usual:
    """An application behind the shortcut that counts what is handed on."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        del receive
        self.asked.append(scope["path"])
        await send({"type": "http.response.start", "status": 200, "headers": []})


def request(path: str, **scope: Any) -> Scope:
    """A plain GET."""
    plain = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}
    return {**plain, **scope}


async def answered(short: Shortcut, scope: Scope) -> list[Message]:
    """What is sent for a request."""
    sent: list[Message] = []

    async def receive() -> Message:
        raise AssertionError("nothing is read of a plain GET")

    async def send(message: Message) -> None:
        sent.append(message)

    await short(scope, receive, send)
    return sent


def test_only_what_is_at_hand_is_answered(lived_in: Site) -> None:
    """The first request and other paths are handed on; then the body itself is sent."""
    usual = Usual()

    async def story() -> None:
        prepared = Prepared(lived_in.parts, lambda: 0, lambda _: Body(b"{}", '"x"', "a/b"))
        short = Shortcut(usual, {"/status": prepared})
        await answered(short, request("/status"))
        await answered(short, request("/livez"))
        assert usual.asked == ["/status", "/livez"]
        await prepared.body()
        start, body = await answered(short, request("/status"))
        assert (body["body"], start["status"]) == (b"{}", 200)
        assert (b"content-length", b"2") in start["headers"]
        await answered(short, request("/status", headers=[(b"if-none-match", b'"x"')]))
        assert usual.asked == ["/status", "/livez", "/status"]

    asyncio.run(story())


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_a_long_body_is_sent_piece_by_piece(size: int) -> None:
    """All of it comes, in its order, no piece larger than said, and only the last one ends it."""
    content = bytes(at % 251 for at in range(size))
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(Body(content, '"x"', "a/b").sent(send))
    pieces = sent[1:]
    assert b"".join(one["body"] for one in pieces) == content
    assert all(len(one["body"]) <= PIECE for one in pieces)
    assert [one.get("more_body", False) for one in pieces] == [True] * (len(pieces) - 1) + [False]


def test_the_next_body_is_begun_before_the_last_is_too_old(lived_in: Site) -> None:
    """Where it is asked for all the time nobody waits, and nothing older than a second is told."""
    maker, at = Maker(), [lived_in.parts.clock()]
    parts = replace(lived_in.parts, clock=lambda: at[0])

    async def story(loop: Hurried) -> None:
        prepared = Prepared(parts, lambda: 0, maker)
        await prepared.body()
        loop.ahead += BEGINS / 2
        assert prepared.at_hand() is not None
        await asyncio.sleep(0.05)
        assert maker.made == 1
        loop.ahead += BEGINS / 2
        assert (await prepared.body()).content == b"1"
        for _ in range(3_000):
            if (made := prepared.at_hand()) is not None and made.content == b"2":
                break
            await asyncio.sleep(0.001)
        assert maker.made == 2
        loop.ahead += LIVES
        assert prepared.at_hand() is None

    play(story)
