"""What the acts of the Federal Register can still be: in force, to come, past, to be read."""

from tests.mutations.mutation import Mutation
from tests.mutations.operators import Drop, Other, Returns, Skip, Swap

RULES = "monitor.screening.decide.act_rules"
WITNESS = "monitor.screening.witness"
JUDGE = "monitor.screening.acts.judge"
REGISTER = "monitor.screening.register"

EXPLAINS = "monitor.screening.acts.explains"
EVERYONE = "monitor.screening.acts.everyone"
SHOWN = "monitor.status.acts"

ACTS = (
    # -- whom an act names, and which change it made
    Mutation("what is not certain of a party is told as that",
             f"{EVERYONE}:_is_certain", Drop("and", 0, 1)),
    Mutation("a part of an entry that goes is an amendment", f"{EVERYONE}:_kind", Skip(1)),
    Mutation("another list's act explains no change",
             f"{EXPLAINS}:ActsOfChanges._in_time", Drop("and", 0, 0)),
    Mutation("an act long before a change did not make it",
             f"{EXPLAINS}:ListAct.explains", Drop("and", 0, 1)),
    Mutation("an act that does something else did not make a change",
             f"{EXPLAINS}:_fits", Drop("and", 0, 0)),
    Mutation("an act under another heading of the law did not make a change",
             f"{EXPLAINS}:_fits", Drop("and", 0, 1)),
    Mutation("a source that is not fresh says nothing by now", f"{SHOWN}:ListsNow._says", Skip(0)),
    Mutation("an act is published on its day", f"{SHOWN}:public_stage", Drop("and", 0, 1)),
    # -- which act moves the watch
    Mutation("an act counts in its own direction alone", f"{RULES}:whole", Drop("or", 0, 0)),
    Mutation("an act that is to be reviewed decides nothing", f"{RULES}:whole", Drop("or", 0, 1)),
    Mutation("without a country named, only an entry under one country goes",
             f"{RULES}:whole", Returns(1, True)),
    Mutation("a removal under one of several countries removes none",
             f"{RULES}:whole", Returns(2, True)),
    Mutation("(a) the act must be in force", f"{RULES}:act_in_force", Drop("and", 0, 2)),
    Mutation("(a) the act must not be overtaken", f"{RULES}:act_in_force", Drop("and", 0, 3)),
    Mutation("(a) the act's date must be certain", f"{RULES}:act_in_force", Drop("and", 0, 1)),
    Mutation("the announced act always counts", f"{RULES}:_still_counts", Skip(0)),
    Mutation("the act decided by does not count again", f"{RULES}:_is_next", Drop("or", 0, 2)),
    Mutation("an act before the last legal date is past", f"{RULES}:_is_next", Skip(1)),
    Mutation("a later act of the opposite effect overtakes",
             f"{RULES}:_is_next", Returns(2, True)),
    Mutation("an act that the lists never followed was overtaken",
             f"{RULES}:_still_counts", Returns(2, True)),
    Mutation("an act found after the lists should have followed still counts",
             f"{RULES}:_still_counts", Drop("and", 0, 1)),
    Mutation("a list that moved since has had its say on an act found late",
             f"{RULES}:_came_late", Drop("and", 1, 1)),
    Mutation("a decision long after an act has known it",
             f"{RULES}:_is_news_to", Returns(1, True)),
    # -- what is to come
    Mutation("a historic act is not announced", f"{RULES}:to_come", Skip(0)),
    Mutation("public inspection is announced", f"{RULES}:to_come", Skip(1)),
    Mutation("an effect to come is announced", f"{RULES}:to_come", Returns(2, False)),
    Mutation("a date not certain is not told as still to come once in print",
             f"{RULES}:to_come", Drop("and", 0, 1)),
    # -- what a person must read
    Mutation("in print a date not certain must be read",
             f"{WITNESS}:Act.unsure", Drop("or", 0, 1)),
    Mutation("before it is in print it may be open", f"{WITNESS}:Act.unsure", Drop("and", 0, 1)),
    Mutation("what is withdrawn or historic need not be read", f"{RULES}:must_be_read", Skip(0)),
    Mutation("an unclear act must be read", f"{RULES}:must_be_read", Skip(1)),
    Mutation("a removal of one of several entries must be read",
             f"{RULES}:_placed_unclearly", Other(1, 9)),
    Mutation("a removal under another heading must be read",
             f"{RULES}:_placed_unclearly", Skip(1)),
    Mutation("an uncertain act must be read", f"{RULES}:must_be_read", Drop("or", 1, 0)),
    Mutation("an act in force that the lists contradict must be read",
             f"{RULES}:must_be_read", Drop("or", 2, 1)),
    Mutation("an announced act that does something else as printed must be read",
             f"{RULES}:must_be_read", Returns(2, False)),
    # -- what a decision rests on
    Mutation("only a near act explains", f"{RULES}:explains", Drop("and", 0, 2)),
    Mutation("what is filled in is the act's own effect", f"{RULES}:ground", Drop("and", 0, 0)),
    Mutation("an uncertain act is no proof", f"{RULES}:ground", Drop("and", 0, 1)),
    Mutation("a date not certain is not told as the law's", f"{WITNESS}:Act.sure_date", Skip(0)),
    # -- from inspection to print
    Mutation("a name gone in print must be read", f"{JUDGE}:judge_anew", Skip(1)),
    Mutation("a name still in print is judged by the print alone",
             f"{JUDGE}:judge_anew", Drop("and", 0, 1)),
    Mutation("what named it without effect need not be read again",
             f"{JUDGE}:judge_anew", Drop("and", 0, 0)),
    Mutation("a name gone in print is marked for review",
             f"{JUDGE}:judge_anew", Other(True, False)),
    # -- the Register
    Mutation("it is asked far enough back after a long outage",
             f"{REGISTER}:ask_since", Swap("min", "max")),
    Mutation("and a fortnight before the last good look",
             f"{REGISTER}:ask_since", Drop("-", 1, 1)),
    Mutation("and sixty days back in any case", f"{REGISTER}:ask_since", Drop("-", 0, 1)),
    Mutation("an act explains a change within a fortnight of it",
             f"{REGISTER}:near_any", Returns(1, True)),
    Mutation("an act without a date explains none", f"{REGISTER}:near_any", Returns(0, True)),
    Mutation("four weeks without a rule are suspicious", f"{REGISTER}:silence", Drop("-", 0, 1)),
)  # fmt: skip
