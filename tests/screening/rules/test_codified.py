"""When the codified text of a provision has changed, and in which words."""

import pytest

from monitor.screening.rules.codified import CodifiedText, changed

BEFORE = CodifiedText(
    "744.11",
    ("§ 744.11 License requirements.", "(a) A license is required — “always”.", "(b) Criteria."),
    ("At 90 FR 50857, Nov. 12, 2025, paragraph (a)(1) was stayed, effective until Nov. 9, 2026.",),
    "[87 FR 61973, Oct. 13, 2022]",
)


@pytest.mark.parametrize(
    "after",
    [
        "(a)  A license\u00a0is required — “always”.",
        '(a) A license is required - "always".',
        "(a) A license is required — “always” preview citation details .",
        "(a) A lic\u00adense is required —\u200b “always”.",
    ],
)
def test_blanks_marks_and_the_sites_debris_are_no_change(after: str) -> None:
    paragraphs = (BEFORE.paragraphs[0], after, BEFORE.paragraphs[2])
    text = CodifiedText("744.11", paragraphs, BEFORE.notes, "[91 FR 1, Jan. 2, 2026]")
    assert changed(BEFORE, text) == ()


def test_a_change_shows_only_the_paragraphs_that_went_and_came() -> None:
    """A new word, a new paragraph, a note that is gone."""
    after = CodifiedText(
        "744.11", (BEFORE.paragraphs[0], "(a) A license is required.", "(b) Criteria.", "(c) New.")
    )
    assert [(one.field, one.before, one.after) for one in changed(BEFORE, after)] == [
        (
            "§ 744.11", "(a) A license is required — “always”.",
            "(a) A license is required.\n(c) New.",
        ),
        ("§ 744.11, editors' notes", BEFORE.notes[0], None),
    ]  # fmt: skip
