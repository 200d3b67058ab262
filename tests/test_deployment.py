"""The image and the ways to deploy it: no rights, no secrets, only what is locked is fetched."""

import http.server
import json
import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from monitor.settings.environment import Environment

ROOT = Path(__file__).resolve().parents[1]
DEPLOYED = ["Dockerfile", "compose.yaml", "deploy/entity-monitor.service", "deploy/kubernetes.yaml"]


def text(name: str) -> str:
    """A file of the project."""
    return (ROOT / name).read_text(encoding="utf-8")


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions, continued lines joined."""
    joined = re.sub(r"\\\n\s*", " ", re.sub(r"^#.*\n", "", text("Dockerfile"), flags=re.MULTILINE))
    pairs = (line.split(maxsplit=1) for line in joined.splitlines() if line.strip())
    return [(name, rest) for name, rest in pairs]


def last(instruction: str) -> str:
    """What the final image says with it."""
    return [rest for name, rest in instructions() if name == instruction][-1]


def test_the_image_runs_without_rights_and_builds_from_hashes_alone() -> None:
    """A numeric user, so that a platform can check it; nothing fetched but wheels with hashes."""
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", last("USER"))
    assert (last("ENTRYPOINT"), last("CMD")) == ('["entity-monitor"]', '["serve"]')
    assert last("EXPOSE") == "8000"
    assert "ADD" not in {name for name, _ in instructions()}
    for run in (rest for name, rest in instructions() if name == "RUN"):
        assert not re.search(r"curl|wget|apt-get|gcc", run)
        for command in run.split("&&"):
            if " install " in command and "pip" in command:
                safe = "--require-hashes" in command and "--only-binary :all:" in command
                assert safe or "--no-index" in command


def test_what_the_image_copies_is_what_its_context_lets_in() -> None:
    """Neither the history nor the data nor a secret beside them can get in."""
    let_in = {line[1:] for line in text(".dockerignore").splitlines() if line.startswith("!")}
    assert text(".dockerignore").startswith("*\n")
    copied = {
        name
        for instruction, rest in instructions()
        if instruction == "COPY" and not rest.startswith("--from")
        for name in rest.split()[:-1]
    }
    assert copied == let_in
    assert all((ROOT / name).exists() for name in copied)


class _Server(http.server.HTTPServer):
    """As the service listens: on IPv6 alone where it is given an IPv6 address."""

    def server_bind(self) -> None:
        if self.address_family == socket.AF_INET6:
            self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        super().server_bind()


@contextmanager
def answering(status: int, host: str = "127.0.0.1") -> Iterator[int]:
    """A server on loopback that answers /livez so; its port."""

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/livez" else 404)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Not to stderr."""

    listening = type(
        "Listening",
        (_Server,),
        {"address_family": socket.AF_INET6 if ":" in host else socket.AF_INET},
    )
    with listening((host, 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1)])
def test_the_health_check_tells_well_from_unwell(status: int, code: int) -> None:
    """The image's own words, run as the engine runs them: without a shell."""
    words = json.loads(last("HEALTHCHECK").split("CMD", 1)[1])
    words[0] = sys.executable if words[0] == "python" else words[0]
    with answering(status) as port:
        env = {**os.environ, "MONITOR_PORT": str(port)}
        assert subprocess.run(words, env=env, timeout=20, check=False).returncode == code


@pytest.mark.parametrize(
    ("host", "listens"),
    [("::", "::1"), ("[::]", "::1"), ("::1", "::1"), ("127.0.0.2", "127.0.0.2"),
     ("0.0.0.0", "127.0.0.1"), ("", "127.0.0.1")],
)  # fmt: skip
@pytest.mark.slow
def test_the_health_check_asks_where_the_service_listens(host: str, listens: str) -> None:
    """Whatever address it was given."""
    words = json.loads(last("HEALTHCHECK").split("CMD", 1)[1])
    with answering(200, listens) as port:
        env = {**os.environ, "MONITOR_PORT": str(port), "MONITOR_HOST": host}
        command = [sys.executable, *words[1:]]
        assert subprocess.run(command, env=env, timeout=20, check=False).returncode == 0


def test_no_secret_stands_in_what_is_deployed() -> None:
    """Passwords come from the operator's environment or files."""
    set_here = r"^\s*(?:Environment=)?\w*(?:PASSWORD|TOKEN|SECRET)\w*[:=]\s*\"?(\S+)"
    for name in DEPLOYED:
        given = re.findall(set_here, text(name), re.MULTILINE)
        given += re.findall(r"://\w+:([^@\s]+)@", text(name).replace(" ", ""))
        assert all(one.startswith(("${", "PASSWORD")) for one in given), name


def test_what_is_deployed_may_write_nowhere_but_to_its_data() -> None:
    """The same promise on every platform."""
    for service in ("monitor-1", "monitor-2"):
        replica = yaml.safe_load(text("compose.yaml"))["services"][service]
        assert replica["read_only"]
        assert replica["cap_drop"] == ["ALL"]
    documents = {one["kind"]: one for one in yaml.safe_load_all(text("deploy/kubernetes.yaml"))}
    pod = documents["Deployment"]["spec"]["template"]["spec"]
    assert pod["securityContext"]["runAsNonRoot"]
    assert str(pod["securityContext"]["runAsUser"]) == last("USER").split(":")[0]
    assert pod["containers"][0]["securityContext"]["readOnlyRootFilesystem"]
    unit = text("deploy/entity-monitor.service")
    assert "ProtectSystem=strict" in unit
    assert "DynamicUser=yes" in unit


@pytest.mark.parametrize("name", DEPLOYED)
def test_every_variable_that_is_named_exists(name: str) -> None:
    """A misspelled one would be ignored in silence."""
    known = {f"MONITOR_{field.upper()}" for field in Environment.model_fields}
    known |= {f"MONITOR_{one}_FILE" for one in ("DATABASE_URL", "ADMIN_TOKEN", "APPRISE_URLS")}
    assert set(re.findall(r"MONITOR_[A-Z_]+[A-Z]", text(name))) <= known | {"MONITOR_CONFIG_DIR"}
