"""What an act is read to say: whose name it is, whether all of it goes, from when on."""

from tests.mutations.mutation import Mutation
from tests.mutations.operators import Always, Argument, Drop, Returns, Skip, Swap

ACTS = "monitor.screening.acts"
OWN = f"{ACTS}.own_date:OwnDates"
DOCKET = "monitor.judging.docket:_Texts"
ROWS = "monitor.sources.federal_register.answers"

READINGS = (
    # -- a name in commas
    Mutation("a longer name on the lists is another party's", f"{ACTS}.behind:behind", Skip(0)),
    Mutation("an address of the entry's own is no unit", f"{ACTS}.behind:behind", Skip(2)),
    Mutation("without a mark between them nothing is an address",
             f"{ACTS}.behind:behind", Always(3)),
    Mutation("a word for a body before the first number is no address",
             f"{ACTS}.behind:_can_be_no_body", Skip(1)),
    Mutation("a country alone behind a name may be a part of it",
             f"{ACTS}.behind:_can_be_no_body", Returns(3, True)),
    Mutation("the party's own name is not a longer one",
             f"{ACTS}.behind:_is_listed", Returns(0, False)),
    Mutation("a town of others' addresses is no unit",
             f"{ACTS}.behind:_is_town", Returns(0, False)),
    Mutation("what one party alone has in its address is no town",
             f"{ACTS}.on_lists:OnLists.of", Always(0)),
    Mutation("a body is no town", f"{ACTS}.behind:_is_town", Drop("and", 1, 1)),
    Mutation("a country alone is an address only behind a legal form",
             f"{ACTS}.behind:behind", Drop("and", 1, 0)),
    Mutation("and only where the instruction names it", f"{ACTS}.behind:_is_home",
             Returns(1, True)),
    Mutation("a village or a district is no body",
             f"{ACTS}.behind:_can_be_no_body", Drop("or", 0, 0)),
    Mutation("a road may be called after a body", f"{ACTS}.behind:_is_body", Skip(0)),
    # -- every entry
    Mutation("one of two entries under a heading is not the party",
             f"{ACTS}.entries:_of_some", Skip(0)),
    Mutation("an entry named as another's alias is not that other",
             f"{ACTS}.reading:Mentions.stands", Returns(0, None)),
    # -- clauses
    Mutation("an entry with parts behind it is an entry", f"{ACTS}.roles:role_of", Skip(1)),
    Mutation("a name placed behind its verb is an entry",
             f"{ACTS}.walk:_as_entry", Skip(0)),
    Mutation("a verb behind a list of names is that of each",
             f"{ACTS}.walk:Walk.act_on_what_stands_before", Drop("or", 0, 1)),
    Mutation("in a list without quotes a legal form may be the name's own",
             f"{ACTS}.standing:in_bare_list", Always(0)),
    Mutation("a heading that runs into a name is no part of it",
             f"{ACTS}.standing:_left", Skip(3)),
    Mutation("aliases may follow in words of their own", f"{ACTS}.standing:standing_in",
             Drop("or", 0, 1)),
    # -- quotes and letters
    Mutation("a page mark is no word of the name it stands in", f"{ACTS}.text:flat",
             Argument("sub", " page ", 2)),
    Mutation("a name's own quotes end no quoted cell", f"{ACTS}.quotes:quote_end", Skip(1)),
    Mutation("a word in brackets is no letter", f"{ACTS}.letters:_letter", Always(0)),
    # -- tables
    Mutation("behind dot leaders the columns stay where they are", f"{ACTS}.tables:_blank",
             Returns(0, " ")),
    Mutation("a cell taller than all beside it leaves a table one", f"{ACTS}.tables:_is_drawn",
             Drop("+", 0, 1)),
    Mutation("letters by name leave the columns where they are", f"{ACTS}.tables:_aligned",
             Swap("min", "max")),
    Mutation("what stands in no cell of a table is told", f"{ACTS}.reading:_in_rows", Skip(0)),
    Mutation("the last alias may run into the address", f"{ACTS}.standing:_as_alias",
             Always(1)),
    Mutation("a row's name is whole where the preamble's item is",
             f"{ACTS}.judge:_told_by_preamble", Skip(2)),
    Mutation("a row that begins with an alias of its own party is not another's",
             f"{ACTS}.judge:_readings", Drop("and", 0, 1)),
    Mutation("an item of the preamble ends where its name ends",
             f"{ACTS}.judge:_told_by_preamble", Drop("and", 1, 0)),
    Mutation("the XML is asked for where a text draws entries", f"{DOCKET}._with_cells", Always(1)),
    Mutation("and nowhere else", f"{DOCKET}._with_cells", Skip(1)),
    Mutation("the XML is asked for once it is there", f"{DOCKET}._again", Always(0)),
    Mutation("XML without cells is no better", "monitor.sources.federal_register.client:"
             "FederalRegister.cells", Skip(1)),
    # -- dates of its own
    Mutation("an instruction's own date is that of its entries", f"{ACTS}.judge:_finding", Skip(1)),
    Mutation("two dates of one party are not certain", f"{ACTS}.judge:Deed.on", Always(0)),
    Mutation("a date behind names is theirs", f"{OWN}.date", Skip(0)),
    Mutation("a date between a name and a verb is not certain", f"{OWN}.verb", Skip(0)),
    Mutation("a second date without a name leaves none certain", f"{OWN}._close", Skip(0)),
    Mutation("a date before a list holds for the list", f"{OWN}.turn", Skip(0)),
    Mutation("and no longer", f"{OWN}.turn", Skip(1)),
    Mutation("an entry among dated ones has no other date", f"{OWN}._sure", Skip(0)),
    Mutation("a date for a time is no date", f"{ACTS}.own_date:iso", Always(1)),
    # -- rows of the Register
    Mutation("a row may name its department alone", f"{ROWS}:_may_be_bureaus",
             Returns(1, False)),
    Mutation("a row of another bureau is not the bureau's", f"{ROWS}:_may_be_bureaus",
             Drop("and", 0, 0)),
    Mutation("a date of the year 0023 or 2203 is none", f"{ROWS}:_day", Drop("and", 0, 1)),
    Mutation("a row without a date has that of its address", f"{ROWS}:document_of",
             Drop("or", 5, 1)),
    Mutation("a row without its part of the law may concern the lists",
             f"{ACTS}.document:prefilter", Drop("or", 0, 0)),
    Mutation("a stored act is read anew by another reader",
             "monitor.judging.acts:judge_again", Always(2)),
    # -- common words
    Mutation("a common word is weak", f"{ACTS}.weak:is_weak", Returns(1, False)),
    Mutation("a word in small letters is a word of prose",
             f"{ACTS}.weak:is_word_of_prose", Returns(0, False)),
)  # fmt: skip
