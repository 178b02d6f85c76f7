"""Further tries: a failed attempt comes again at once, same caller, same callee, another gateway."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from planner.cdr.simulation.rows import Calls

# Of all further tries, how many are the second, third and fourth try of their call.
DEPTH_SHARES = (0.7, 0.2, 0.1)
GAP_MS = (20, 400)
COPIED = ("caller", "callee", "caller_gateway")


def link_retries(calls: Calls, setup: NDArray[np.int64], share: float, gateways: int, rng: np.random.Generator) -> None:
    """Turn a `share` of the attempts into further tries of the nearest earlier failed attempt.

    Each failed attempt gets at most one successor, so the share reached may be a little lower.
    Attempts keep their outcome and set-up time; start, numbers and gateways change.
    """
    if share == 0 or calls.size == 0:
        return
    depth = np.zeros(calls.size, dtype=np.int64)
    chosen = rng.random(calls.size) < share
    depth[chosen] = 1 + np.searchsorted(np.cumsum(DEPTH_SHARES[:-1]), rng.random(int(chosen.sum())), "right")
    gaps = rng.integers(*GAP_MS, calls.size)
    steps = rng.integers(1, max(gateways, 2), calls.size)
    reached = np.zeros(calls.size, dtype=np.int64)
    eligible = depth == 0
    for level in range(1, len(DEPTH_SHARES) + 1):
        children, parents = _match(depth == level, eligible & ~calls["answered"])
        for column in COPIED:
            calls[column][children] = calls[column][parents]
        calls["start_ms"][children] = calls["start_ms"][parents] + setup[parents] + gaps[children]
        moved = calls["callee_gateway"][parents].astype(np.int64) + steps[children]
        calls["callee_gateway"][children] = moved % gateways
        reached[children] = level
        eligible = reached == level
    calls["tries"] = reached


def _match(wanted: NDArray[np.bool_], failed: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pair each wanted row with the last failed row before it; of several with the same, the first wins."""
    rows = np.arange(wanted.size)
    last = np.maximum.accumulate(np.where(failed, rows, -1))
    children = np.flatnonzero(wanted & (last >= 0))
    parents, first = np.unique(last[children], return_index=True)
    return children[first], parents
