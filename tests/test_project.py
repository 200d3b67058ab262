"""The locks, what `make` and CI do, and what a fresh clone comes to."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import tomllib
import urllib.request
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ["", "-dev", "-build", "-uv", "-audit"]


def text(name: str) -> str:
    """A file of the project."""
    return (ROOT / name).read_text(encoding="utf-8")


# -- locks


def pins(name: str) -> dict[str, str]:
    """Name to version of everything in requirements`name`.lock."""
    found = re.findall(
        r"^([a-z0-9][a-z0-9._-]*)==([^ ;\\]+)", text(f"requirements{name}.lock"), re.MULTILINE
    )
    return dict(found)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_versions_and_hashes_and_no_address(name: str) -> None:
    """Whoever installs chooses the index, and every file is held to its hash."""
    lock = text(f"requirements{name}.lock")
    assert not re.search(
        r"://|^\s*(-i|-f|--index-url|--extra-index|--find-links)", lock, re.MULTILINE
    )
    for requirement in lock.replace("\\\n", " ").splitlines():
        assert re.match(r"[a-z0-9._-]+==[^ ]+ .*--hash=sha256:[0-9a-f]{64}", requirement)


def test_the_locks_are_what_pyproject_asks_for() -> None:
    """If this fails: make lock."""
    project = tomllib.loads(text("pyproject.toml"))
    asked = project["project"]["dependencies"]
    asked += project["project"]["optional-dependencies"]["postgresql"]
    for name, more in (
        ("", []),
        ("-dev", project["dependency-groups"]["dev"]),
    ):
        asked += more
        locked = pins(name)
        for requirement in map(Requirement, asked):
            version = locked[requirement.name.lower()]
            assert requirement.specifier.contains(version), (
                f"requirements{name}.lock: {requirement} is {version}"
            )


def test_the_developers_lock_holds_the_products() -> None:
    """Tests run on what is shipped."""
    assert pins("").items() <= pins("-dev").items()
    shared = pins("-build").items() & pins("-dev").items()
    assert "hatchling" in dict(shared)


# -- make


def make(
    *words: str, path: Path | None = None, cwd: Path = ROOT
) -> subprocess.CompletedProcess[str]:
    """Runs make as from a shell of its own; with `path`, no other command can be found there."""
    env = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("M") and name != "PYTHON"
    }
    if path is not None:
        env["PATH"] = str(path)
    return subprocess.run(
        [shutil.which("make") or "make", *words],
        cwd=cwd, env=env, text=True, capture_output=True, timeout=300, check=False,
    )  # fmt: skip


def pretend(folder: Path, name: str, *, old: bool = False, bare: bool = False) -> None:
    """A command that answers as an interpreter would; a whole one says which it is."""
    folder.mkdir(exist_ok=True)
    refuses = "*version_info*" if old else "*ensurepip*" if bare else "nothing"
    script = f'#!/bin/sh\ncase "$2" in {refuses}) exit 1;; venv) echo {name} "$@";; esac\nexit 0\n'
    (folder / name).write_text(script)
    (folder / name).chmod(0o755)


def test_make_takes_the_newest_python_that_will_do(tmp_path: Path) -> None:
    """A new one without the means for environments is passed over, an old one too."""
    pretend(tmp_path, "python3.14", bare=True)
    pretend(tmp_path, "python3.13")
    pretend(tmp_path, "python3.12")
    pretend(tmp_path, "python3", old=True)
    done = make(f"{tmp_path}/venv/bin/python", f"VENV={tmp_path}/venv", path=tmp_path)
    assert done.stdout == f"python3.13 -m venv --clear {tmp_path}/venv\n"


def test_make_says_which_python_is_needed(tmp_path: Path) -> None:
    """Without any that is new enough."""
    pretend(tmp_path, "python3", old=True)
    done = make(f"{tmp_path}/venv/bin/python", f"VENV={tmp_path}/venv", path=tmp_path)
    assert done.returncode != 0
    assert "Python 3.11 or newer is needed" in done.stderr


def test_make_names_the_package_that_is_missing(tmp_path: Path) -> None:
    """Debian's python3 comes without the means to make environments."""
    pretend(tmp_path, "python3", bare=True)
    done = make(f"{tmp_path}/venv/bin/python", f"VENV={tmp_path}/venv", path=tmp_path)
    assert done.returncode != 0
    assert "apt-get install python3-venv" in done.stderr


def test_ci_is_a_script_that_ends_with_the_quick_tests() -> None:
    """Their closing line closes the output."""
    subprocess.run(["bash", "-n", ROOT / ".ci/run"], check=True, timeout=10)
    assert text(".ci/run").rstrip().splitlines()[-1].endswith("make test")
    assert os.access(ROOT / ".ci/run", os.X_OK)


def test_the_workflow_runs_ci_on_the_oldest_and_the_newest_python() -> None:
    """The oldest is the one that pyproject claims, the newest the first that make tries."""
    workflow = yaml.safe_load(text(".github/workflows/ci.yml"))
    job = workflow["jobs"]["run"]
    oldest = tomllib.loads(text("pyproject.toml"))["project"]["requires-python"].removeprefix(">=")
    newest = re.findall(r"^PYTHONS := python([\d.]+)", text("Makefile"), re.MULTILINE)[0]
    assert job["strategy"]["matrix"]["python"] == [oldest, newest]
    assert job["steps"][-1]["run"] == ".ci/run"


# -- a fresh clone


@pytest.mark.slow
def test_a_fresh_clone_serves_and_is_honest_without_a_network(tmp_path: Path) -> None:
    """From git, make and Python alone it installs, serves, says unknown and why, alerts nobody."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no clone of a repository, so none can be made of it")
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True, timeout=60)
    installed = make(".venv/installed-run", cwd=clone)
    assert installed.returncode == 0, installed.stderr
    with socket.create_server(("127.0.0.1", 0)) as closed:
        nowhere = f"http://127.0.0.1:{closed.getsockname()[1]}"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    env = {**os.environ, "MONITOR_PORT": str(port), "HTTPS_PROXY": nowhere, "NO_PROXY": ""}
    env = {name: value for name, value in env.items() if not name.startswith("MAKE")}
    with subprocess.Popen(["make", "run"], cwd=clone, env=env, start_new_session=True) as served:
        try:
            status = asked(f"http://127.0.0.1:{port}/status", until="failed")
            events = asked(f"http://127.0.0.1:{port}/events")
        finally:
            os.killpg(served.pid, signal.SIGTERM)
            served.wait(40)
    (watch,) = status["watches"]
    assert (watch["watch"], watch["state"], watch["fresh"]) == ("mps-ifs", "unknown", False)
    assert watch["reasons"]
    assert not [one for one in events["events"] if one["watch"] is not None]


def asked(url: str, *, until: str = "") -> dict[str, Any]:
    """The answer as soon as it comes and holds that word; at most half a minute later."""
    end, said = time.monotonic() + 30, ""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < end:
        try:
            with opener.open(url, timeout=5) as answer:
                said = answer.read().decode()
        except OSError:
            time.sleep(0.2)
            continue
        if until in said:
            found: dict[str, Any] = json.loads(said)
            return found
        time.sleep(0.2)
    raise AssertionError(f"{url} did not answer with “{until}”: {said}")
