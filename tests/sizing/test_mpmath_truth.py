"""Traffic theory against its definitions in 40-digit arithmetic: each truth is summed from probabilities of states.

Inputs are drawn, extremes among them. Nothing of the product's formulas is used: no recursion, no integral.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mpmath import exp, findroot, fsum, gammainc, log, loggamma, lu_solve, matrix, mp, mpf, ncdf, npdf

from planner import Deployment, size
from planner.sizing import array_functions
from planner.sizing.erlang import (
    NUMBERS,
    SMALL,
    channels,
    engset_call_congestion,
    engset_time_congestion,
    erlang_b,
    erlangs,
    finite_channels,
)
from planner.sizing.functions import (
    admitted,
    blocked,
    busiest,
    busiest_probability,
    finite_level,
    level,
    normal_quantile,
    part,
    retried,
    split,
)

mp.dps = 40
drawn = settings(max_examples=20, deadline=None)
GRADES = st.one_of(st.sampled_from([1e-6, 0.001, 0.01, 0.05, 0.5]), st.floats(1e-7, 0.7))
# What the product forgives: rounding of the last digits.
NEAR = 1e-9


def loss(count, load):
    """Return Erlang's B by its definition: the last of the states load^k / k!, over all of them."""
    term, terms, load = mpf(1), [mpf(1)], mpf(load)
    for state in range(count, 0, -1):
        term *= state / load
        terms.append(term)
        if state < load and term < mpf(10) ** -30:
            break
    return 1 / fsum(terms)


def needed(load, grade):
    """Return the fewest channels, counted up: the last state's weight over that of all states."""
    count, weight, total = 0, mpf(1), mpf(1)
    while weight > mpf(grade) * (1 + NEAR) * total:
        count += 1
        weight *= mpf(load) / count
        total += weight
    return count


def congestion(count, callers, idle):
    """Return the probability that so many of the callers are busy, none above: binomial states, cut off."""
    weight, weights = mpf(1), [mpf(1)]
    for busy in range(count):
        weight *= mpf(callers - busy) / (busy + 1) * mpf(idle)
        weights.append(weight)
    return weights[-1] / fsum(weights)


def fewest(enough, guess):
    """Assert that `guess` is the least whole number that is enough, but for what rounding may forgive."""
    count = int(guess)
    assert count == guess
    assert enough(count, 1 + NEAR)
    assert count == 0 or not enough(count - 1, 1 - NEAR)


@drawn
@given(st.integers(0, 2500), st.floats(1e-6, 1e7))
@example(2500, 1e-6)
@example(2000, 500.0)
@example(1, 1e7)
def test_erlang_b_is_the_last_state(count, load):
    truth = loss(count, load)
    if truth > mpf(10) ** -300:
        assert erlang_b(count, load) == pytest.approx(float(truth), rel=1e-11)
        assert blocked(load, count) == pytest.approx(float(truth), rel=1e-10)
        assert array_functions.blocked(load, float(count)) == pytest.approx(float(truth), rel=1e-10)


@settings(drawn, max_examples=6)
@given(st.integers(20_000, 1_000_000), st.floats(0.999, 1.01))
def test_a_million_channels_are_no_less_exact(count, share):
    assert blocked(count * share, count) == pytest.approx(float(loss(count, count * share)), rel=1e-9)


@drawn
@given(st.floats(1, 400), st.floats(0.01, 800))
@example(2.5, 2.5)
@example(99.5, 80.0)
@example(1.07, 0.01)
@example(1.3, 0.01)
def test_between_whole_channels_it_is_the_incomplete_gamma_function(count, load):
    truth = exp(mpf(count) * log(load) - load) / gammainc(mpf(count) + 1, load)
    if truth > mpf(10) ** -280:
        # A load of less than a third of an erlang bends the integrand where a fraction of a channel begins.
        assert blocked(load, count) == pytest.approx(float(truth), rel=1e-7 if load >= 0.3 else 1e-5)


@drawn
@given(st.floats(1e-3, 2500), GRADES)
@example(39.999, 0.001)
@example(40.0, 0.001)
@example(3000.0, 0.001)
def test_channels_are_the_fewest(load, grade):
    found = channels(load, grade)
    fewest(lambda count, by: loss(count, load) <= mpf(grade) * by, found)
    assert array_functions.channels(load, grade) == found
    if load >= SMALL:
        assert array_functions._solved(np.array([load]), np.array([grade])) == found


@drawn
@given(st.integers(60, 20_000), st.sampled_from([1e-6, 0.001, 0.01, 0.5]))
def test_a_millionth_of_the_load_decides_between_two_counts(count, grade):
    """Of what so many channels carry one millionth less needs them all, and one more needs a channel more."""
    for function in (channels, array_functions.channels):
        assert [function(erlangs(count, grade) * by, grade) for by in (1 - 1e-6, 1 + 1e-6)] == [count, count + 1]


@drawn
@given(st.integers(1, 2500), GRADES)
@example(1, 1e-7)
@example(2, 0.7)
def test_a_load_is_blocked_by_exactly_the_grade(count, grade):
    for found in (erlangs(count, grade), float(array_functions.erlangs(float(count), grade))):
        assert float(loss(count, found)) == pytest.approx(grade, rel=1e-8)


@drawn
@given(st.integers(0, 120), st.integers(1, 200), st.floats(1e-4, 50))
@example(5, 10, 0.2)
@example(120, 30, 3.0)
def test_engset_is_binomial_states_cut_off(count, callers, idle):
    truth = congestion(count, callers, idle)
    assert engset_time_congestion(count, callers, idle) == pytest.approx(float(truth), rel=1e-11)
    others = congestion(count, callers - 1, idle)
    assert engset_call_congestion(count, callers, idle) == pytest.approx(float(others), rel=1e-11)


@drawn
@given(st.integers(1, 1500), st.floats(1e-4, 0.999), GRADES)
@example(90, 0.9, 0.001)
@example(1, 0.5, 0.001)
def test_channels_of_few_callers_are_the_fewest(callers, busy, grade):
    """Each caller is busy for a share of the time, and sees the others."""
    idle = mpf(callers * busy) / callers
    idle /= 1 - idle
    for function in (finite_channels, array_functions.finite_channels):
        found = float(function(callers * busy, float(callers), grade))
        assert found <= callers
        fewest(lambda count, by: congestion(count, callers - 1, idle) <= mpf(grade) * by, found)


@drawn
@given(st.integers(1, 3000), st.floats(1e-4, 0.9999), st.sampled_from([0.5, 0.95, 0.99, 0.999]))
@example(90, 80 / 90, 0.99)
@example(1, 0.5, 0.5)
@example(433, 0.5, 0.5)
def test_a_level_of_few_callers_is_their_binomial_quantile(callers, busy, probability):
    share = mpf(callers * busy) / callers
    chance = total = (1 - share) ** callers
    count = 0
    while total < mpf(probability) * (1 - mpf(10) ** -12) and count < callers:
        chance *= (callers - count) * share / ((count + 1) * (1 - share))
        count += 1
        total += chance
    assert finite_level(callers * busy, callers, probability) == count


def arrivals(rate, first, last):
    """Yield each number of Poisson arrivals in a range with its probability."""
    chance = exp(first * log(mpf(rate)) - rate - loggamma(first + 1))
    for count in range(first, last):
        yield count, chance
        chance *= mpf(rate) / (count + 1)


@drawn
@given(st.floats(10, 3000), st.sampled_from([0.5, 0.95, 0.99, 0.999, 0.99999]))
def test_a_level_of_many_callers_is_within_one_of_poissons_quantile(mean, probability):
    found = int(level(mean, probability))
    below = fsum(chance for _, chance in arrivals(mean, 0, found - 1))
    upto = fsum(chance for _, chance in arrivals(mean, found - 1, found + 2))
    assert below < probability <= below + upto


def turned_away(limit, rate):
    """Return the share of Poisson arrivals of a second that exceed a limit: the mean of what is beyond it."""
    end = int(max(limit, rate) + 40 * rate**0.5 + 60)
    return fsum((count - limit) * chance for count, chance in arrivals(rate, limit + 1, end)) / mpf(rate)


@pytest.mark.parametrize(("limit", "percent"), [(100, "3.99"), (110, "0.87"), (120, "0.10")])
def test_what_a_hard_limit_turns_away_of_a_hundred_a_second(limit, percent):
    share = turned_away(limit, 100)
    assert f"{float(share) * 100:.2f}" == percent
    assert admitted(100, float(share) * (1 + NEAR)) == limit
    assert admitted(100, float(share) * (1 - 1e-6)) == limit + 1


@drawn
@given(st.floats(0.01, 5000), GRADES)
@example(100.0, 0.001)
@example(0.01, 0.7)
def test_the_limit_is_the_least_that_turns_away_few_enough(rate, share):
    found = admitted(rate, share)
    assert found >= 1
    assert array_functions.admitted(rate, share) == found
    assert turned_away(int(found), rate) <= mpf(share) * (1 + NEAR)
    assert found == 1 or turned_away(int(found) - 1, rate) > mpf(share) * (1 - NEAR)


@drawn
@given(st.integers(1, 200), st.floats(0.1, 3), st.floats(0, 0.95))
@example(50, 1.2, 0.9)
@example(100, 3.0, 0.95)
def test_attempts_that_come_back_solve_the_extended_equation(count, share, again):
    """A' = A + r A' B(A'), halved between no retries and all attempts lost."""
    load = count * share
    low, high = mpf(load), load / (1 - mpf(again))
    for _ in range(45):
        middle = (low + high) / 2
        low, high = (middle, high) if load + again * middle * loss(count, middle) > middle else (low, middle)
    for found in (retried(load, count, again), float(array_functions.retried(load, float(count), again))):
        assert found == pytest.approx(float(loss(count, low)), rel=1e-7)


@drawn
@given(st.floats(1, 600))
def test_the_busiest_moment_solves_pickands_crossings(hold):
    """Of a process whose correlation falls as e^(-t/h), z is crossed z phi(z) / h times a second: z^2 (1 - Phi(z))."""
    chance, periods = 0.5, mpf(3600) / hold
    quantile = float(normal_quantile(busiest_probability(hold, chance, NUMBERS), NUMBERS))
    exact = findroot(lambda z: periods * max(z * z, 1) * log(ncdf(z)) - log(chance), quantile + 0.01)
    # Four steps: a thousandth of a deviation where calls are short, hundredths where few follow in an hour.
    assert quantile == pytest.approx(float(exact), abs=0.002 if hold <= 60 else 0.06)
    if exact > 2.5:
        crossed = findroot(lambda z: periods * z * npdf(z) + log(chance), exact)
        assert busiest(10_000, hold, chance) == pytest.approx(float(poisson_of(crossed)), abs=12)


def poisson_of(z, mean=10_000):
    return mean + z * mean**0.5 + (z * z - 1) / 6


@drawn
@given(st.floats(1e-9, 1 - 1e-9))
def test_the_normal_quantile_is_near(probability):
    found = float(normal_quantile(probability, NUMBERS))
    assert abs(float(ncdf(found)) - probability) <= 4.6e-4 * float(npdf(found)) + 1e-12 + abs(
        float(npdf(found) * found) * 4.6e-4**2
    )


# Splitting.


@pytest.mark.parametrize(("servers", "each", "load"), [(2, 3, 4.0), (2, 6, 6.0), (3, 2, 5.0)])
def test_a_split_load_is_blocked_as_the_chain_of_all_servers_says(servers, each, load):
    """Arrivals pick a server at random and are lost where it is full: the balance of all joint states, solved."""
    states = [()]
    for _ in range(servers):
        states = [(*state, calls) for state in states for calls in range(each + 1)]
    at = {state: index for index, state in enumerate(states)}
    flow = matrix(len(states), len(states))
    for state, index in at.items():
        for server, calls in enumerate(state):
            for more, rate in ((1, mpf(load) / servers if calls < each else 0), (-1, calls)):
                if rate:
                    there = at[(*state[:server], calls + more, *state[server + 1 :])]
                    flow[there, index] += rate
                    flow[index, index] -= rate
    # One balance follows from the others: in its place the states sum to one.
    for index in range(len(states)):
        flow[0, index] = 1
    found = lu_solve(flow, matrix([1] + [0] * (len(states) - 1)))
    lost = fsum(found[index] * mpf(state.count(each)) / servers for state, index in at.items())
    assert blocked(load / servers, each) == pytest.approx(float(lost), rel=1e-10)
    # So many channels are what each server is said to need for that grade of service, and one fewer is too few.
    assert part(1e9, load, servers, float(lost), 0) == each
    assert part(1e9, load, servers, float(lost) * 0.999, 0) == each + 1


@drawn
@given(st.floats(5, 300), st.integers(8, 100), GRADES, st.floats(0, 0.5), st.floats(0, 40))
@example(5.0, 8, 1e-7, 0.0, 0.0)
@example(100.0, 60, 0.001, 0.0, 0.0)
@example(200.0, 8, 1e-6, 0.3, 30.0)
def test_the_servers_are_the_fewest_whose_shares_fit(load, capacity, grade, fixed, shared):
    """Counted up from one server, each with the channels that its share of the load needs by its states."""

    whole, fixed = needed(load, grade), fixed * capacity
    servers = next(
        count
        for count in range(1, 3000)
        if fixed + min(whole, needed(load / count, grade)) + shared / count <= capacity * (1 + NEAR)
        or fixed + 1 > capacity
        or count > 400
    )
    found = split(fixed, 1.0, shared, capacity, 0, whole, load, grade, 0)
    if servers <= 400:
        assert found == servers
        rows = (fixed, 1.0, shared, float(capacity), 0.0, float(whole), load, grade, 0.0)
        assert float(array_functions.split(*rows)) == servers


@drawn
@given(st.integers(2, 9), st.integers(9, 500), st.floats(0.05, 0.9), GRADES)
@example(3, 10, 0.9, 0.001)
def test_the_fullest_server_holds_its_share_of_the_callers(servers, callers, busy, grade):
    """Ten callers on three servers are four on one: each busy for a share of the time, and seeing the others."""
    most = -(-callers // servers)
    idle = mpf(callers * busy) / callers
    idle /= 1 - idle
    for function in (part, array_functions.part):
        found = float(function(float(callers), callers * busy, servers, grade, callers))
        fewest(lambda count, by: congestion(count, most - 1, idle) <= mpf(grade) * by, found)


@pytest.mark.parametrize(("cps", "grade"), [(100, 0.001), (400, 0.001), (333, 0.02), (900, 1e-4)])
def test_the_program_says_what_the_states_do(cps, grade):
    """30 s an attempt; a server carries 5,000 calls with media and 200 attempts a second."""
    found = size(
        Deployment.from_mapping({"traffic": {"cps": cps, "codecs": "g729"}}), assume={"traffic.blocking": grade}
    )
    load, servers = cps * 30.0, found.value("hardware.servers")
    peak, each = (found.value(f"{name}.concurrent_calls{end}") for name, end in (("traffic", "_peak"), ("server", "")))
    for calls, share in ((peak, load), (each, load / servers)):
        fewest(lambda count, by, share=share: loss(count, share) <= mpf(grade) * by, calls)
    assert servers == next(n for n in range(1, 99) if cps / n <= 200 and loss(5000, load / n) <= mpf(grade))
    left = found.value("failure.servers_left")
    tier = int(found.value("hardware.tier_concurrent_calls"))
    assert found.value("failure.blocking") == pytest.approx(float(loss(tier, load / left)), rel=1e-8)
