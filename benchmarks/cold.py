"""One command as a process of its own, against a script of twenty lines over the same list.

Processor time of the whole process, its start included. Both read a changed list; `status` and
`search` read what is kept.
"""

import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.generator import Sizes, consolidated
from benchmarks.memory import configured, environment, upstream
from benchmarks.polling import Measured

ROUNDS = 5
BOUND = 1.5


def measure() -> Iterator[Measured]:
    """The script and the commands, in turn."""
    with upstream() as (host, url), tempfile.TemporaryDirectory() as name:
        settings, names = configured(Path(name), url), str(Path(name) / "names.json")
        script = ["-m", "benchmarks.script", url, names]
        commands = {
            "check": ["-m", "monitor", "check"],
            "status": ["-m", "monitor", "status"],
            "search": ["-m", "monitor", "search", "Institute of Forensic Science"],
        }
        spent: dict[str, list[float]] = {name: [] for name in ("script", *commands)}
        # The first round compiles the code, lays out the database and reads its first list.
        for at in range(ROUNDS + 1):
            host.bodies = [consolidated(Sizes(), changed=20, version=1 + at)]
            spent["script"].append(_processor(script, environment()))
            for command, arguments in commands.items():
                spent[command].append(_processor(arguments, settings))
    floor = median(spent.pop("script")[1:])
    yield Measured("a script of twenty lines, whole process", floor)
    for command, seconds in spent.items():
        value = median(seconds[1:])
        yield Measured(f"`{command}`, whole process", value, "script", value / floor, BOUND)


def _processor(arguments: list[str], env: dict[str, str]) -> float:
    """Seconds of processor time of a process."""
    before = _children()
    subprocess.run(
        [sys.executable, *arguments], env=env, stdout=subprocess.DEVNULL, check=True, timeout=300
    )
    return _children() - before


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
