"""Wording that has the form of a whole removal and is none, or is one in another form.

A certain removal needs words that are all known: one that is not can turn the meaning. What is not
certain is told for a person to read, never kept silent.
"""

import pytest

from monitor.screening.acts.judge import Effect, Party, judge
from tests.screening.test_act_forms import INSTRUCTION, a_document

X = Party("x", ("Xinyu Optics Co., Ltd.", "Xinyu Lens Factory"))
Y = Party("y", ("Yunhe Academy",))
Told = dict[str, tuple[str, str, tuple[str, ...]]]
PLACE = "under CHINA, PEOPLE’S REPUBLIC OF"


def told(text: str, *parties: Party) -> Told:
    """By party: the list, the effect (with a "?" where a person must look), and where."""
    found = judge(a_document(effective_on="2026-10-07"), text, parties)
    return {
        who: (one.list, one.effect.value + "?" * one.review, one.destinations) for who, one in found
    }


@pytest.mark.parametrize(
    "words",
    [
        "by removing the duplicate entry for “Xinyu Optics Co., Ltd.”.",
        "by removing one of the two entries for “Xinyu Optics Co., Ltd.”.",
        "by removing the entry for “Xinyu Optics Co., Ltd.” the first time it appears.",
        "by removing all entries except the entry for “Xinyu Optics Co., Ltd.”.",
        "by removing the entry for “Alpha” and retaining the entry for “Xinyu Optics Co., Ltd.”.",
        "by temporarily removing the entry for “Xinyu Optics Co., Ltd.”.",
        "by removing “Xinyu Lens Factory” as an alias of “Alpha”.",
        "by removing “Xinyu Optics Co., Ltd.” from the entry for “Alpha”.",
        "by removing “Xinyu Optics Co., Ltd.” from the entities designated with footnote 5.",
        "by removing “Xinyu Optics Co., Ltd.” and inserting “Xinyu Group”.",
        "by revising the entry for “Alpha” to remove “Xinyu Optics Co., Ltd.”.",
        "by revising the entry for “Alpha” by removing the institution “Xinyu Optics Co., Ltd.”.",
        ", revise the entry for “Alpha” by: (A) Removing “Xinyu Optics Co., Ltd.”; (B) Adding “Z”.",
        ": a. For the entry “Alpha”: i. Remove “Xinyu Optics Co., Ltd.”; ii. Add “Z”.",
        "by removing the entry for “Alpha” (Xinyu Optics Co., Ltd.).",
        ": a. By removing the entry for “Xinyu Optics Co., Ltd.”; and b. By adding in its place Z.",
        "by removing the entries for “Alpha; Xinyu Optics Co., Ltd.; and Beta”.",
        "by removing the entries for “Alpha and “Xinyu Optics Co., Ltd.”.",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_removal_is_for_a_person(words: str) -> None:
    """Neither a removal nor silence: the instruction names it in a way that is not certain."""
    found = told(INSTRUCTION.format(f"{PLACE} {words}"), X)
    assert found["x"] in {("EL", "unclear?", ()), ("EL", "revises", ()), ("EL", "revises?", ())}


@pytest.mark.parametrize(
    "words",
    [
        "by removing the entity known as “Xinyu Optics Co., Ltd.”.",
        "by removing the row for “Xinyu Optics Co., Ltd.”.",
        "by removing the entry for “Xinyu Optics Co., Ltd.” and its two aliases.",
        "by removing the entry for “Xinyu Optics Co., Ltd.” and all of its aliases and addresses.",
        ("by removing the entire entry for “Xinyu Optics Co., Ltd.”, including its license"
         " requirement, license review policy and Federal Register citation."),
    ],
)  # fmt: skip
def test_a_whole_entry_goes_with_all_that_is_its_own(words: str) -> None:
    """Words that only name the parts of what goes whole leave nothing uncertain."""
    assert told(INSTRUCTION.format(f"{PLACE} {words}"), X) == {"x": ("EL", "removes", ("CN",))}


def test_a_verb_behind_the_name_removes_as_one_before_it() -> None:
    """An entry that “is removed” is as plain as one that a clause removes."""
    opening, _, end = INSTRUCTION.partition("Supplement No. 4 to part 744 is amended {}")
    said = f"In Supplement No. 4 to part 744, {PLACE}, the entry for “Xinyu Optics Co., Ltd.” is"
    assert told(f"{opening}{said} removed.{end}", X) == {"x": ("EL", "removes", ("CN",))}


@pytest.mark.parametrize(
    "words",
    [
        "by removing the entity “Alpha”, also known as “Xinyu Optics Co., Ltd.”.",
        "by removing the second row of “Xinyu Optics Co., Ltd.”.",
        "by removing the aliases and addresses of the entry for “Xinyu Optics Co., Ltd.”.",
        "by removing the entry for “Xinyu Optics Co., Ltd.” but not its two aliases.",
    ],
)
def test_words_close_to_those_are_not_certain(words: str) -> None:
    """The same words in another order, or with one more, are no whole removal."""
    assert told(INSTRUCTION.format(f"{PLACE} {words}"), X)["x"][1] != "removes"


@pytest.mark.parametrize(
    "words",
    [
        ("a. By removing the entry for “Xinyu Optics Co., Ltd.”; and b. By adding an entry for"
        " “Xinyu Group, a.k.a., the following alias: Xinyu Optics Co., Ltd.”"),
        ("a. By removing the entry for “Xinyu Optics Co., Ltd.”; and b. By revising the entry for"
        " “Alpha” to add “Xinyu Lens Factory” as an alias."),
        ("a. By removing the entry for “Xinyu Optics Co., Ltd.” and adding an entry for “Xinyu"
        " Group” to read as follows: <ROW><ENT>CHINA</ENT><ENT>Xinyu Group, a.k.a., the following"
        " alias: —Xinyu Optics Co., Ltd. No. 5 Optics Road, Wuhan.</ENT></ROW>"),
    ],
)  # fmt: skip
def test_an_entry_that_comes_back_under_another_name_needs_a_person(words: str) -> None:
    """A respelling or a merger removes a row and leaves the party on the list."""
    found = told(INSTRUCTION.format(f"{PLACE}: {words}"), X)
    assert found == {"x": ("EL", "removes?", ("CN",))}


def test_a_move_printed_only_in_the_rows_is_no_removal() -> None:
    """The entry goes under one heading and comes, in the table, under another."""
    words = (
        ": a. Under HONG KONG, by removing the entry for “Xinyu Optics Co., Ltd.”; and b. Under"
        " CHINA, by adding one entry in alphabetical order. The addition reads as follows:"
        " <ROW><ENT>CHINA</ENT><ENT>Xinyu Optics Co., Ltd., No. 5 Road, Wuhan.</ENT></ROW>"
    )
    assert told(INSTRUCTION.format(words), X) == {"x": ("EL", "revises?", ())}


@pytest.mark.parametrize(
    ("opening", "list_", "effect"),
    [
        ("In part 744, supplement no. 6 is amended", "UVL", "removes"),
        ("Supplement No. 6 (Unverified List) to part 744 is amended", "UVL", "removes"),
        ("Supplement No. 7 of part 744 is amended", "MEU", "removes"),
        ("The list in supplement no. 6 to this part is amended", "UVL", "removes"),
        ("Amend § 744.11", "", "unclear?"),
        ("In § 744.16,", "", "unclear?"),
    ],
)
def test_an_instruction_on_another_list_ends_the_one_before(
    opening: str, list_: str, effect: str
) -> None:
    """Removed from the Unverified List, in the instruction behind one on the Entity List."""
    text = INSTRUCTION.format(
        f"{PLACE} by adding an entry for “Alpha”. 3. {opening} under CHINA by removing the entry"
        " for “Xinyu Optics Co., Ltd.”."
    )
    assert told(text, X) == {"x": (list_, effect, ("CN",) if list_ else ())}


@pytest.mark.parametrize(
    ("words", "x", "y"),
    [
        (("by removing the entry for “Xinyu Optics Co., Ltd.” under CHINA and the entry for “Yunhe"
         " Academy” under OMAN."), "CN", "OM"),
        (("by removing, under CHINA, the entry for “Xinyu Optics Co., Ltd.” and, under OMAN, the"
         " entry for “Yunhe Academy”."), "CN", "OM"),
        (("under the heading “CHINA, PEOPLE'S REPUBLIC OF” by removing the entities “Xinyu Optics"
         " Co., Ltd.” and “Yunhe Academy”."), "CN", "CN"),
        (("by removing, in the table under “CHINA”, the entries for Xinyu Optics Co., Ltd. and"
         " Yunhe Academy."), "CN", "CN"),
        ((": a. Under CHINA, by removing and reserving the entry for “Xinyu Optics Co., Ltd.”; b."
         " Under OMAN, by removing the Omani entity “Yunhe Academy”."), "CN", "OM"),
    ],
)  # fmt: skip
def test_each_entry_goes_under_its_own_destination(words: str, x: str, y: str) -> None:
    """A destination behind or before one name is not that of the next."""
    found = told(INSTRUCTION.format(words), X, Y)
    assert found == {"x": ("EL", "removes", (x,)), "y": ("EL", "removes", (y,))}


def test_the_words_before_a_signature_belong_to_the_instruction() -> None:
    """The last word of the law is not taken for the first name of who signs it."""
    text = INSTRUCTION.format("by removing the entry for Yunhe Academy under OMAN.").replace(
        "[FR Doc.", "Thea D. Kendler, Assistant Secretary for Export Administration.\n[FR Doc."
    )
    found = judge(a_document(effective_on="2026-10-07"), text, (Y,))
    assert [(one.effect, one.destinations) for _, one in found] == [(Effect.REMOVES, ("OM",))]
    assert found[0][1].quote.endswith("under OMAN.")


def test_its_own_aliases_in_the_quotes_leave_the_removal_certain() -> None:
    """The entry's whole cell may stand in the quotes; an office in its address is not removed."""
    text = INSTRUCTION.format(
        f"{PLACE} by removing the entry for “Xinyu Optics Co., Ltd., a.k.a., the following alias:"
        " —Xinyu Lens Factory. No. 5 West Road, Wuhan, Hubei Region (Yunhe Academy)”."
    )
    assert told(text, X, Y) == {"x": ("EL", "removes", ("CN",))}


@pytest.mark.parametrize(
    "words",
    [
        "on the third line, “Xinyu Optics Co., Ltd.” should read “Xinyu Group”.",
        "the entry for “Xinyu Optics Co., Ltd.”, which was removed in error, is reinstated.",
    ],
)
def test_a_correction_without_any_instruction_is_told(words: str) -> None:
    """A correction speaks of what was done before, and that is what it changes."""
    text = (
        "Entity List Removal; Correction. In rule document 2023-25557 appearing on page 80131, make"
        f" the following correction: On page 80133, in the third column, {words}"
    )
    assert told(text, X)["x"][1] == "unclear?"


def test_a_regulation_without_a_known_instruction_is_told() -> None:
    """The law names it, but not in an instruction on a supplement."""
    text = (
        "PART 744--CONTROL POLICY 2. Under CHINA, the entry for “Xinyu Optics Co., Ltd.”, which was"
        " removed in error, is restored."
    )
    assert told(text, X) == {"x": ("", "unclear?", ())}


@pytest.mark.parametrize("cell", ["<ENT>", ""])
def test_an_office_in_a_printed_address_is_not_told(cell: str) -> None:
    """A bureau that another entry has in its address, in a table with and without its cells."""
    text = INSTRUCTION.format(
        f"{PLACE} by revising one entry to read as follows: Country Entity License requirement"
        f" {cell}Alpha. No. 5 West Street, Wuhan, Hubei Region (Yunhe Academy). {cell}For all items"
    )
    assert told(text, Y) == {}


def test_what_follows_a_colon_does_not_qualify_the_name() -> None:
    """The rows, or whoever signs where none are printed, are no words on the entry."""
    text = INSTRUCTION.format(
        f"{PLACE} by adding, in alphabetical order, an entry for “Xinyu Optics Co., Ltd.”, to read"
        " as follows: Assistant Secretary for Export Administration."
    )
    assert told(text, X) == {"x": ("EL", "adds", ("CN",))}
