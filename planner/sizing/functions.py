"""The functions formulas may call, for numbers: levels of concurrency, steps, choices.

With many channels the number of calls is Poisson-distributed around the offered load. Levels come from the
Cornish-Fisher expansion of the distribution and are within one call of the exact quantile from 10 erlangs up.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from math import ceil as _ceil
from typing import TYPE_CHECKING, Any

from planner.sizing.erlang import FORGOTTEN, NUMBERS, SWAMPED, channels, erlangs, finite_channels, log_reciprocal
from planner.sizing.numbers import TOLERANCE

if TYPE_CHECKING:
    from planner.sizing.constants import Table

    Blocked = Callable[[float, float], float]
    FiniteChannels = Callable[[float, float, float], float]


FUNCTIONS: dict[str, int | None] = {
    "min": None,
    "max": None,
    "choose": None,
    "ceil": 1,
    "excess": 2,
    "quotient": 3,
    "exceeds": 1,
    "where": 3,
    "power_of_two": 1,
    "channels": 2,
    "erlangs": 2,
    "finite_channels": 3,
    "part": 5,
    "split": 9,
    "surged": 4,
    "admitted": 2,
    "blocked": 2,
    "retried": 3,
    "limited": 5,
    "refilled": 6,
    "level": 2,
    "finite_level": 3,
    "busiest": 3,
    "falling": 2,
    "rung": 2,
    "pick": 2,
}
"""The functions of the language and how many operands each takes; None: two or more."""

EMITTED = (*FUNCTIONS, "either")
"""What emitted formulas call: those, and `where` between two numbers that are there already."""

_CENTRAL = (2.515517, 0.802853, 0.010328)
_TAIL = (1.432788, 0.189269, 0.001308)
RETRY_STEPS = 12
REFILL_STEPS = 9
# So much two times differ at least, that their difference may be divided by.
APART = 1e-4
STEPS = 4
"""Steps after which the busiest quantile stands still: to 0.002 deviations up to a minute a call, 0.06 to ten."""


def normal_quantile(probability: Any, m: Any) -> Any:  # noqa: ANN401  numbers or arrays
    """Return the standard normal quantile to 4.5e-4 (Abramowitz and Stegun 26.2.23)."""
    tail = m.maximum(m.minimum(m.minimum(probability, 1.0 - probability), 0.5), 1e-300)
    t = m.sqrt(-2.0 * m.log(tail))
    over = _CENTRAL[0] + t * (_CENTRAL[1] + t * _CENTRAL[2])
    under = 1.0 + t * (_TAIL[0] + t * (_TAIL[1] + t * _TAIL[2]))
    size = t - over / under
    return m.where(probability < 0.5, -size, size)  # noqa: PLR2004  the median


def poisson_level(mean: Any, probability: Any, m: Any) -> Any:  # noqa: ANN401  numbers or arrays
    """Return the real number the whole-numbered quantile is the ceiling of; never below 0."""
    z = normal_quantile(probability, m)
    level = mean + z * m.sqrt(mean) + (z * z - 1.0) / 6.0 - 0.5
    return m.maximum(m.where(mean > 0.0, level, 0.0), 0.0)


def busiest_probability(hold: Any, chance: Any, m: Any) -> Any:  # noqa: ANN401  numbers or arrays
    """Return the quantile that the busy hour's highest concurrency stays below with `chance`.

    Calls that come and go are correlated over `hold` seconds, so that a level of z deviations is met as often
    as z^2 independent samples for each holding time of the hour would meet it (J. Pickands, 1969); z follows
    from the quantile itself, one step after another.
    """
    periods = m.maximum(3600.0 / m.maximum(hold, 1.0), 1.0)
    probability = m.exp(m.log(chance) / periods)
    for _ in range(STEPS):
        z = normal_quantile(probability, m)
        probability = m.exp(m.log(chance) / (periods * m.maximum(z * z, 1.0)))
    return probability


def whole(value: float) -> float:
    """Return `value` rounded up, forgiving what rounding errors added."""
    return float(math.ceil(value * (1.0 - TOLERANCE)))


# The functions of the formula language for numbers.
#
# `planner.sizing.array_functions` holds them for arrays.

__all__ = ["ceil", "channels", "erlangs", "finite_channels", "max", "min"]

max = max  # noqa: A001, PLW0127  the language's names, bound for the compiled model
min = min  # noqa: A001, PLW0127  the same


def ceil(value: float) -> float:
    """Return the whole number at or above `value`."""
    return whole(value)


def where(condition: float, yes: Callable[[], float], no: Callable[[], float]) -> float:
    """Return the branch a flag chooses; the other is not computed."""
    return yes() if condition else no()


def either(condition: float, yes: float, no: float) -> float:
    """Return the number a flag chooses."""
    return yes if condition else no


def choose(index: float, *values: float) -> float:
    """Return the value at a position."""
    return values[int(index)]


def part(  # noqa: PLR0913, PLR0917  the language's operands, and how channels are found
    peak: float,
    load: float,
    servers: float,
    blocking: float,
    sources: float,
    finite_channels: FiniteChannels = finite_channels,
) -> float:
    """Return the channels each of `servers` needs for its share of a load; one server needs the whole `peak`.

    `sources` callers share the servers, too, one more on some where they do not divide; 0: many more than channels. A
    share never needs more than the whole.
    """
    if servers <= 1:
        return peak
    if not sources:
        return min(peak, channels(load / servers, blocking))
    callers = _ceil(sources / servers)
    each = finite_channels(load / sources * callers, callers, blocking)
    return min(peak, each)


def split(  # noqa: PLR0913, PLR0917  the language's operands
    fixed: float,
    per_call: float,
    shared: float,
    capacity: float,
    least_room: float,
    peak: float,
    load: float,
    blocking: float,
    sources: float,
    finite_channels: FiniteChannels = finite_channels,
) -> float:
    """Return the fewest servers for which fixed + per_call * calls of each + shared / servers <= capacity.

    0 where no number of servers suffices: what is fixed, or one call, exceeds the capacity, or what is fixed leaves
    calls less than `least_room` of it, with which one server may do but many are senseless. The need of each falls as
    servers become more; so many that their capacity is below what all calls carried need are too few.
    """
    room = (capacity - fixed) * (1 + TOLERANCE)
    if room < per_call or room <= 0:
        return 0.0
    if per_call * peak + shared <= room:
        return 1.0
    if room < least_room * capacity:
        return 0.0
    carried = per_call * load * (1 - blocking)
    few, enough, step = max(_ceil((carried + shared) / room * (1 - TOLERANCE)) - 1.0, 1.0), math.inf, 1.0
    while enough - few > 1:
        servers = few + step if enough == math.inf else (few + enough) // 2
        each = part(peak, load, servers, blocking, sources, finite_channels)
        if per_call * each + shared / servers > room:
            few, step = servers, 2 * step
        else:
            enough = servers
    return enough


def excess(value: float, limit: float) -> float:
    """Return by how much `value` exceeds `limit`, 0 where it does not."""
    return value - limit if value > limit else 0.0


def quotient(value: float, divisor: float, most: float) -> float:
    """Return the quotient, at most `most`; that is also what a division by zero gives."""
    return min(value / divisor, most) if divisor > 0 else most


def exceeds(ratio: float) -> float:
    """Return 1 where `ratio` is above 1, else 0."""
    return 1.0 if ratio > 1.0 + TOLERANCE else 0.0


def power_of_two(value: float) -> float:
    """Return the smallest power of two at or above `value`, 1 at least."""
    return float(1 << max(_ceil(value) - 1, 0).bit_length())


def surged(load: float, ratio: float, measured: float, deviations: float) -> float:
    """Return the highest of a day for a load, where it was `ratio` times the load `measured`; 0: of any load.

    The highest is a level, which rises with the load, and what chance puts on top: so many standard deviations of it
    (the root of a Poisson level). At the load measured this is the ratio times the load, at a larger one it is less.
    """
    if measured <= 0:
        return load * ratio
    root = (math.sqrt(deviations * deviations + 4 * ratio * measured) - deviations) / 2
    level = load * (root * root / measured)
    return level + deviations * math.sqrt(level)


def blocked(load: float, count: float) -> float:
    """Return the share of a load that so many channels block (Erlang B); all of it without a channel."""
    if load <= 0:
        return 0.0
    if load > SWAMPED * count:
        return 1.0 - count / load
    return math.exp(-log_reciprocal(count, load, NUMBERS)[0])


def retried(load: float, count: float, again: float, blocked: Blocked = blocked) -> float:
    """Return the share of attempts that so many channels block where `again` of those come back (extended Erlang B).

    The load offered is the first attempts' and that of the ones that come back: A = load + again A B(A).
    """
    offered, lost = load, blocked(load, count)
    for _ in range(RETRY_STEPS):  # pragma: no branch  it converges long before
        # The load blocked is convex in the load offered: Newton's steps from below stay below.
        slope = lost * (1 + count - offered + offered * lost)
        step = (load + again * offered * lost - offered) / (1 - again * slope)
        if step <= offered * TOLERANCE:
            break
        offered += step
        lost = blocked(offered, count)
    return lost


def limited(rate: float, limit: float, hold: float, again: float, delay: float) -> float:
    """Return for how many seconds after a restart a limit of attempts a second turns some away.

    The calls that stood (`rate` * `hold`) were cut off; `again` of their callers, and of the attempts turned away, try
    after `delay` seconds on average. Where the limit is below the rate it turns attempts away for ever.
    """
    if limit <= rate:
        return math.inf
    surge = again * rate * hold / delay
    return delay / (1 - again) * math.log(again + (1 - again) * max(surge / (limit - rate), 1.0))


def refilled(rate: float, limit: float, hold: float, again: float, delay: float, times: float) -> float:  # noqa: PLR0913, PLR0917
    """Return the seconds after a restart until all but e^-`times` of the calls stand that the limit lets stand.

    What is let in is the limit as long as it turns attempts away (`limited`), then the rate and those that try
    again, ever fewer; calls end after `hold` seconds on average. Callers are as many as a fluid.
    """
    left = math.exp(-times)
    if limit <= rate or rate <= 0 or hold <= 0:
        return hold * times
    goal, until = rate * hold * (1 - left), limited(rate, limit, hold, again, delay)
    soonest = -hold * math.log1p(-goal / (limit * hold))
    if soonest <= until:
        return soonest
    if abs(delay - hold) < hold * APART:
        delay = hold * (1 + APART)
    missing = rate * hold - limit * hold * -math.expm1(-until / hold)
    more = min(again * rate * hold / delay, limit - rate) * hold * delay / (delay - hold)
    at = 0.0
    for _ in range(REFILL_STEPS):
        # Calls rise ever more slowly until then: Newton's steps from below stay below.
        base, extra = (missing + more) * math.exp(-at / hold), more * math.exp(-at / delay)
        step = (base - extra - rate * hold * left) / (base / hold - extra / delay)
        at += step
        if step < hold * TOLERANCE:
            break
    return until + at


def arrivals_beyond(rate: float, limit: float) -> tuple[float, float, float]:
    """Return of Poisson arrivals: the chance of exactly `limit`, that of more, and how many more on average."""
    chance = math.exp(limit * math.log(rate) - rate - math.lgamma(limit + 1))
    beyond = lost = 0.0
    term, count = chance, limit
    while term > beyond * FORGOTTEN:
        count += 1
        term *= rate / count
        beyond += term
        lost += term * (count - limit)
    return chance, beyond, lost


def admitted(rate: float, share: float) -> float:
    """Return the least limit of attempts a second that turns away at most `share` of Poisson arrivals."""
    least, most = math.ceil(rate * (1 - share) * (1 - TOLERANCE)), share * rate * (1 + TOLERANCE)
    if rate <= 0 or least < rate - 12 * math.sqrt(rate):
        return float(max(least, 1))
    # Nearly always a little fewer than this are enough: the less is added up from there.
    limit = max(int(rate + 3 * math.sqrt(rate)), least)
    chance, beyond, lost = arrivals_beyond(rate, limit)
    while lost > most:
        lost -= beyond
        limit += 1
        chance *= rate / limit
        beyond -= chance
    while limit > least and lost + beyond + chance <= most:
        lost += beyond + chance
        beyond += chance
        chance *= limit / rate
        limit -= 1
    return float(max(limit, 1))


def level(mean: float, probability: float) -> float:
    """Return the number of calls not exceeded with `probability`, around a mean."""
    return float(_ceil(poisson_level(mean, probability, NUMBERS)))


def finite_level(mean: float, sources: float, probability: float) -> float:
    """Return the number of calls not exceeded with `probability`, of so many callers: a binomial quantile."""
    callers = int(sources)
    busy = min(mean / callers, 1.0) if callers else 0.0
    if busy <= 0 or busy >= 1:
        return float(callers if busy >= 1 else 0)
    count = max(int(mean - 12 * math.sqrt(mean * (1 - busy))) - 1, 0)
    log = math.lgamma(callers + 1) - math.lgamma(count + 1) - math.lgamma(callers - count + 1)
    chance = math.exp(log + count * math.log(busy) + (callers - count) * math.log1p(-busy))
    total = chance
    # Half of an odd number of callers who are busy half of the time is a tie that sums miss by a rounding.
    while total < probability * (1 - TOLERANCE) and count < callers:
        chance *= (callers - count) / (count + 1) * busy / (1 - busy)
        count += 1
        total += chance
    return float(count)


def busiest(mean: float, hold: float, chance: float) -> float:
    """Return the highest concurrency of the busy hour that is not exceeded with `chance`."""
    return level(mean, busiest_probability(hold, chance, NUMBERS))


def falling(value: float, table: Table) -> float:
    """Return the value of the last threshold reached, of a table that falls."""
    return table.values[max(bisect_right(table.thresholds, value) - 1, 0)]


def rung(value: float, table: Table) -> float:
    """Return the smallest value of the table at or above `value`; the largest where none is."""
    return table.values[min(bisect_left(table.values, value * (1 - TOLERANCE)), len(table.values) - 1)]


def pick(index: float, table: Table) -> float:
    """Return the value at a position."""
    return table.values[int(index)]
