"""What a whole process takes: its peak over a changed poll, its idle size, its time to be ready."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import ClassVar

from benchmarks.generator import Sizes, consolidated
from benchmarks.polling import Measured

_WATCHLIST = """
watches:
  - id: mps-ifs
    name: Ministry of Public Security's Institute of Forensic Science of China
"""


class _Lists(BaseHTTPRequestHandler):
    bodies: ClassVar[list[bytes]] = [b""]

    def do_GET(self) -> None:
        """Serve the next list, and then the first again."""
        body = self.bodies[0]
        self.bodies.append(self.bodies.pop(0))
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


@contextmanager
def upstream() -> Iterator[tuple[type[_Lists], str]]:
    """A host on loopback that serves one list."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Lists)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield _Lists, f"http://127.0.0.1:{server.server_port}/consolidated.json"
    server.shutdown()
    thread.join()


def configured(folder: Path, url: str, every: str = "1h") -> dict[str, str]:
    """A configuration folder, and the environment to run with it."""
    (folder / "watchlist.yaml").write_text(_WATCHLIST, "utf-8")
    (folder / "sources.yaml").write_text(
        f"sources:\n  csl: {{urls: ['{url}'], schedule: {{every: {every}}}}}\n", "utf-8"
    )
    return {
        **environment(),
        "MONITOR_CONFIG_DIR": str(folder),
        "MONITOR_DATA_DIR": str(folder / "data"),
    }


def environment() -> dict[str, str]:
    """What processes are started with: as installed, code is compiled once and kept."""
    found = dict(os.environ)
    found.pop("PYTHONDONTWRITEBYTECODE", None)
    return found


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def peak_of_checks(runs: int = 3) -> float:
    """The median peak of whole `check` processes with a changed list, in MiB."""
    peaks = []
    with upstream() as (host, url), tempfile.TemporaryDirectory() as name:
        settings = configured(Path(name), url)
        for version in range(runs + 1):
            host.bodies = [consolidated(Sizes(), changed=20, version=1 + version)]
            code = (
                "import sys\nfrom monitor.__main__ import main\nsys.argv = ['m', 'check']\n"
                "try:\n    main()\nfinally:\n"
                "    print(open('/proc/self/status').read(), file=sys.stderr)\n"
            )
            done = subprocess.run(
                [sys.executable, "-c", code],
                env=settings, capture_output=True, text=True, timeout=120, check=True,
            )  # fmt: skip
            peaks.append(_size(done.stderr, "VmHWM"))
    return median(peaks[1:])


@contextmanager
def serving(settings: dict[str, str]) -> Iterator[tuple[int, str, float]]:
    """A running service: its process id, its address, and the seconds until it was ready."""
    port = free_port()
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "monitor", "serve"],
        env={**settings, "MONITOR_PORT": str(port)},
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_ready(address)
        yield process.pid, address, time.perf_counter() - start
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _wait_until_ready(address: str) -> None:
    for _ in range(3000):
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=1):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.02)
    raise AssertionError("the service was not ready within a minute")


def resident(pid: int, field: str = "VmRSS") -> float:
    """A process's size in MiB; `VmHWM` is its peak."""
    return _size(Path(f"/proc/{pid}/status").read_text("utf-8"), field)


def processor(pid: int) -> float:
    """Seconds of processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _size(status: str, field: str) -> float:
    for line in status.splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) / 1024
    raise AssertionError(f"no {field}")


def measure() -> Iterator[Measured]:
    """Peak, idle size, and time to be ready."""
    peak = peak_of_checks()
    yield Measured("peak of a check, changed list", peak, "200 MiB", peak / 200, 1.0, "MiB")
    ready, used, idle, busy = [], [], [], []
    with upstream() as (host, url), tempfile.TemporaryDirectory() as name:
        host.bodies = [b'{"results":[]}']
        settings = configured(Path(name), url)
        with serving(settings):
            # The first start compiles the code.
            pass
        for _ in range(5):
            with serving(settings) as (pid, _address, seconds):
                ready.append(seconds)
                used.append(processor(pid))
                time.sleep(1)
                idle.append(resident(pid))
    with upstream() as (host, url), tempfile.TemporaryDirectory() as name:
        host.bodies = [consolidated(Sizes(), changed=20, version=1 + at) for at in range(3)]
        with serving(configured(Path(name), url, every="2s")) as (pid, address, _seconds):
            time.sleep(12)
            with urllib.request.urlopen(f"{address}/polls", timeout=5) as answer:
                outcomes = [one["outcome"] for one in json.load(answer)["polls"]]
            if "accepted" not in outcomes:
                raise AssertionError(f"no changed list was judged: {outcomes}")
            busy.append(resident(pid, "VmHWM"))
    yield Measured("start to ready", median(ready), "2 s", median(ready) / 2, 1.0)
    yield Measured("processor time of a start, until ready", median(used))
    yield Measured("idle service", median(idle), "120 MiB", median(idle) / 120, 1.0, "MiB")
    yield Measured(
        "peak of a service, changed lists", busy[0], "200 MiB", busy[0] / 200, 1.0, "MiB"
    )
