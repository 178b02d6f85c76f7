"""The inverses of Erlang B: channels for a grade of service, and the load that channels carry at one.

Small systems follow the recursion; large ones solve the continuous formula by Newton's method and round up,
so that 10^6 channels cost what 100 do. The answer is the smallest whole number whose blocking is within the
grade of service.
"""

from __future__ import annotations

import math
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from planner.sizing.blocking import log_reciprocal

# Below this load (in erlangs) the recursion is faster than the integral.
SMALL = 40.0
# Blocking that exceeds the grade of service by rounding alone is within it.
TOLERANCE = 1e-9
STEPS = 4
LOAD_STEPS = 6
# Fractions of a channel carry loads below what numbers can hold.
LEAST = 1e-200


def _choose(condition: bool, yes: float, no: float) -> float:  # noqa: FBT001  the shape of numpy's where
    return yes if condition else no


NUMBERS = SimpleNamespace(
    exp=math.exp, log=math.log, log1p=math.log1p, sqrt=math.sqrt, maximum=max, minimum=min, where=_choose
)


def solve_channels(load: Any, blocking: Any, m: Any) -> Any:  # noqa: ANN401  numbers or arrays
    """Return the real number of channels at which `load` is blocked with exactly `blocking`."""
    wanted = -m.log(blocking)
    density = blocking * m.sqrt(2.0 * math.pi * load)
    spread = m.sqrt(-2.0 * m.log(m.minimum(density, 1.0)) * load)
    channels = m.maximum(load * (1.0 - blocking), load + spread) + 1.0
    for _ in range(STEPS):
        found, slope = log_reciprocal(channels, load, m)
        channels = m.maximum(channels + _step(wanted - found, density > 1.0, m) / slope, 0.01)
    return channels


def _step(missing: Any, overloaded: Any, m: Any) -> Any:  # noqa: ANN401  numbers or arrays
    # Newton's step in the quantity that is nearly straight: B itself under overload, its logarithm elsewhere.
    return m.where(overloaded, 1.0 - m.exp(-missing), missing)


@lru_cache(maxsize=1024)
def channels(load: float, blocking: float) -> float:
    """Return the fewest channels that block at most `blocking` of `load` erlangs; 0 for no load."""
    if load <= 0:
        return 0.0
    if load < SMALL:
        return _count_up(load, blocking)
    return float(math.ceil(solve_channels(load, blocking, NUMBERS) * (1 - TOLERANCE)))


def _count_up(load: float, blocking: float) -> float:
    found, step = 1.0, 0
    while found > blocking * (1 + TOLERANCE):
        step += 1
        carried = load * found
        found = carried / (step + carried)
    return float(step)


@lru_cache(maxsize=1024)
def erlangs(count: float, blocking: float) -> float:
    """Return the load in erlangs that `count` channels carry with exactly `blocking`; 0 for no channel."""
    return float(solve_load(count, blocking, NUMBERS)) if count > 0 else 0.0


def solve_load(count: Any, blocking: Any, m: Any) -> Any:  # noqa: ANN401  numbers or arrays
    """Return the load that `count` channels block with exactly `blocking`."""
    density = blocking * m.sqrt(2.0 * math.pi * count)
    spread = m.sqrt(-2.0 * m.log(m.minimum(density, 1.0)) * count)
    # Stirling's formula for (B N!)^(1/N): what the load is above, however small.
    least = m.exp(m.log(density) / count - 1.0) * count
    load = m.where(density > 1.0, count / (1.0 - blocking), m.maximum(count - spread, m.maximum(least, LEAST)))
    for _ in range(LOAD_STEPS):
        found = log_reciprocal(count, load, m)[0]
        load = m.maximum(_improved(load, count, found, (blocking, density > 1.0), m), LEAST)
    return load


def _improved(load: Any, count: Any, found: Any, goal: tuple[Any, Any], m: Any) -> Any:  # noqa: ANN401  numbers or arrays
    # d ln B / d ln A = N - A + A B; under overload B is nearly straight in 1/A, elsewhere ln B in ln A.
    blocking, overloaded = goal
    slope = count - load + load * m.exp(-found)
    missing = m.log(blocking) + found
    reciprocal = m.maximum(1.0 - (m.exp(m.minimum(missing, 1.0)) - 1.0) / slope, 0.1)
    return m.where(overloaded, load / reciprocal, load * m.exp(m.minimum(missing / slope, 1.0)))


def finite_channels(load: float, sources: float, blocking: float) -> float:
    """Return the fewest channels that block at most `blocking` of the calls of `sources` callers (Engset).

    `load` is what all callers together offer when nothing is blocked; each is busy for load / sources of the
    time.
    """
    callers = int(sources)
    if load <= 0 or callers <= 0:
        return 0.0
    busy = min(load / callers, 1 - TOLERANCE)
    idle_load = busy / (1 - busy)
    return float(_bisect(callers, idle_load, blocking))


def _bisect(callers: int, idle_load: float, blocking: float) -> int:
    from planner.sizing.erlang import engset_call_congestion  # noqa: PLC0415  few sites count their callers

    low, high = 0, callers
    while low < high:
        middle = (low + high) // 2
        if engset_call_congestion(middle, callers, idle_load) <= blocking * (1 + TOLERANCE):
            high = middle
        else:
            low = middle + 1
    return low
