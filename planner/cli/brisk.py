"""For commands that end within moments: no garbage collection while they run."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def brisk() -> Iterator[None]:
    """Collect no garbage within the block, and never again what was imported before it.

    A sizing takes milliseconds; collections, the one at exit included, would walk the modules again and again
    and cost a tenth of the program's time.
    """
    enabled = gc.isenabled()
    gc.disable()
    gc.freeze()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
