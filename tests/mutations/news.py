"""News of whole lists: what a follow asks for, when an act is told, what explains a text."""

from tests.mutations.mutation import Mutation
from tests.mutations.operators import Always, Drop, Returns, Skip

FOLLOW = "monitor.screening.follow:Follow.meets"
DUE = "monitor.screening.news.due"
TEXT = "monitor.screening.news.text_news:TextNews"

NEWS = (
    # -- who asks
    Mutation("a follow asks for its list alone", FOLLOW, Drop("or", 0, 0)),
    Mutation("and for its kinds", FOLLOW, Drop("or", 0, 1)),
    Mutation("and for its countries", FOLLOW, Skip(1)),
    Mutation("a country that is not known leaves nobody out", FOLLOW, Drop("and", 1, 1, 2)),
    # -- acts
    Mutation("an act is announced to a follow that was there", f"{DUE}:due", Drop("and", 0, 2)),
    Mutation("nothing is in force before it is in print", f"{DUE}:due", Skip(3)),
    Mutation("what print leaves out is said", f"{DUE}:due", Skip(4)),
    Mutation("what a text told is not told again", f"{DUE}:due", Drop("and", 2, 2)),
    Mutation("nobody is put in force twice", f"{DUE}:due", Drop("and", 2, 1)),
    Mutation("only what was announced is withdrawn", f"{DUE}:due", Always(1)),
    Mutation("nothing is in force before its day", f"{DUE}:_in_force_since", Skip(0)),
    Mutation("what was in force is the past", f"{DUE}:_in_force_since", Returns(1, True)),
    Mutation(
        "on the day of the follow what was known is the past",
        f"{DUE}:_in_force_since",
        Drop("and", 0, 1),
    ),
    # -- texts
    Mutation("what an act explains is no news", f"{TEXT}.due", Drop("and", 0, 1)),
    Mutation("what another source brought is none", f"{TEXT}.due", Drop("and", 0, 2)),
    Mutation("a removal explains a removal alone", f"{TEXT}._explained", Drop("and", 0, 0)),
    Mutation("under its own heading", f"{TEXT}._explained", Drop("and", 0, 1)),
    Mutation("what a text undid is news again", f"{TEXT}._explained", Skip(2)),
    Mutation("a source that changed it since did not follow", f"{TEXT}._brought", Skip(0)),
    Mutation("another change is not the same", f"{TEXT}._brought", Always(1)),
)
