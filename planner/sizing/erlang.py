"""Erlang B, Engset and their inverses for any real number of channels, for numbers and for arrays alike.

1/B(N, A) is the integral over u >= 0 of e^-u (1 + u/A)^N (Jagerman, Some properties of the Erlang loss
function, 1974). The integrand is one hump of width about sqrt(N); Gauss-Legendre over the hump gives twelve
digits with the same nodes for every N, five where a fraction of a channel meets 0.01 erlangs. `m` is the
namespace of functions: `math` for numbers, numpy for arrays.
"""

import math
from functools import cache, lru_cache
from math import cos, inf, log, pi
from types import SimpleNamespace
from typing import Any

from planner.sizing.numbers import TOLERANCE

NODES = 40
# The hump is cut where the integrand has fallen by e^-DEPTH.
DEPTH = 33.0


@cache
def gauss_legendre(count: int) -> tuple[tuple[float, float], ...]:
    """Return an even `count` of nodes and weights of Gauss-Legendre quadrature on [-1, 1]."""
    nodes: list[tuple[float, float]] = []
    for index in range(count // 2):
        x = cos(pi * (index + 0.75) / (count + 0.5))
        for _ in range(4):
            value, slope = _legendre(count, x)
            x -= value / slope
        weight = 2 / ((1 - x * x) * slope * slope)
        nodes.extend(((x, weight), (-x, weight)))
    return tuple(nodes)


def _legendre(count: int, x: float) -> tuple[float, float]:
    before, value = 1.0, x
    for order in range(2, count + 1):
        before, value = value, ((2 * order - 1) * x * value - (order - 1) * before) / order
    return value, count * (x * value - before) / (x * x - 1)


def hump(channels: Any, load: Any, m: Any) -> tuple[Any, Any, Any]:  # noqa: ANN401  numbers or arrays
    """Return where the integrand has its mode, and the bounds (from, to) beyond which it does not matter."""
    mode = m.maximum(channels - load, 0.0)
    reach = load + mode
    slope = 1.0 - channels / reach
    bend = channels / (reach * reach)
    width = (m.sqrt(slope * slope + 2.0 * DEPTH * bend) - slope) / bend
    return mode, m.maximum(mode - width, 0.0), mode + width * (1.0 + 0.4 * width / reach)


SWAMPED = 1e6
"""A load so many times the channels: but one call in a million finds one, and B is 1 - N/A to all digits shown."""


def log_reciprocal(channels: Any, load: Any, m: Any) -> tuple[Any, Any]:  # noqa: ANN401  numbers or arrays
    """Return ln(1/B) and its derivative with respect to the number of channels; both operands above 0."""
    return integrated(channels, load, NODES, m)


def integrated(channels: Any, load: Any, nodes: int, m: Any) -> tuple[Any, Any]:  # noqa: ANN401  as above
    """Return what `log_reciprocal` does by so many nodes: 16 tell B to a thousandth of it."""
    mode, start, end = hump(channels, load, m)
    height = channels * m.log1p(mode / load) - mode
    half = (end - start) * 0.5
    middle = start + half
    area = slope = 0.0
    log1p, exp = m.log1p, m.exp
    for node, weight in m.nodes(nodes):
        at = middle + half * node
        growth = log1p(at / load)
        part = weight * exp(channels * growth - at - height)
        area = area + part
        slope = slope + part * growth
    area = m.total(area)
    return height + m.log(area * half), m.total(slope) / area


# Traffic theory, exactly: Erlang B, Engset.
#
# All take the load in erlangs and whole numbers of channels. The recursions have no cancellation: every term is
# in (0, 1]. For the inverses (channels for a grade of service, load for a number of channels) see
# `planner.sizing.erlang`.


def erlang_b(channels: int, load: float) -> float:
    """Return the share of calls that find all channels busy (time and call congestion alike).

    Takes `channels` steps; underflows to 0 where the blocking is below 1e-308.
    """
    _check(channels, load)
    blocking = 1.0
    for step in range(1, channels + 1):
        carried = load * blocking
        blocking = carried / (step + carried)
    return blocking


def engset_time_congestion(channels: int, sources: int, idle_load: float) -> float:
    """Return the share of time in which all channels are busy, for a number of callers.

    `idle_load` is the load one idle caller offers: calls per second while idle times holding time.
    """
    _check(channels, idle_load)
    congestion = 1.0
    for step in range(1, channels + 1):
        carried = max(sources - step + 1, 0) * idle_load * congestion
        congestion = carried / (step + carried)
    return congestion


def engset_call_congestion(channels: int, sources: int, idle_load: float) -> float:
    """Return the share of calls that find all channels busy: a caller sees the other sources only."""
    return engset_time_congestion(channels, max(sources - 1, 0), idle_load)


def _check(channels: int, load: float) -> None:
    if channels < 0 or not 0 <= load < inf:
        raise ValueError("channels and load must be 0 or more, and finite")


# The inverses of Erlang B: channels for a grade of service, and the load that channels carry at one.
#
# Small systems follow the recursion; large ones solve the continuous formula by Newton's method and round up,
# so that 10^6 channels cost what 100 do. The answer is the smallest whole number whose blocking is within the
# grade of service.

# Below this load (in erlangs) the recursion is faster than the integral.
SMALL = 40.0
STEPS = 4
LOAD_STEPS = 6
# A term of a falling sum that rounding forgets.
FORGOTTEN = 1e-17
# Fractions of a channel carry loads below what numbers can hold.
LEAST = 1e-200


def _choose(condition: bool, yes: float, no: float) -> float:  # noqa: FBT001  the shape of numpy's where
    return yes if condition else no


def total(parts: Any) -> Any:  # noqa: ANN401  numbers or arrays
    """Return what was added up node by node: it is the sum."""
    return parts


NUMBERS = SimpleNamespace(
    exp=math.exp,
    log=math.log,
    log1p=math.log1p,
    sqrt=math.sqrt,
    maximum=max,
    minimum=min,
    where=_choose,
    nodes=gauss_legendre,
    total=total,
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


def nearest(whole: Any, load: Any, blocking: Any, m: Any) -> Any:  # noqa: ANN401  numbers or arrays
    """Return the real number of channels where it lies within a hundredth of `whole`: one step of Newton's from there.

    Its error is of second order in the distance, so it tells on which side of `whole` the number lies.
    """
    start = m.maximum(whole, 1.0)
    found, slope = log_reciprocal(start, load, m)
    return start + (-m.log(blocking) - found) / slope


def _step(missing: Any, overloaded: Any, m: Any) -> Any:  # noqa: ANN401  numbers or arrays
    # Newton's step in the quantity that is nearly straight: B itself under overload, its logarithm elsewhere.
    return m.where(overloaded, 1.0 - m.exp(-missing), missing)


GRID = 0.25
# So close to a whole number the curve itself decides.
CLOSE = 0.01
# Up to so many channels `carried` knows the load of each; beyond, of as many as lie between a number and its double.
APART = 200
# So close to a whole number, as a share of it, a load over what is `carried` does not tell on which side it lies.
NEAR_WHOLE = 5e-4


@lru_cache(maxsize=4096)
def deviations(position: int, blocking: float) -> float:
    """Return how many deviations above what is carried of the load e^(position * step) the channels for it lie."""
    load = math.exp(position * GRID)
    return float(solve_channels(load, blocking, NUMBERS) - load * (1 - blocking)) / math.sqrt(load)


@lru_cache(maxsize=4096)
def _curve(start: int, blocking: float) -> tuple[float, float, float, float]:
    """Return the cubic through four deviations, by the distance from the first."""
    before, here = deviations(start, blocking), deviations(start + 1, blocking)
    there, behind = deviations(start + 2, blocking), deviations(start + 3, blocking)
    rise, bend = here - before, there - 2 * here + before
    turn = behind - 3 * there + 3 * here - before
    return before, rise - bend / 2 + turn / 3, bend / 2 - turn / 2, turn / 6


@lru_cache(maxsize=8192)
def near_erlangs(count: float, blocking: float) -> float:
    """Return the load that so many channels carry, from the curve of `channels`; 0 where that is not drawn."""
    load = count / (1 - blocking) - math.sqrt(count)
    for _ in range(LOAD_STEPS):
        if load < SMALL:
            return 0.0
        at = log(load) / GRID
        x = at - (start := int(at) - 1)
        constant, first, second, third = _curve(start, blocking)
        spread, root = constant + x * (first + x * (second + x * third)), math.sqrt(load)
        slope = 1 - blocking + (spread / 2 + (first + x * (2 * second + 3 * x * third)) / GRID) / root
        step = (count - load * (1 - blocking) - spread * root) / slope
        load += step
        # The next step is smaller by orders.
        if abs(step) < CLOSE:
            return load
    return 0.0  # pragma: no cover  the steps end long before


def carried(count: int, blocking: float) -> float:
    """Return the load that so many channels carry, as a number close by does in proportion: to 2e-4; nan for none."""
    step = count // APART or 1
    close = (count + step // 2) // step * step
    return (near_erlangs(close, blocking) or erlangs(close, blocking)) * count / close if count > 0 else math.nan


@lru_cache(maxsize=8192)
def channels(load: float, blocking: float) -> float:
    """Return the fewest channels that block at most `blocking` of `load` erlangs; 0 for no load.

    From four points of the curve they lie on, which tell a thousandth of a channel, many times faster than solving
    for each load; close to a whole number the curve itself decides.
    """
    if load <= 0:
        return 0.0
    if load < SMALL:
        return _count_up(load, blocking)
    at = log(load) / GRID
    start = int(at) - 1
    x = at - start
    constant, first, second, third = _curve(start, blocking)
    spread = constant + x * (first + x * (second + x * third))
    found = load * (1 - blocking) + spread * math.sqrt(load)
    if abs(found - round(found)) < CLOSE * (1 + math.sqrt(load) / 256):
        found = nearest(round(found), load, blocking, NUMBERS) * (1 - TOLERANCE)
    return float(math.ceil(found))


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
    # Engset's recursion for the sources a caller sees, the others, from fewer channels than carry what is not blocked.
    reach = idle_load * (1 - blocking)
    count = max(int(callers * reach / (1 + reach) * (1 - TOLERANCE)) - 1, 0)
    found = _full(count, callers - 1, idle_load)
    while found > blocking * (1 + TOLERANCE) and count < callers:
        count += 1
        carried = (callers - count) * idle_load * found
        found = carried / (count + carried)
    return float(count)


def _full(count: int, callers: int, idle_load: float) -> float:
    """Return Engset's time congestion: the last state's share of all, from the sum of the others over it."""
    state, total, term = count, 1.0, 1.0
    while state > 0 and term > total * FORGOTTEN:
        term *= state / ((callers - state + 1) * idle_load)
        total += term
        state -= 1
    return 1 / total
