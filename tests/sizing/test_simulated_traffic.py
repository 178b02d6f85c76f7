"""A discrete-event simulation against the formulas: blocking is Erlang B's, mean concurrency Little's law."""

from __future__ import annotations

from statistics import mean, stdev

import ciw
import pytest

from planner.sizing.erlang import erlang_b

CHANNELS, HOLD, LOAD = 20, 10.0, 16.0
WARM_UP, LENGTH, RUNS = 100.0, 3100.0, 6
# Two-sided 99 % point of Student's distribution with five degrees of freedom.
STUDENT = 4.03
LAWS = {
    "exponential": ciw.dists.Exponential(1 / HOLD),
    "deterministic": ciw.dists.Deterministic(HOLD),
    "uniform": ciw.dists.Uniform(0, 2 * HOLD),
    # Log-normal of mean 10 and coefficient of variation 1.3, as talk times are.
    "lognormal": ciw.dists.Lognormal(1.8075, 0.9950),
}


def run(law, seed):
    ciw.seed(seed)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(LOAD / HOLD)],
        service_distributions=[LAWS[law]],
        number_of_servers=[CHANNELS],
        queue_capacities=[0],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(LENGTH)
    records = simulation.get_all_records(only=["service", "rejection"])
    seen = [item for item in records if item.arrival_date > WARM_UP]
    blocked = sum(item.record_type == "rejection" for item in seen) / len(seen)
    carried = sum(
        max(min(item.service_end_date, LENGTH) - max(item.service_start_date, WARM_UP), 0)
        for item in records
        if item.record_type == "service"
    )
    return blocked, carried / (LENGTH - WARM_UP)


@pytest.mark.parametrize("law", LAWS)
def test_blocking_and_concurrency_of_a_simulated_trunk(law):
    runs = [run(law, seed) for seed in range(RUNS)]
    blocking = erlang_b(CHANNELS, LOAD)
    for expected, found in zip((blocking, LOAD * (1 - blocking)), zip(*runs, strict=True), strict=True):
        margin = STUDENT * stdev(found) / RUNS**0.5
        assert abs(mean(found) - expected) <= margin
        assert margin < max(0.5 * expected, 0.02)
