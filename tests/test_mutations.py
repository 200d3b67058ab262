"""Every decision rule turned off is noticed by a test; docs/mutations.md says by which."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.extent import stride
from tests.mutations.catalog import MUTATIONS
from tests.mutations.mutation import Mutation
from tests.mutations.page import PAGE
from tests.mutations.trial import try_all


@pytest.mark.slow
@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda one: one.rule)
def test_each_still_changes_its_function(mutation: Mutation) -> None:
    """A guard that has moved on takes its mutation along."""
    assert mutation.source() != _unchanged(mutation.file)


@cache
def _unchanged(file: Path) -> str:
    return ast.unparse(ast.parse(file.read_text(encoding="utf-8")))


def test_the_page_lists_them_all_and_all_are_noticed() -> None:
    """One row each, in their order, and no row says that nobody noticed."""
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if "| `" in line]
    assert [row.split(" | ")[0].removeprefix("| ") for row in rows] == [
        mutation.rule for mutation in MUTATIONS
    ]
    assert not [row for row in rows if "**nobody**" in row]


@pytest.mark.long
def test_all_are_noticed_and_nothing_is_where_nothing_is_changed() -> None:
    """The whole list, as `python -m tests.mutations` runs it; tests that always fail are none."""
    tried = try_all(MUTATIONS[:: stride()])
    assert not [mutation.rule for mutation, test in tried if test is None]
