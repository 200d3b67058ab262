"""Wording of real rules by kind: a text, who is watched with which rows, and what is said."""

import pytest

from monitor.screening.acts.finding import Party
from monitor.screening.acts.judge import judge
from monitor.screening.acts.on_lists import OnLists
from monitor.screening.acts.text import flat
from monitor.screening.entry import Entry
from tests.screening.test_act_forms import INSTRUCTION, a_document

CHINA = "under CHINA, PEOPLE’S REPUBLIC OF, "


def listed(id_: str, *rows: Entry, aliases: tuple[str, ...] = ()) -> Party:
    """A watch whose party has these rows."""
    names = tuple(dict.fromkeys(name for row in rows for name in row.names))
    return Party(id_, names, rows, frozenset(aliases))


def row(name: str, *addresses: str, aliases: tuple[str, ...] = (), country: str = "CN") -> Entry:
    """One row of the codified list."""
    return Entry("EL", name, aliases, addresses, country, source="ecfr")


TOWNSMEN = (
    row("Beta", "5 Road, Wuhan, China"), row("Gamma", "6 Road, Wuhan"),
    row("Delta", "7 Road, Zvezda"), row("Omega", "Optics Lab, China"),
    row("Sigma", "3 Way, Optics Lab, China"), row("Iota", "Optics Lab, China"),
)  # fmt: skip


def told(words: str, *parties: Party) -> dict[str, str]:
    """By watch what is done, with a "?" where a person must look."""
    lists = OnLists.of((*TOWNSMEN, *(row for party in parties for row in party.entries)))
    found = judge(a_document(), INSTRUCTION.format(words), parties, lists)
    return {who: one.effect.value + "?" * one.review for who, one in found}


ACADEMY = listed("academy", row("Lansing 3rd Academy", "40 Yungang North Road, Beijing, China"))
UNIT = listed("unit", row("Lansing 3rd Academy, 31 Research Institute", "No. 7 Road, Beijing"))
CONCERN = listed("concern", row("Concern Orbita", "1 Ulitsa Lenina, Perm, Russia", country="RU"))
NEW, INC = Party("new", ("Lansing 3rd Academy",)), Party("inc", ("Xinyu Inc.",))


@pytest.mark.parametrize(
    ("words", "parties", "expected"),
    [
        # the unit goes, and nothing is said of its parent
        ("by removing the entry for “Lansing 3rd Academy, 31 Research Institute”.", (ACADEMY, UNIT),
         {"unit": "removes"}),
        (("by removing the entry for “Lansing 3rd Academy, 31 Research Institute, No. 7 Road,"
          " Beijing.”"), (ACADEMY, UNIT), {"unit": "removes"}),
        ("by removing the entry for “Lansing 3rd Academy, 40 Yungang North Road, Beijing, China.”",
         (ACADEMY, UNIT), {"academy": "removes"}),
        # nobody knows the unit, nor whether it is an address: a person must look
        ("by removing the entry for “Lansing 3rd Academy, 31 Research Institute”.", (ACADEMY,),
         {"academy": "unclear?"}),
        ("by adding an entry for “Lansing 3rd Academy, 30th Research Institute (L-30)”.", (NEW,),
         {"new": "unclear?"}),
        ("by adding an entry for “Lansing 3rd Academy, Singapore”.", (NEW,), {"new": "unclear?"}),
        ("by adding an entry for “Lansing 3rd Academy, 40 Yungang North Road, Beijing.”", (NEW,),
         {"new": "adds"}),
        ("by adding an entry for “Lansing 3rd Academy 40 Yungang North Road, Beijing.”", (NEW,),
         {"new": "unclear?"}),
        ("by adding an entry for “Lansing 3rd Academy, Office 208, R.A. Bazar, Beijing.”", (NEW,),
         {"new": "adds"}),
        ("by adding an entry for “Lansing 3rd Academy, Harbor Bay, Tall Bldg, Office 9, Beijing.”",
         (NEW,), {"new": "adds"}),
        # a body after its number, or a road called after one
        ("by adding an entry for “Lansing 3rd Academy, No. 31 Research Institute, Beijing.”",
         (NEW,), {"new": "unclear?"}),
        ("by adding an entry for “Lansing 3rd Academy, No. 31 Institute Road, Beijing.”", (NEW,),
         {"new": "adds"}),
        # a town of others' addresses, but no body and none that one alone has
        ("by adding an entry for “Lansing 3rd Academy, Wuhan.”", (NEW,), {"new": "adds"}),
        ("by adding an entry for “Lansing 3rd Academy, Wuhan, China.”", (NEW,), {"new": "adds"}),
        ("by adding an entry for “Lansing 3rd Academy, Zvezda.”", (NEW,), {"new": "unclear?"}),
        ("by adding an entry for “Lansing 3rd Academy, Optics Lab.”", (NEW,), {"new": "unclear?"}),
        ("by adding an entry for “Lansing 3rd Academy, Hall, near Beta Co., No. 5 Road.”", (NEW,),
         {"new": "adds"}),
        # the country under which it is named may be the name's: “X OpenLab, Singapore” is one
        ("by adding an entry for “Lansing 3rd Academy, China.”", (NEW,), {"new": "unclear?"}),
        ("by adding an entry for “Xinyu Inc., China.”", (INC,), {"inc": "adds"}),
        ("by adding an entry for “Xinyu Inc., Hong Kong.”", (INC,), {"inc": "adds"}),
        ("by adding an entry for “Xinyu Inc., Singapore.”", (INC,), {"inc": "unclear?"}),
        ("by adding an entry for “Xinyu Inc., Dongdao Village, Nansha District, Wuhan.”", (INC,),
         {"inc": "adds"}),
        ("by adding an entry for “Xinyu Inc., Building Materials Institute, Dongdao Village.”",
         (INC,), {"inc": "unclear?"}),
        # what ends in a legal form goes on with no unit's number
        ("by adding an entry for “Xinyu Inc 6600 Harbor Road, Beijing.”", (INC,), {"inc": "adds"}),
        ("by adding an entry for “Xinyu Inc. China.”", (INC,), {"inc": "adds"}),
        ("by adding an entry for “Xinyu Inc. 31 Research Institute, Beijing.”", (INC,),
         {"inc": "unclear?"}),
        ("by removing the entry for “Concern Orbita, Joint Stock Company Zvezda, 12 Street”.",
         (CONCERN,), {"concern": "unclear?"}),
        ("by removing the entry for “Concern Orbita 1 Ulitsa Lenina, Perm, Russia”.", (CONCERN,),
         {"concern": "removes"}),
    ],
)  # fmt: skip
def test_a_name_in_commas(words: str, parties: tuple[Party, ...], expected: dict[str, str]) -> None:
    """Behind a comma stands an address only if it is this entry's, or can be no body."""
    assert told(CHINA + words, *parties) == expected


TWINS = listed("twins", row("Xinyu Optics", "1 First Road"), row("Xinyu Optics", "2 Other Road"))
BOTH = listed("both", row("Xinyu Optics"), row("Xinyu Optics", country="PK"))


@pytest.mark.parametrize(
    ("words", "party", "expected"),
    [
        (CHINA + "by removing the entry for “Xinyu Optics”.", TWINS, "unclear?"),
        (CHINA + "by removing the entry for “Xinyu Optics, 1 First Road.”", TWINS, "unclear?"),
        (CHINA + "by removing “Xinyu Optics,” listed in two entries.", TWINS, "unclear?"),
        ((CHINA + "by removing the entries for “Xinyu Optics, 1 First Road.”; and “Xinyu Optics,"
          " 2 Other Road.”"), TWINS, "removes"),
        ("by removing the entry for “Xinyu Optics” under CHINA.", BOTH, "removes"),
    ],
)  # fmt: skip
def test_every_entry_of_a_party_must_go(words: str, party: Party, expected: str) -> None:
    """One of two entries under one heading is not the party; of two headings the rules know."""
    assert told(words, party) == {party.id: expected}


SUN = listed("sun", row("Sunrise Metals", aliases=("Xinyu Optics",)), aliases=("Xinyu Optics",))


def test_an_entry_named_as_another_ones_alias_is_not_that_one() -> None:
    """An act that removes X says nothing certain of Y, whose row has X as an alias."""
    optics = listed("optics", row("Xinyu Optics"))
    words = CHINA + "by removing the entry for “Xinyu Optics”."
    assert told(words, optics, SUN) == {"optics": "removes", "sun": "unclear?"}


@pytest.mark.parametrize("verb", ["removing", "adding"])
@pytest.mark.parametrize(
    "clause",
    [
        "in the Entity column, the entity “{}”",
        "the entry and all references for “{}”",
        "the entry, including the address and the license requirement, for “{}”",
        "the row for footnote 4 entity “{}”",
        "the entries for Alpha, JSC, {}, JSC, and Beta, JSC",
    ],
)
def test_a_clause_on_an_entry_is_never_passed_over(verb: str, clause: str) -> None:
    """Whatever stands between verb and name, a person hears of it, and it is no amendment."""
    watched = Party("x", ("Xinyu Optics",))
    assert told(f"{CHINA}by {verb} {clause.format('Xinyu Optics')}.", watched) == {"x": "unclear?"}


@pytest.mark.parametrize(
    "words",
    [
        "by: a. Removing “Xinyu Optics” under China; b. Removing “Q” under Iran.",
        "by removing two entities, “Xinyu Optics”; and “Beta”, under the destination of China.",
        "by removing the following entity under the destination of CHINA: <bullet> “Xinyu Optics”.",
        ": under CHINA, the entries for “Xinyu Optics”; and “Beta” are removed.",
        (CHINA + "by removing the entry for “Xinyu Optics and includes, where appropriate, aliases:"
         " —XO; and —Optics X.”"),
        CHINA + "by removing the entry for “Xinyu ( print page 51001) Optics”.",
    ],
)  # fmt: skip
def test_more_ways_to_name_an_entry(words: str) -> None:
    """The destination, the verb or the count behind the name, and marks of the print inside it."""
    assert told(words, Party("x", ("Xinyu Optics",))) == {"x": "removes"}


@pytest.mark.parametrize(
    ("quoted", "name", "expected"),
    [
        ("the entry for “Kombinat “Xinyu””", "Kombinat Xinyu", "removes"),
        ("the entry for “Kombinat “Xinyu” of Perm”", "Kombinat Xinyu of Perm", "removes"),
        ("the entry for “Kombinat “Xinyu“, a.k.a., KX.”", "Kombinat Xinyu", "removes"),
        (("the entries for “Kombinat “Xinyu”, a.k.a., the following two aliases: —Plant “Xinyu”;"
          " and —“KX”. 1 Ulitsa Lenina, Perm.”; and “Beta”"), "Beta", "removes"),
        (("the entries for “Kombinat “Xinyu”, a.k.a., the following two aliases: —Plant “Xinyu”;"
          " and —“KX”. 1 Ulitsa Lenina, Perm.”; and “Beta”"), "Kombinat Xinyu", "removes"),
        ("the entries for “Kombinat and “Beta”", "Kombinat", "unclear?"),
    ],
)  # fmt: skip
def test_quotes_inside_a_name(quoted: str, name: str, expected: str) -> None:
    """A name in quotes of its own, also where the print turned one the wrong way."""
    assert told(f"{CHINA}by removing {quoted}.", Party("x", (name,))) == {"x": expected}


@pytest.mark.parametrize(
    ("raw", "letter"),
    [("[inodot]", "ı"), ("[lstrok]", "ł"), ("[aogon]", "ą"), ("[scedil]", "ş"), ("[Idot]", "İ"),
     ("[ecedil]", "ȩ"), ("[tcomma]", "ț"), ("[uuml]", "ü"), ("[AElig]", "Æ"), ("[sic]", "[sic]"),
     ("[image]", "[image]"), ("[amended]", "[amended]")],
)  # fmt: skip
def test_letters_by_name(raw: str, letter: str) -> None:
    """Every letter that raw text gives by name; words in brackets stay."""
    assert flat(f"Y{raw}ld Co.") == f"Y{letter}ld Co."


def test_a_heading_that_runs_into_the_first_name_below_it() -> None:
    """Where cells are lost, the country's heading is no part of the name."""
    words = (
        CHINA + "by adding one entity in alphabetical order. Supplement No. 4 to Part 744—Entity"
        " List IRAN Xinyu Optics For all items."
    )
    assert told(words, Party("x", ("Xinyu Optics",))) == {"x": "unclear?"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("This rule adds the BEST items to the Entity List.", set()),
        ("This rule adds twelve horizon scanners to the Entity List.", set()),
        ("This rule removes (1) BEST; and (2) Alpha Ltd. from the Entity List.", {"best"}),
        ("This rule removes Horizon from the Entity List.", {"horizon"}),
        (INSTRUCTION.format("under IRAN by removing the entry for “BEST”."), {"best"}),
        (INSTRUCTION.format("under IRAN by adding the best available horizon."), set()),
        (INSTRUCTION.format("under IRAN by adding one entity.<ROW><ENT>IRAN</ENT><ENT>BEST, 5"
                            " Azadi Road, Tehran, Iran.</ENT></ROW>"), {"best"}),
    ],
)  # fmt: skip
def test_a_common_word_is_a_name_only_where_an_entry_is_named(
    text: str, expected: set[str]
) -> None:
    """In prose an acronym or a common word is a word; in quotes, items and cells it is a name."""
    parties = (Party("best", ("BEST",)), Party("horizon", ("Horizon",)))
    found = {who for who, _ in judge(a_document(), text, parties)}
    assert found == expected
