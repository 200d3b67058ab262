"""The lint of texts: nothing reaches a reader outside the catalogs, and these say what is said."""

import ast

import pytest

from tests.catalog.files import faults, problems
from tests.catalog.texts import Texts, read_template, texts
from tests.catalog.unsaid import literals, reads

pytestmark = pytest.mark.slow


def test_every_text_is_in_every_catalog() -> None:
    """If this fails, each line says what to do."""
    assert list(faults(texts())) == []


def test_what_is_wrong_is_said_with_what_to_do() -> None:
    """A text that no catalog has, a translation that nobody says, places that differ."""
    found = Texts({**texts().known, ("", "Entirely new {name}"): ""})
    del found.known["", "{source} is failing"]
    found.known["", "{count} {outcome}"] = "{count} {outcome} of {source}"
    assert {line.split(":")[0] for line in problems("zh", found)} == {
        "zh.po lacks msgid 'Entirely new {name}'",
        "zh.po translates what nobody says, msgid '{source} is failing'",
        "zh.po",
    }


@pytest.mark.parametrize(
    ("code", "finds"),
    [
        ('x = f"{name} has left the list"', True),
        ('x = "has left the list"', True),
        ('x = say("has left the list")', False),
        ('x = say("{a}", a="has left the list")', True),
        ('"""A docstring of several words."""', False),
        ('raise ValueError("has left the list")', False),
        ('log.warning("has left the list")', False),
        ('x = "removal_announced"', False),
        ('x = joined(" and of ", [])', False),
    ],
)
def test_a_sentence_in_the_code_that_is_no_message_is_found(code: str, finds: bool) -> None:
    """But not what only programmers read."""
    found = [one for one in literals(ast.parse(code)) if reads(one)]
    assert bool(found) is finds


@pytest.mark.parametrize(
    ("template", "finds"),
    [
        ("<p>Not said</p>", True), ('<p>{{ _("Said") }}</p>', False),
        ('<td data-label="Not said">', True), ('<td data-label="{{ _("Said") }}">', False),
        ("{% trans %}Said <b>so</b>{% endtrans %}", False), ("<code>a command</code>", False),
        ('{{ "Not said" if x else y }}', True), ("{{ name }}: {{ value }}", False),
    ],
)  # fmt: skip
def test_words_in_a_template_that_are_not_said_are_found(template: str, finds: bool) -> None:
    """Between tags, in attributes that are read out, and in expressions."""
    found = Texts()
    read_template(template, "x.html", found)
    assert bool(found.faults) is finds
