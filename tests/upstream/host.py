"""A host that answers rightly until told to go wrong: the vocabulary of faults on the way.

What it says when nothing is wrong is its subclass's business. This file knows no list and no
document.
"""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Self

from tests.upstream.wire import HTML, JSON, Reply, Request, etag_of

BLOCK_PAGE = b"""<!DOCTYPE html>
<html><head><title>Federal Register :: Request Access</title></head>
<body><h1>Request Access</h1>
<p>Due to aggressive automated scraping of FederalRegister.gov and eCFR.gov, programmatic access to
these sites is limited to access to our extensive developer APIs. Complete the CAPTCHA below.</p>
</body></html>
"""


@dataclass(slots=True)
class _Fault:
    change: Callable[[Reply], Reply]
    left: int | None
    on: str


class Host:
    """One of the three hosts: answers rightly, until told to go wrong.

    Every fault takes `times` (how many answers it spoils; None: until `recovers`) and `on` (a part
    of the path, where only some answers are to be spoiled). Faults with `times` play in the order
    they were told; an endless one takes the place of the endless one before it with the same `on`.
    """

    name = ""
    prefixes: tuple[str, ...] = ()

    def __init__(self, lock: threading.RLock) -> None:
        self._lock = lock
        self._faults: list[_Fault] = []
        self._rendered: dict[str, bytes] = {}

    # -- answering

    def reply(self, request: Request) -> Reply:
        """The answer to this request, spoiled if a fault is due."""
        with self._lock:
            fault = self._due(request.path)
            whole = self.says(request)
            if fault is not None:
                return fault.change(whole)
            asked = request.headers.get("if-none-match")
            if asked is not None and asked == whole.headers.get("ETag"):
                return replace(whole, status=304, body=b"", declares_length=False)
            return whole

    def says(self, request: Request) -> Reply:
        """What a sound host answers."""
        raise NotImplementedError

    def rendered(self, key: str, render: Callable[[], bytes]) -> bytes:
        """The bytes filed under `key`, made once until something changes."""
        if key not in self._rendered:
            self._rendered[key] = render()
        return self._rendered[key]

    def changes(self) -> None:
        """What is published has changed: every body is made anew."""
        self._rendered.clear()

    def _due(self, path: str) -> _Fault | None:
        for fault in self._faults:
            if fault.on in path:
                if fault.left is not None:
                    fault.left -= 1
                    if fault.left <= 0:
                        self._faults.remove(fault)
                return fault
        return None

    def _goes_wrong(self, change: Callable[[Reply], Reply], times: int | None, on: str) -> Self:
        with self._lock:
            self._faults = [f for f in self._faults if f.left is not None or f.on != on]
            self._faults.append(_Fault(change, times, on))
        return self

    @property
    def is_well(self) -> bool:
        """Whether nothing is wrong."""
        return not self._faults

    # -- the vocabulary of faults

    def recovers(self) -> None:
        """Nothing is wrong any more."""
        with self._lock:
            self._faults.clear()
            self.changes()

    def answers(
        self,
        status: int,
        *,
        retry_after: int | str | None = None,
        body: bytes = b"",
        content_type: str = HTML,
        times: int | None = None,
        on: str = "",
    ) -> Self:
        """Answers with this status, whatever is asked."""
        headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
        fixed = Reply(body, content_type, status, headers)
        return self._goes_wrong(lambda _: fixed, times, on)

    def serves(
        self, body: bytes, content_type: str = JSON, *, times: int | None = None, on: str = ""
    ) -> Self:
        """Answers 200 with these bytes: an older copy, a broken file, anything."""
        fixed = Reply(body, content_type, headers={"ETag": etag_of(body)})
        return self._goes_wrong(lambda _: fixed, times, on)

    def html_page(self, *, status: int = 200, times: int | None = None, on: str = "") -> Self:
        """A block page where data was asked for."""
        return self._goes_wrong(lambda _: Reply(BLOCK_PAGE, HTML, status), times, on)

    def redirects_to(
        self, url: str, *, status: int = 302, times: int | None = None, on: str = ""
    ) -> Self:
        """Sends the asker elsewhere."""
        fixed = Reply(b"", HTML, status, {"Location": url})
        return self._goes_wrong(lambda _: fixed, times, on)

    def cuts_body(
        self, *, with_length: bool = True, at: float = 0.5, times: int | None = None, on: str = ""
    ) -> Self:
        """Closes the connection in mid-body; without a length nothing on the wire tells."""
        return self._goes_wrong(
            lambda r: replace(r, cut_at=at, declares_length=with_length, packed=False), times, on
        )

    def half_gzip(self, *, at: float = 0.5, times: int | None = None, on: str = "") -> Self:
        """Half of a gzip stream, without a length, taken for whole by careless clients."""
        return self._goes_wrong(
            lambda r: replace(r, cut_at=at, declares_length=False, packed=True), times, on
        )

    def hangs(self, seconds: float, *, times: int | None = None, on: str = "") -> Self:
        """Says nothing for so long, then answers as if nothing had been."""
        return self._goes_wrong(lambda r: replace(r, pause=seconds), times, on)

    def drips(self, seconds: float, *, times: int | None = None, on: str = "") -> Self:
        """Sends the body in ten pieces, so many seconds apart: no single read is ever slow."""
        return self._goes_wrong(lambda r: replace(r, drip=seconds), times, on)

    def resets(self, *, times: int | None = None, on: str = "") -> Self:
        """Resets the connection instead of answering."""
        return self._goes_wrong(lambda r: replace(r, resets=True), times, on)

    def puts_on_the_wire(
        self, wire: Iterable[bytes], *, drip: float = 0.0, times: int | None = None, on: str = ""
    ) -> Self:
        """Sends these very bytes, status line and all, `drip` seconds apart, and closes."""
        return self._goes_wrong(lambda _: Reply(wire=wire, drip=drip), times, on)

    def adds_headers(self, *, times: int | None = None, on: str = "", **headers: str) -> Self:
        """The right answer with headers of its own; `_` stands for a dash."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._goes_wrong(lambda r: replace(r, headers={**r.headers, **named}), times, on)

    def oversized(
        self,
        size: int,
        *,
        declared: bool = True,
        packed: bool = False,
        times: int | None = None,
        on: str = "",
    ) -> Self:
        """The right body, padded with blanks to `size` bytes; packed, it is small on the wire."""
        return self._goes_wrong(
            lambda r: replace(
                r, body=r.body.ljust(size), declares_length=declared, packed=packed, headers={}
            ),
            times,
            on,
        )
