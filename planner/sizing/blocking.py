"""Erlang B for any real number of channels, in constant time, for numbers and for arrays alike.

1/B(N, A) is the integral over u >= 0 of e^-u (1 + u/A)^N (Jagerman, Some properties of the Erlang loss
function, 1974). The integrand is one hump of width about sqrt(N); Gauss-Legendre over the hump gives twelve
digits with the same nodes for every N. `m` is the namespace of functions: `math` for numbers, numpy for
arrays.
"""

from __future__ import annotations

from functools import cache
from math import cos, pi
from typing import Any

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


def log_reciprocal(channels: Any, load: Any, m: Any) -> tuple[Any, Any]:  # noqa: ANN401  numbers or arrays
    """Return ln(1/B) and its derivative with respect to the number of channels; both operands above 0."""
    mode, start, end = hump(channels, load, m)
    height = channels * m.log1p(mode / load) - mode
    half = (end - start) * 0.5
    middle = start + half
    area = slope = 0.0
    log1p, exp = m.log1p, m.exp
    for node, weight in gauss_legendre(NODES):
        at = middle + half * node
        growth = log1p(at / load)
        part = weight * exp(channels * growth - at - height)
        area = area + part
        slope = slope + part * growth
    return height + m.log(area * half), slope / area
