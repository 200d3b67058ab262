"""What governs the lists: what counts for a stay, what is told and when, what an act does to it."""

from tests.mutations.mutation import Mutation
from tests.mutations.operators import Always, Drop, Skip

STAYS = "monitor.screening.rules.stays"
DUE = "monitor.screening.rules.due"
READER = "monitor.screening.rules.act_reader"

RULES = (
    Mutation(
        "a stay runs out when its last day is over", f"{STAYS}:Stay.ran_out", Drop("and", 0, 1)
    ),
    Mutation(
        "a stay that an act ended or prolonged does not", f"{STAYS}:Stay.ran_out", Drop("and", 0, 2)
    ),
    Mutation("a withdrawn act does nothing to a stay", f"{STAYS}:_effects", Always(0)),
    Mutation("nor does an uncertain one", f"{STAYS}:_effects", Drop("and", 0, 1)),
    Mutation("an act counts from its day", f"{STAYS}:_effects", Drop("and", 1, 1)),
    Mutation("an act that is to come is announced", f"{DUE}:_of_act", Skip(0)),
    Mutation("before it is in print nothing of it is law", f"{DUE}:_of_act", Skip(1)),
    Mutation(
        "what was law before the first look is told nobody",
        f"{DUE}:_was_in_force",
        Drop("or", 1, 0),
    ),
    Mutation("nor a stay that was over by then", f"{DUE}:due", Drop("and", 1, 2)),
    Mutation(
        "nothing later than the moment is known",
        "monitor.screening.rules.register:known_by",
        Always(0),
    ),
    Mutation("entries alone change no rule", f"{READER}:_deeds", Always(4)),
    Mutation(
        "a stay without its last day is not certain", f"{READER}:_stay_deed", Drop("and", 0, 2)
    ),
)
