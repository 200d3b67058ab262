"""Names of parties: when two are the same, and when a person would want to look.

`key` folds a name; `mend`, `words`, `forms`, `places`, `common` and `anatomy` take it apart;
`form` says what is the same; `align`, `letters`, `vocabulary`, `likeness` and `near` what is near;
`list_names` answers for the names borne on one list.
"""

from monitor.screening.names.comparison import (
    Candidate,
    Comparison,
    Likeness,
    Strength,
    weaker,
)
from monitor.screening.names.key import (
    LOST,
    NameIndex,
    is_one_of,
    name_key,
    same_key,
    same_name,
)
from monitor.screening.names.list_names import ListNames
from monitor.screening.names.mend import mended, says_removed, was_mended

__all__ = [
    "LOST",
    "Candidate",
    "Comparison",
    "Likeness",
    "ListNames",
    "NameIndex",
    "Strength",
    "is_one_of",
    "mended",
    "name_key",
    "same_key",
    "same_name",
    "says_removed",
    "was_mended",
    "weaker",
]
