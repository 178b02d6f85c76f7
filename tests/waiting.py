"""Waiting for processes: until a group of them is gone, and for how long on a machine that does other work too."""

from __future__ import annotations

import os
import time


def gone(group: int, seconds: float = 20) -> bool:
    """Tell whether no process of a group is left within some seconds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


def unhurried(seconds: float) -> float:
    """Return the time that takes some seconds on an idle machine.

    Longer where more processes want to run than can, and where this one gives way to them (`nice`).
    """
    if not hasattr(os, "getloadavg"):
        return seconds
    waiting = os.getloadavg()[0] / (os.cpu_count() or 1)
    return seconds * max(1.0, waiting * 1.25 ** max(0, os.nice(0)))
