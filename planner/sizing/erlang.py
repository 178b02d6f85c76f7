"""Traffic theory, exactly: Erlang B and C, Erlang B with retries, Engset.

All take the load in erlangs and whole numbers of channels. The recursions have no cancellation: every term is
in (0, 1]. For the inverses (channels for a grade of service, load for a number of channels) see
`planner.sizing.dimensioning`.
"""

from __future__ import annotations

from math import inf, lgamma, log

_ROUNDS = 200
_CLOSE = 1e-13


def erlang_b(channels: int, load: float) -> float:
    """Return the share of calls that find all channels busy (time and call congestion alike).

    Takes `channels` steps; underflows to 0 where the blocking is below 1e-308: see `log_erlang_b`.
    """
    _check(channels, load)
    blocking = 1.0
    for step in range(1, channels + 1):
        carried = load * blocking
        blocking = carried / (step + carried)
    return blocking


def log_erlang_b(channels: int, load: float) -> float:
    """Return the natural logarithm of Erlang B, for loads far below the number of channels."""
    _check(channels, load)
    if load == 0:
        return 0.0 if channels == 0 else -inf
    # B = (A^N / N!) / sum of A^k / k!, summed downwards from the largest term that matters.
    term = total = 1.0
    for step in range(channels, 0, -1):
        term *= step / load
        total += term
        if total > 1e280:  # noqa: PLR2004  rescaled before it overflows
            return _log_from_front(channels, load)
    return -log(total)


def _log_from_front(channels: int, load: float) -> float:
    # With the load far below the channels the sum is e^A less a tail that is shorter than rounding, or summed
    # here.
    peak = min(int(load), channels)
    term = total = 1.0
    for step in range(peak + 1, channels + 1):
        term *= load / step
        total += term
        if term < total * 1e-18:
            break
    term = 1.0
    for step in range(peak, 0, -1):
        term *= step / load
        total += term
        if term < total * 1e-18:
            break
    log_peak = peak * log(load) - lgamma(peak + 1)
    return channels * log(load) - lgamma(channels + 1) - log_peak - log(total)


def erlang_c(channels: int, load: float) -> float:
    """Return the share of calls that wait, where all wait for a free channel.

    At `load` >= `channels` all do.
    """
    if load >= channels:
        return 1.0
    blocking = erlang_b(channels, load)
    return channels * blocking / (channels - load * (1 - blocking))


def extended_erlang_b(channels: int, load: float, retry_share: float) -> tuple[float, float]:
    """Return (blocking, offered load) where `retry_share` of the blocked calls is tried again at once.

    Solves A' = A + r A' B(N, A') by damped repetition; without bound (r = 1 and A >= N) the load returned
    grows to the last round's. Raises ValueError for a share outside 0-1.
    """
    if not 0 <= retry_share <= 1:
        raise ValueError("the share of blocked calls that are tried again must be within 0-1")
    offered = load
    for _ in range(_ROUNDS):
        renewed = load + retry_share * offered * erlang_b(channels, offered)
        if abs(renewed - offered) <= _CLOSE * max(offered, 1):
            break
        offered = renewed
    return erlang_b(channels, offered), offered


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
