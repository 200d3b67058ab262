"""The Dockerfile's steps in a clean folder: what it builds runs without rights, and writes nowhere.

No engine is needed: the same locks, wheel, environment, user and health check.
"""

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.ops.post import TODAY, Post, free_port, until
from tests.test_deployment import ROOT, last
from tests.upstream.server import Upstream

USER = int(last("USER").split(":")[0])
COPIED = ("pyproject.toml", "README.md", "LICENSE", "requirements.lock", "monitor")


@dataclass(frozen=True)
class Image:
    """Folders that stand for those of the image."""

    root: Path
    user: int | None = None
    """Whom to run as, where that can be chosen."""

    @property
    def python(self) -> Path:
        return self.root / "opt" / "bin" / "python"

    def environment(self, port: int) -> dict[str, str]:
        """What the Dockerfile sets, by the folders here; on loopback."""
        said = dict(word.split("=", 1) for word in shlex.split(last("ENV")))
        folders = {"/opt/entity-monitor": "opt", "/etc/entity-monitor": "etc", "/data": "data"}
        for there, here in folders.items():
            said = {
                name: value.replace(there, str(self.root / here)) for name, value in said.items()
            }
        path = said["PATH"].replace("$PATH", os.environ["PATH"])
        return {**said, "PATH": path, "MONITOR_HOST": "127.0.0.1", "MONITOR_PORT": str(port)}

    def serves(self, port: int) -> "subprocess.Popen[bytes]":
        words = json.loads(last("ENTRYPOINT")) + json.loads(last("CMD"))
        words[0] = str(self.root / "opt" / "bin" / words[0])
        with (self.root / "log").open("wb") as log:
            return subprocess.Popen(
                words, env=self.environment(port), cwd=self.root / "data",
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log,
                user=self.user, group=self.user,
                extra_groups=None if self.user is None else [],
            )  # fmt: skip

    def is_well(self, port: int) -> bool:
        """What the health check says, run as the engine runs it."""
        words = json.loads(last("HEALTHCHECK").split("CMD", 1)[1])
        words[0] = str(self.root / "opt" / "bin" / words[0])
        done = subprocess.run(
            words, env=self.environment(port), capture_output=True, timeout=30, check=False,
            user=self.user, group=self.user,
        )  # fmt: skip
        return done.returncode == 0


def interpreter(user: int | None) -> str:
    """One that the user may run; the test is skipped where there is none."""
    asked = "import ssl, sys, venv; sys.exit(sys.version_info < (3, 11))"
    for found in (sys.executable, "/usr/local/bin/python3", "/usr/bin/python3"):
        try:
            done = subprocess.run(
                [found, "-c", asked], user=user, group=user, capture_output=True, check=False
            )
        except OSError:
            continue
        if done.returncode == 0:
            return found
    pytest.skip(f"no Python here that user {USER} may run")


def runs(*words: str, cwd: Path) -> None:
    """A step of the build; the test is skipped where no index answers."""
    done = subprocess.run(words, cwd=cwd, capture_output=True, text=True, timeout=400, check=False)
    if done.returncode and ("No module named pip" in done.stderr or _unreached(done.stderr)):
        pytest.skip(f"nothing can be installed here: {done.stderr.strip().splitlines()[-1]}")
    assert done.returncode == 0, done.stderr


def _unreached(said: str) -> bool:
    return "NewConnectionError" in said or "No matching distribution found" in said


@pytest.fixture
def image() -> Iterator[Image]:
    """Built as the Dockerfile builds, then without the right to write."""
    user = USER if os.geteuid() == 0 else None
    with TemporaryDirectory(dir="/tmp", prefix="image-", ignore_cleanup_errors=True) as name:
        root = Path(name)
        root.chmod(0o755)
        made, build = Image(root, user), root / "build"
        build.mkdir()
        for one in COPIED:
            copy = shutil.copytree if (ROOT / one).is_dir() else shutil.copy
            copy(ROOT / one, build / one)
        runs(interpreter(user), "-m", "venv", "--without-pip", str(root / "opt"), cwd=build)
        pip = (sys.executable, "-m", "pip")
        into = (*pip, "--python", str(made.python), "install", "--quiet")
        locked = ("--only-binary", ":all:", "--require-hashes", "-r", "requirements.lock")
        runs(*into, *locked, cwd=build)
        wheel = (
            "wheel",
            "--quiet",
            "--no-deps",
            "--no-build-isolation",
            "--wheel-dir",
            "dist",
            ".",
        )
        runs(*pip, *wheel, cwd=build)
        (built,) = (build / "dist").glob("*.whl")
        runs(*into, "--no-deps", "--no-index", str(built), cwd=build)
        runs(str(made.python), "-m", "compileall", "-q", str(root / "opt" / "lib"), cwd=build)
        shutil.rmtree(build)
        (root / "data").mkdir(mode=0o750)
        if user is not None:
            os.chown(root / "data", user, user)
        subprocess.run(["chmod", "-R", "a+rX,a-w", root / "opt"], check=True, timeout=60)
        yield made
        subprocess.run(["chmod", "-R", "u+w", root / "opt"], check=True, timeout=60)


def status(port: int) -> str | None:
    """The state of the first watch."""
    try:
        with urlopen(f"http://127.0.0.1:{port}/status", timeout=10) as answer:
            state: str = json.load(answer)["watches"][0]["state"]
    except (URLError, ConnectionError, TimeoutError):
        return None
    return state


@pytest.mark.slow
def test_what_the_image_holds_runs_without_rights(image: Image, tmp_path: Path) -> None:
    """It serves, is well by the image's own check, tells what is listed, and ends when asked."""
    with Upstream(TODAY) as upstream:
        configured = Post(tmp_path, upstream.is_furnished(20), sources=("csl",))
        shutil.copytree(configured.folder / "config", image.root / "etc")
        subprocess.run(["chmod", "-R", "a+rX,a-w", image.root / "etc"], check=True, timeout=60)
        port = free_port()
        assert not image.is_well(port)
        process = image.serves(port)
        try:
            said = image.root / "log"
            assert until(lambda: image.is_well(port) or process.poll() is not None), (
                said.read_text()
            )
            assert Path(f"/proc/{process.pid}").stat().st_uid != 0
            assert until(lambda: status(port) == "listed"), said.read_text()
            process.terminate()
            assert process.wait(60) == 0, said.read_text()
        finally:
            if process.poll() is None:
                process.kill()
                process.wait(60)
    written = {path.relative_to(image.root).parts[0] for path in image.root.rglob("*.db")}
    assert written == {"data"}
