"""Simulated calls: when they arrive, how long they last, who calls whom, and which are tried again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from math import exp, expm1, log, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from planner.cdr.simulation.workload import (
    DAY,
    HOUR,
    MILLISECONDS,
    Law,
    Routing,
    Timing,
    Traffic,
    Workload,
    codes,
    damage_numbers,
    line_damage,
    to_seconds,
    vocabulary,
    weights,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from planner.cdr.simulation.lines import Calls


@cache
def subscribers() -> tuple[str, ...]:
    """Return every number calls are made from and to; all are reserved for fictional use."""
    data = vocabulary()["numbers"]
    areas = dict.fromkeys(data["areas"])
    ends = [f"{line:02d}" for line in range(data["lines"])]
    return tuple(f"{data['country']}{area}{data['exchange']}{end}" for area in areas for end in ends)


def subscriber_count() -> int:
    """Return how many reserved numbers there are."""
    return len(subscribers())


def prefixes(name: str) -> list[str]:
    """Return the dialling prefixes in use before (`access`) or behind (`gateway`) the switch."""
    return list(vocabulary()["numbers"][f"{name}_prefixes"])


def gateway_ids(side: str, routing: Routing) -> list[str]:
    """Return the identifiers of the gateways of a side (`caller`, `callee`), the busiest first."""
    count = routing.caller_gateways if side == "caller" else routing.callee_gateways
    names = vocabulary()["gateway_names"]
    if routing.numeric_ids:
        return [str(names[f"{side}_number"] + rank) for rank in range(1, count + 1)]
    return [names[side] % rank for rank in range(1, count + 1)]


def gateway_addresses(side: str, count: int) -> list[str]:
    """Return an address for each of `count` gateways; gateways beyond the addresses share them."""
    data = vocabulary()["addresses"]
    networks, hosts = data[side], data["hosts"]
    return [f"{networks[i % len(networks)]}{1 + i // len(networks) % hosts}" for i in range(count)]


def table(texts: list[str] | tuple[str, ...]) -> NDArray[np.bytes_]:
    """Return texts as an array of equally wide cells, filled up with NUL."""
    return np.array([text.encode() for text in texts])


@cache
def code_table(name: str) -> NDArray[np.bytes_]:
    """Return the texts of a vocabulary of codes."""
    return table(codes(name))


# Samples of a law of times, in whole milliseconds.

_EXACT = 1e-9
_DOUBLINGS = 40


def cut_mean(law: Law, longest: float) -> float:
    """Return the mean (s) of a law whose times beyond `longest` s are cut to that."""
    mean, spread = law.mean, law.spread
    if law.shape == "exponential":
        return mean * -expm1(-longest / mean)
    if law.shape == "lognormal" and spread > 0:
        normal, centre = NormalDist(), (log(longest / mean) + spread**2 / 2) / spread
        return mean * normal.cdf(centre - spread) + longest * normal.cdf(-centre)
    return min(mean, longest)


@lru_cache(maxsize=64)
def before_cut(law: Law, longest: float) -> Law:
    """Return the law that has the mean asked for once its times are cut at `longest` s.

    Where the longest time leaves no such law, as for a mean close to it, the nearest is taken.
    """
    if law.mean == 0 or cut_mean(law, longest) >= law.mean * (1 - _EXACT):
        return law
    low, high = law.mean, law.mean * 2.0**_DOUBLINGS
    for _ in range(2 * _DOUBLINGS):
        middle = sqrt(low * high)
        short = cut_mean(replace(law, mean=middle), longest) < law.mean
        low, high = (middle, high) if short else (low, middle)
    return replace(law, mean=high)


def sample(law: Law, count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return `count` times (ms) with the law's mean.

    A log-normal law of mean m and spread s has the median m / exp(s^2 / 2).
    """
    mean = law.mean * MILLISECONDS
    if law.shape == "deterministic" or mean == 0:
        return np.full(count, round(mean), dtype=np.int64)
    if law.shape == "exponential":
        times = rng.exponential(mean, count)
    else:
        times = rng.lognormal(log(mean / exp(law.spread**2 / 2)), law.spread, count)
    # Beyond a year the caller's limit cuts anyway; above 2^63 the conversion would wrap.
    return np.rint(np.minimum(times, 3.2e10)).astype(np.int64)


# When attempts arrive: a Poisson process whose rate follows the hour of the day and daily bursts.


def rates(traffic: Traffic, first: int, seconds: int) -> NDArray[np.float64]:
    """Return the expected attempts of each second from `first` (s since 1970, local)."""
    instants = first + np.arange(seconds)
    of_day = instants % DAY
    start = to_seconds(traffic.start)
    open_lines = (instants >= start) & (instants < start + traffic.seconds)
    rate = np.where(open_lines, traffic.cps * np.asarray(traffic.diurnal)[of_day // HOUR], 0.0)
    for burst in traffic.bursts:
        # A burst may run past midnight.
        rate = np.where((of_day - burst.at) % DAY < burst.length, rate * burst.factor, rate)
    return rate


def arrivals(traffic: Traffic, first: int, seconds: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return the arrival times of `seconds` seconds from `first`, ascending (ms since 1970, local)."""
    counts = rng.poisson(rates(traffic, first, seconds))
    whole = np.repeat((first + np.arange(seconds)) * MILLISECONDS, counts)
    times = whole + rng.integers(0, MILLISECONDS, whole.size)
    times.sort()
    return times


# Further tries: a failed attempt comes again at once, same caller, same callee, another gateway.

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


# The attempts of one block of time, as a table of numbers: one row an attempt, codes instead of texts.

# Times as `*_ms` are exact (ms since 1970, local); `start` and `stop` are what a file says (s).
# `damage` is 0 for a sound line, else 1 + the position of its kind among those that act on lines.
# `written` is the instant that decides its file and place (s).
ROW = [
    ("start_ms", "i8"), ("stop_ms", "i8"), ("start", "i8"), ("stop", "i8"), ("hold", "i8"),
    ("caller_pdd", "i4"), ("callee_pdd", "i4"), ("caller", "u2"), ("callee", "u2"),
    ("caller_gateway", "u2"), ("callee_gateway", "u2"), ("end_reason", "u1"), ("end_direction", "u1"),
    ("callee_billing", "u1"), ("billing_mode", "u1"), ("codec", "u1"), ("columns", "u1"),
    ("damage", "u1"), ("tries", "u1"), ("answered", "?"), ("written", "i8"),
]  # fmt: skip
VOCABULARIES = {
    "end_reason": "end_reasons",
    "end_direction": "end_directions",
    "callee_billing": "callee_billings",
    "billing_mode": "billing_modes",
}


def draw(shares: Sequence[float], count: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Return `count` positions in `shares`, each drawn with its share as probability."""
    bounds = np.cumsum(shares)
    places: NDArray[np.intp] = np.searchsorted(bounds, rng.random(count) * bounds[-1], "right")
    return np.minimum(places, len(shares) - 1, out=places)


def zipf(count: int, skew: float) -> list[float]:
    """Return the shares of `count` gateways: the k-th carries traffic in proportion to 1 / k^skew."""
    raw = [1 / (rank**skew) for rank in range(1, count + 1)]
    return [share / sum(raw) for share in raw]


def generate(workload: Workload, block: int, first: int, seconds: int) -> Calls:
    """Return the attempts that arrive in block number `block`: `seconds` seconds from `first`.

    Each block draws from a stream of its own, so any process can make any block.
    """
    seed = np.random.SeedSequence(workload.seed, spawn_key=(block,))
    rng = np.random.Generator(np.random.PCG64(seed))
    starts = arrivals(workload.traffic, first, seconds, rng)
    calls = np.zeros(starts.size, dtype=ROW)
    calls["start_ms"] = starts
    calls["answered"] = rng.random(starts.size) < workload.traffic.asr
    _draw_route(calls, workload, rng)
    _draw_codes(calls, rng)
    setup = _draw_times(calls, workload.timing, rng)
    link_retries(calls, setup, workload.traffic.retries, workload.routing.callee_gateways, rng)
    calls["stop_ms"] = calls["start_ms"] + setup + calls["hold"]
    calls["start"] = calls["start_ms"] // MILLISECONDS
    calls["stop"] = calls["stop_ms"] // MILLISECONDS
    calls["written"] = calls["stop"]
    _draw_layout(calls, workload, rng)
    return calls if workload.layout.nonconnect else calls.compress(calls["answered"])


def _draw_route(calls: Calls, workload: Workload, rng: np.random.Generator) -> None:
    count, routing = calls.size, workload.routing
    subscribers = subscriber_count()
    calls["caller"] = rng.integers(0, subscribers, count)
    calls["callee"] = rng.integers(0, subscribers, count)
    calls["caller_gateway"] = draw(zipf(routing.caller_gateways, routing.skew), count, rng)
    calls["callee_gateway"] = draw(zipf(routing.callee_gateways, routing.skew), count, rng)
    if routing.codecs:
        calls["codec"] = draw([share for _, share in routing.codecs], count, rng)


def _draw_codes(calls: Calls, rng: np.random.Generator) -> None:
    for column, name in VOCABULARIES.items():
        good = draw(weights(name, "answered"), calls.size, rng)
        bad = draw(weights(name, "failed"), calls.size, rng)
        calls[column] = np.where(calls["answered"], good, bad)


def _draw_times(calls: Calls, timing: Timing, rng: np.random.Generator) -> NDArray[np.int64]:
    """Fill hold times and delays; return the set-up times (ms): a minimum plus a law of the rest."""
    count, least = calls.size, timing.min_setup
    hold = sample(before_cut(timing.hold, timing.max_hold), count, rng)
    longest = round(timing.max_hold * MILLISECONDS)
    calls["hold"] = np.where(calls["answered"], np.clip(hold, 1, longest), 0)
    rest = replace(timing.setup, mean=timing.setup.mean - least)
    above = sample(before_cut(rest, timing.max_setup - least), count, rng)
    setup = np.minimum(above + round(least * MILLISECONDS), round(timing.max_setup * MILLISECONDS))
    delay = np.minimum(sample(timing.pdd, count, rng), setup)
    calls["caller_pdd"] = delay
    calls["callee_pdd"] = delay * rng.integers(30, 95, count) // 100
    return setup


def _draw_layout(calls: Calls, workload: Workload, rng: np.random.Generator) -> None:
    columns = workload.layout.columns
    counts = np.array([count for count, _ in columns])
    calls["columns"] = counts[draw([share for _, share in columns], calls.size, rng)]
    if damage := line_damage(workload):
        shares = [share for _, share in damage]
        calls["damage"] = draw([1 - sum(shares), *shares], calls.size, rng).astype("u1")
        damage_numbers(calls, [name for name, _ in damage], workload.layout.interval, rng)
