"""Cases that can happen: every uncertain number drawn from its range, each figure from the same draws.

The low and the high of an assumption are its 5 % and 95 % quantiles, the typical its median, straight lines
between them, the ends themselves beyond: a documented range is never left. Of `COUNT` = 20 k + 10 draws each
assumption takes each of its `COUNT` strata once, in a shuffled order that only its name decides. The k-th smallest
and the k-th largest of the draws are then exactly its low and its high, and so are those of a figure that rests
on it alone (M. D. McKay and others, 1979, on sampling by strata).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache, partial
from itertools import repeat
from math import ceil, floor, log10, sqrt
from types import SimpleNamespace
from typing import Any
from zlib import crc32

from planner.sizing import functions
from planner.sizing.erlang import NUMBERS, near_channels
from planner.sizing.evaluation import over
from planner.sizing.functions import FUNCTIONS
from planner.sizing.numbers import Assumption, Range

RANK = 20
"""k: how many draws lie beyond the low, and beyond the high."""
COUNT = 20 * RANK + 10
_MEDIAN, _TAIL = 0.5, 0.05


_SHUFFLES = {
    "traffic.asr": 1,
    "traffic.acd": 4,
    "traffic.setup_time": 3,
    "traffic.peak_factor": 9,
    "sip.answered_bytes": 4,
    "sip.messages_per_attempt": 2,
    "sip.peers": 7,
    "cdr.unanswered_recorded": 9,
    "cdr.line_bytes": 1,
    "database.index_bytes": 20,
    "database.pool_overhead": 13,
    "database.redo_row_bytes": 7,
    "database.connections": 3,
    "disk.log_bytes": 5,
    "kernel.failed_media_share": 4,
    "kernel.conntrack_entry_bytes": 12,
    "kernel.packet_memory": 9,
    "cpu.share_signalling": 20,
    "memory.system_bytes": 3,
    "memory.softswitch_bytes": 8,
    "memory.call_bytes": 7,
    "failure.interval": 7,
    "failure.repair": 9,
    "failure.crash_interval": 1,
}
"""Of each assumption's shuffles the one taken; 0 where none is named.

Any would do: these were searched for, so that the quantiles of figures that rest on several assumptions are
closest to those of 200,000 plain draws.
"""


class Draws(list):  # type: ignore[type-arg]  # a list that computes, element by element
    """One number in many cases; arithmetic goes case by case, with a plain number in all of them."""

    __slots__ = ()

    def __add__(self, other: Any) -> Draws:  # noqa: ANN401  draws or a number
        return Draws([a + b for a, b in zip(self, _cases(other), strict=False)])

    def __sub__(self, other: Any) -> Draws:  # noqa: ANN401  as above
        return Draws([a - b for a, b in zip(self, _cases(other), strict=False)])

    def __rsub__(self, other: float) -> Draws:
        return Draws([other - a for a in self])

    def __mul__(self, other: Any) -> Draws:  # noqa: ANN401  as above
        return Draws([a * b for a, b in zip(self, _cases(other), strict=False)])

    def __truediv__(self, other: Any) -> Draws:  # noqa: ANN401  as above
        return Draws([a / b for a, b in zip(self, _cases(other), strict=False)])

    def __rtruediv__(self, other: float) -> Draws:
        return Draws([other / a for a in self])

    __radd__, __rmul__ = __add__, __mul__  # sums and products have no order


def _cases(value: Any) -> Iterable[float]:  # noqa: ANN401  as above
    return value if type(value) is Draws else repeat(value)


def _lifted(function: Callable[..., float]) -> Callable[..., Any]:
    """Return the function for draws: case by case where any operand has cases."""

    def lifted(*operands: Any) -> Any:  # noqa: ANN401  draws, numbers and tables
        if Draws not in map(type, operands):
            return function(*operands)
        return Draws(map(function, *map(_cases, operands)))

    return lifted


def _where(condition: Any, yes: Callable[[], Any], no: Callable[[], Any]) -> Any:  # noqa: ANN401  as above
    if type(condition) is not Draws:
        return yes() if condition else no()
    chosen = zip(condition, _cases(yes()), _cases(no()), strict=False)
    return Draws([a if flag else b for flag, a, b in chosen])


@lru_cache(maxsize=512)
def _admitted(rate: float, share: float) -> float:
    return functions.admitted(rate, share)


def near_admitted(rate: float, share: float) -> float:
    """Return the limit for a rate from that of a round number close by: samples need no more."""
    close = float(f"{rate:.2g}")
    return float(ceil(_admitted(close, share) * rate / close)) if close else _admitted(rate, share)


@lru_cache(maxsize=512)
def _finite_channels(load: float, sources: float, blocking: float) -> float:
    return functions.finite_channels(load, sources, blocking)


def near_finite_channels(load: float, sources: float, blocking: float) -> float:
    """Return the channels for a load of few callers, on the line between those of two round loads close by."""
    if load <= 0:
        return 0.0
    step = 10.0 ** (floor(log10(load)) - 1)
    below = floor(load / step) * step
    low, high = (_finite_channels(at, sources, blocking) for at in (below, min(below + step, sources)))
    return float(ceil(low + (high - low) * (load - below) / step))


@lru_cache(maxsize=2048)
def _blocked(load: float, count: float) -> float:
    return functions.blocked(load, count)


_retried = lru_cache(maxsize=2048)(functions.retried)


@lru_cache(maxsize=64)
def _deviations(probability: float) -> float:
    return float(functions.normal_quantile(probability, NUMBERS))


def near_level(mean: float, probability: float) -> float:
    """Return the level as `level` does, looking its deviations up."""
    if mean <= 0:
        return 0.0
    z = _deviations(probability)
    return float(ceil(max(mean + z * sqrt(mean) + (z * z - 1) / 6 - 0.5, 0)))


@lru_cache(maxsize=1024)
def _busiest_probability(hold: float, chance: float) -> float:
    return float(functions.busiest_probability(hold, chance, NUMBERS))


def near_busiest(mean: float, hold: float, chance: float) -> float:
    """Return the busiest moment as `busiest` does, for a holding time of two digits: it enters by a logarithm."""
    return near_level(mean, _busiest_probability(float(f"{hold:.2g}"), chance))


NEAR: dict[str, Callable[..., float]] = {
    "admitted": near_admitted,
    "finite_channels": near_finite_channels,
    "busiest": near_busiest,
    "blocked": lambda load, count: _blocked(float(f"{load:.3g}"), count),
    "retried": lambda load, count, again: _retried(float(f"{load:.2g}"), count, float(f"{again:.2g}")),
}
"""Functions that draws take near enough, many times faster."""


def _split(*operands: Any) -> Any:  # noqa: ANN401  draws and numbers
    """Return `split` for draws: one where one server suffices in every case, as most often it does."""
    fixed, per_call, shared, capacity, peak = operands[:5]
    if Draws in map(type, operands[:5]):
        left = (capacity - fixed) * (1 + 1e-9) - (peak * per_call + shared)
        if (min(left) if type(left) is Draws else left) >= 0:
            return 1.0
    return _lifted(_split_case)(*operands)


_split_case = partial(functions.split, channels=near_channels)


@cache
def _model() -> Callable[[Any], dict[str, Any]]:
    kind = SimpleNamespace(**{name: _lifted(getattr(functions, name)) for name in FUNCTIONS})
    kind.where, kind.channels, kind.level, kind.split = _where, _lifted(near_channels), _lifted(near_level), _split
    vars(kind).update({name: _lifted(function) for name, function in NEAR.items()})
    kind.part = _lifted(partial(functions.part, channels=near_channels))
    return over(kind)


def together(cases: Mapping[str, Any]) -> dict[str, Any]:
    """Return every figure over leaves that are numbers or `Draws` of equal length."""
    return _model()(cases)


@lru_cache(maxsize=512)
def order(name: str) -> tuple[int, ...]:
    """Return in which order an assumption takes its strata: a shuffle that its name alone decides."""
    shuffle = _SHUFFLES.get(name) or ""
    state, found = crc32(f"{name}{shuffle}".encode()) * 2 + 1, list(range(COUNT))
    for last in range(COUNT - 1, 0, -1):
        # Knuth's 64-bit congruential generator; its upper bits are the good ones.
        state = (state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
        other = (state >> 33) * (last + 1) >> 31
        found[last], found[other] = found[other], found[last]
    return tuple(found)


def quantile(value: Range, share: float) -> float:
    """Return the number below which a share of an assumption's cases lies."""
    low, typical, high = value
    if share <= _MEDIAN:
        return low + (typical - low) * max((share - _TAIL) / (_MEDIAN - _TAIL), 0.0)
    return typical + (high - typical) * min((share - _MEDIAN) / (_MEDIAN - _TAIL), 1.0)


@cache
def _weights() -> tuple[list[float], list[float]]:
    """Return how far each stratum lies from low to typical, and from typical to high."""
    shares = [(stratum + 0.5) / COUNT for stratum in range(COUNT)]
    below = [quantile(Range(0.0, 1.0, 1.0), each) for each in shares if each <= _MEDIAN]
    return below, [quantile(Range(0.0, 0.0, 1.0), each) for each in shares if each > _MEDIAN]


@lru_cache(maxsize=1024)
def drawn(name: str, value: Range) -> Draws:
    """Return the draws of an assumption."""
    below, above = _weights()
    low, typical, high = value
    strata = [low + (typical - low) * weight for weight in below]
    strata += [typical + (high - typical) * weight for weight in above]
    # The ranks that stand for low and high hold these numbers exactly, not a rounding beside them.
    strata[RANK], strata[-1 - RANK] = value.low, value.high
    return Draws([strata[stratum] for stratum in order(name)])


def evaluate(leaves: Mapping[str, Assumption], fixed: Mapping[str, float]) -> dict[str, Any]:
    """Return every figure and leaf over the draws of the leaves: `Draws`, or a number where nothing uncertain moves it.

    `fixed` replaces leaves: the plan whose certainty is asked for.
    """
    values: dict[str, Any] = {
        name: leaf.range.typical if leaf.range.low == leaf.range.high else drawn(name, leaf.range)
        for name, leaf in leaves.items()
    }
    values.update(fixed)
    return values | _model()(values)


def spread(value: Any, typical: float) -> Range:  # noqa: ANN401  draws or a number
    """Return a figure's range: the 5 % and the 95 % quantile of its draws around its typical case.

    The typical case is no draw: where it lies beyond the draws' ends it is an end itself.
    """
    if type(value) is not Draws:
        return Range.point(typical)
    ranked = sorted(value)
    return Range(min(ranked[RANK], typical), typical, max(ranked[-1 - RANK], typical))


def share(cases: Sequence[bool]) -> float:
    """Return the share of cases that hold."""
    return sum(cases) / len(cases)
