"""The attempts of one block of time, as a table of numbers: one row an attempt, codes instead of texts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from planner.cdr.simulation.arrivals import arrivals
from planner.cdr.simulation.damage import damage_numbers, line_damage
from planner.cdr.simulation.laws import before_cut, sample
from planner.cdr.simulation.retries import link_retries
from planner.cdr.simulation.texts import subscriber_count
from planner.cdr.simulation.vocabulary import weights
from planner.cdr.simulation.workload import MILLISECONDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from planner.cdr.simulation.rows import Calls
    from planner.cdr.simulation.workload import Timing, Workload


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
