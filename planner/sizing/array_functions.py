"""The functions of the formula language for numpy arrays: `scalar_functions`, element by element.

Arrays broadcast against each other: what depends on one axis of a grid is computed once per value of that
axis.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from types import SimpleNamespace
from typing import Any, TypeAlias

import numpy as np

from planner.sizing.constants import Table
from planner.sizing.erlang import (
    CLOSE,
    GRID,
    NEAR_WHOLE,
    SMALL,
    SWAMPED,
    carried,
    deviations,
    gauss_legendre,
    log_reciprocal,
    nearest,
    solve_channels,
    solve_load,
    total,
)
from planner.sizing.erlang import finite_channels as _finite_channels
from planner.sizing.functions import APART, REFILL_STEPS, RETRY_STEPS, busiest_probability, poisson_level
from planner.sizing.functions import admitted as _admitted
from planner.sizing.functions import finite_level as _finite_level
from planner.sizing.numbers import TOLERANCE

Values: TypeAlias = Any
"""A float or an array of floats; they broadcast."""

# Grades of service for each of which the curve is drawn; more are solved one by one.
_GRADES = 8
# Cells of which numpy takes longer to be called for than to reckon.
_FEW = 300


def min(*values: Values) -> Values:  # noqa: A001  the language's name
    """Return the least of the values, element by element."""
    return _fold(np.minimum, values)


def max(*values: Values) -> Values:  # noqa: A001  the language's name
    """Return the greatest of the values, element by element."""
    return _fold(np.maximum, values)


def _fold(function: Callable[[Values, Values], Values], values: tuple[Values, ...]) -> Values:
    result = values[0]
    for value in values[1:]:
        result = function(result, value)
    return result


def where(condition: Values, yes: Callable[[], Values], no: Callable[[], Values]) -> Values:
    """Return the branch a flag chooses; both are computed only where the flag itself varies."""
    if np.ndim(condition) == 0:
        return yes() if condition else no()
    return np.where(condition, yes(), no())


def either(condition: Values, yes: Values, no: Values) -> Values:
    """Return the value a flag chooses."""
    if np.ndim(condition) == 0:
        return yes if condition else no
    return np.where(condition, yes, no)


def ceil(value: Values) -> Values:
    """Return the whole number at or above each value."""
    return np.ceil(value * (1.0 - TOLERANCE))


def excess(value: Values, limit: Values) -> Values:
    """Return by how much each value exceeds its limit, 0 where it does not."""
    return np.maximum(np.subtract(value, limit), 0.0)


def quotient(value: Values, divisor: Values, most: Values) -> Values:
    """Return the quotients, at most `most`; that is also what a division by zero gives."""
    positive = np.greater(divisor, 0)
    return np.where(positive, np.minimum(value / np.where(positive, divisor, 1.0), most), most)


def exceeds(ratio: Values) -> Values:
    """Return 1 where a ratio is above 1, else 0."""
    return np.where(np.greater(ratio, 1.0 + TOLERANCE), 1.0, 0.0)


def power_of_two(value: Values) -> Values:
    """Return the smallest power of two at or above each value, 1 at least."""
    mantissa, exponent = np.frexp(np.maximum(np.ceil(value), 1.0))
    return np.ldexp(1.0, exponent - (mantissa == 0.5))  # noqa: PLR2004  frexp's mantissa of a power of two


def channels(load: Values, blocking: Values) -> Values:
    """Return the fewest channels that block at most `blocking` of each load."""
    loads, grades, result = _flat(load, blocking)
    large = loads >= SMALL
    result[~large] = _count_up(loads[~large], grades[~large])
    several = np.unique(blocking)
    if len(several) > _GRADES:
        result[large] = _solved(loads[large], grades[large])
    else:
        for grade in several:
            cells = np.flatnonzero(large if len(several) == 1 else large & (grades == grade))
            if cells.size:
                result[cells] = _on_curve(loads[cells], float(grade))
    return result.reshape(np.broadcast_shapes(np.shape(load), np.shape(blocking)))


def _solved(loads: Values, grades: Values) -> Values:
    return np.ceil(solve_channels(loads, grades, _EACH) * (1 - TOLERANCE))


def _on_curve(loads: Values, grade: float) -> Values:
    """Return the channels from the curve they lie on, as `planner.sizing.erlang.channels` does."""
    at = np.log(loads) / GRID
    start = np.floor(at).astype(int) - 1
    first = int(start.min())
    curve = np.array([deviations(position, grade) for position in range(first, int(start.max()) + 4)])
    x = at - start
    before, here, there, behind = (curve[start - first + step] for step in range(4))
    spread = (
        -before * (x - 1) * (x - 2) * (x - 3) / 6
        + here * x * (x - 2) * (x - 3) / 2
        - there * x * (x - 1) * (x - 3) / 2
        + behind * x * (x - 1) * (x - 2) / 6
    )
    found = loads * (1 - grade) + spread * np.sqrt(loads)
    close = np.abs(found - np.rint(found)) < CLOSE * (1 + np.sqrt(loads) / 256)
    found[close] = nearest(np.rint(found[close]), loads[close], grade, _over(loads[close])) * (1 - TOLERANCE)
    return np.ceil(found)


_EACH = SimpleNamespace(**vars(np), nodes=gauss_legendre, total=total)
_AT_ONCE = SimpleNamespace(
    **vars(np), nodes=lambda count: [np.array(gauss_legendre(count)).T[:, :, None]], total=lambda parts: parts.sum(0)
)


def _over(cells: Values) -> Any:  # noqa: ANN401  functions of arrays
    """Return what integrates over cells node by node, or over all nodes at once where cells are few."""
    return _EACH if cells.size > _FEW else _AT_ONCE


def _count_up(loads: Values, grades: Values) -> Values:
    found, counts = np.ones_like(loads), np.zeros_like(loads)
    open_ = loads > 0
    step = 0
    while open_.any():
        step += 1
        carried = loads * found
        found = np.where(open_, carried / (step + carried), found)
        counts[open_] = step
        open_ = open_ & (found > grades * (1 + TOLERANCE))
    return counts


def _flat(left: Values, right: Values) -> tuple[Values, Values, Values]:
    first, second = np.broadcast_arrays(np.asarray(left, float), np.asarray(right, float))
    return first.ravel(), second.ravel(), np.zeros(first.size)


def erlangs(count: Values, blocking: Values) -> Values:
    """Return the load each number of channels carries with exactly `blocking`; 0 for no channel."""
    counts, grades, result = _flat(count, blocking)
    some = counts > 0
    if some.any():
        result[some] = solve_load(counts[some], grades[some], _EACH)
    return result.reshape(np.broadcast_shapes(np.shape(count), np.shape(blocking)))


def finite_channels(load: Values, sources: Values, blocking: Values) -> Values:
    """Return the fewest channels for each load of a number of callers (Engset)."""
    return np.vectorize(_finite_channels, otypes=[float])(load, sources, blocking)


def _distinct(function: Callable[..., Values], *operands: Values) -> Values:
    """Return the function of each set of operands that occurs, computed once: in a grid most occur many times."""
    rows = [each.ravel() for each in np.broadcast_arrays(*(np.asarray(each, float) for each in operands))]
    order = np.lexsort([row for row, each in zip(rows, operands, strict=True) if np.size(each) > 1] or rows[:1])
    rows = [row[order] for row in rows]
    first = np.ones(order.size, bool)
    first[1:] = np.any([row[1:] != row[:-1] for row in rows], axis=0)
    result = np.empty(order.size)
    result[order] = function(*(row[first] for row in rows))[np.cumsum(first) - 1]
    return result.reshape(np.broadcast_shapes(*map(np.shape, operands)))


def surged(load: Values, ratio: Values, measured: Values, deviations: Values) -> Values:
    """Return the highest of a day for each load, where it was `ratio` times the load `measured`; 0: of any load."""
    known = np.where(np.greater(measured, 0), measured, 1.0)
    root = (np.sqrt(deviations * deviations + 4 * ratio * known) - deviations) / 2
    level = load * (root * root / known)
    return np.where(np.greater(measured, 0), level + deviations * np.sqrt(level), load * ratio)


def blocked(load: Values, count: Values) -> Values:
    """Return the share of each load that so many channels block; all of it without a channel."""
    return _distinct(_blocked, load, count)


def _blocked(load: Values, count: Values) -> Values:
    swamped, result = load > SWAMPED * count, np.zeros(load.size)
    some = (load > 0) & ~swamped
    result[some] = np.exp(-log_reciprocal(count[some], load[some], _over(load[some]))[0])
    return np.where(swamped, 1.0 - count / np.where(swamped, load, 1.0), result)


def retried(load: Values, count: Values, again: Values) -> Values:
    """Return the share of attempts that so many channels block where `again` of those come back."""
    return _distinct(_retried, load, count, again)


def _retried(load: Values, count: Values, again: Values) -> Values:
    offered, lost = load.copy(), _blocked(load, count)
    open_ = np.arange(load.size)
    for _ in range(RETRY_STEPS):  # pragma: no branch  it converges long before
        a, b, n, share = offered[open_], lost[open_], count[open_], again[open_]
        step = (load[open_] + share * a * b - a) / (1 - share * b * (1 + n - a + a * b))
        more = step > a * TOLERANCE
        open_ = open_[more]
        if not open_.size:
            break
        offered[open_] += step[more]
        lost[open_] = _blocked(offered[open_], count[open_])
    return lost


def limited(rate: Values, limit: Values, hold: Values, again: Values, delay: Values) -> Values:
    """Return for how many seconds after a restart a limit of attempts a second turns some away."""
    room = np.where(np.greater(limit, rate), np.subtract(limit, rate), np.nan)
    surge = np.maximum(again * rate * hold / delay / room, 1.0)
    return np.nan_to_num(delay / (1 - again) * np.log(again + (1 - again) * surge), nan=np.inf, posinf=np.inf)


def refilled(*operands: Values) -> Values:
    """Return the seconds after a restart until all but e^-`times` of the calls stand that the limit lets stand."""
    shape = np.broadcast_shapes(*map(np.shape, operands))
    rows = [np.broadcast_to(np.asarray(each, float), shape).ravel() for each in operands]
    rate, limit, hold, _, _, times = rows
    result = hold * times
    some = np.flatnonzero((limit > rate) & (rate > 0) & (hold > 0))
    goal = rate[some] * hold[some] * (1 - np.exp(-times[some]))
    soonest = -hold[some] * np.log1p(-goal / (limit[some] * hold[some]))
    until = limited(*(row[some] for row in rows[:5]))
    result[some] = soonest
    late = soonest > until
    result[some[late]] = until[late] + _settled(until[late], *(row[some[late]] for row in rows))
    return result.reshape(shape)


def _settled(  # noqa: PLR0913, PLR0917  the language's operands
    until: Values, rate: Values, limit: Values, hold: Values, again: Values, delay: Values, times: Values
) -> Values:
    delay = np.where(np.abs(delay - hold) < hold * APART, hold * (1 + APART), delay)
    missing = rate * hold + limit * hold * np.expm1(-until / hold)
    more = np.minimum(again * rate * hold / delay, limit - rate) * hold * delay / (delay - hold)
    left, at = rate * hold * np.exp(-times), np.zeros(rate.size)
    for _ in range(REFILL_STEPS):
        base, extra = (missing + more) * np.exp(-at / hold), more * np.exp(-at / delay)
        at += (base - extra - left) / (base / hold - extra / delay)
    return at


def admitted(rate: Values, share: Values) -> Values:
    """Return the least limit of attempts a second that turns away at most `share` of each rate."""
    return _distinct(np.vectorize(_admitted, otypes=[float]), rate, share)


def level(mean: Values, probability: Values) -> Values:
    """Return the number of calls not exceeded with a probability, around each mean."""
    return np.ceil(poisson_level(mean, probability, np))


def finite_level(mean: Values, sources: Values, probability: Values) -> Values:
    """Return the number of calls not exceeded with a probability, of so many callers."""
    return np.vectorize(_finite_level, otypes=[float])(mean, sources, probability)


def busiest(mean: Values, hold: Values, chance: Values) -> Values:
    """Return the highest concurrency of the busy hour that is not exceeded with `chance`."""
    return level(mean, busiest_probability(hold, chance, np))


def choose(index: Values, *values: Values) -> Values:
    """Return the value at each position."""
    if np.ndim(index) == 0:
        return values[int(index)]
    return np.choose(np.asarray(index).astype(int), np.broadcast_arrays(*values))


def part(peak: Values, load: Values, servers: Values, blocking: Values, sources: Values) -> Values:
    """Return the channels each of `servers` needs for its share of a load; one server needs the whole `peak`."""
    whole, loads, count, grades, callers = np.broadcast_arrays(peak, load, servers, blocking, sources)
    result = np.array(whole, float)
    many, few = (count > 1) & (callers == 0), (count > 1) & (callers > 0)
    if many.any():
        each = channels(loads[many] / count[many], grades[many] if np.ndim(blocking) else blocking)
        result[many] = np.minimum(whole[many], each)
    if few.any():
        some = np.ceil(callers[few] / count[few])
        share = finite_channels(loads[few] / callers[few] * some, some, grades[few])
        result[few] = np.minimum(whole[few], share)
    return result


def split(*operands: Values) -> Values:
    """Return the fewest servers for which fixed + per_call * calls of each + shared / servers <= capacity, else 0."""
    shape = np.broadcast_shapes(*map(np.shape, operands))
    rows = [each if each.ndim == 0 else np.broadcast_to(each, shape).ravel() for each in map(np.asarray, operands)]
    fixed, per_call, shared, capacity, least, peak = rows[:6]
    room = np.broadcast_to((capacity - fixed) * (1 + TOLERANCE), prod(shape))
    more = per_call * peak + shared > room
    servers = np.where((room < per_call) | (room <= 0) | (more & (room < least * capacity)), 0.0, 1.0)
    several = np.flatnonzero((servers > 0) & more)
    if several.size:
        servers[several] = _fewest(*(_taken(row, several) for row in (room, *rows)))
    return servers.reshape(shape)


def _taken(row: Values, cells: Values) -> Values:
    """Return some cells of a row; what is one number for all stays one, and all cells stay where they are."""
    return row[cells] if row.ndim and row.size > cells.size else row


def _fewest(room: Values, *rows: Values) -> Values:
    """Return the fewest servers, where one is too few: on by what is missing, then back; closer where that is told."""
    _, per_call, shared, _, _, peak, load, blocking, sources = rows
    exact = _told(room, *rows)
    few, untold = np.ceil(exact * (1 - NEAR_WHOLE)) - 1, np.isinf(exact)
    if untold.any():
        least = np.ceil((per_call * load * (1 - blocking) + shared) / room * (1 - TOLERANCE)) - 1
        few = np.where(untold, least, few)
    few = np.maximum(few, 1.0)
    enough, count, step = np.maximum(np.ceil(exact * (1 + NEAR_WHOLE)), 2.0), few + 1, 1.0
    open_ = np.flatnonzero(enough - few > 1)
    while open_.size:
        tried = count[open_]
        traffic = (_taken(row, open_) for row in (blocking, sources))
        each = part(_taken(peak, open_), _taken(load, open_), tried, *traffic)
        use = (_taken(per_call, open_) * each + _taken(shared, open_) / tried) / room[open_]
        few[open_] = low = np.where(use > 1, tried, few[open_])
        enough[open_] = high = np.where(use > 1, enough[open_], tried)
        # What each needs falls about as servers become more.
        further = np.maximum(np.ceil(tried * use), tried + step)
        nearer = np.maximum(np.floor((low + high) / 2), tried - step)
        count[open_] = np.where(use <= 1, nearer, np.where(further < high, further, np.floor((low + high) / 2)))
        step *= 2
        open_ = open_[high - low > 1]
    return enough


def _told(room: Values, *rows: Values) -> Values:
    """Return near how many servers suffice where calls alone, or what is shared alone, is split; else infinity."""
    _, per_call, shared, _, _, _, load, blocking, sources = rows
    exact = np.where((per_call > 0) | (sources > 0), np.inf, shared / room)
    calls = np.flatnonzero(np.broadcast_to((per_call > 0) & (shared == 0) & (sources == 0), room.shape))
    if calls.size and not blocking.ndim:
        whole = np.floor(_taken(room, calls) / _taken(per_call, calls))
        one = whole.min() == whole.max()
        whole, place = (whole[:1], 0) if one else np.unique(whole, return_inverse=True)
        known = np.array([carried(int(each), float(blocking)) for each in whole])
        exact[calls] = _taken(load, calls) / known[place]
    return exact


def falling(value: Values, table: Table) -> Values:
    """Return the value of the last threshold each value reaches, of a table that falls."""
    return np.asarray(table.values)[np.maximum(np.searchsorted(table.thresholds, value, side="right") - 1, 0)]


def rung(value: Values, table: Table) -> Values:
    """Return the smallest value of the table at or above each value; the largest where none is."""
    steps = np.asarray(table.values, float)
    found = np.searchsorted(steps, np.multiply(value, 1 - TOLERANCE), side="left")
    return steps[np.minimum(found, len(steps) - 1)]


def pick(index: Values, table: Table) -> Values:
    """Return the value at each position."""
    return np.asarray(table.values, float)[np.asarray(index).astype(int)]
