"""Whether a document can be believed, how a source fares, and what becomes of an alert."""

from tests.mutations.mutation import Mutation
from tests.mutations.operators import Always, Drop, Skip

DOUBTS = "monitor.screening.plausibility"
HEALTH = "monitor.screening.source_health"
LOOK = "monitor.judging.list_look"
DELIVER = "monitor.deliver"

SOURCES = (
    # -- what is believed
    Mutation("the total must fit", f"{DOUBTS}:_total", Always(0)),
    Mutation("a list that was there must be there", f"{DOUBTS}:_missing_lists", Drop("or", 0, 0)),
    Mutation("a watched list must be there even at first",
             f"{DOUBTS}:_missing_lists", Drop("or", 0, 1)),
    Mutation("no list below its floor", f"{DOUBTS}:_sizes", Skip(0)),
    Mutation("no list shrinks past its limit", f"{DOUBTS}:_sizes", Skip(1)),
    Mutation("the canaries must be there", f"{DOUBTS}:_canaries", Skip(1)),
    Mutation("a doubt of the whole holds every list", f"{DOUBTS}:held", Skip(0)),
    Mutation("a missing canary doubts the lists it stood on alone", f"{DOUBTS}:placed", Skip(1)),
    # -- what another source settles
    Mutation("the other source must lack what went", f"{DOUBTS}:Loss.same", Drop("and", 0, 1)),
    Mutation("the other source must have what stayed", f"{DOUBTS}:Loss.same", Drop("and", 0, 2)),
    Mutation("where nothing went nothing is released", f"{DOUBTS}:Loss.same", Drop("and", 0, 0)),
    Mutation("another source settles doubts of size alone",
             f"{DOUBTS}:unsettled", Drop("and", 0, 0)),
    Mutation("and only of a list on which it shows the same",
             f"{DOUBTS}:unsettled", Drop("and", 0, 1)),
    Mutation("a list that is missing stays held", f"{DOUBTS}:of_size", Drop("and", 0, 1)),
    Mutation("a doubt of the whole stays held", f"{DOUBTS}:of_size", Drop("and", 0, 0)),
    # -- what is told of a source, once
    Mutation("a source fails after three polls, not before",
             f"{HEALTH}:after_failure", Drop("or", 0, 1)),
    Mutation("what must be heard at once is told at once",
             f"{HEALTH}:after_failure", Drop("or", 1, 0)),
    Mutation("all sources silent is one message", f"{HEALTH}:after_failure", Skip(0)),
    Mutation("one source silent is its own failing",
             f"{HEALTH}:after_failure", Drop("and", 0, 2)),
    Mutation("a source has recovered after two good polls",
             f"{HEALTH}:after_good", Drop("or", 0, 1)),
    Mutation("a doubt is told once", f"{HEALTH}:after_doubts", Always(0)),
    # -- beside the rules
    Mutation("a date that has not come makes no later answer an old copy",
             f"{LOOK}:memory_of", Always(1)),
    Mutation("an alert is given up only after every pause",
             f"{DELIVER}:after_receipt", Drop("and", 0, 0)),
    Mutation("and only after its term", f"{DELIVER}:after_receipt", Drop("and", 0, 1)),
    Mutation("what a receiver refuses for good is given up at once",
             f"{DELIVER}:after_receipt", Drop("or", 1, 0)),
)  # fmt: skip
