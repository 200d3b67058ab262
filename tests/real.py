"""The real lists that tests may read where they are, and skip without."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from tests.upstream.parties import INSTITUTE_AS_CSL_HAD_IT


def data(name: str) -> Path:
    """A sample file. Skips the test where the samples are not."""
    for parent in Path(__file__).resolve().parents:
        found = parent / "shared" / "data" / name
        if found.exists():
            return found
    pytest.skip(f"needs the sample file {name}, which is not part of the project")


def whole_csl() -> dict[str, Any]:
    """The Consolidated Screening List of 2022-05-16, decoded."""
    path = data("csl-2022-05-16-consolidated.json.gz")
    decoded: dict[str, Any] = json.loads(gzip.decompress(path.read_bytes()))
    return decoded


def without_institute(whole: dict[str, Any]) -> dict[str, Any]:
    """The same a moment later, with the institute's row deleted."""
    rows = [row for row in whole["results"] if row["name"] != INSTITUTE_AS_CSL_HAD_IT]
    assert len(rows) == len(whole["results"]) - 1
    return {**whole, "results": rows, "total": len(rows)}
