"""What a model refuses, said as problems of a file: line, key, and what would be right.

No message quotes a value: it may be a secret, and the line says where to look.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any, get_args

import yaml
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from monitor.errors import ConfigProblem
from monitor.settings.yaml_nodes import Path, locate, written_keys

_SHOULD_BE = {
    "string_type": "should be text",
    "tuple_type": "should be a list",
    "model_type": "should be a mapping of keys to values",
    "mapping_type": "should be a mapping of keys to values",
    "int_parsing": "should be a whole number",
    "int_parsing_size": "should be a smaller whole number",
    "int_type": "should be a whole number",
    "float_parsing": "should be a number",
    "float_type": "should be a number",
    "bool_parsing": "should be true or false",
    "bool_type": "should be true or false",
}


def problem(file: str, root: yaml.Node, path: Path, message: str) -> ConfigProblem:
    """One problem at a path of a file; a missing key is placed where it would stand."""
    line, known = locate(root, path)
    return ConfigProblem(file, line, "".join(written_keys(known)), message)


def refusals(
    file: str, root: yaml.Node, model: type[BaseModel], error: ValidationError
) -> Iterator[ConfigProblem]:
    """Every problem that a model found in a file's values."""
    for detail in error.errors(include_url=False):
        path = tuple(step for step in detail["loc"] if step != "[key]")
        yield problem(file, root, path, said_of(detail, path, model))


def said_of(detail: ErrorDetails, path: Path, model: type[BaseModel]) -> str:
    """What would be right where a model refused a value."""
    kind = detail["type"]
    if kind == "missing":
        field = _field_at(model, path)
        return f"is required: {field.description}" if field and field.description else "is required"
    if kind == "extra_forbidden":
        return _unknown_key(str(path[-1]), _keys_at(model, path[:-1]))
    if kind == "value_error":
        return str(detail["ctx"]["error"])
    return _mistyped(detail)


def _mistyped(detail: ErrorDetails) -> str:
    kind = detail["type"]
    if detail["input"] is None:
        return "has no value; give it one or leave the key out"
    if kind in {"literal_error", "enum"}:
        return _unknown_word(str(detail["input"]), str(detail["ctx"]["expected"]))
    return _SHOULD_BE.get(kind, detail["msg"].replace("Input should", "should"))


def _unknown_key(key: str, known: Sequence[str]) -> str:
    near = near_miss(key, known)
    return (
        f"unknown key; did you mean {near}?" if near else f"unknown key; known: {', '.join(known)}"
    )


def _unknown_word(word: str, expected: str) -> str:
    known = re.findall(r"'([^']*)'", expected)
    near = near_miss(word, known)
    return f"should be one of {', '.join(known)}" + (f"; did you mean {near}?" if near else "")


def near_miss(word: str, known: Sequence[str]) -> str | None:
    """The known word that was probably meant, case and separators aside."""
    folded = {_folded(one): one for one in known}
    found = get_close_matches(_folded(word), folded, n=1)
    return folded[found[0]] if found else None


def _folded(word: str) -> str:
    return word[:80].casefold().replace("-", "_")


def _keys_at(model: type[BaseModel], path: Path) -> list[str]:
    if not path:
        return list(model.model_fields)
    field = _field_at(model, path)
    inner = _model_in(field.annotation) if field else None
    return list(inner.model_fields) if inner else []


def _field_at(model: type[BaseModel], path: Path) -> FieldInfo | None:
    """The field that a path leads to; places in lists are passed over."""
    field: FieldInfo | None = None
    inside: type[BaseModel] | None = model
    for step in path:
        if isinstance(step, int):
            continue
        field = inside.model_fields.get(step) if inside else None
        inside = _model_in(field.annotation) if field else None
    return field


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model that a field, or each item of it, is."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in get_args(annotation):
        if found := _model_in(part):
            return found
    return None
