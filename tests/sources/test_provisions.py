"""Sections, introductions and notes of part 744, read out of the eCFR's XML."""

import gzip

import pytest

from monitor.errors import SourceFault
from monitor.screening.rules.codified import last_amended
from monitor.screening.rules.provision import AFFILIATES, PROVISIONS
from monitor.sources.ecfr.provisions import read_provisions
from tests.real import data
from tests.upstream.ecfr_xml import Words, appendix, part, row_for
from tests.upstream.parties import institute

NOTE = "At 90 FR 50857, Nov. 12, 2025, the text was stayed, effective until Nov. 9, 2026."


def test_the_real_part_of_july_2026() -> None:
    """Eight provisions; every note; all five footnotes; the first words and the last amendment."""
    found = read_provisions(gzip.decompress(data("ecfr-part744-2026-07-23.xml.gz").read_bytes()))
    texts = {text.place: text for text in found.texts}
    assert found.whole
    assert [*texts] == [*PROVISIONS]
    stayed = [place for place, text in texts.items() if "90 FR 50857" in " ".join(text.notes)]
    assert stayed == [*AFFILIATES]
    entity_list = texts["supplement-4"]
    assert entity_list.paragraphs[1].startswith("This supplement lists certain entities or")
    assert [one[:10] for one in entity_list.paragraphs[2:]] == [
        f"Footnote {number}" for number in range(1, 6)
    ]
    assert "S2C Limited" in entity_list.notes[1]
    assert not any("Abdul Satar Ghoura" in one for one in entity_list.paragraphs)
    assert last_amended(texts["744.11"]) == ("90 FR 47212", "2025-09-30")
    assert {place: len(text.paragraphs) for place, text in texts.items()} == {
        "744.11": 30, "744.15": 19, "744.16": 11, "744.21": 22, "supplement-4": 7,
        "supplement-6": 2, "supplement-7": 2, "supplement-8": 4,
    }  # fmt: skip


def test_one_appendix_holds_its_own_provision_and_is_not_the_part() -> None:
    words = {"supplement-4": Words(("Whom it <I>lists</I>.",), (NOTE,))}
    found = read_provisions(appendix([row_for(institute())], words=words))
    (text,) = found.texts
    assert not found.whole
    assert (text.paragraphs, text.notes) == (
        ("Supplement No. 4 to Part 744—Entity List", "Whom it lists."), (NOTE,),
    )  # fmt: skip
    assert not read_provisions(appendix([row_for(institute())])).texts[0].has_words


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<!DOCTYPE DIV5><DIV5/>", "document type"),
        (b'<DIV5 N="744"><DIV8 N="744.11">', "broken or cut off"),
        (b'<DIV5><DIV8 N="744.11"/><DIV8 N="744.11"/></DIV5>', "twice"),
        (b"<DIV5>" + b"<P>" * 80 + b"</P>" * 80 + b"</DIV5>", "nested too deep"),
    ],
)
def test_what_is_no_whole_part_is_refused(body: bytes, reason: str) -> None:
    with pytest.raises(SourceFault, match=reason):
        read_provisions(body)


def test_other_sections_are_left_alone() -> None:
    body = part({"EL": []}, {"744.23": Words(("A fab.",)), "744.15": Words(("A statement.",))})
    assert [text.place for text in read_provisions(body).texts] == ["744.15", "supplement-4"]


def test_a_declared_encoding_that_nobody_knows_is_passed_over() -> None:
    """Found by fuzzing: the lists of the body had been read, the provisions ended the look."""
    body = b'<?xml version="1.0" encoding="UtrueTF-8"?><DIV5 N="744"/>'
    assert read_provisions(body).whole
