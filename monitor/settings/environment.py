"""What the environment says: where data lives, where to listen, and the secrets.

Three variables can also come from a file (`…_FILE`), for secrets that a platform mounts; both at
once is refused. An empty variable counts as unset, as composition tools pass unset ones on.
"""

import re
import ssl
from collections.abc import Iterator, Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, SecretStr, ValidationError, field_validator

from monitor.errors import ConfigProblem
from monitor.settings.problems import said_of
from monitor.settings.strict import STRICT

FILE = "environment"
"""Stands where a problem names its file."""

_FROM_FILES = ("database_url", "admin_token", "apprise_urls")
_LARGEST = 2**20
# The same cut as Apprise makes: at a separator that another URL follows, for URLs hold commas.
_URL = re.compile(
    r"([a-z0-9]+://.*?)(?=[\s,;]*$|[\s,;]{1,32}[a-z0-9]{1,32}://)", re.IGNORECASE | re.DOTALL
)
_DRIVERS = {
    "sqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


def _database(url: SecretStr) -> SecretStr:
    scheme, separator, rest = url.get_secret_value().partition("://")
    if not separator or not rest or scheme not in _DRIVERS:
        raise ValueError("should begin with sqlite:/// or postgresql+psycopg://")
    return SecretStr(f"{_DRIVERS[scheme]}://{rest}")


def _token(token: SecretStr) -> SecretStr:
    value = token.get_secret_value()
    if not value.isascii() or not value.isprintable() or " " in value:
        raise ValueError("should be printable ASCII without spaces, for it goes into a header")
    return token


def _host(host: str) -> str:
    # A URL writes an IPv6 address in brackets, a socket does not.
    return host.strip("[]")


class Environment(BaseModel):
    """What the environment says."""

    model_config = STRICT

    database_url: Annotated[SecretStr, AfterValidator(_database)] | None = None
    """Where the ledger is; None means SQLite in the data folder."""
    data_dir: Path = Path("data")
    """The folder of the ledger and the snapshots."""
    host: Annotated[str, AfterValidator(_host)] = "127.0.0.1"
    """The address to listen on."""
    port: int = Field(default=8000, ge=0, le=65_535)
    """The port to listen on; 0 lets the system choose."""
    admin_token: Annotated[SecretStr, AfterValidator(_token)] | None = None
    """What POST routes ask for; without it they do not exist."""
    trusted_proxies: tuple[str, ...] = ()
    """Addresses or networks of the proxies whose X-Forwarded-For says who the client is."""
    max_connections: int = Field(default=256, ge=16, le=10_000)
    """Most connections of readers at once; fewer where the limit on open files asks for it."""
    log_format: Literal["json", "console"] = "console"
    """How logs are written to stderr."""
    apprise_urls: tuple[SecretStr, ...] = ()
    """Channels added without a file."""

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _networks(cls, said: str) -> tuple[str, ...]:
        """As `10.0.0.1, 172.16.0.0/12`; a name or "*" is refused."""
        try:
            found = [str(ip_network(one)) for one in said.replace(",", " ").split()]
        except ValueError as error:
            raise ValueError("should be addresses or networks such as 172.16.0.0/12") from error
        return tuple(found)

    @field_validator("apprise_urls", mode="before")
    @classmethod
    def _separate(cls, urls: str) -> tuple[str, ...]:
        if _URL.sub("", urls).strip(" \t\r\n,;"):
            raise ValueError("should be URLs such as mailto://…, with spaces or commas between")
        return tuple(_URL.findall(urls))


def read_environment(
    environ: Mapping[str, str],
) -> tuple[Environment | None, tuple[ConfigProblem, ...]]:
    """The environment's settings, None where something is wrong, and everything that is."""
    said: dict[str, str] = {}
    problems = [*_certificate_problems(environ)]
    for field in Environment.model_fields:
        try:
            value = _value(field, environ)
        except _Unreadable as error:
            problems.append(ConfigProblem(FILE, None, error.variable, str(error)))
        else:
            if value:
                said[field] = value
    try:
        environment = Environment.model_validate(said)
    except ValidationError as error:
        return None, (*problems, *_refusals(error))
    return (None if problems else environment), tuple(problems)


def _certificate_problems(environ: Mapping[str, str]) -> Iterator[ConfigProblem]:
    """A file of certificates that holds none would make every connection fail."""
    path = environ.get("SSL_CERT_FILE")
    if not path:
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cafile=path)
    except OSError as error:
        reason = (
            "holds no certificates in PEM"
            if isinstance(error, ssl.SSLError)
            else (f"cannot be read: {error.strerror}")
        )
        yield ConfigProblem(FILE, None, "SSL_CERT_FILE", f"names a file that {reason}")


class _Unreadable(ValueError):
    def __init__(self, variable: str, message: str) -> None:
        self.variable = variable
        super().__init__(message)


def _value(field: str, environ: Mapping[str, str]) -> str | None:
    variable = f"MONITOR_{field.upper()}"
    value = environ.get(variable)
    path = environ.get(f"{variable}_FILE") if field in _FROM_FILES else None
    if not path:
        return value
    if value:
        raise _Unreadable(variable, f"should be left out where {variable}_FILE is set")
    try:
        return read_secret(Path(path))
    except ValueError as error:
        raise _Unreadable(f"{variable}_FILE", str(error)) from error


def read_secret(path: Path) -> str:
    """A secret from a file, without the white space around it.

    Raises ValueError that says why it cannot be used, never what it holds.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(_LARGEST).decode("utf-8-sig").strip()
    except OSError as error:
        raise ValueError(f"names a file that cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ValueError("names a file that is not UTF-8") from error
    if not content:
        raise ValueError("names a file that holds nothing")
    return content


def _refusals(error: ValidationError) -> list[ConfigProblem]:
    return [
        ConfigProblem(
            FILE,
            None,
            f"MONITOR_{str(detail['loc'][0]).upper()}",
            said_of(detail, detail["loc"], Environment),
        )
        for detail in error.errors(include_url=False)
    ]
