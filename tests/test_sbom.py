"""The bill of materials: whole, well-formed, the same each time, and no word of any index."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from deploy import sbom
from deploy.lock import LOCK, ROOT, Pin, Unusable, pins
from monitor import __version__

A, B = "a" * 64, "b" * 64
REF = {"type": "string", "minLength": 1}
CHOICE = {
    "oneOf": [
        {"required": ["expression", "acknowledgement"], "not": {"required": ["license"]}},
        {
            "required": ["license"],
            "properties": {"license": {"required": ["name", "acknowledgement"]}},
        },
    ]
}
COMPONENT = {
    "type": "object",
    "required": ["type", "name", "version", "bom-ref", "purl"],
    "additionalProperties": False,
    "properties": {
        "type": {"enum": ["application", "library"]},
        "name": REF, "version": REF, "bom-ref": REF, "purl": {"pattern": "^pkg:"},
        "licenses": {"type": "array", "items": CHOICE},
        "hashes": {
            "type": "array",
            "minItems": 1,
            "uniqueItems": True,
            "items": {
                "required": ["alg", "content"],
                "properties": {
                    "alg": {"const": "SHA-256"},
                    "content": {"pattern": "^[0-9a-f]{64}$"},
                },
            },
        },
        "properties": {"items": {"required": ["name", "value"]}},
    },
}  # fmt: skip
# What the schema of CycloneDX 1.6 demands of the parts that are used.
SCHEMA = {
    "type": "object",
    "required": ["bomFormat", "specVersion"],
    "additionalProperties": False,
    "properties": {
        "bomFormat": {"const": "CycloneDX"},
        "specVersion": {"const": "1.6"},
        "serialNumber": {"pattern": "^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"},
        "version": {"type": "integer", "minimum": 1},
        "metadata": {
            "required": ["component"],
            "additionalProperties": False,
            "properties": {
                "timestamp": {"pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
                "lifecycles": {"const": [{"phase": "pre-build"}]},
                "component": COMPONENT,
            },
        },
        "components": {"type": "array", "uniqueItems": True, "items": COMPONENT},
        "dependencies": {
            "type": "array",
            "uniqueItems": True,
            "items": {
                "required": ["ref", "dependsOn"],
                "properties": {"ref": REF, "dependsOn": {"uniqueItems": True, "items": REF}},
            },
        },
    },
}


def lock(folder: Path, *lines: str) -> Path:
    """A lock of these lines."""
    path = folder / "some.lock"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def written(folder: Path, *words: str) -> dict[str, Any]:
    """The bill that the command writes."""
    out = folder / "sbom.json"
    assert sbom.main([*words, "--out", str(out)]) == 0
    made: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return made


def installs(folder: Path, name: str, version: str, *lines: str) -> None:
    """A package's metadata, as an installer leaves it."""
    place = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    place.mkdir()
    said = [f"Name: {name}", f"Version: {version}", *lines]
    (place / "METADATA").write_text("Metadata-Version: 2.4\n" + "\n".join(said) + "\n")


def test_the_bill_has_what_cyclonedx_asks_for(tmp_path: Path) -> None:
    """The parts that the format requires, and references that are unique and lead somewhere."""
    made = written(tmp_path)
    Draft202012Validator(SCHEMA).validate(made)
    whole = [made["metadata"]["component"], *made["components"]]
    refs = [one["bom-ref"] for one in whole]
    assert len(set(refs)) == len(refs)
    edges = made["dependencies"]
    assert len({one["ref"] for one in edges}) == len(edges)
    assert {ref for one in edges for ref in (one["ref"], *one["dependsOn"])} <= set(refs)


def test_every_line_of_the_lock_is_in_it_and_nothing_else(tmp_path: Path) -> None:
    """Read here in another way than there: name, version, marker, and every hash."""
    expected = {}
    for line in LOCK.read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
        head = line.split("--hash", 1)[0].strip()
        name, version, marker = re.split("==| ; ", f"{head} ; ", maxsplit=2)
        hashes = sorted(re.findall("sha256:([0-9a-f]{64})", line))
        expected[f"pkg:pypi/{name}@{version}"] = (name, version, marker.rstrip(" ;"), hashes)
    made = {
        one["purl"]: (
            one["name"],
            one["version"],
            "".join(said["value"] for said in one.get("properties", [])),
            [said["content"] for said in one["hashes"]],
        )
        for one in written(tmp_path)["components"]
    }
    assert made == expected


def test_it_names_the_product_and_no_address(tmp_path: Path) -> None:
    """The version is the program's own; no index, mirror or folder of this machine is told."""
    made = written(tmp_path)
    product = made["metadata"]["component"]
    assert (product["name"], product["version"]) == ("entity-list-monitor", __version__)
    assert product["licenses"] == [{"expression": "Apache-2.0", "acknowledgement": "declared"}]
    text = (tmp_path / "sbom.json").read_text(encoding="utf-8")
    assert "://" not in text
    assert str(ROOT) not in text
    assert "pypi.org" not in text
    (edges,) = (one for one in made["dependencies"] if one["ref"] == product["bom-ref"])
    assert {"httpx", "psycopg", "sqlmodel"} <= {
        re.split("[/@]", ref)[1] for ref in edges["dependsOn"]
    }


def test_the_same_lock_gives_the_same_bytes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twice the same, on stdout as in a file; another lock has another serial number."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    first = written(tmp_path)
    assert sbom.main([]) == 0
    assert capsys.readouterr().out == (tmp_path / "sbom.json").read_text(encoding="utf-8")
    assert "timestamp" not in first["metadata"]
    other = lock(tmp_path, f"httpx==0.28.1 --hash=sha256:{A}")
    assert written(tmp_path, "--lock", str(other))["serialNumber"] != first["serialNumber"]


def test_a_time_is_only_what_source_date_epoch_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In UTC; and what is no time is told as that."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700179200")
    assert written(tmp_path)["metadata"]["timestamp"] == "2023-11-17T00:00:00Z"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert sbom.main([]) == 2
    assert "SOURCE_DATE_EPOCH" in capsys.readouterr().err


@pytest.mark.parametrize(
    "line",
    [
        "httpx>=0.28",
        "httpx==0.28.1",
        f"httpx @ https://example.org/httpx.whl --hash=sha256:{A}",
        f"--index-url https://example.org/simple --hash=sha256:{A}",
        f"httpx==0.28.1 --hash=sha256:{A[1:]}",
        f"httpx==0.28.1 --hash=md5:{A[:32]}",
        f"anyio==1 --hash=sha256:{A}",
        f"httpx==0.28.1 --hash=sha256:{A} \\",
    ],
)
def test_what_is_not_pinned_and_hashed_is_refused_by_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    """Ranges, missing or broken hashes, addresses, options, a name twice, a cut file."""
    path = lock(tmp_path, "# one", "anyio==1 \\", f"    --hash=sha256:{A}", line)
    assert sbom.main(["--lock", str(path)]) == 2
    assert f"{path}:4: " in capsys.readouterr().err


def test_a_lock_that_is_missing_or_empty_makes_no_bill(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An empty bill would say that nothing is inside."""
    assert sbom.main(["--lock", str(tmp_path / "none.lock")]) == 2
    assert "none.lock: cannot be read" in capsys.readouterr().err
    assert sbom.main(["--lock", str(lock(tmp_path, "# nothing"))]) == 2
    assert "some.lock: holds no requirement" in capsys.readouterr().err
    assert sbom.main(["--out", str(tmp_path / "no" / "folder")]) == 2


def test_what_is_installed_in_another_version_says_nothing(tmp_path: Path) -> None:
    """Its license and its needs may have been others; what is not known is left out."""
    installs(tmp_path, "Some_Name", "1", "License-Expression: MIT")
    path = lock(tmp_path, f"some-name==2 --hash=sha256:{A}", f"other==1 --hash=sha256:{B}")
    assert sbom.installed(pins(path), [str(tmp_path)]) == {}
    installs(tmp_path, "some.name", "2", "License-Expression: MIT OR Apache-2.0")
    ((pin, said),) = sbom.installed(pins(path), [str(tmp_path)]).items()
    assert pin.purl == "pkg:pypi/some-name@2"
    assert said.licenses == (
        {"expression": "MIT OR Apache-2.0", "acknowledgement": "declared"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (("License: BSD-3-Clause", "Classifier: License :: OSI Approved :: BSD License"),
         ["BSD-3-Clause"]),
        (("License: The whole text", " in many lines", "Classifier: License :: OSI Approved :: X"),
         ["X"]),
        (("License: https://example.org/license",), []),
        (("License: UNKNOWN", "Classifier: License :: Public Domain"), ["Public Domain"]),
        ((), []),
    ],
)  # fmt: skip
def test_a_license_is_named_as_the_package_names_it(
    tmp_path: Path, lines: tuple[str, ...], names: list[str]
) -> None:
    """Old metadata has no expression; a whole text or an address is no name."""
    installs(tmp_path, "old", "1", *lines)
    path = lock(tmp_path, f"old==1 --hash=sha256:{A}")
    (said,) = sbom.installed(pins(path), [str(tmp_path)]).values()
    assert [one["license"]["name"] for one in said.licenses] == names


def test_edges_follow_the_extras_that_are_asked() -> None:
    """An extra asked anywhere opens its needs, in turn too; one that nobody asks opens none."""
    known = {
        "product": sbom.needs(["one[fast]>=1", "two"], of="product"),
        "one": sbom.needs(
            ["Three; extra == 'fast'", "one[faster]; extra == 'fast'", "four; extra == 'faster'",
             "two; extra == 'docs'", "five; python_version < '3.11'",
             "six; python_version < '3.13'", "seven; sys_platform == 'win32'"],
            of="one",
        ),
    }  # fmt: skip
    assert sbom.edges(known) == {
        "product": {"one", "two"},
        "one": {"three", "four", "six", "seven"},
    }


def test_metadata_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """With the package that has it."""
    installs(tmp_path, "odd", "1", "Requires-Dist: !!!")
    path = lock(tmp_path, f"odd==1 --hash=sha256:{A}")
    with pytest.raises(Unusable, match="metadata of odd 1: not a requirement"):
        sbom.installed(pins(path), [str(tmp_path)])


@pytest.mark.parametrize(
    ("version", "written"),
    [("1.0.post1", "1.0.post1"), ("1.0+local.1", "1.0%2Blocal.1"), ("1!2.0rc1", "1%212.0rc1")],
)
def test_a_package_url_holds_any_version(version: str, written: str) -> None:
    """A local version's plus is written so that it is not read as a space."""
    assert Pin("name", version, "", (A,)).purl == f"pkg:pypi/name@{written}"


def test_the_time_is_that_of_utc() -> None:
    """Nothing set is no time."""
    assert sbom.moment("0") == datetime(1970, 1, 1, tzinfo=UTC)
    assert sbom.moment("") is None
    assert sbom.moment(None) is None
