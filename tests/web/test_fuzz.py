"""The whole API under fire: everything it answers is what its OpenAPI document says."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.web.serving import served
from tests.web.world import TOKEN, Site

SCHEMATHESIS = Path(sys.executable).with_name("st")
pytestmark = pytest.mark.slow


@pytest.mark.skipif(not SCHEMATHESIS.exists(), reason="schemathesis is not installed")
@pytest.mark.parametrize("token", [None, TOKEN], ids=["reads", "with-admin"])
def test_schemathesis_finds_nothing(lived_in: Site, tmp_path: Path, token: str | None) -> None:
    """Every check there is, over every operation, with and without the admin token set."""
    with served(lived_in.app(token=token)) as base:
        asked = [str(SCHEMATHESIS), "run", f"{base}/openapi.json", "--no-color"]
        asked += ["--max-examples", "30", "--seed", "744", "--warnings", "off"]
        asked += ["-H", f"Authorization: Bearer {token}"] if token else []
        done = subprocess.run(
            asked, cwd=tmp_path, capture_output=True, text=True, timeout=400, check=False
        )
    assert done.returncode == 0, done.stdout[-6000:]
