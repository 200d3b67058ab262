"""docs/mutations.md: every rule, and the test that notices first when it is turned off."""

from collections.abc import Iterator, Sequence

from tests.mutations.mutation import ROOT, Mutation

PAGE = ROOT / "docs" / "mutations.md"


def page(found: Sequence[tuple[Mutation, str | None]]) -> Iterator[str]:
    """Its lines."""
    caught = sum(test is not None for _, test in found)
    yield "# Every decision rule, turned off"
    yield ""
    yield (
        "`python -m tests.mutations` turns one guard off at a time, by a change of the syntax tree "
        "of the function that holds it, runs the tests of the rules, and writes this page. "
        "`make test-long` asks the same."
    )
    yield ""
    yield f"{caught} of {len(found)} are noticed."
    yield ""
    yield "| rule | where | the test that notices first |"
    yield "|---|---|---|"
    for mutation, test in found:
        where = mutation.where.removeprefix("monitor.")
        yield f"| {mutation.rule} | `{where}` | {f'`{test}`' if test else '**nobody**'} |"
