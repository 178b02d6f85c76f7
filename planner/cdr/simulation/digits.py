"""Numbers and times as columns of text, a whole chunk at a time; unused cells are NUL and dropped later."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from planner.cdr.simulation.workload import DAY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from planner.cdr.simulation.rows import Rows

GROUP = 10_000
INTEGER_WIDTH = 12


@cache
def _groups() -> NDArray[np.bytes_]:
    """Return the four digits of 0..9999 twice: without leading zeros (0 is blank), then with them."""
    short = [str(value) if value else "" for value in range(GROUP)]
    return np.array([text.rjust(4, "\0").encode() for text in short] + [b"%04d" % v for v in range(GROUP)], "S4")


@cache
def _clock() -> NDArray[np.bytes_]:
    """Return `HH:MM:SS` of every second of a day."""
    return np.array([b"%02d:%02d:%02d" % (s // 3600, s // 60 % 60, s % 60) for s in range(DAY)])


def write_integers(cells: Rows, values: NDArray[np.int64]) -> None:
    """Write whole numbers from 0 to 10^12 - 1 into `cells`: fields `a`, `b`, `c` of four bytes each."""
    groups = _groups()
    high, middle, low = values // (GROUP * GROUP), values // GROUP % GROUP, values % GROUP
    cells["a"] = groups[high]
    cells["b"] = groups[middle + GROUP * (high > 0)]
    cells["c"] = groups[low + GROUP * (values >= GROUP)]
    zero = values == 0
    if zero.any():
        cells["c"][zero] = np.bytes_(b"0")


def write_instants(cells: Rows, seconds: NDArray[np.int64]) -> None:
    """Write local times (s since 1970) into `cells`: fields `date` and `time`."""
    days, of_day = np.divmod(seconds, DAY)
    # An archive spans few days, a chunk one or two.
    first = int(days.min())
    names = [str(np.datetime64(day, "D")).encode() for day in range(first, int(days.max()) + 1)]
    cells["date"] = np.array(names)[days - first]
    cells["time"] = _clock()[of_day]
