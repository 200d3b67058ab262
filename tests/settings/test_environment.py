"""What the environment says, and how secrets come from files."""

from pathlib import Path

import pytest

from monitor.settings.environment import read_environment
from tests.settings.folders import Folder


def test_nothing_need_be_set(folder: Folder) -> None:
    """Defaults serve a person who tries it on one machine; empty variables count as unset."""
    for environ in (
        {},
        {"MONITOR_ADMIN_TOKEN": "", "MONITOR_PORT": "", "MONITOR_DATABASE_URL": ""},
    ):
        environment = folder.loaded(environ).environment
        assert environment.database_url is None
        assert environment.data_dir == Path("data")
        assert (environment.host, environment.port) == ("127.0.0.1", 8000)
        assert environment.admin_token is None
        assert environment.log_format == "console"
        assert environment.apprise_urls == ()


def test_everything_can_be_set(folder: Folder) -> None:
    """Each variable arrives with its type, and no secret in a repr."""
    environment = folder.loaded(
        {
            "MONITOR_DATABASE_URL": "postgres://u:hunter2@db/monitor",
            "MONITOR_DATA_DIR": "/var/lib/monitor",
            "MONITOR_HOST": "0.0.0.0",
            "MONITOR_PORT": "9000",
            "MONITOR_ADMIN_TOKEN": "t0ken",
            "MONITOR_LOG_FORMAT": "json",
            "MONITOR_APPRISE_URLS": "mailto://u:hunter2@x.example?to=a,b  json://h/t0ken",
        }
    ).environment
    assert environment.database_url is not None
    assert (
        environment.database_url.get_secret_value() == "postgresql+psycopg://u:hunter2@db/monitor"
    )
    assert environment.data_dir == Path("/var/lib/monitor")
    assert (environment.host, environment.port, environment.log_format) == ("0.0.0.0", 9000, "json")
    assert environment.admin_token is not None
    assert environment.admin_token.get_secret_value() == "t0ken"
    assert [url.get_secret_value() for url in environment.apprise_urls] == [
        "mailto://u:hunter2@x.example?to=a,b", "json://h/t0ken",
    ]  # fmt: skip
    assert "hunter2" not in repr(environment)
    assert "t0ken" not in repr(environment)


@pytest.mark.parametrize("variable", ["DATABASE_URL", "ADMIN_TOKEN", "APPRISE_URLS"])
def test_secrets_come_from_files(tmp_path: Path, variable: str) -> None:
    """Mounted secrets end in a line break, which is not part of them."""
    (tmp_path / "secret").write_text("sqlite://x\n")
    from_file, problems = read_environment({f"MONITOR_{variable}_FILE": str(tmp_path / "secret")})
    direct, _ = read_environment({f"MONITOR_{variable}": "sqlite://x"})
    assert not problems
    assert from_file == direct
    assert from_file != read_environment({})[0]


@pytest.mark.parametrize(
    ("environ", "told"),
    [
        ({"MONITOR_PORT": "http"}, "environment: MONITOR_PORT: should be a whole number"),
        ({"MONITOR_PORT": "70000"}, "environment: MONITOR_PORT: should be less than or equal"),
        ({"MONITOR_LOG_FORMAT": "xml"}, "environment: MONITOR_LOG_FORMAT: should be one of json"),
        (
            {"MONITOR_DATABASE_URL": "mysql://pw@h"},
            "environment: MONITOR_DATABASE_URL: should begin",
        ),
        ({"MONITOR_TRUSTED_PROXIES": "*"}, "environment: MONITOR_TRUSTED_PROXIES: should be addr"),
        ({"MONITOR_MAX_CONNECTIONS": "2"}, "environment: MONITOR_MAX_CONNECTIONS: should be"),
        ({"MONITOR_ADMIN_TOKEN": "p w"}, "environment: MONITOR_ADMIN_TOKEN: should be printable"),
        (
            {"MONITOR_APPRISE_URLS": "pw, json://h"},
            "environment: MONITOR_APPRISE_URLS: should be URLs",
        ),
        (
            {"MONITOR_ADMIN_TOKEN": "pw", "MONITOR_ADMIN_TOKEN_FILE": "/x"},
            "environment: MONITOR_ADMIN_TOKEN: should be left out where MONITOR_ADMIN_TOKEN_FILE",
        ),
        (
            {"MONITOR_ADMIN_TOKEN_FILE": "/nowhere/at/all"},
            "environment: MONITOR_ADMIN_TOKEN_FILE: names a file that cannot be read",
        ),
    ],
)
def test_says_what_would_be_right(folder: Folder, environ: dict[str, str], told: str) -> None:
    """Each mistake names its variable and shows no value."""
    (found,) = folder.told(environ)
    assert found.startswith(told)
    assert "pw" not in found


def test_other_variables_are_not_ours(folder: Folder) -> None:
    """What is meant for placeholders may be named as one likes, and other _FILEs are not read."""
    folder.loaded({"MONITOR_WEBHOOK_SECRET": "x", "MONITOR_PORT_FILE": "/nowhere"})


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("json://a", ["json://a"]),
        (
            " json://a , json://b;json://c\njson://d ",
            ["json://a", "json://b", "json://c", "json://d"],
        ),
        ("mailto://x?to=a@b.c,d@e.f, json://z,", ["mailto://x?to=a@b.c,d@e.f", "json://z"]),
    ],
)
def test_apprise_urls_are_cut_as_apprise_cuts_them(text: str, urls: list[str]) -> None:
    """Only a separator with a URL behind it separates."""
    environment, _ = read_environment({"MONITOR_APPRISE_URLS": text})
    assert environment is not None
    assert [url.get_secret_value() for url in environment.apprise_urls] == urls


@pytest.mark.parametrize(("content", "wanted"), [(None, "cannot be read"), ("x", "in PEM")])
def test_a_file_of_certificates_without_any_is_refused(
    tmp_path: Path, content: str | None, wanted: str
) -> None:
    """Every connection would fail, one after the other."""
    if content is not None:
        (tmp_path / "ca.pem").write_text(content)
    _, (problem,) = read_environment({"SSL_CERT_FILE": str(tmp_path / "ca.pem")})
    assert problem.key == "SSL_CERT_FILE"
    assert wanted in problem.message


@pytest.mark.parametrize(
    ("written", "host"), [("::", "::"), ("[::]", "::"), ("[::1]", "::1"), ("0.0.0.0", "0.0.0.0")]
)
def test_the_address_to_listen_on_may_be_written_as_in_a_url(written: str, host: str) -> None:
    """A socket wants it without brackets."""
    environment, problems = read_environment({"MONITOR_HOST": written})
    assert problems == ()
    assert environment is not None
    assert environment.host == host
