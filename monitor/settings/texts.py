"""Small kinds of text that several files hold: slugs, names, list codes.

A name is refused when so little of it is letters that it could match strangers.
"""

import re
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field

from monitor.screening.names import LOST, name_key

_SLUG = r"^[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?$"
_FEWEST_LETTERS = 3


def _slug(text: str) -> str:
    if not re.fullmatch(_SLUG, text):
        raise ValueError("should be a slug: lower-case letters, digits and dashes, such as mps-ifs")
    return text


def _name(text: str) -> str:
    if len(name_key(text).replace(LOST, "")) < _FEWEST_LETTERS:
        raise ValueError(f"should be a name of at least {_FEWEST_LETTERS} letters or digits")
    if not text.isprintable():
        raise ValueError("should be a name on one line")
    return text.strip()


def _line(text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise ValueError("should be one line of text, not empty")
    return text.strip()


def _country(text: str) -> str:
    if not re.fullmatch("[A-Z]{2}", text):
        raise ValueError("should be a two-letter country code (ISO 3166-1), such as CN")
    return text


Slug = Annotated[str, AfterValidator(_slug), Field(json_schema_extra={"pattern": _SLUG})]
Name = Annotated[str, AfterValidator(_name), Field(json_schema_extra={"minLength": 3})]
Line = Annotated[str, AfterValidator(_line), Field(json_schema_extra={"minLength": 1})]
Country = Annotated[
    str, AfterValidator(_country), Field(json_schema_extra={"pattern": "^[A-Z]{2}$"})
]

ListCode = Literal[
    "EL", "UVL", "MEU", "DPL", "SDN", "ISN", "DTC", "FSE", "SSI", "PLC", "CAP", "NS-MBS", "CMIC"
]
"""The lists of the Consolidated Screening List, as it abbreviates them (its "NS-MBS List" is
NS-MBS here)."""
LIST_CODES: tuple[str, ...] = get_args(ListCode)
