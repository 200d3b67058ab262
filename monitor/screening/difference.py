"""In which fields two rows of a party differ, after what spelling and order forgive."""

import re
from collections.abc import Iterable, Sequence

from monitor.screening.entry import Entry
from monitor.screening.event import FieldChange
from monitor.screening.footnotes import without_footnotes
from monitor.screening.names import name_key, same_key, same_name

_CITATION = re.compile(
    r"(\d+)\s*F\.?\s*R\.?\s*,?\s*(?:No\.?\s*\d+\s*,?\s*)?(\d[\d,]*)", re.IGNORECASE
)


def field_changes(before: Entry, after: Entry) -> tuple[FieldChange, ...]:
    """The fields in which two rows differ after normalization, each as text before and after."""
    found: list[FieldChange] = []
    if not same_name(before.name, after.name):
        found.append(FieldChange("name", before.name, after.name))
    for field, old, new in (
        ("aliases", before.aliases, after.aliases),
        ("addresses", *_both_places(before, after)),
    ):
        if not _same_texts(old, new):
            found.append(FieldChange(field, "; ".join(old) or None, "; ".join(new) or None))
    if _folded(before.country) != _folded(after.country):
        found.append(FieldChange("country", before.country, after.country))
    if before.footnotes != after.footnotes:
        marks = (", ".join(before.footnotes), ", ".join(after.footnotes))
        found.append(FieldChange("footnotes", marks[0] or None, marks[1] or None))
    if not _same_requirement(before, after):
        found.append(
            FieldChange(
                "license_requirement", before.license_requirement, after.license_requirement
            )
        )
    if not _same_text(before.license_policy, after.license_policy):
        found.append(FieldChange("license_policy", before.license_policy, after.license_policy))
    if before.citations != after.citations and (
        citation_keys(before.citations) != citation_keys(after.citations)
    ):
        found.append(
            FieldChange("citations", "; ".join(before.citations), "; ".join(after.citations))
        )
    return tuple(found)


def _both_places(before: Entry, after: Entry) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if before.addresses == after.addresses and before.country == after.country:
        return before.addresses, after.addresses
    return _places(before), _places(after)


def _places(entry: Entry) -> tuple[str, ...]:
    """The addresses without the country that one source ends them with: it has its own field."""
    tail = f", {entry.country}" if entry.country else ""
    return tuple(address.removesuffix(tail) for address in entry.addresses)


def citation_keys(citations: Iterable[str]) -> frozenset[tuple[str, str]]:
    """Volume and page of each citation; text that holds neither stands for itself."""
    keys: set[tuple[str, str]] = set()
    for citation in citations:
        found = _CITATION.search(citation)
        if found:
            keys.add((found[1], found[2].replace(",", "")))
        elif name_key(citation):
            keys.add(("", name_key(citation)))
    return frozenset(keys)


def _same_requirement(before: Entry, after: Entry) -> bool:
    """A footnote brings the sections it stands for: both are one change, that of the footnote."""
    one, other = before.license_requirement, after.license_requirement
    if before.footnotes != after.footnotes and one and other:
        return _same_text(without_footnotes(one), without_footnotes(other))
    return _same_text(one, other)


def _folded(country: str | None) -> str:
    return name_key(country or "")


def _same_text(one: str | None, other: str | None) -> bool:
    if one == other:
        return True
    mine, theirs = name_key(one or ""), name_key(other or "")
    return mine == theirs or same_key(mine, theirs)


def _same_texts(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether two sets of texts say the same, however they are ordered or cut apart."""
    if old == new:
        return True
    mine = sorted(filter(None, map(name_key, old)))
    theirs = sorted(filter(None, map(name_key, new)))
    if mine == theirs:
        return True
    if same_key("".join(map(name_key, old)), "".join(map(name_key, new))):
        return True
    return len(mine) == len(theirs) and all(
        any(same_key(one, other) for other in others)
        for some, others in ((mine, theirs), (theirs, mine))
        for one in some
    )
