"""Loading much code at once, without the pauses of the garbage collector."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """Nothing is collected within, and what was loaded is never looked at again.

    Classes and modules live as long as the process: searching them for garbage takes a seventh of
    the start, and later a tenth of a second of every full collection, in which nobody is answered.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
