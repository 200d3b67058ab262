"""Every name of a list changed at once, against an ordinary change.

Ordinary is what a rule and the bureau's mending bring: twenty rows amended, one of them respelled.
"""

from collections.abc import Callable, Iterator
from itertools import cycle

from benchmarks.generator import Sizes, consolidated, names
from benchmarks.polling import Measured
from benchmarks.stage import Stage, median_of, seconds, stage
from monitor.judging.watchlist import follow
from monitor.poll import poll
from monitor.screening.watch import Watch

BOUND = 3.0
FORMS = ("{} [PRC]", "{}")


def measure() -> Iterator[Measured]:
    """Polls of the full list, parsed, judged and committed."""
    sizes = Sizes()
    with stage([Watch("w0", names(1)[0])]) as on:
        follow(on.service)
        ordinary = _polls(on, lambda at: _ordinary(sizes, at))
    with stage([Watch("w0", names(1)[0])]) as on:
        follow(on.service)
        forms = cycle(FORMS)
        renamed = _polls(on, lambda _at: consolidated(sizes, form=next(forms)))
    yield Measured("changed poll, every name in another form", renamed, "20 rows changed",
                   renamed / ordinary, BOUND)  # fmt: skip


def _ordinary(sizes: Sizes, at: int) -> bytes:
    """Another letter is wrong in one name of the list every time."""
    name = names(1)[0].encode()
    wrong = name.replace(b"e", b"aiou"[at % 4 : at % 4 + 1], 1)
    return consolidated(sizes, changed=20, version=1 + at).replace(name, wrong)


def _polls(on: Stage, body: Callable[[int], bytes]) -> float:
    on.http.body = body(-1)
    poll(on.service, "csl")

    def changed(at: int) -> float:
        on.http.body = body(at)
        on.hour()
        return seconds(lambda: poll(on.service, "csl"))

    return median_of(changed)
