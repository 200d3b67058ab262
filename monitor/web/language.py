"""The language of a page: as its URL says, else as the browser prefers. No cookie remembers it.

Every link of a page leads on in the language that the reader chose; what programs read has none.
"""

import re
from urllib.parse import quote

from fastapi import Request

from monitor.language.languages import ENGLISH, LANGUAGES, Language, language_of, preferred

PARAMETER = "lang"
# What has no language: files, JSON, and the badge.
_PROGRAMS = rb"static/|status\b|events\b|snapshots\b|openapi\.json|polls\b|entries\b|badge/"
# Of our own markup alone: text from elsewhere has its quotation marks escaped.
_LINK = re.compile(rb'(<(?:a|link)\b[^>]*?\shref=")(/(?!/|' + _PROGRAMS + rb')[^"#]*)([^"]*")')
_FORM = re.compile(rb'<form\b[^>]*\bmethod="get"[^>]*>')
_SWITCH = re.compile(rb'href="\?lang=([a-z]+)"')
QUERIES = {b"", *(f"{PARAMETER}={code}".encode() for code in LANGUAGES)}
"""Queries that ask for nothing but a language."""


def language(request: Request) -> Language:
    """The language that a reader asked for; English for one that is not known."""
    asked = request.query_params.get(PARAMETER) if request.scope["query_string"] else None
    if asked is not None:
        return language_of(asked)
    accept = request.headers.get("accept-language")
    return preferred(accept) if accept else ENGLISH


def kept_in_links(request: Request, page: bytes) -> bytes:
    """The page, whose links lead on in its language, and to itself in the others."""
    code = language(request).code
    if request.scope["query_string"]:
        page = _to_itself(request, page)
        named = PARAMETER in request.query_params
    else:
        named = False
    if code == ENGLISH.code and not named:
        return page
    said = f"{PARAMETER}={code}".encode()
    page = _FORM.sub(
        rb'\g<0><input type="hidden" name="' + PARAMETER.encode() + b'" value="' + code.encode()
        + b'">', page,
    )  # fmt: skip
    return _LINK.sub(
        lambda link: link[1] + link[2] + (b"&amp;" if b"?" in link[2] else b"?") + said + link[3],
        page,
    )


def _to_itself(request: Request, page: bytes) -> bytes:
    """The way to the other language leads to what was asked for."""
    asked = [one for one in request.query_params.multi_items() if one[0] != PARAMETER]
    rest = "".join(f"&amp;{_escaped(name)}={_escaped(value)}" for name, value in asked)
    return _SWITCH.sub(lambda switch: switch[0][:-1] + rest.encode() + b'"', page)


def _escaped(text: str) -> str:
    return quote(text, safe="")
