"""sources.yaml: whom to ask, when, and what is believable."""

import pytest

from monitor import __version__
from tests.settings.folders import Folder


def test_what_is_left_out_is_never_asked(folder: Folder) -> None:
    """No request goes where the configuration did not say."""
    sources = folder.says(sources="sources: {}\n").loaded().sources
    assert list(sources.enabled()) == []
    assert not sources.csl.enabled
    assert sources.csl.urls == ()
    assert sources.ecfr.base_url is None


def test_what_is_named_is_enabled_with_defaults(folder: Folder) -> None:
    """An address is all that a source needs."""
    text = """\
user_agent: acme-watch
contact: ops@acme.example
sources:
  csl: {urls: [http://127.0.0.1:8901/consolidated.json]}
  ecfr: {base_url: "http://127.0.0.1:8901/"}
  federal_register: {enabled: no, base_url: https://www.federalregister.gov}
"""
    sources = folder.says(sources=text).loaded().sources
    assert [name for name, _ in sources.enabled()] == ["csl", "ecfr"]
    assert sources.identity == "acme-watch (+ops@acme.example)"
    csl, ecfr = sources.csl, sources.ecfr
    assert csl.urls == ("http://127.0.0.1:8901/consolidated.json",)
    assert (csl.max_bytes, str(csl.min_interval), str(csl.stale_after)) == (128 << 20, "0s", "12h")
    assert ecfr.base_url == "http://127.0.0.1:8901"
    assert (ecfr.max_bytes, str(ecfr.min_interval), str(ecfr.stale_after)) == (32 << 20, "1s", "4d")
    assert (csl.timeout.seconds, csl.max_shrink, csl.min_entries, csl.canaries) == (60, 0.2, {}, ())
    assert str(csl.schedule) == "25 * * * * (UTC)"


def test_the_name_needs_no_contact(folder: Folder) -> None:
    """Without one the hosts still see who asks, by name and version."""
    assert folder.loaded().sources.identity == f"entity-list-monitor/{__version__}"


def test_everything_can_be_said(folder: Folder) -> None:
    """Values of every key arrive with their types."""
    text = """\
sources:
  csl:
    enabled: true
    urls: [https://a.example/c.json, https://b.example/c.csv]
    min_interval: 2s
    schedule: {every: 15m}
    timeout: 90s
    max_bytes: 1000
    stale_after: 1d
    min_entries: {EL: 2500, NS-MBS: 1}
    max_shrink: 0.03
    canaries: [Huawei Technologies]
"""
    csl = folder.says(sources=text).loaded().sources.csl
    assert csl.schedule.every is not None
    assert csl.schedule.every.seconds == 900
    assert (csl.min_interval.seconds, csl.timeout.seconds, csl.stale_after.seconds) == (
        2,
        90,
        86_400,
    )
    assert (csl.max_bytes, csl.max_shrink) == (1000, 0.03)
    assert csl.min_entries == {"EL": 2500, "NS-MBS": 1}
    assert csl.canaries == ("Huawei Technologies",)


def csl(line: str) -> str:
    """A CSL source with one more line, which is line 4."""
    return f"sources:\n  csl:\n    urls: [https://a.example/c.json]\n    {line}\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sources:\n  csl: {}\n", "sources.yaml:2: sources.csl.urls: should name at least one"),
        ("sources:\n  ecfr: {}\n", "sources.yaml:2: sources.ecfr.base_url: should name the host"),
        (
            "sources:\n  ecfr: {urls: []}\n",
            "sources.yaml:2: sources.ecfr.urls: unknown key; known:",
        ),
        ("sources:\n  eCFR: {}\n", "sources.yaml:2: sources.eCFR: unknown key; did you mean ecfr?"),
        ("sources:\n  federal-register: {}\n", "did you mean federal_register?"),
        ("contact: x\n", "sources.yaml:1: sources: is required"),
        ("contact: ü\nsources: {}\n", "sources.yaml:1: contact: should be printable ASCII"),
        (
            'user_agent: "a\\r\\nb"\nsources: {}\n',
            "sources.yaml:1: user_agent: should be printable",
        ),
        (csl("timeout: 60"), "sources.yaml:4: sources.csl.timeout: should be a duration with its"),
        (csl("timeout: 0s"), "sources.yaml:4: sources.csl.timeout: should be longer than nothing"),
        (csl("max_bytes: lots"), "sources.yaml:4: sources.csl.max_bytes: should be a whole number"),
        (csl("max_bytes: 0"), "sources.yaml:4: sources.csl.max_bytes: should be greater than 0"),
        (csl("max_shrink: 3"), "sources.yaml:4: sources.csl.max_shrink: should be less than or"),
        (csl("max_shrink: .nan"), "sources.yaml:4: sources.csl.max_shrink: should be a"),
        (csl("enabled: perhaps"), "sources.yaml:4: sources.csl.enabled: should be true or false"),
        (
            csl("min_entries: {EL: -1}"),
            "sources.yaml:4: sources.csl.min_entries.EL: should be great",
        ),
        (csl("min_entries: {XX: 1}"), "sources.yaml:4: sources.csl.min_entries.XX: should be one"),
        (csl("schedule: {}"), "sources.yaml:4: sources.csl.schedule: should hold cron"),
        (csl("schedule: {cron: 0 0 1 * 1}"), "sources.yaml:4: sources.csl.schedule.cron"),
        (
            csl("schedule: {every: 1h, at: 5}"),
            "sources.yaml:4: sources.csl.schedule.at: unknown key",
        ),
        (csl("schedule: hourly"), "sources.yaml:4: sources.csl.schedule: should be a mapping"),
        (
            csl("stale_afer: 4d"),
            "sources.yaml:4: sources.csl.stale_afer: unknown key; did you mean",
        ),
        (
            "sources:\n  ecfr:\n    base_url: https://e.example\n    min_entries: {SDN: 1}\n",
            "sources.yaml:4: sources.ecfr.min_entries: should speak of EL, MEU and UVL",
        ),
        (
            "sources:\n  ecfr:\n    base_url: https://e.example\n    canaries: {SDN: [Huawei]}\n",
            "sources.yaml:4: sources.ecfr.canaries: should speak of EL, MEU and UVL",
        ),
        (
            "sources:\n  csl:\n    urls:\n      - https://a.example\n      - https://a.example\n",
            "sources.yaml:3: sources.csl.urls: should name each address once",
        ),
    ],
)
def test_says_what_would_be_right(folder: Folder, text: str, told: str) -> None:
    """Each mistake is told with file, line and key."""
    found = folder.says(sources=text).told()
    assert any(told in one for one in found), found


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example", "a.example", "https://", "https://user:pw@a.example", "https://a:bad",
        "https://[::1", "https://a.example/#x", "https://a b.example", "/etc/passwd", "https://u@h",
        "https://a.example:99999/",
    ],
)  # fmt: skip
def test_refuses_addresses_that_cannot_be_asked(folder: Folder, url: str) -> None:
    """Only http(s) with a host, and no credentials where they would be shown."""
    for key, value in (("csl", f"{{urls: ['{url}']}}"), ("ecfr", f"{{base_url: '{url}'}}")):
        (told,) = folder.says(sources=f"sources:\n  {key}: {value}\n").told()
        assert told.startswith(f"sources.yaml:2: sources.{key}.")
        assert "pw" not in told


def test_a_base_url_has_no_path(folder: Folder) -> None:
    """Each source adds its own path."""
    text = "sources:\n  ecfr: {base_url: https://www.ecfr.gov/api}\n"
    assert "scheme and host alone" in folder.says(sources=text).told()[0]


def test_all_mistakes_of_a_source_are_told_at_once(folder: Folder) -> None:
    """A missing address does not hide a wrong timeout, nor the other way round."""
    told = folder.says(sources="sources:\n  csl:\n    timeout: 5\n    max_bytes: x\n").told()
    assert [one.split(":")[2].strip() for one in told] == [
        "sources.csl.timeout", "sources.csl.max_bytes", "sources.csl.urls",
    ]  # fmt: skip
