"""Whether a document can be believed, how a source fares, and what becomes of an alert."""

from tests.mutations.mutation import Mutation
from tests.mutations.operators import Always, Drop, Returns, Skip

DOUBTS = "monitor.screening.plausibility"
HEALTH = "monitor.screening.source_health"
UNREAD = "monitor.screening.unread"
AGE = "monitor.screening.text_age"
STANDS = "monitor.screening.standstill"
MEMORY = "monitor.judging.list_memory"
DELIVER = "monitor.deliver"

SOURCES = (
    # -- what is believed
    Mutation("the total must fit", f"{DOUBTS}:_total", Always(0)),
    Mutation("a list that was there must be there", f"{DOUBTS}:_missing_lists", Drop("or", 0, 0)),
    Mutation("a watched list must be there even at first",
             f"{DOUBTS}:_missing_lists", Drop("or", 0, 1)),
    Mutation("no list below its floor", f"{DOUBTS}:_sizes", Skip(0)),
    Mutation("no list shrinks past its limit", f"{DOUBTS}:_sizes", Skip(1)),
    Mutation("the canaries must be there", f"{DOUBTS}:_canaries", Skip(2)),
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
    Mutation("all sources silent is one message", f"{HEALTH}:after_failure", Skip(1)),
    Mutation("one source silent is its own failing",
             f"{HEALTH}:after_failure", Drop("and", 0, 2)),
    Mutation("a source has recovered after two good polls",
             f"{HEALTH}:after_good", Drop("or", 0, 1)),
    Mutation("a doubt is told once", f"{HEALTH}:after_doubts", Always(0)),
    # -- what a text cannot say
    Mutation("a row that went may be the unread row with its name",
             f"{UNREAD}:kept_back", Drop("or", 0, 1)),
    Mutation("a nameless row may be any that went when it came", f"{UNREAD}:kept_back", Skip(2)),
    Mutation("what is kept is kept while the nameless row stands",
             f"{UNREAD}:kept_back", Drop("or", 0, 0)),
    Mutation("a canary may stand in an unread row", f"{DOUBTS}:_canaries", Drop("and", 1, 1)),
    Mutation("a text that says it is older is an older copy", f"{AGE}:is_older", Returns(0, False)),
    Mutation("one of the same date is none", f"{AGE}:is_older", Drop("and", 0, 2)),
    Mutation("a stamp that went back for good is believed",
             f"{AGE}:newest_believed", Drop("or", 0, 0)),
    Mutation("a clock set back makes no file an older copy",
             f"{AGE}:newest_believed", Drop("or", 0, 1)),
    Mutation("older copies by turns are told once", f"{STANDS}:after_older", Skip(0)),
    Mutation("a standstill is told once", f"{STANDS}:after_date", Drop("or", 1, 0)),
    Mutation("a standstill takes its time", f"{STANDS}:after_date", Drop("or", 1, 1)),
    Mutation("a date that moves without a standstill is no news", f"{STANDS}:_moves", Skip(0)),
    # -- beside the rules
    Mutation("a date that has not come makes no later answer an old copy",
             f"{MEMORY}:memory_of", Always(1)),
    Mutation("an alert is given up only after every pause",
             f"{DELIVER}:after_receipt", Drop("and", 0, 0)),
    Mutation("and only after its term", f"{DELIVER}:after_receipt", Drop("and", 0, 1)),
    Mutation("what a receiver refuses for good is given up at once",
             f"{DELIVER}:after_receipt", Drop("or", 1, 0)),
)  # fmt: skip
