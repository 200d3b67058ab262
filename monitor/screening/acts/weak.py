"""Names that say too little to be found in prose: "BEST", "ATS", "Technology".

Such a name is the party's only where an entry is named: in an instruction's quotes, in a list, in a
table. Refuses nothing longer than a word.
"""

from monitor.screening.names import name_key
from monitor.screening.names.common import is_common

ACRONYM = 5
"""Most letters of an acronym that counts as weak."""


def is_weak(name: str) -> bool:
    """Whether the name is a single common word, or an acronym of up to five letters."""
    word = name.strip()
    if " " in word:
        return False
    key = name_key(word)
    return is_common(key) or (word.isupper() and len(key) <= ACRONYM)


def is_word_of_prose(name: str, written: str) -> bool:
    """Whether a one-word name stands there in small letters, as the word it also is."""
    return " " not in name.strip() and written.islower() and not name.islower()
