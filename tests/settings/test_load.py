"""Loading as a whole: files that are not right as files, everything told at once, nothing else."""

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.errors import ConfigError
from monitor.settings import load
from tests.settings.folders import SOURCES, WATCHLIST, Folder

FILES = ["watchlist", "sources", "monitor", "apprise"]


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    """A wrong --config is one clear problem."""
    with pytest.raises(ConfigError, match="is not a folder"):
        load(tmp_path / "nowhere", {})


def test_the_watchlist_and_the_sources_must_be_there(tmp_path: Path) -> None:
    """Without them the service would look at nothing and seem calm."""
    told = Folder(tmp_path).told()
    assert told == [
        "watchlist.yaml: is missing; it is required",
        "sources.yaml: is missing; it is required",
    ]


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(
    ("content", "line", "told"),
    [
        (b"", 1, "is empty"),
        (b" \n\n", 1, "is empty"),
        (b"a: 1\nb: \xff\n", 2, "is not UTF-8"),
        (b"a:\n\t- b\n", 2, "spaces, not tabs"),
        (b"a: [\n", 2, "is not YAML"),
        (b"- a\n", 1, "should be a mapping"),
        (b"a: \x00\n", 1, "control character"),
    ],
)
def test_a_broken_file_is_told(
    folder: Folder, file: str, content: bytes, line: int, told: str
) -> None:
    """Every file is held to the same form."""
    (folder.path / f"{file}.yaml").write_bytes(content)
    problems = folder.problems()
    assert any(
        problem.file == f"{file}.yaml" and problem.line == line and told in problem.message
        for problem in problems
    ), problems


def test_a_link_to_nowhere_is_no_file_left_out(folder: Folder) -> None:
    """A mount that failed must not silence the channels."""
    (folder.path / "apprise.yaml").symlink_to(folder.path / "gone")
    assert folder.told() == ["apprise.yaml: is missing; it is required"]


def test_a_folder_is_no_file(folder: Folder) -> None:
    """A container mounts a folder where the file was missing."""
    (folder.path / "monitor.yaml").mkdir()
    assert folder.told() == ["monitor.yaml: cannot be read: Is a directory"]


def test_an_oversized_file_is_refused(folder: Folder) -> None:
    """No configuration is that long."""
    (folder.path / "monitor.yaml").write_bytes(b"#" * (33 << 20))
    assert "at most" in folder.told()[0]


def test_a_byte_order_mark_does_no_harm(folder: Folder) -> None:
    """Some editors write one."""
    (folder.path / "watchlist.yaml").write_bytes(b"\xef\xbb\xbf" + WATCHLIST.encode())
    assert folder.loaded().watches[0].id == "acme"


def test_everything_wrong_is_told_at_once(folder: Folder) -> None:
    """Every file and the environment, so that one edit can mend all."""
    told = folder.says(
        watchlist="watches:\n  - {id: A, name: x}\n",
        sources="sources: {csl: {}}\n",
        monitor="nothing: 1\n",
        apprise="urls: ['${GONE}']\n",
    ).told({"MONITOR_PORT": "x"})
    assert [one.split(":")[0] for one in told] == [
        "watchlist.yaml", "watchlist.yaml", "sources.yaml", "apprise.yaml", "monitor.yaml",
        "environment",
    ]  # fmt: skip


def test_a_placeholder_that_stays_empty_is_one_problem(folder: Folder) -> None:
    """It is not told a second time as a wrong value."""
    text = "sources:\n  ecfr:\n    base_url: ${ECFR}\n"
    (told,) = folder.says(sources=text).told()
    assert told.startswith("sources.yaml:3: sources.ecfr.base_url: needs the environment variable")


def test_placeholders_fill_values_of_every_type(folder: Folder) -> None:
    """Numbers and booleans too, for every scalar is text until a model says otherwise."""
    text = "sources:\n  ecfr: {enabled: '${ON}', base_url: '${URL}', max_bytes: '${MAX}'}\n"
    environ = {"ON": "true", "URL": "http://127.0.0.1:1", "MAX": "77"}
    ecfr = folder.says(sources=text).loaded(environ).sources.ecfr
    assert (ecfr.enabled, ecfr.base_url, ecfr.max_bytes) == (True, "http://127.0.0.1:1", 77)


def test_no_message_shows_a_value(folder: Folder) -> None:
    """A secret in the wrong place is not repeated in a log."""
    secret = "hunter2hunter2"
    told = folder.says(
        watchlist="""\
watches:
  - {id: '${S} x', name: ['${S}'], country: '${S}', lists: ['${S}']}
""",
        sources="""\
contact: ['${S}']
sources: {ecfr: {base_url: 'https://u:${S}@h', timeout: '${S}'}}
""",
        monitor="""\
webhooks:
  - {id: a, url: 'http://h/${S}', secret: ['${S}', '${S}', '${S}'], kinds: ['${S}']}
""",
        apprise="""\
urls:
  - mailto://u:hunter2hunter2@h:
      - tag: a
        tag: b
  - mailto://u:${S}@h: [!x a]
""",
    ).told({"S": secret, "MONITOR_LOG_FORMAT": secret, "MONITOR_DATABASE_URL": secret})
    assert len(told) > 8
    assert not any(secret in one for one in told)


KEYS = st.sampled_from(
    ["watches", "id", "name", "lists", "sources", "csl", "ecfr", "urls", "base_url", "schedule",
     "cron", "every", "timezone", "min_entries", "webhooks", "secret", "secret_file", "url",
     "version", "tag", "enabled", "timeout", "<<", "?", ""]
)  # fmt: skip
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.dates(),
    st.sampled_from(["${X}", "${Y}", "$${", "EL", "1h", "* * * * *", "https://h", "acme"]),
)  # fmt: skip
DATA = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | SCALARS, inner, max_size=4),
    max_leaves=12,
)
TEXTS = st.one_of(
    st.builds(lambda data: yaml.safe_dump(data, allow_unicode=True), DATA).map(str.encode),
    st.text(alphabet=st.sampled_from("ab:-[]{}#&*!|>'\"%@`,? \n\t0${}\\"), max_size=60).map(
        str.encode
    ),
    st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.binary(max_size=40),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(file=st.sampled_from(FILES), content=TEXTS)
def test_whatever_a_file_holds_loading_answers_or_says_why(
    folder: Folder, file: str, content: bytes
) -> None:
    """Nothing but ConfigError is raised; every problem names the file and the line."""
    folder.says(watchlist=WATCHLIST, sources=SOURCES, monitor="# none\n", apprise="# none\n")
    (folder.path / f"{file}.yaml").write_bytes(content)
    try:
        load(folder.path, {"X": "x"})
    except ConfigError as error:
        for problem in error.problems:
            assert problem.file == str(folder.path / f"{file}.yaml")
            assert problem.line is not None
            assert 1 <= problem.line <= content.count(b"\n") + content.count(b"\r") + 2
            assert problem.message
            assert str(problem).count("\n") == 0
