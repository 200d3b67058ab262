"""Possible matches: what is asked of a person, how often, and what waits for the answer."""

from tests.mutations.mutation import Mutation
from tests.mutations.operators import Always, Becomes, Drop, Omit, Returns, Skip

CASES = "monitor.screening.cases"
TOLD = "monitor.screening.decide.matches"
RULES = "monitor.screening.decide.rules"
JUDGING = "monitor.judging"

MATCHES = (
    # -- what is asked
    Mutation("a watch that does not ask is asked nothing", f"{CASES}:_asked", Skip(0)),
    Mutation("what the files decided is not asked", f"{CASES}:_asked", Returns(1, True)),
    Mutation("nor of a document's name", f"{CASES}:near_names", Always(2)),
    Mutation("a broad name is for those who ask", f"{CASES}:near_rows", Always(1)),
    Mutation("an address makes a broad name close", f"{CASES}:_likely", Skip(1)),
    Mutation("at most ten of one watch", f"{CASES}:MOST", Becomes(100)),
    Mutation("an act's case is one without a row", f"{CASES}:case_of", Always(0)),
    Mutation("while a party of the watch stands no successor is asked",
             f"{CASES}:successors", Always(0)),
    # -- what is asked again
    Mutation("a form of the name adds nothing", f"{CASES}:NEARER", Becomes(0.0)),
    Mutation("a nearer name asks again", f"{CASES}:seen_again", Drop("or", 0, 0)),
    Mutation("an address of the watch asks again", f"{CASES}:seen_again", Drop("or", 0, 1)),
    Mutation("an address that was there adds nothing", f"{CASES}:seen_again", Drop("and", 0, 1)),
    Mutation("decided same it is not asked again", f"{CASES}:seen_again", Drop("and", 1, 0)),
    Mutation("what comes back is gone no more", f"{CASES}:seen_again", Omit("gone_at")),
    # -- what lies over a state
    Mutation("a decided case leaves the state", f"{CASES}:Case.weighs", Drop("and", 0, 0)),
    Mutation("a broad case leaves the state", f"{CASES}:Case.weighs", Drop("and", 0, 1)),
    Mutation("nothing lies over a state that there is not", f"{TOLD}:lies_over", Drop("or", 0, 0)),
    Mutation("over a listed state a successor lies", f"{TOLD}:lies_over", Drop("or", 1, 1)),
    Mutation("and no other case", f"{TOLD}:lies_over", Drop("and", 0, 0)),
    Mutation("and only while its row is missed", f"{TOLD}:lies_over", Drop("and", 0, 1)),
    # -- what is told
    Mutation("a listed watch is asked nothing", f"{TOLD}:asked", Always(0)),
    Mutation("a case is told once", f"{TOLD}:each_asked", Always(0)),
    Mutation("a first check tells all there are", f"{CASES}:told_of", Drop("or", 0, 1)),
    Mutation("a case is told gone when it went", f"{TOLD}:gone", Drop("and", 0, 0)),
    Mutation("and once", f"{TOLD}:gone", Drop("and", 0, 1)),
    Mutation("one party of several is missed where the watch is listed",
             f"{TOLD}:lost_one", Drop("or", 0, 0)),
    Mutation("and the source that lost it lists another still",
             f"{TOLD}:lost_one", Drop("or", 0, 2)),
    Mutation("a row that came is not missed", f"{TOLD}:lost_one", Drop("or", 1, 0)),
    Mutation("a row is missed once", f"{TOLD}:lost_one", Skip(3)),
    # -- what waits
    Mutation("the lists wait for a person where the row may go on",
             f"{RULES}:lists_confirm", Skip(1)),
    Mutation("and for no other case", f"{RULES}:Facts.may_go_on", Returns(0, True)),
    # -- no floods
    Mutation("an import is one message", f"{JUDGING}.decide:Judging.emit", Skip(1)),
    Mutation("of all its cases", f"{JUDGING}.decide:Judging._as_one", Always(1)),
    Mutation("its cases are told beside the first states", f"{JUDGING}.decide:decide", Skip(3)),
    Mutation("a single new watch is no import", f"{JUDGING}.watchlist:follow", Drop("and", 0, 1)),
    Mutation("an upgrade is one message", f"{JUDGING}.watchlist:follow", Drop("or", 1, 1)),
    Mutation("an import on a list that is read first is one",
             f"{JUDGING}.verdicts:_imported", Skip(1)),
    Mutation("a single watch on it is none", f"{JUDGING}.verdicts:_imported", Always(1)),
    Mutation("a first installation is none", f"{JUDGING}.verdicts:_imported", Drop("and", 0, 2)),
)  # fmt: skip
