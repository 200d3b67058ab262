"""What an act is read to say: whose name it is, whether all of it goes, where a quote ends."""

from tests.mutations.mutation import Mutation
from tests.mutations.operators import Always, Drop, Returns, Skip

ACTS = "monitor.screening.acts"

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
    # -- quotes and letters
    Mutation("a name's own quotes end no quoted cell", f"{ACTS}.quotes:quote_end", Skip(1)),
    Mutation("a word in brackets is no letter", f"{ACTS}.letters:_letter", Always(0)),
    # -- common words
    Mutation("a common word is weak", f"{ACTS}.weak:is_weak", Returns(1, False)),
    Mutation("a word in small letters is a word of prose",
             f"{ACTS}.weak:is_word_of_prose", Returns(0, False)),
)  # fmt: skip
