"""Every rule that can be turned off."""

from tests.mutations.acts import ACTS
from tests.mutations.decisions import DECISIONS
from tests.mutations.lists import LISTS
from tests.mutations.matches import MATCHES
from tests.mutations.news import NEWS
from tests.mutations.parties import PARTIES
from tests.mutations.readings import READINGS
from tests.mutations.rules import RULES
from tests.mutations.sources import SOURCES

MUTATIONS = (*LISTS, *ACTS, *READINGS, *DECISIONS, *SOURCES, *PARTIES, *MATCHES, *RULES, *NEWS)
