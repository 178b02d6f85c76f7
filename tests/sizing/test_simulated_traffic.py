"""Discrete-event simulations against the formulas: Erlang B, Little's law, a failed server, and filling again."""

from __future__ import annotations

import math
import random
from statistics import mean, stdev

import ciw
import pytest

from planner import Deployment, size
from planner.sizing.erlang import erlang_b
from planner.sizing.functions import limited

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


class Gate(ciw.routing.NodeRouting):
    """Lets attempts in as long as `open_` says so; of those turned away `again` come back from the third node."""

    def __init__(self, open_, again):
        self.open_, self.again = open_, again

    def next_node(self, _):
        nodes = self.simulation.nodes
        if self.open_(self.simulation):
            return nodes[2]
        return nodes[3] if random.random() < self.again else nodes[-1]  # noqa: S311  a simulation


def simulated(times, gate, *, until, seed, cut_off=0):
    """Return the simulation of attempts at a gate, of calls, and of callers who wait to try again.

    `times` are attempts a second, how long a call holds, and after how long a caller tries again.
    """
    rate, hold, delay = times
    one = ciw.dists.Deterministic(1)
    ciw.seed(seed)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate), None, ciw.dists.Sequential([0.0, math.inf])],
        batching_distributions=[one, one, ciw.dists.Sequential([cut_off, 1])],
        service_distributions=[
            ciw.dists.Deterministic(0.0), ciw.dists.Exponential(1 / hold), ciw.dists.Exponential(1 / delay)
        ],
        number_of_servers=[math.inf] * 3,
        routing=ciw.routing.NetworkRouting([gate, ciw.routing.Leave(), ciw.routing.Direct(to=1)]),
    )  # fmt: skip
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(until)
    return simulation


def per_second(limit):
    """Return a gate that lets `limit` attempts in within each second of the clock."""
    seen = {}

    def open_(simulation):
        second = int(simulation.current_time)
        seen[second] = seen.get(second, 0) + 1
        return seen[second] <= limit

    return open_


def interval(found):
    """Return half of the 99.9 % interval of the mean of runs."""
    return STUDENT_OF_24 * stdev(found) / len(found) ** 0.5


# Two-sided 99.9 % points of Student's distribution, with 24 and with four degrees of freedom.
STUDENT_OF_24, STUDENT_OF_4, REFILLS = 3.745, 8.61, 25


@pytest.mark.parametrize(("limit", "again", "delay"), [(15, 0.6, 10), (12, 0.8, 5), (1000, 0.6, 10), (8, 0.6, 10)])
def test_a_server_fills_again_under_its_limit_as_said(limit, again, delay):
    """A limit that binds at first, throughout, never, and for ever; callers who were cut off try again."""
    rate, asr, acd, setup = 10, 0.5, 30, 5
    found = size(
        Deployment.from_mapping(
            {"traffic": {"cps": rate, "asr": asr, "acd": acd, "setup_time": setup}, "softswitch": {"SS_MAXCPS": limit}}
        ),
        assume={"failure.again": again, "failure.again_delay": delay},
    )
    hold, until = setup + asr * acd, found.value("failure.refill_limited_seconds")
    cut_off = round(again * rate * hold)
    runs = [
        simulated((rate, hold, delay), Gate(per_second(limit), again), until=until, seed=seed, cut_off=cut_off)
        for seed in range(REFILLS)
    ]
    standing = [run.nodes[2].number_of_individuals for run in runs]
    assert abs(mean(standing) - 0.95 * min(rate, limit) * hold) <= interval(standing)
    assert interval(standing) < 0.06 * rate * hold


def test_the_limit_turns_attempts_away_as_long_as_said():
    rate, limit, hold, again, delay = 10, 15, 20, 0.6, 10
    until = limited(rate, limit, hold, again, delay)
    gate = Gate(per_second(limit), again)
    waiting = []
    for seed in range(REFILLS):
        gate.open_ = per_second(limit)
        run = simulated((rate, hold, delay), gate, until=until, seed=seed, cut_off=round(again * rate * hold))
        waiting.append(run.nodes[3].number_of_individuals)
    # Then as many a second try again as there is room for beside the first attempts.
    assert abs(mean(waiting) - (limit - rate) * delay) <= interval(waiting)


@pytest.mark.parametrize("again", [0, 0.6])
def test_one_server_fewer_blocks_what_a_simulation_does(again):
    """Two servers of 50 calls with 60 erlang: the one left turns attempts away, and callers come back."""
    traffic = {"cps": 2, "asr": 0.5, "acd": 50, "setup_time": 5, "codecs": "g711"}
    declared = Deployment.from_mapping({"traffic": traffic, "topology": {"servers": 2}})
    found = size(declared, assume={"failure.again": again, "limit.calls_media": 50})
    assert found.value("failure.servers_left") == 1
    assert found.value("hardware.tier_concurrent_calls") == 50
    shares = []
    for seed in range(5):
        tried, lost = [0, 0], [0, 0]

        def open_(simulation, tried=tried, lost=lost):
            free = simulation.nodes[2].number_of_individuals < 50
            settled = simulation.current_time > 150
            tried[settled] += 1
            lost[settled] += not free
            return free

        simulated((2, 30, 20), Gate(open_, again), until=1500, seed=seed)
        shares.append(lost[1] / tried[1])
    expected = found.value("failure.blocking_retried")
    assert abs(mean(shares) - expected) <= STUDENT_OF_4 * stdev(shares) / 5**0.5
    if not again:
        assert expected == pytest.approx(found.value("failure.blocking"))
