"""The upstream by hand: `python -m tests.upstream --port 9009`, then `POST /_/delist?name=…`.

For trying the monitor, for rehearsals and screenshots. The controls are listed by `POST /_/help`.
"""

import argparse
from collections.abc import Callable
from datetime import date

from tests.upstream.parties import INSTITUTE
from tests.upstream.rules import Rule, institute_relisting, removal
from tests.upstream.server import Upstream

Asked = dict[str, str]


class Control:
    """Turns `POST /_/word?key=value` into something that happens in the world."""

    def __init__(self, upstream: Upstream) -> None:
        self._up = upstream
        self._words: dict[str, tuple[str, Callable[[Asked], None]]] = {
            "help": ("this list", lambda _: None),
            "delist": ("name=… [csl=no] [ecfr=yes]: an entry goes", self._delist),
            "relist": ("the institute comes back to both lists", self._relist),
            "file": (
                "name=… [number=…] [on=DATE]: its removal goes on public inspection",
                self._file,
            ),
            "publish": ("name=… [number=…] [on=DATE]: its removal is published", self._publish),
            "withdraw": ("number=…: a filed document is withdrawn", self._withdraw),
            "clock": ("to=DATE: another day", self._clock),
            "fail": ("host=csl|ecfr|register [status=503]: a host answers an error", self._fail),
            "cut": ("host=…: bodies are cut short", self._cut),
            "halve": ("list=EL: half of a list is gone from the CSL", self._halve),
            "recover": ("every host is well again", self._recover),
        }

    def __call__(self, word: str, asked: Asked) -> str:
        """What was done, or what can be."""
        if word == "help" or word not in self._words:
            return "\n".join(f"POST /_/{name}  {what}" for name, (what, _) in self._words.items())
        try:
            self._words[word][1](asked)
        except (LookupError, ValueError) as error:
            return f"{word}: not done: {error}"
        return f"{word}: done"

    def _today(self, asked: Asked, key: str = "on") -> date:
        return date.fromisoformat(asked[key]) if key in asked else self._up.ecfr.newest

    def _delist(self, asked: Asked) -> None:
        self._up.delists(
            asked.get("name", INSTITUTE),
            csl=asked.get("csl") != "no",
            ecfr=self._today(asked) if asked.get("ecfr") == "yes" else None,
        )

    def _relist(self, asked: Asked) -> None:
        self._up.lists_institute(on=self._today(asked))
        self._up.publishes(institute_relisting(self._today(asked)))

    def _removal(self, asked: Asked) -> Rule:
        day = self._today(asked)
        return removal(
            asked.get("name", INSTITUTE),
            number=asked.get("number", f"{day.year}-24680"),
            publication=day,
            citation=f"{day.year - 1935} FR 80131",
        )

    def _file(self, asked: Asked) -> None:
        self._up.files(self._removal(asked))

    def _publish(self, asked: Asked) -> None:
        self._up.publishes(self._removal(asked))

    def _withdraw(self, asked: Asked) -> None:
        self._up.withdraws(asked["number"])

    def _clock(self, asked: Asked) -> None:
        self._up.moves_clock(self._today(asked, "to"))

    def _fail(self, asked: Asked) -> None:
        hosts = {"csl": self._up.csl, "ecfr": self._up.ecfr, "register": self._up.register}
        hosts[asked["host"]].answers(int(asked.get("status", "503")))

    def _cut(self, asked: Asked) -> None:
        hosts = {"csl": self._up.csl, "ecfr": self._up.ecfr, "register": self._up.register}
        hosts[asked["host"]].cuts_body()

    def _halve(self, asked: Asked) -> None:
        self._up.csl.halves_list(asked.get("list", "EL"))

    def _recover(self, _: Asked) -> None:
        for host in self._up.hosts:
            host.recovers()


def main() -> None:
    """Serves until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m tests.upstream", description=__doc__)
    parser.add_argument("--port", type=int, default=9009)
    parser.add_argument("--entries", type=int, default=3_400)
    parser.add_argument("--today", type=date.fromisoformat, default=date(2026, 11, 20))
    chosen = parser.parse_args()
    up = Upstream(chosen.today, port=chosen.port, refuses_library_agents=False)
    up.is_furnished(chosen.entries)
    up.control = Control(up)
    with up:
        print(f"csl   {up.csl_url}\nbase  {up.base_url}\n{up.control('help', {})}", flush=True)  # noqa: T201 - a command prints
        try:
            up.stopping.wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
