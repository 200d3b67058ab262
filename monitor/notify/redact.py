"""Taking every part of a channel's URL that could be a secret out of a text.

Of a URL only its scheme, its option words and plain host names may be shown. User, password, path,
query values, fragment, and host labels that look like tokens go, in every spelling they can take on
the way through a library: raw, percent-decoded, percent-encoded, escaped, and as Basic credentials.
"""

import html
import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from urllib.parse import quote, quote_plus, unquote, unquote_plus

HIDDEN = "***"
"""What stands where a secret stood."""

_URL = re.compile(r"^(?P<scheme>[A-Za-z0-9+._-]+)://(?P<rest>.*)$", re.DOTALL)
_OPTIONS = frozenset(
    {
        # Words that URLs use as options; without them every second reason would be full of holes.
        "yes", "no", "true", "false", "on", "off", "none", "html", "text", "markdown", "starttls",
        "ssl", "insecure", "upstream", "split", "truncate", "default", "high", "low", "normal",
        "bot", "hook", "webhook", "private", "cloud", "post", "get", "put", "json", "xml", "form", "us",
        "eu", "utc", "info", "warning", "failure", "success", "critical", "error", "basic", "tls",
        "login", "plain", "http", "https", "localhost",
        "apprise", "notification",
    }
)  # fmt: skip
_NUMBER = re.compile(r"[0-9.]{1,4}")
_SHORTEST = 4
"""Shorter parts are words by chance; only a user or password is hidden at any length."""


def redact(text: str, urls: Sequence[str]) -> str:
    """The text without any part of the URLs that could be a secret.

    >>> redact("POST /services/T1AB/B2CD/x9Yz failed", ["slack://T1AB/B2CD/x9Yz"])
    'POST /services/***/***/*** failed'
    """
    pattern = _pattern(tuple(urls))
    return pattern.sub(HIDDEN, text) if pattern else text


def secret_parts(url: str) -> frozenset[str]:
    """Every part of the URL that could be a secret, as written and percent-decoded."""
    match = _URL.match(url.strip())
    if match is None:
        return frozenset({url.strip()} if len(url.strip()) >= _SHORTEST else ())
    authority, path, query = _split(match["rest"])
    credentials, _, host = authority.rpartition("@")
    parts = {
        *_credentials(credentials),
        *_worth_hiding(_host_parts(host)),
        *_worth_hiding(re.split(r"[/#,;\s]", path)),
        *_worth_hiding(_query_values(query)),
    }
    return frozenset(parts | {unquote(part) for part in parts})


def _split(rest: str) -> tuple[str, str, str]:
    # By hand: urlsplit takes "#general" in a path for a fragment and chokes on odd ports.
    before, _, query = rest.partition("?")
    authority, _, path = before.partition("/")
    return authority, path, query


def _credentials(credentials: str) -> Iterator[str]:
    if not credentials:
        return
    user, colon, password = credentials.partition(":")
    yield from (part for part in (user, password) if part)
    if colon:
        pair = f"{unquote(user)}:{unquote(password)}"
        yield b64encode(pair.encode()).decode().rstrip("=")


def _host_parts(host: str) -> Iterator[str]:
    name, _, port = host.partition(":")
    # Where the "port" is no number the whole is a token, as a Telegram bot's is.
    if port and not port.isdigit():
        yield host
        yield port
    if re.fullmatch(r"[0-9.]+", name) and (name.count(".") == 3 or port.isdigit() or not port):
        if name.count(".") != 3:
            yield name
        return
    if "." not in name:
        yield name
    yield from (label for label in name.split(".") if _tokenlike(label))


def _tokenlike(label: str) -> bool:
    mixed = any(c.isdigit() for c in label) and any(c.isalpha() for c in label)
    return len(label) >= 20 or (len(label) >= 8 and mixed)


def _query_values(query: str) -> Iterator[str]:
    for pair in re.split(r"[&#]", query):
        _, _, value = pair.partition("=")
        yield value
        yield from re.split(r"[,;\s]", unquote_plus(value))


def _worth_hiding(parts: Iterable[str]) -> Iterator[str]:
    for part in parts:
        bare = unquote(part).strip().lstrip("#@!+")
        if len(bare) < _SHORTEST or bare.lower() in _OPTIONS or _NUMBER.fullmatch(bare):
            continue
        yield part
        yield bare


@lru_cache(maxsize=256)
def _pattern(urls: tuple[str, ...]) -> re.Pattern[str] | None:
    parts = {spelled for url in urls for part in secret_parts(url) for spelled in _spellings(part)}
    if not parts:
        return None
    # The longest first, or a part inside another would leave the rest of it standing. Libraries
    # lower the case of hosts, so case does not protect.
    ordered = sorted(parts, key=lambda part: (-len(part), part))
    return re.compile("|".join(map(_alternative, ordered)), re.IGNORECASE)


def _alternative(part: str) -> str:
    escaped = re.escape(part)
    return escaped if len(part) >= _SHORTEST else rf"(?<!\w){escaped}(?!\w)"


def _spellings(part: str) -> set[str]:
    plain = unquote(part)
    spelled = {
        part, plain, unquote_plus(part), quote(plain), quote(plain, safe=""), quote_plus(plain),
        quote(quote(plain, safe=""), safe=""), html.escape(plain), json.dumps(plain)[1:-1], repr(plain)[1:-1],
    }  # fmt: skip
    return {one for one in spelled if one}
