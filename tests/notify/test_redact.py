"""No secret of a channel's URL survives in a text."""

from base64 import b64encode
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.notify.redact import redact

# One row a service: its URL as Apprise documents it, and what in it must never be seen.
SERVICES = {
    "mailto": ("mailto://ann:p4ss%26word@smtp.example.org:587/?to=bob@example.org",
               ["p4ss&word", "p4ss%26word", "bob@example.org"]),
    "mailtos": ("mailtos://s3cretpw@example.org?user=ann.lee&smtp=mx.example.org", ["s3cretpw", "ann.lee"]),
    "slack": ("slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#general",
              ["T1JJ3T3L2", "A1BRTD4JD", "TIiajkdnlazkcOXrIdevi7FQ", "general"]),
    "slack bot": ("slack://xoxb-1234-1234-4ddbc191d40ee098cbaae6f3523ada2d/#alerts",
                  ["xoxb-1234-1234-4ddbc191d40ee098cbaae6f3523ada2d"]),
    "discord": ("discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js?tts=no", ["4174216298", "JHMHI8qBe7bk2ZwO5U711o3dV_js"]),
    "telegram": ("tgram://123456789:abcdefg_hijklmnop/12315544",
                 ["123456789:abcdefg_hijklmnop", "abcdefg_hijklmnop", "12315544"]),
    "ntfy": ("ntfys://user:tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2@ntfy.example.org/secrettopic",
             ["tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2", "secrettopic"]),
    "matrix": ("matrixs://bot:hunter22x@matrix.example.org/#room/!abc123", ["hunter22x", "!abc123"]),
    "workflows": ("workflows://prod-00.westus.logic.azure.com:443/643e69f83c8944/sig_HzwgXyzABC?api-version=2016-06-01",
                  ["643e69f83c8944", "sig_HzwgXyzABC"]),
    "msteams": ("msteams://abcd1234-aaaa@bbbb5678-cccc/dddd9012/eeee3456-ffff",
                ["abcd1234-aaaa", "bbbb5678-cccc", "dddd9012", "eeee3456-ffff"]),
    "pagerduty": ("pagerduty://intkey123456@apikey123456789", ["intkey123456", "apikey123456789"]),
    "opsgenie": ("opsgenie://a1b2c3d4-0000-1111-2222-333344445555/@user", ["a1b2c3d4-0000-1111-2222-333344445555"]),
    "pushover": ("pover://uQiRzpo4DXghDmr9QzzfQu27cmVRsG@azGDORePK8gMaC0QOYAMyEEuzJnyUi",
                 ["uQiRzpo4DXghDmr9QzzfQu27cmVRsG", "azGDORePK8gMaC0QOYAMyEEuzJnyUi"]),
    "pushbullet": ("pbul://o.gn5kj6nfhv736I7jC3cj3QLRiyhgl98b/#channel", ["gn5kj6nfhv736I7jC3cj3QLRiyhgl98b"]),
    "gotify": ("gotifys://push.example.org/A0TJrSgGJqsN.vD?priority=high", ["A0TJrSgGJqsN.vD"]),
    "mattermost": ("mmosts://chat.example.org/3ccdd113474722377935511fc85d3dd4", ["3ccdd113474722377935511fc85d3dd4"]),
    "rocketchat": ("rockets://8b799edf-6f98/4d3a-9be7/@host1.example.org/#ops", ["8b799edf-6f98", "4d3a-9be7"]),
    "twilio": ("twilio://AC735c307c62944b5a:e29dfbcebf390dee9@15551112222/15553334444",
               ["AC735c307c62944b5a", "e29dfbcebf390dee9", "15551112222", "15553334444"]),
    "signal": ("signals://u:p@signal.example.org:8080/+15551112222/+15553334444", ["15551112222", "+15553334444"]),
    "json": ("jsons://ann:pw@api.example.org/hook?+X-Token=abc%2Bdef%2F99&:k=v4lue", ["abc+def/99", "abc%2Bdef%2F99", "v4lue"]),
    "sendgrid": ("sendgrid://SG.abcdef1234:noreply@example.org/bob@example.org", ["SG.abcdef1234"]),
    "webhook": ("https://eo3x9k27d.m.pipedream.net/in/9f8e7d6c", ["eo3x9k27d", "9f8e7d6c"]),
    "capability": ("https://hooks.example.org/services?token=Zm9vYmFyYmF6&u=1", ["Zm9vYmFyYmF6"]),
}  # fmt: skip


@pytest.mark.parametrize("service", SERVICES)
def test_twenty_services_keep_their_secrets(service: str) -> None:
    """Raw, decoded, encoded, upper, lower, in URLs, quotes and JSON: gone from the text."""
    url, secrets = SERVICES[service]
    for secret in secrets:
        for spelled in (
            secret,
            quote(secret, safe=""),
            quote_plus(secret),
            secret.lower(),
            secret.upper(),
        ):
            for text in (f"failed: {spelled}.", f"'{spelled}'", f"url: /x/{spelled}?y", f'{{"k": "{spelled}"}}'):  # fmt: skip
                assert spelled not in redact(text, [url])


def test_whole_url_is_gone_but_for_scheme_and_plain_host() -> None:
    """A library that prints the URL itself gives nothing away."""
    url, _ = SERVICES["ntfy"]
    assert redact(f"could not open {url}", [url]) == (
        "could not open ntfys://***:***@ntfy.example.org/***"
    )


def test_basic_credentials_are_recognized() -> None:
    """User and password as an Authorization header carries them are a secret too."""
    url, _ = SERVICES["mailto"]
    basic = b64encode(b"ann:p4ss&word").decode()
    assert basic.rstrip("=") not in redact(f"Authorization: Basic {basic}", [url])


def test_what_is_no_secret_can_be_read() -> None:
    """A reason stays a reason: status, common words, option words, host names and ports."""
    url, _ = SERVICES["json"]
    text = "answered 503: html error from https://api.example.org:8443 after 30 s"
    assert redact(text, [url]) == text
    assert redact("plain", []) == "plain"


def test_short_passwords_are_hidden_as_words_only() -> None:
    """A password `pw` goes, the letters in another word stay."""
    assert redact("login ann pw, pwd", ["mailto://ann:pw@x.example.org"]) == "login *** ***, pwd"


SECRET = st.text(alphabet="abcdefABCDEF0123456789_-%+&=!~", min_size=6, max_size=30)


@given(SECRET, SECRET, SECRET)
def test_no_generated_secret_survives(user: str, password: str, token: str) -> None:
    """Whatever the parts are, the URL they are encoded into redacts them as they are."""
    encoded = [quote(part, safe="") for part in (user, password, token)]
    url = f"json://{encoded[0]}:{encoded[1]}@host.example.org/a/{encoded[2]}?x={encoded[2]}"
    shown = redact(f"<{user}> <{password}> <{token}> {url}", [url])
    digits = {part for part in (user, password, token) if not part.isdigit()}
    assert not [part for part in digits if f"<{part}>" in shown]
