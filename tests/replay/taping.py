"""Makes a tape of what the service asks of the small world of hosts, and what they answer.

`python -m tests.replay.november` writes the shipped tape anew with it.
"""

import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml

from monitor.errors import SourceFault
from monitor.replay.scenario import MANIFEST
from monitor.screening.witness import WASHINGTON
from monitor.sources.fetch import Answer, Http

_KEPT_HEADERS = ("etag", "last-modified", "content-type")


class _InFull(yaml.SafeDumper):
    """Says everything where it stands, without references."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


@dataclass
class Taping:
    """What is recorded of all sources."""

    clock: Callable[[], datetime]
    answers: list[dict[str, Any]] = field(default_factory=list)
    bodies: dict[str, bytes] = field(default_factory=dict)
    _newest: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def heard(self, source: str, url: str, said: dict[str, Any]) -> None:
        """An answer, where it is another than the one before to the same address."""
        path, query = urlsplit(url)[2:4]
        if "/full/" in path:
            # One address has the appendix and the whole part.
            path = f"{path}?{unquote(query)}"
        if self._newest.get((source, path)) != said:
            self._newest[source, path] = said
            since = f"{self.clock().astimezone(WASHINGTON):%Y-%m-%d %H:%M}"
            self.answers.append({"since": since, "source": source, "path": path, **said})

    def body(self, url: str, body: bytes) -> str:
        """The name under which a body is kept."""
        path = Path(urlsplit(url).path)
        name = f"{path.stem}-{sha256(body).hexdigest()[:8]}{path.suffix or '.json'}.gz"
        self.bodies[name] = body
        return name

    def write(self, folder: Path, **manifest: Any) -> None:
        """The manifest and the bodies, into an empty folder."""
        folder.mkdir(parents=True, exist_ok=True)
        said = yaml.dump(
            {**manifest, "answers": self.answers},
            Dumper=_InFull, sort_keys=False, allow_unicode=True, width=100,
        )  # fmt: skip
        (folder / MANIFEST).write_text(said, encoding="utf-8")
        for name, body in self.bodies.items():
            (folder / name).write_bytes(gzip.compress(body, mtime=0))


@dataclass
class Recording:
    """Asks as before, and keeps what came."""

    source: str
    http: Http
    tape: Taping

    def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Answer:
        """The answer; what is still the same is not kept again."""
        try:
            answer = self.http.get(url, headers=headers)
        except SourceFault as fault:
            said = {"status": fault.status} if fault.status else {"fault": fault.reason}
            self.tape.heard(self.source, url, said)
            raise
        if answer.status == 200:
            kept = {name: answer.headers[name] for name in _KEPT_HEADERS if name in answer.headers}
            body = self.tape.body(url, answer.body)
            self.tape.heard(self.source, url, {"headers": kept, "body": body})
        return answer
