"""What is asked of the sources that publish lists: whether they turned, and who may confirm."""

from tests.mutations.mutation import Mutation
from tests.mutations.operators import Always, Becomes, Drop, Omit, Other, Returns, Skip, Swap

RULES = "monitor.screening.decide.rules"
TESTIMONY = "monitor.screening.decide.testimony"
SILENCE = "monitor.screening.decide.staleness"
DATES = "monitor.screening.decide.dates"
WITNESS = "monitor.screening.witness"
WATCH = "monitor.screening.watch"
TEXT = "monitor.screening.full_text"

LISTS = (
    # -- when a source turned
    Mutation("a turn must say what is asked", f"{RULES}:turned", Drop("or", 0, 0)),
    Mutation("a turn must come after the last decision (lag is no suspicion)",
             f"{RULES}:turned", Drop("or", 0, 1)),
    Mutation("a first word is no turn while the lists may be following",
             f"{RULES}:turned", Always(1)),
    Mutation("a first word counts once the lists had time to follow",
             f"{RULES}:turned", Drop("or", 1, 1)),
    Mutation("an absence is a turn of a source that listed it, and of no other",
             f"{RULES}:turned", Skip(2)),
    Mutation("unknown between two equal verdicts is no turn",
             f"{TESTIMONY}:StoredTestimony.following", Drop("{}", 0, 1)),
    Mutation("unknown is itself no turn",
             f"{TESTIMONY}:StoredTestimony.following", Drop("{}", 0, 0)),
    Mutation("a verdict given again keeps its time",
             f"{TESTIMONY}:StoredTestimony.following", Skip(0)),
    Mutation("a first word stays the first until another verdict",
             f"{TESTIMONY}:StoredTestimony.following", Omit("first", 0)),
    Mutation("another verdict is no first word",
             f"{TESTIMONY}:StoredTestimony.following", Other(False, True)),
    Mutation("a first word that cannot tell says nothing",
             f"{TESTIMONY}:StoredTestimony.begun", Skip(0)),
    Mutation("the turn itself is the first good poll, and counts once",
             f"{TESTIMONY}:StoredTestimony.beside", Other(1, 2)),
    # -- who confirms a removal
    Mutation("(b) both lists absent confirm", f"{RULES}:_lists_confirm_a_removal", Skip(1)),
    Mutation("(b) the CSL must be absent, not only there",
             f"{RULES}:_lists_confirm_a_removal", Drop("and", 0, 1)),
    Mutation("(b), (c) need the eCFR to have listed it",
             f"{RULES}:_lists_confirm_a_removal", Drop("and", 1, 1)),
    Mutation("(c) the eCFR confirms alone after a day",
             f"{RULES}:_lists_confirm_a_removal", Skip(2)),
    Mutation("(c) not at the first sight", f"{RULES}:_lists_confirm_a_removal", Always(2)),
    Mutation("(c), (d) at least three good polls", f"{RULES}:_steady", Drop("and", 0, 0)),
    Mutation("(c), (d) at least 24 hours", f"{RULES}:_steady", Drop("and", 0, 1)),
    Mutation("(d) only where the eCFR is disabled",
             f"{RULES}:_lists_confirm_a_removal", Drop("and", 2, 2)),
    Mutation("(d) the CSL must have turned",
             f"{RULES}:_lists_confirm_a_removal", Drop("and", 2, 1)),
    Mutation("(d) the CSL confirms a removal after a day",
             f"{RULES}:_lists_confirm_a_removal", Skip(3)),
    Mutation("(d) not at the first sight", f"{RULES}:_lists_confirm_a_removal", Drop("and", 2, 3)),
    Mutation("(d) holds where the eCFR is disabled or does not carry the list",
             f"{RULES}:_no_say", Returns(0, False)),
    Mutation("(d) not where the eCFR has never been read", f"{RULES}:_no_say", Returns(0, True)),
    Mutation("(d) holds where the eCFR never listed it", f"{RULES}:_no_say", Returns(1, False)),
    Mutation("(d) not where the eCFR listed it once", f"{RULES}:_no_say", Drop("and", 0, 0)),
    Mutation("(d) not while the eCFR's text holds one of its names",
             f"{RULES}:_no_say", Drop("and", 0, 1)),
    # -- who confirms a listing
    Mutation("the eCFR listing it confirms", f"{RULES}:_lists_confirm_a_listing", Skip(0)),
    Mutation("with the eCFR enabled the CSL alone confirms no listing",
             f"{RULES}:_lists_confirm_a_listing", Drop("or", 0, 0)),
    Mutation("with the eCFR disabled two good polls confirm a listing",
             f"{RULES}:LISTED_POLLS", Becomes(9)),
    Mutation("with the eCFR disabled one good poll does not",
             f"{RULES}:LISTED_POLLS", Becomes(1)),
    # -- which watches time can still change
    Mutation("an undecided watch stays open", f"{RULES}:stays_open", Drop("or", 0, 0)),
    Mutation("a pending one stays open", f"{RULES}:stays_open", Drop("or", 0, 1)),
    Mutation("a stale one stays open", f"{RULES}:stays_open", Drop("or", 0, 2)),
    Mutation("a list that never follows keeps a watch open",
             f"{RULES}:stays_open", Drop("or", 0, 3)),
    Mutation("the law's headings are asked before the CSL's countries",
             f"{RULES}:Facts.countries", Drop("()", 0, 0)),
    Mutation("an older copy files no change before the text it follows",
             f"{DATES}:text_day", Swap("max", "min")),
    # -- silence
    Mutation("silence is told once", f"{SILENCE}:stale", Drop("or", 1, 2)),
    Mutation("silence is judged when all polls are done", f"{SILENCE}:stale", Drop("or", 1, 0)),
    Mutation("a stale watch read again is told fresh", f"{SILENCE}:stale", Skip(0)),
    Mutation("a list is quiet only when none of its looks is fresh",
             f"{SILENCE}:gone_quiet", Always(0)),
    Mutation("a list that nobody read is quiet", f"{SILENCE}:gone_quiet", Skip(0)),
    Mutation("one good look of late is enough to be fresh",
             f"{WITNESS}:is_fresh", Swap("any", "all")),
    Mutation("a look ahead of the clock is not fresh", f"{WITNESS}:is_fresh", Drop("<=", 0, 0)),
    Mutation("an old look is not fresh", f"{WITNESS}:is_fresh", Drop("<=", 0, 2)),
    # -- a source's text
    Mutation("a row is a listing whatever the text", f"{WATCH}:verdict_of", Skip(0)),
    Mutation("absence needs the full text free of every name", f"{WATCH}:verdict_of", Skip(1)),
    Mutation("any of the names in it is enough", f"{WATCH}:verdict_of", Swap("any", "all")),
    Mutation("a name in a row that could not be read is unknown",
             f"{WATCH}:verdict_of", Drop("or", 0, 1)),
    Mutation("a party whose row may be such a one is unknown",
             f"{WATCH}:verdict_of", Drop("or", 0, 0)),
    Mutation("a name in another party's row is that party's",
             f"{TEXT}:ListText.holds_apart", Returns(1, True)),
    Mutation("an address that is nothing but the name may be a lost entry",
             f"{TEXT}:ListText.holds_apart", Drop("or", 0, 0)),
    Mutation("a second place beside another party's row may be a lost entry",
             f"{TEXT}:ListText.holds_apart", Drop("or", 0, 1)),
)  # fmt: skip
