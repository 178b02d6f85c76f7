"""How high concurrency goes: levels of the Poisson distribution, for numbers and for arrays alike.

With many channels the number of calls is Poisson-distributed around the offered load. Levels come from the
Cornish-Fisher expansion of the distribution and are within one call of the exact quantile from 10 erlangs up.
"""

from __future__ import annotations

import math
from typing import Any

_CENTRAL = (2.515517, 0.802853, 0.010328)
_TAIL = (1.432788, 0.189269, 0.001308)
STEPS = 4
"""Steps after which the quantile of the busiest moment stands still to 0.1 % of its deviations."""


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
    return float(math.ceil(value * (1.0 - 1e-9)))
