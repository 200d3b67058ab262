"""Which row is whose: parties over time and sources, what a watch is bound to, what changed."""

from tests.mutations.mutation import Mutation
from tests.mutations.operators import Always, Becomes, Drop, Omit, Returns, Skip

ROWS = "monitor.screening.parties"
CHANGE = "monitor.screening.change"
LINKAGE = "monitor.screening.linkage"
LINK, JUDGED = f"{LINKAGE}.link", f"{LINKAGE}.judged"

PARTIES = (
    # -- the party of a row that came
    Mutation("a row goes on as the party of the row it is linked to",
             f"{ROWS}:_goes_on", Skip(1)),
    Mutation("a further row of a party's own name is the party's",
             f"{ROWS}:_of_a_name_here", Skip(1)),
    Mutation("also of a name that only just came", f"{ROWS}:parties_of_new_rows", Skip(0)),
    Mutation("a row that the other source has too is that party's",
             f"{ROWS}:parties_of_new_rows", Skip(1)),
    Mutation("the other source's parties that have a row here are not looked at",
             f"{ROWS}:parties_of_new_rows", Always(2)),
    Mutation("rows of one new name are one new party", f"{ROWS}:_new_parties", Always(2)),
    # -- what a watch is bound to
    Mutation("who bears a watch's name as name goes before who bears it as alias",
             f"{ROWS}:ListParties.bound", Drop("or", 0, 0)),
    Mutation("who bears it as alias alone is bound",
             f"{ROWS}:ListParties.bound", Drop("or", 0, 1)),
    Mutation("only rows that came bind", f"{ROWS}:new_bindings", Drop("and", 0, 0)),
    Mutation("a watch whose parties have rows is bound by name alone",
             f"{ROWS}:new_bindings", Drop("and", 0, 1)),
    Mutation("a name binds whatever rows there are", f"{ROWS}:new_bindings", Drop("or", 0, 0)),
    Mutation("an alias binds a watch without rows", f"{ROWS}:new_bindings", Drop("or", 0, 1)),
    # -- what changed
    Mutation("one row gone while another stays is an amendment",
             f"{CHANGE}:differences", Skip(1)),
    Mutation("one row come beside another is an amendment", f"{CHANGE}:differences", Skip(2)),
    Mutation("a name changed beyond its form is marked for review",
             f"{CHANGE}:_amended", Omit("review")),
    Mutation("a party whose name is the list's new form is followed",
             f"{CHANGE}:_stripped", Drop("or", 0, 1)),
    Mutation("a field that changes everywhere is a format",
             f"{CHANGE}:_without_format", Always(2)),
    Mutation("a few rows are no format", f"{CHANGE}:_MANY_AT_LEAST", Becomes(1)),
    # -- which row goes on as which
    Mutation("a country blocks no link of one name",
             f"{LINKAGE}.same_names:_in_one_country_first", Drop("+", 0, 1)),
    Mutation("rows of one name link within their country first",
             f"{LINKAGE}.same_names:_in_one_country_first", Skip(0)),
    Mutation("a near name needs evidence", f"{JUDGED}:Judged.proven", Drop("and", 0, 1)),
    Mutation("a near name with evidence links", f"{JUDGED}:Judged.proven", Returns(1, False)),
    Mutation("numbers and units are never bridged", f"{JUDGED}:held_together", Omit("barred")),
    Mutation("a row entered later is no successor",
             f"{JUDGED}:Judged._may_link", Drop("and", 0, 2)),
    Mutation("two that stood side by side are two parties", f"{JUDGED}:judge", Skip(0)),
    Mutation("being called as the other proves nothing besides",
             f"{JUDGED}:held_together", Skip(0)),
    Mutation("another name at the same address on the same rule is a doubt",
             f"{JUDGED}:Judged.doubtful", Drop("or", 0, 0)),
    Mutation("a place is form only where no other row bears what is left",
             f"{LINKAGE}.text:Text.is_alone", Returns(0, True)),
    Mutation("an alias of several proves nothing",
             f"{LINKAGE}.text:Text.own_names", Drop("and", 0, 1)),
    Mutation("an address of several proves nothing",
             f"{LINKAGE}.addresses:Addresses.own", Drop("and", 0, 1)),
    Mutation("citations prove nothing where two near rows have them",
             f"{LINK}:_Likely._alone_in_their_rule", Drop("and", 1, 0, 1)),
    Mutation("nearly equal names link only where neither has a rival",
             f"{LINK}:_Likely._each_others_best", Drop("and", 0, 1)),
    Mutation("a party that stood on two rows and loses one stays", f"{LINK}:_elsewhere", Skip(1)),
)  # fmt: skip
