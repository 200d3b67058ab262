"""Which row is whose: parties over time and sources, what a watch is bound to, what changed."""

from tests.mutations.mutation import Mutation
from tests.mutations.operators import Always, Becomes, Drop, Returns, Skip

ROWS = "monitor.screening.parties"
CHANGE = "monitor.screening.change"
LINK = "monitor.screening.linkage.link"
LINKS = "monitor.screening.linkage.links"
JUDGED = "monitor.screening.linkage.judged"
NAMES = "monitor.screening.linkage.same_names"

PARTIES = (
    # -- the party of a row that came
    Mutation("a row goes on as the party of the row it is linked to",
             f"{ROWS}:_goes_on", Drop("or", 0, 0)),
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
    Mutation("the same name in another country is the same party",
             f"{NAMES}:_in_one_country_first", Drop("+", 0, 1)),
    Mutation("continuity: a successor is an amendment", f"{LINK}:_linked", Skip(0)),
    Mutation("continuity is marked for review", f"{LINKS}:Link.review", Returns(0, False)),
    Mutation("continuity: a very similar name or a shared alias",
             f"{JUDGED}:Judged._may_link", Drop("and", 0, 0)),
    Mutation("continuity: a shared address or citation",
             f"{JUDGED}:Judged.proven", Drop("and", 0, 1)),
    Mutation("who stays has no successor", f"{JUDGED}:judge", Drop("or", 0, 0)),
    Mutation("who was there is no successor", f"{JUDGED}:judge", Drop("or", 0, 1)),
    Mutation("one row gone while another stays is an amendment",
             f"{CHANGE}:differences", Skip(1)),
    Mutation("one row come beside another is an amendment", f"{CHANGE}:differences", Skip(2)),
    Mutation("a field that changes everywhere is a format",
             f"{CHANGE}:_without_format", Always(2)),
    Mutation("a few rows are no format", f"{CHANGE}:_MANY_AT_LEAST", Becomes(1)),
)  # fmt: skip
