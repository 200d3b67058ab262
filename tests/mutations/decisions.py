"""What follows from the witnesses: the first state, what is confirmed, and what is told once."""

from tests.mutations.mutation import Mutation
from tests.mutations.operators import Always, Argument, Drop, Omit, Skip

ASSESS = "monitor.screening.decide.assess"
ACTS = "monitor.screening.decide.act_rules"
DATES = "monitor.screening.decide.dates"
AMEND = "monitor.screening.decide.amendments"

DECISIONS = (
    # -- the first state
    Mutation("the first state waits for the sources of the same run",
             f"{ASSESS}:_baseline", Skip(0)),
    Mutation("a source that cannot tell gives no first state", f"{ASSESS}:_baseline", Always(1)),
    Mutation("the first state is listed where any list has it", f"{ASSESS}:_baseline", Always(3)),
    Mutation("the first state follows an act in force", f"{ASSESS}:_baseline", Skip(5)),
    Mutation("a first state on which the lists differ is to be reviewed",
             f"{ASSESS}:_baseline", Omit("review")),
    Mutation("one on which they agree is not", f"{ASSESS}:_baseline", Drop("and", 0, 0)),
    Mutation("one that an act explains is not", f"{ASSESS}:_baseline", Drop("and", 0, 1)),
    # -- without any list
    Mutation("without any list, an act from before the watch began is no news",
             f"{ACTS}:is_news", Drop("and", 0, 4)),
    Mutation("without any list, an announcement is told once",
             f"{ASSESS}:_acts_alone", Drop("and", 0, 1)),
    Mutation("without any list, an uncertain act decides nothing",
             f"{ASSESS}:_acts_alone", Drop("or", 0, 1)),
    # -- what is confirmed, announced and withdrawn
    Mutation("only the withdrawn act is cancelled", f"{ASSESS}:_withdrawn", Drop("or", 0, 1)),
    Mutation("a withdrawn act that is filed again is news", f"{DATES}:forgotten", Omit("noticed")),
    Mutation("and may have to be read again", f"{DATES}:forgotten", Omit("read")),
    Mutation("without a rule nothing is confirmed", f"{ASSESS}:_confirmed", Always(0)),
    Mutation("an act is announced once", f"{ASSESS}:_announced", Drop("or", 0, 0)),
    Mutation("only a whole entry's act is announced", f"{ASSESS}:_announced", Drop("or", 0, 1)),
    Mutation("only what is to come is announced", f"{ASSESS}:_announced", Drop("or", 0, 2)),
    Mutation("an act found after the lists have confirmed fills in",
             f"{ASSESS}:_filled_in", Always(0)),
    # -- suspicions
    Mutation("a suspicion is told once", f"{ASSESS}:_suspected", Skip(0)),
    Mutation("only a source that turned is a suspicion", f"{ASSESS}:_suspected", Always(1)),
    Mutation("a suspicion is cancelled by its own source alone",
             f"{ASSESS}:_cancelled", Argument("word", "csl")),
    Mutation("a suspicion stands while its source says so or cannot tell",
             f"{ASSESS}:_cancelled", Drop("{}", 0, 1)),
    Mutation("a source that cannot tell cancels nothing", f"{ASSESS}:_cancelled", Drop("{}", 0, 0)),
    # -- notices
    Mutation("a notice is told once", f"{ASSESS}:_noticed", Drop("or", 2, 0, 1)),
    Mutation("an announced act may have to be read later", f"{ASSESS}:_noticed", Drop("and", 1, 1)),
    Mutation("before the first state an uncertain act of either way must be read",
             f"{ASSESS}:_noticed", Drop("or", 0, 0)),
    Mutation("what may be the ground of the lists' own decision must be read",
             f"{ASSESS}:_noticed", Drop("or", 0, 1)),
    # -- amendments
    Mutation("an amendment is told of who is listed", f"{ASSESS}:_amended", Drop("or", 0, 0)),
    Mutation("an amendment is told where its source lists the party",
             f"{ASSESS}:_amended", Drop("or", 1, 1)),
    Mutation("an amendment that both lists bring is told once", f"{AMEND}:amend", Drop("-", 0, 1)),
    Mutation("after six weeks it is another amendment", f"{AMEND}:_already", Always(0)),
    Mutation("a source's own telling hides none of its next", f"{AMEND}:_already", Always(1)),
    Mutation("one telling answers for one of the other source", f"{AMEND}:_used_up", Always(0)),
)  # fmt: skip
