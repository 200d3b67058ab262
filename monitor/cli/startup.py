"""Importing much code at once without garbage collections."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """GC is off while importing; imported objects are frozen out of later collections.

    Classes and modules live as long as the process: searching them for garbage takes a seventh of
    the start, and later a tenth of a second of every full collection, in which nobody is answered.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
