"""Forms of words: instructions and preambles as rules have been written, or might be."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.screening.acts.judge import Document, Effect, Party, Stage, judge, prefilter

ADDS, REMOVES, REVISES, UNCLEAR = Effect.ADDS, Effect.REMOVES, Effect.REVISES, Effect.UNCLEAR
INSTITUTE = Party(
    "institute", ("Ministry of Public Security's Institute of Forensic Science of China",)
)
Told = dict[tuple[str, str], tuple[Effect, tuple[str, ...]]]


def a_document(number: str = "2023-25557", **said: object) -> Document:
    plain = Document(
        number=number, title="", type="Rule", abstract="", action="", dates="",
        publication_date="2026-10-07", effective_on=None, citation=None, html_url=None,
        text_url=None, xml_url=None, filed_at=None, filing_type=None, correction_of=None,
        cfr_parts=(), stage=Stage.DOCUMENT,
    )  # fmt: skip
    return replace(plain, **said)  # type: ignore[arg-type]


def told(text: str, *parties: Party) -> Told:
    found = judge(a_document(), text, parties)
    return {(who, one.list): (one.effect, one.destinations) for who, one in found}


INSTRUCTION = """
PART 744--CONTROL POLICY: END-USER AND END-USE BASED
2. Supplement No. 4 to part 744 is amended {}
[FR Doc. 2026-1 Filed 1-1-26; 8:45 am]
"""
X = Party("x", ("Xinyu Optics Co., Ltd.", "Xinyu Lens Factory"))
CN = ("CN",)


@pytest.mark.parametrize(
    ("words", "effect", "destinations"),
    [
        ("under CHINA, PEOPLE’S REPUBLIC OF, by removing the entry for “Xinyu Optics Co., Ltd.”.",
         REMOVES, CN),
        ('under China by removing the entry for "XINYU OPTICS CO. LTD".', REMOVES, CN),
        ("under CHINA, P.R. by removing the entry for Xinyu Optics Co., Ltd.", REMOVES, ("CN",)),
        ("by removing the entries for “Alpha” and “Xinyu Optics Co., Ltd.” under CHINA.",
         REMOVES, CN),
        ("by: a. Removing under CHINA the entity “Xinyu Lens Factory”; b. Adding “Q” under IRAN.",
         REMOVES, CN),
        ("under CHINA: a. Remove the entry for “Xinyu Optics Co., Ltd., a.k.a., Xinyu Lens.”",
         REMOVES, CN),
        ("under CHINA by removing from the Entity List the entity “Xinyu Optics Co., Ltd.”",
         REMOVES, CN),
        (("under CHINA by removing in their entirety the entries for: i. “A”; ii. “Xinyu Lens"
         " Factory”; and iii. “B”."), REMOVES, CN),
        ("under CHINA. The entry for “Xinyu Optics Co., Ltd.” is removed.", REMOVES, CN),
        ("under CHINA by removing the entry for “Old Name, a.k.a., Xinyu Lens Factory”",
         REMOVES, CN),
        ("under CHINA by removing the entries for Alpha Ltd., Xinyu Optics Co., Ltd., and Beta.",
         REMOVES, CN),
        ("by removing the following entries under CHINA: “Alpha”; “Xinyu Lens Factory”.",
         REMOVES, CN),
        ("by removing the following entries: • Under CHINA: • “A”; and • “Xinyu Lens Factory”.",
         REMOVES, CN),
        ("by removing, under CHINA, the entries for (1) “Alpha”; and (2) “Xinyu Lens Factory”.",
         REMOVES, CN),
        ("by removing the entry for “A” under IRAN; and “Xinyu Lens Factory” under CHINA.",
         REMOVES, CN),
        ("under CHINA: a. By removing the entry for “Alpha”; b. “Xinyu Lens Factory” is misspelt.",
         UNCLEAR, ()),
        ("under CHINA without removing the entry for “Xinyu Lens Factory”.", UNCLEAR, ()),
        ("under CHINA by removing the entry for “A”; “Xinyu Lens Factory” remains.", UNCLEAR, ()),
        (("under CHINA: instruction 2, “removing the entry for “Xinyu Lens Factory””, is corrected"
         " to read “revising the entry for “Xinyu Lens Factory””."), UNCLEAR, ()),
        ("under CHINA by removing the license requirement for “Xinyu Lens Factory”.", REVISES, ()),
        ("under CHINA by adding, after the entry for “Xinyu Optics Co., Ltd.,” an entry for “Y”.",
         None, ()),
        ("under CHINA by removing the alias “Lens” from the entry for “Xinyu Optics Co., Ltd.”",
         REVISES, ()),
        (("under CHINA, in the entry for “Xinyu Optics Co., Ltd.”, by removing “Xinjang” and adding"
         " “Xinjiang” in its place."), REVISES, ()),
        ("under CHINA by removing the address “No. 5 Road” of the entity “Xinyu Optics Co., Ltd.”",
         REVISES, ()),
        (("under CHINA by revising the license requirement for the entry for “Xinyu Optics Co.,"
         " Ltd.”"), REVISES, ()),
        (("under CHINA by removing the entry for “Xinyu Optics Co., Ltd.” and adding in its place"
         " an entry for “Xinyu New Optics Co., Ltd.”"), UNCLEAR, ()),
        ("under CHINA by frobnicating “Xinyu Optics Co., Ltd.”", UNCLEAR, ()),
        ("under CHINA by removing the hyperlink of “Xinyu Optics Co., Ltd.”", UNCLEAR, ()),
        ("by moving the entry for “Xinyu Optics Co., Ltd.” from under HONG KONG to under CHINA.",
         REVISES, ()),
        ("under CHINA by removing the entry for “Xinyu Optics Co., Ltd. Shanghai Branch”",
         UNCLEAR, ()),
        ("under CHINA by removing the entry for “Beijing Xinyu Optics Co., Ltd.”", None, ()),
        ("under CHINA by removing the entry for Beijing Xinyu Lens Factory.", None, ()),
        ("under CHINA by removing the entry for “Xinyu Lens Factory No. 2 of Anhui”", None, ()),
        ("under CHINA by removing the entry for “Xinyu Lens Factory Trading Co., Ltd.”", None, ()),
        ("under CHINA by removing the entry for Institute of Optics and Xinyu Lens Factory.",
         UNCLEAR, ()),
    ],
)  # fmt: skip
def test_forms_of_the_instruction(
    words: str, effect: Effect | None, destinations: tuple[str, ...]
) -> None:
    """Many ways of writing an instruction, whole entries told from parts and from neighbors."""
    found = told(INSTRUCTION.format(words), X)
    assert found == ({} if effect is None else {("x", "EL"): (effect, destinations)})


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("In this rule, BIS removes Xinyu Optics Co., Ltd., from the Entity List.",
         {("x", "EL"): (REMOVES, ())}),
        (("This final rule removes one entity, Xinyu Optics Co., Ltd., from the Unverified List"
         " under the destination of China."), {("x", "UVL"): (REMOVES, CN)}),
        ("Xinyu Optics Co., Ltd. is removed from the Entity List.", {("x", "EL"): (REMOVES, ())}),
        ("This rule removes the alias Xinyu Lens Factory from the Entity List.",
         {("x", "EL"): (UNCLEAR, ())}),
        (("This rule removes an address from the entry for Xinyu Optics Co., Ltd. on the Entity"
         " List."), {("x", "EL"): (REVISES, ())}),
        ("This rule adds Alpha to the Entity List for acting on behalf of Xinyu Optics Co., Ltd.",
         {}),
        ("In this rule, BIS declines a request to remove Xinyu Lens Factory from the Entity List.",
         {("x", "EL"): (UNCLEAR, ())}),
        ("This rule does not remove Xinyu Lens Factory from the Entity List.",
         {("x", "EL"): (UNCLEAR, ())}),
        ("BIS removed Xinyu Optics Co., Ltd. from the Entity List in 2021.", {}),
        ("The rule concerns Xinyu Optics Co., Ltd. in a way of its own.",
         {("x", ""): (UNCLEAR, ())}),
        ("This rule removes Beijing Xinyu Lens Factory from the Entity List.", {}),
        ("This rule removes Xinyu Lens Factory's website from the Entity List.",
         {("x", "EL"): (UNCLEAR, ())}),
    ],
)  # fmt: skip
def test_the_preamble_alone(sentence: str, expected: Told) -> None:
    """Without instructions only a plain sentence of this rule's own doing is an effect."""
    assert told(sentence, X) == expected


def test_the_preamble_alone_never_overrules_readable_instructions() -> None:
    """The preamble claims a removal that no instruction makes: a person must read it."""
    text = "This rule removes Xinyu Optics Co., Ltd. from the Entity List." + INSTRUCTION.format(
        "under CHINA by removing the entry for “Xinyu Optic Company Limited”."
    )
    assert told(text, X) == {("x", "EL"): (UNCLEAR, ())}


def test_a_name_elsewhere_in_the_regulation_is_told() -> None:
    """A section outside the lists that names the party is never passed over in silence."""
    text = "PART 744--CONTROL POLICY\n2. Section 744.23 is amended: Xinyu Optics Co., Ltd. may."
    assert told(text, X) == {("x", ""): (UNCLEAR, ())}


def test_a_supplement_that_is_no_list_is_never_a_list() -> None:
    """Supplement No. 2 to part 744 holds items, not parties."""
    text = INSTRUCTION.replace("No. 4", "No. 2").format(
        "by removing the entry for “Xinyu Optics Co., Ltd.”."
    )
    assert told(text, X) == {("x", ""): (UNCLEAR, ())}


XML = """<?xml version="1.0"?><RULE><PREAMB><SUBJECT>Entity List Removal</SUBJECT><SUM><P>This rule
removes one entity.</P></SUM><EFFDATE><HD SOURCE="HED">DATES:</HD><P>This rule is effective November
16, 2023.</P></EFFDATE></PREAMB><REGTEXT TITLE="15" PART="744"><PART><HD SOURCE="HED">PART
744—CONTROL POLICY: END-USER AND END-USE BASED</HD></PART><AMDPAR>2. Supplement No. 4 to part 744 is
amended:</AMDPAR><AMDPAR>a. Under CHINA, PEOPLE'S REPUBLIC OF, by removing the entry for “Ministry
of Public <PRTPAGE P="80132"/>Security's Institute of <E T="03">Forensic</E> Science of
China<SU>1</SU>”; and</AMDPAR><AMDPAR>b. Under INDIA, by adding one Indian entity.</AMDPAR>
<GPOTABLE><ROW>
<ENT I="01">INDIA</ENT><ENT>Xinyu Optics Co., Ltd., a.k.a., the following one alias: Xinyu Lens
Factory. Pune, India.</ENT><ENT>For all items.</ENT></ROW></GPOTABLE></REGTEXT></RULE>"""


def test_full_text_xml_is_read() -> None:
    """Tags inside a name, page breaks and footnotes leave it whole; rows and cells stay apart."""
    assert told(XML, INSTITUTE, X) == {
        ("institute", "EL"): (REMOVES, CN),
        ("x", "EL"): (ADDS, ("IN",)),
    }


@given(st.text(max_size=400))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    """Hostile text is text: no fault, and no removal out of noise."""
    assert all(one.effect is not REMOVES for _, one in judge(a_document(), text, (INSTITUTE, X)))


@pytest.mark.parametrize(
    ("type_", "parts", "expected"),
    [
        ("Rule", ("15 CFR 744",), True),
        ("Rule", ("15 CFR 740", "15 CFR 748"), True),
        ("Rule", ("15 CFR 740",), False),
        ("Rule", (), True),
        ("Correction", (), True),
        ("Notice", (), False),
        ("Proposed Rule", ("15 CFR 744",), False),
    ],
)
def test_prefilter(type_: str, parts: tuple[str, ...], *, expected: bool) -> None:
    """Only what can make law on the lists is fetched, and titles never decide."""
    assert prefilter(a_document(type=type_, cfr_parts=parts, title="Anything")) is expected
