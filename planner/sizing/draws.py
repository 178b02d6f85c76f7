"""Cases that can happen: every uncertain number drawn from its range, each figure from the same draws.

The low and the high of an assumption are its 5 % and 95 % quantiles, the typical its median, straight lines
between them, the ends themselves beyond: a documented range is never left. Of `COUNT` = 20 k + 10 draws each
assumption takes each of its `COUNT` strata once, in an order that only its name decides. The k-th smallest and the
k-th largest of the draws are then exactly its low and its high, and so are those of a figure that rests on it alone
(M. D. McKay and others, 1979, on sampling by strata).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache, partial, reduce
from itertools import compress, repeat
from math import ceil, exp, floor, log10, sqrt
from operator import add, ge, itemgetter, lt, mod, mul, sub, truediv
from types import CodeType, FunctionType, SimpleNamespace
from typing import Any
from zlib import crc32

from planner.sizing import functions
from planner.sizing.constants import data
from planner.sizing.erlang import NEAR_WHOLE, NUMBERS, SMALL, SWAMPED, carried, channels, integrated
from planner.sizing.evaluation import Figures, Model, namespace, registry
from planner.sizing.functions import FUNCTIONS
from planner.sizing.numbers import TOLERANCE, Assumption, Range

RANK = 50
"""k: how many draws lie beyond the low, and beyond the high."""
COUNT = 20 * RANK + 10
_MEDIAN, _TAIL = 0.5, 0.05
# Nodes that tell blocking to a thousandth of it, and deviations above the load from which on nothing is blocked.
_NEAR, _CERTAIN = 16, 9.0
# How often what is shared is divided anew.
_GUESSES = 4
# Servers that are found as soon without a guess.
_FEW = 20
# Splits that are remembered: those of one deployment, and some more.
_KEPT = 64


class Draws(list):  # type: ignore[type-arg]  # a list that computes, element by element
    """One number in many cases; arithmetic goes case by case, with a plain number in all of them."""

    __slots__ = ()

    def __add__(self, other: Any) -> Draws:  # noqa: ANN401  draws or a number
        return Draws(map(add, self, other) if type(other) is Draws else [each + other for each in self])

    def __sub__(self, other: Any) -> Draws:  # noqa: ANN401  as above
        return Draws(map(sub, self, other) if type(other) is Draws else [each - other for each in self])

    def __rsub__(self, other: float) -> Draws:
        return Draws([other - each for each in self])

    def __mul__(self, other: Any) -> Draws:  # noqa: ANN401  as above
        return Draws(map(mul, self, other) if type(other) is Draws else [each * other for each in self])

    def __truediv__(self, other: Any) -> Draws:  # noqa: ANN401  as above
        return Draws(map(truediv, self, other) if type(other) is Draws else [each / other for each in self])

    def __rtruediv__(self, other: float) -> Draws:
        return Draws([other / each for each in self])

    __radd__, __rmul__ = __add__, __mul__  # sums and products have no order


def _cases(value: Any) -> Iterable[float]:  # noqa: ANN401  as above
    return value if type(value) is Draws else repeat(value)


def _lifted(exact: Callable[..., float], near: Callable[..., float] | None = None) -> Callable[..., Any]:
    """Return the function for draws: case by case where any operand has cases, by the one that is `near` enough."""
    each = near or exact

    def lifted(*operands: Any) -> Any:  # noqa: ANN401  draws, numbers and tables
        if Draws not in map(type, operands):
            return exact(*operands)
        return Draws(map(each, *map(_cases, operands)))

    return lifted


def _where(condition: Any, yes: Callable[[], Any], no: Callable[[], Any]) -> Any:  # noqa: ANN401  as above
    if type(condition) is not Draws:
        return yes() if condition else no()
    return _either(condition, yes(), no())


def _either(condition: Any, yes: Any, no: Any) -> Any:  # noqa: ANN401  as above
    if type(condition) is not Draws:
        return yes if condition else no
    chosen = zip(condition, _cases(yes), _cases(no), strict=False)
    return Draws([a if flag else b for flag, a, b in chosen])


@lru_cache(maxsize=512)
def _admitted(rate: float, share: float) -> float:
    return functions.admitted(rate, share)


def near_admitted(rate: float, share: float) -> float:
    """Return the limit for a rate from that of a round number close by: samples need no more."""
    close = float(f"{rate:.2g}")
    return float(round(_admitted(close, share) * rate / close)) if close else _admitted(rate, share)


@lru_cache(maxsize=8192)
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
def near_blocked(load: float, count: float) -> float:
    """Return the share of a load that is blocked to a thousandth of it, or 0 where it is less than 1e-16."""
    if load + _CERTAIN * sqrt(load) + _CERTAIN < count:
        return 0.0
    if load <= 0 or load > SWAMPED * count:
        return functions.blocked(load, count)
    return exp(-integrated(count, load, _NEAR, NUMBERS)[0])


@lru_cache(maxsize=2048)
def near_retried(load: float, count: float, again: float) -> float:
    """Return the share that is blocked where `again` of those come back, as near as `near_blocked`."""
    return functions.retried(load, count, again, near_blocked)


@lru_cache(maxsize=64)
def _deviations(probability: float) -> float:
    return float(functions.normal_quantile(probability, NUMBERS))


def near_level(mean: float, probability: float) -> float:
    """Return the level as `level` does, looking its deviations up."""
    if mean <= 0:
        return 0.0
    z = _deviations(probability)
    return float(ceil(max(mean + z * sqrt(mean) + (z * z - 1) / 6 - 0.5, 0)))


def near_finite_level(mean: float, sources: float, probability: float) -> float:
    """Return the level of so many callers as `finite_level` does, from the deviations of `near_level`."""
    if mean < SMALL or mean >= sources:
        return functions.finite_level(mean, sources, probability)
    busy, z = mean / int(sources), _deviations(probability)
    found = mean + z * sqrt(mean * (1 - busy)) + (z * z - 1) * (1 - 2 * busy) / 6 - 0.5
    return float(min(ceil(found), int(sources)))


@lru_cache(maxsize=1024)
def _busiest_probability(hold: float, chance: float) -> float:
    return float(functions.busiest_probability(hold, chance, NUMBERS))


def near_busiest(mean: float, hold: float, chance: float) -> float:
    """Return the busiest moment as `busiest` does, for a holding time of two digits: it enters by a logarithm."""
    return near_level(mean, _busiest_probability(float(f"{hold:.2g}"), chance))


NEAR: dict[str, Callable[..., float]] = {
    "admitted": near_admitted,
    "finite_channels": near_finite_channels,
    "finite_level": near_finite_level,
    "busiest": near_busiest,
    "blocked": near_blocked,
    "retried": near_retried,
}
"""Functions that draws take near enough, many times faster."""


def _split(*operands: Any) -> Any:  # noqa: ANN401  draws and numbers
    """Return `split` for draws: the most frequent answer first, that one server suffices, in every case or in this."""
    fixed, per_call, shared, capacity, _, peak = operands[:6]
    room = (capacity - fixed if fixed else capacity) * (1 + TOLERANCE)
    calls = peak if per_call == 1 else peak * per_call if per_call else 0.0
    need = calls + shared if calls and shared else calls or shared
    if Draws not in map(type, (room, need)):
        return _lifted(_split_case)(*operands)
    if min(_some(room)) >= max(_some(need)):
        return 1.0
    late = list(map(lt, _cases(room), _cases(need)))
    return _where_so(late, _several, (room, *operands), repeat(1.0)) if True in late else 1.0


def _where_so(
    flags: list[bool], function: Callable[..., Iterable[float]], operands: tuple[Any, ...], others: Iterable[float]
) -> Draws:
    """Return what a function gives in the cases that are so, and in the others what there is already."""
    found = iter(function(*(Draws(compress(each, flags)) if type(each) is Draws else each for each in operands)))
    return Draws([next(found) if flag else other for flag, other in zip(flags, others, strict=False)])


def _some(value: Any) -> Sequence[float]:  # noqa: ANN401  as above
    return value if type(value) is Draws else (value,)


def _several(room: Any, *operands: Any) -> Iterable[float]:  # noqa: ANN401  as above
    """Return `split` for cases that one server does not carry, with `room` for what is not fixed."""
    fixed, per_call, shared, _, _, _, load, blocking, sources = operands
    if sources or type(blocking) is Draws:
        return map(_split_case, *map(_cases, operands))
    if fixed or (per_call and shared) or min(_some(room)) <= 0:
        return _each_fewest(room, *operands)
    parts = (_cases(load), _carried(room / per_call, blocking)) if per_call else (_cases(shared), _cases(room))
    # So far from a whole number the next one suffices and the one before does not.
    found = [
        (each - part + 1.0 if each > 1.0 else 2.0)
        if NEAR_WHOLE * each < (part := each % 1.0) < 1.0 - NEAR_WHOLE * each
        else 0.0
        for each in map(truediv, *parts)
    ]
    return found if all(found) else _where_so([not each for each in found], _each_fewest, (room, *operands), found)


def _each_fewest(*operands: Any) -> Iterable[float]:  # noqa: ANN401  draws and numbers
    return map(_fewest, *map(_cases, operands))


_split_case = partial(functions.split, finite_channels=near_finite_channels)


def _carried(channels: Any, blocking: float) -> Iterable[float]:  # noqa: ANN401  as above
    """Return the loads that whole channels carry."""
    if type(channels) is not Draws:
        return repeat(carried(floor(channels), blocking))
    whole = list(map(floor, channels))
    known = {each: carried(each, blocking) for each in set(whole)}
    return map(known.__getitem__, whole)


def _fewest(room: float, *case: float) -> float:
    """Return `split` for one case that one server does not carry: a number close by, if it proves to be the fewest.

    The load of whole channels gives it where servers are many, what would do if splitting cost nothing where few.
    """
    _, per_call, shared, capacity, least, peak, load, blocking, _ = case
    if room < per_call or room <= 0 or room < least * capacity:
        return 0.0
    servers = (per_call * load * (1 - blocking) + shared) / room
    start = max(ceil(servers * (1 - TOLERANCE)), 2)
    for _ in range(_GUESSES if per_call and servers >= _FEW else 0):
        servers = load / carried(max(floor((room - shared / servers) / per_call), 1), blocking)

    def short(count: float) -> bool:
        calls = per_call and per_call * min(peak, channels(load / count, blocking))
        return calls + shared / count > room

    near = ceil(servers)
    for count in (near, near + 1, near - 1):
        if count >= start and not short(count) and (count == start or short(count - 1)):
            return count + 0.0
    return _split_case(*case)


def _least(*operands: Any) -> Any:  # noqa: ANN401  as above
    return reduce(_less, _together(min, operands))


def _less(one: Any, other: Any) -> Draws:  # noqa: ANN401  as above
    pairs = zip(_cases(one), _cases(other), strict=False)
    return Draws([a if a <= b else b for a, b in pairs])  # noqa: FURB136  a third of the time


def _most(*operands: Any) -> Any:  # noqa: ANN401  as above
    return reduce(_more, _together(max, operands))


def _more(one: Any, other: Any) -> Draws:  # noqa: ANN401  as above
    pairs = zip(_cases(one), _cases(other), strict=False)
    return Draws([a if a >= b else b for a, b in pairs])  # noqa: FURB136  the same


def _together(ending: Callable[..., float], operands: Iterable[Any]) -> list[Any]:
    """Return draws, with one number for all plain numbers in front."""
    plain = [each for each in operands if type(each) is not Draws]
    return [*([ending(plain) + 0.0] if plain else []), *(each for each in operands if type(each) is Draws)]


def _choose(index: Any, *values: Any) -> Any:  # noqa: ANN401  as above
    if type(index) is not Draws:
        return values[int(index)]
    return Draws([row[int(at)] for at, *row in zip(index, *map(_cases, values), strict=False)])


def _excess(value: Any, limit: Any) -> Any:  # noqa: ANN401  as above
    if Draws not in (type(value), type(limit)):
        return functions.excess(value, limit)
    if type(value) is not Draws and value <= min(limit):
        return 0.0
    return Draws([a - b if a > b else 0.0 for a, b in zip(_cases(value), _cases(limit), strict=False)])


def _exceeds(ratio: Any) -> Any:  # noqa: ANN401  as above
    if type(ratio) is not Draws:
        return functions.exceeds(ratio)
    return Draws([1.0 if each > 1.0 + TOLERANCE else 0.0 for each in ratio])


@cache
def _kind() -> SimpleNamespace:
    kind = SimpleNamespace(**{name: _lifted(getattr(functions, name)) for name in FUNCTIONS})
    vars(kind).update({name: _lifted(getattr(functions, name), function) for name, function in NEAR.items()})
    kind.either = _either
    kind.where, kind.level, kind.split = _where, _lifted(functions.level, near_level), _Splits(_split)
    kind.part = _lifted(partial(functions.part, finite_channels=near_finite_channels))
    kind.min, kind.max, kind.choose, kind.excess, kind.exceeds = _least, _most, _choose, _excess, _exceeds
    return kind


@cache
def _model() -> Model:
    return Model(_kind())


def together(cases: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return every figure and leaf over leaves that are numbers or `Draws` of equal length."""
    return Figures(_model(), cases)


class _Cases(Figures):
    """Figures and leaves over the draws; a leaf is drawn when it is asked for."""

    def __init__(self, leaves: Mapping[str, Assumption], fixed: Mapping[str, float]) -> None:
        super().__init__(_model(), fixed)
        self._leaves = leaves

    def __missing__(self, name: str) -> Any:  # noqa: ANN401  draws or a number
        if name not in self._leaves:
            return super().__missing__(name)
        value = self._leaves[name].range
        self[name] = found = value.typical if value.low == value.high else drawn(name, value)
        return found


@lru_cache(maxsize=512)
def order(name: str) -> tuple[int, ...]:
    """Return in which order an assumption takes its strata: by a lattice, or shuffled, as its name alone decides."""
    step = data("lattice")["steps"].get(name)
    if step is None:
        from hashlib import sha256  # noqa: PLC0415  for the few that nobody leaves uncertain unless asked

        return tuple(sorted(range(COUNT), key=lambda stratum: sha256(f"{name} {stratum}".encode()).digest()))
    start = crc32(name.encode()) % COUNT
    return tuple(map(mod, range(start, start + COUNT * step, step), repeat(COUNT)))


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
    # Floats throughout: lists of one type are sorted, and reckoned with, several times faster.
    low, typical, high = map(float, value)
    falls, rises = typical - low, high - typical
    strata = [low + falls * weight for weight in below] + [typical + rises * weight for weight in above]
    # The ranks that stand for low and high hold these numbers exactly, not a rounding beside them.
    strata[RANK], strata[-1 - RANK] = low, high
    return Draws(itemgetter(*order(name))(strata))


def evaluate(leaves: Mapping[str, Assumption], fixed: Mapping[str, float]) -> Mapping[str, Any]:
    """Return every figure and leaf over the draws of the leaves: `Draws`, or a number where nothing uncertain moves it.

    `fixed` replaces leaves: the plan whose certainty is asked for.
    """
    made = _Cases(leaves, fixed)
    _RECENT.append(made)
    return made


_RECENT: deque[Mapping[str, Any]] = deque(maxlen=4)
"""What was evaluated last: a sizing does not hold its draws, which take 5 MB, and mostly finds them here."""


class OnDemand(_Cases):
    """What `evaluate` returns, each figure worked out alone when it is asked for, with what it rests on."""

    def __init__(self, leaves: Mapping[str, Assumption], fixed: Mapping[str, float]) -> None:
        super().__init__(leaves, fixed)
        self._names = {**_names(), "split": _Splits(_split)}

    def __missing__(self, name: str) -> Any:  # noqa: ANN401  as above
        if name in self._leaves:
            return super().__missing__(name)
        self[name] = found = FunctionType(_code(name), self._names)(self)
        return found


class Within(dict[str, Any]):
    """The cases of `others`, in which numbers of servers are told apart at `most` alone.

    They are it, or less, where so many suffice, and more where they do not.
    """

    def __init__(self, others: OnDemand, most: float) -> None:
        self._others = others
        self._names = {**_names(), "split": _Splits(partial(_within, most))}

    def __missing__(self, name: str) -> Any:  # noqa: ANN401  as above
        ours = name not in self._others and _is_split(name)
        found = FunctionType(_code(name), self._names)(self) if ours else self._others[name]
        self[name] = found
        return found


@cache
def _is_split(name: str) -> bool:
    """Tell whether a figure rests on a number of servers among which the load is split."""
    figure = registry().get(name)
    return figure is not None and ("split(" in figure.formula or any(map(_is_split, figure.operands)))


@cache
def _names() -> dict[str, Any]:
    return namespace(_kind())


@cache
def _code(name: str) -> CodeType:
    """Return the formula of a figure as code of one argument, its cases by name."""
    from planner.sizing.formula import emit  # noqa: PLC0415  compiled on demand only

    text = emit(registry()[name].formula, "C[{!r}]".format)
    made: FunctionType = eval(f"lambda C: {text}", {})  # noqa: S307  a formula checked by the language's parser
    return made.__code__


class _Splits:
    """`split` that remembers: what tiers share, or two like deployments, is worked out once."""

    def __init__(self, found: Callable[..., Any]) -> None:
        self._found = found
        self._known: deque[tuple[tuple[Any, ...], Any]] = deque(maxlen=_KEPT)

    def __call__(self, *operands: Any) -> Any:  # noqa: ANN401  draws and numbers
        for known, found in self._known:
            if known == operands:
                return found
        found = self._found(*operands)
        self._known.append((operands, found))
        return found


def _within(most: float, *operands: Any) -> Any:  # noqa: ANN401  as above
    """Return at most `most` where so many servers suffice, more where they do not, and 0 where no number does."""
    fixed, per_call, shared, capacity, least, peak, load, blocking, _ = operands
    room = (capacity - fixed) * (1 + TOLERANCE)
    if _never_below(room, peak * per_call + shared):
        return 1.0
    some = _never_below(room, per_call) and _never_below(room, capacity * least) and not _never_below(0.0, room)
    if some and _always_below(room * most, (load * (1 - blocking) * per_call + shared) * (1 - TOLERANCE)):
        return most + 1
    if Draws not in map(type, operands):
        return _case_within(most, *operands)
    return Draws(map(partial(_case_within, most), *map(_cases, operands)))


def _never_below(value: Any, limit: Any) -> bool:  # noqa: ANN401  as above
    return all(map(ge, *_alike(value, limit)))


def _always_below(value: Any, limit: Any) -> bool:  # noqa: ANN401  as above
    return all(map(lt, *_alike(value, limit)))


def _alike(one: Any, other: Any) -> tuple[Iterable[float], Iterable[float]]:  # noqa: ANN401  as above
    """Return the cases of two numbers, of which one at least has an end."""
    return (_cases(one), _cases(other)) if Draws in (type(one), type(other)) else ((one,), (other,))


def _case_within(most: float, *case: float) -> float:
    fixed, per_call, shared, capacity, least, peak, load, blocking, sources = case
    room = (capacity - fixed) * (1 + TOLERANCE)
    if room < per_call or room <= 0:
        return 0.0
    if per_call * peak + shared <= room:
        return 1.0
    if room < least * capacity:
        return 0.0
    if (per_call * load * (1 - blocking) + shared) * (1 - TOLERANCE) > room * most:
        return most + 1
    each = functions.part(peak, load, most, blocking, sources, finite_channels=near_finite_channels)
    return most if most > 1 and per_call * each + shared / most <= room else most + 1


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
