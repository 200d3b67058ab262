"""How the process is set up before its code is loaded: garbage collection and large blocks."""

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_M_MMAP_THRESHOLD = -3
"""glibc's number of the setting, from malloc.h."""
_LARGE = 1 << 20
"""Bytes from which a block stands alone and goes back to the system when it is freed."""


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


def without_httpx_command() -> None:
    """Keep httpx from loading rich, click and pygments for a command line of its own.

    Nobody runs that here, and they are a third of what httpx costs to load.
    """
    sys.modules["httpx._main"] = None  # type: ignore[assignment]


def free_large_blocks_at_once() -> None:
    """Keep the whole lists, 31 MB each, out of the heap; other C libraries do so by themselves.

    Once glibc has freed such a block it cuts all later ones of that size out of the heap, and the
    holes they leave stay with the process: six polls took it from 187 to 287 MiB.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE)
