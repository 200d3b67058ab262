"""What was worked out of names and is kept for the next look, and when it is forgotten."""

from monitor.screening.names.anatomy import anatomy
from monitor.screening.names.key import name_key
from monitor.screening.names.words import sound, stem

KEPT = (anatomy, name_key, sound, stem)


def forget_overrun() -> None:
    """Forgets everything after a list of more names than are kept; what fits stays.

    It is the list's tail, which the next look pushes out before it is asked for: of 80,000 rows it
    is 110 of the 512 MB that the service is shipped with.
    """
    known = anatomy.cache_info()
    if known.currsize == known.maxsize:
        for kept in KEPT:
            kept.cache_clear()
