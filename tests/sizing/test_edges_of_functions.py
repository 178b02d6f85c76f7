"""Each function of the formulas at its edges and against plain sums, for a number and for an array alike."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import pytest

from planner.sizing import array_functions, draws, functions
from planner.sizing.constants import Table
from planner.sizing.erlang import NUMBERS, channels, erlang_b
from planner.sizing.numbers import number

STEPS = Table(values=(4.0, 8.0, 16.0), thresholds=(0.0, 50.0, 200.0), unit="count", input="1/s")
# What rounding adds to a number, and what it does not.
HAIR, MORE = 1e-10, 1e-7
EDGES = {
    "ceil": [
        ((0.0,), 0),
        ((2.0,), 2),
        ((2 * (1 + HAIR),), 2),
        ((2 * (1 + MORE),), 3),
        ((1.2,), 2),
        ((7e6 * (1 + HAIR),), 7e6),
    ],
    "excess": [((5.0, 3.0), 2), ((3.0, 5.0), 0), ((3.0, 3.0), 0), ((0.5, 0.0), 0.5)],
    "quotient": [((6.0, 3.0, 10.0), 2), ((6.0, 3.0, 1.0), 1), ((6.0, 0.0, 7.0), 7), ((6.0, 0.5, 50.0), 12)],
    "exceeds": [((0.5,), 0), ((1.0,), 0), ((1 + HAIR,), 0), ((1 + MORE,), 1), ((2.0,), 1)],
    "power_of_two": [
        ((0.0,), 1),
        ((0.3,), 1),
        ((1.0,), 1),
        ((1.5,), 2),
        ((2.0,), 2),
        ((2.1,), 4),
        ((4.0,), 4),
        ((1023.5,), 1024),
        ((1024.0,), 1024),
        ((1024.5,), 2048),
    ],
    "choose": [((0.0, 5.0, 6.0, 7.0), 5), ((1.0, 5.0, 6.0, 7.0), 6), ((2.0, 5.0, 6.0, 7.0), 7)],
    "min": [((3.0, 1.0, 2.0), 1), ((1.0, 2.0), 1)],
    "max": [((3.0, 1.0, 2.0), 3), ((1.0, 2.0), 2)],
    # Closed forms: one channel blocks A / (1 + A), two A^2 / (2 + 2 A + A^2); where all is swamped, 1 - N / A.
    "blocked": [
        ((0.0, 0.0), 0),
        ((0.0, 3.0), 0),
        ((5.0, 0.0), 1),
        ((1.0, 1.0), 0.5),
        ((2.0, 2.0), 0.4),
        ((3e6, 1.0), 3e6 / (3e6 + 1)),
        ((9e5, 1.0), 9e5 / (9e5 + 1)),
        ((4e6, 2.0), 1 - 2 / 4e6),
    ],
    # A level of 64 and 4 of its deviations are 96, 1.5 times 64; at 4 times the load the level is 256.
    "surged": [
        ((10.0, 1.5, 0.0, 4.0), 15),
        ((64.0, 1.5, 64.0, 4.0), 96),
        ((256.0, 1.5, 64.0, 4.0), 320),
        ((256.0, 1.5, 64.0, 0.0), 384),
        ((0.0, 1.5, 64.0, 4.0), 0),
    ],
    # (1 - again) A^2 + (1 - load) A = load for one channel.
    "retried": [
        ((1.0, 1.0, 0.0), 0.5),
        ((1.0, 1.0, 0.5), math.sqrt(2) / (1 + math.sqrt(2))),
        ((0.0, 4.0, 0.5), 0),
        ((3.0, 0.0, 0.0), 1),
    ],
    # Nobody is turned away where the limit takes the surge, all are for ever where it takes less than the rate.
    "limited": [
        ((10.0, 10.0, 60.0, 0.5, 20.0), math.inf),
        ((10.0, 9.0, 60.0, 0.5, 20.0), math.inf),
        ((10.0, 25.0, 60.0, 0.5, 20.0), 0),
        ((10.0, 30.0, 60.0, 0.5, 20.0), 0),
        ((10.0, 20.0, 60.0, 0.0, 20.0), 0),
        ((10.0, 20.0, 60.0, 0.5, 20.0), 40 * math.log(0.5 + 0.5 * 1.5)),
    ],
    "refilled": [
        ((10.0, 10.0, 60.0, 0.5, 20.0, 3.0), 180),
        ((0.0, 10.0, 60.0, 0.5, 20.0, 3.0), 180),
        ((10.0, 20.0, 0.0, 0.5, 20.0, 3.0), 0),
    ],
    "part": [
        ((90.0, 200.0, 1.0, 0.01, 0.0), 90),
        ((9.0, 200.0, 2.0, 0.01, 0.0), 9),
        ((300.0, 200.0, 2.0, 0.01, 0.0), 117),
        ((300.0, 10.0, 2.0, 0.01, 0.0), 11),
        ((300.0, 20.0, 2.0, 0.01, 8.0), 4),
    ],
    "falling": [((0.0, STEPS), 4), ((199.9, STEPS), 8), ((200.0, STEPS), 16)],
    "rung": [
        ((0.0, STEPS), 4),
        ((4.0, STEPS), 4),
        ((4 * (1 + HAIR), STEPS), 4),
        ((4 * (1 + MORE), STEPS), 8),
        ((9.0, STEPS), 16),
        ((16.0, STEPS), 16),
        ((17.0, STEPS), 16),
    ],
    "pick": [((0.0, STEPS), 4), ((1.0, STEPS), 8), ((2.0, STEPS), 16)],
    "finite_level": [
        ((0.0, 10.0, 0.99), 0),
        ((5.0, 0.0, 0.99), 0),
        ((10.0, 10.0, 0.99), 10),
        ((12.0, 10.0, 0.99), 10),
        ((5.0, 10.0, 0.5), 5),
        ((5.0, 10.0, 638 / 1024 + 1e-9), 6),
        ((5.0, 10.0, 0.99), 9),
        ((5.0, 10.0, 1 - 1e-9), 10),
    ],
    "admitted": [((0.0, 0.01), 1), ((1e-9, 0.5), 1), ((1e8, 0.5), 5e7), ((1e6, 0.1), 9e5)],
    "channels": [((0.0, 0.01), 0), ((1.0, 0.5), 1), ((1.0, 0.49), 2), ((2.0, 0.4), 2), ((2.0, 0.39), 3)],
    "erlangs": [((0.0, 0.01), 0), ((1.0, 0.5), 1), ((2.0, 0.4), 2)],
    "finite_channels": [
        ((0.0, 9.0, 0.01), 0),
        ((3.0, 0.0, 0.01), 0),
        ((30.0, 9.0, 0.01), 9),
        ((1.0, 2.0, 0.5), 1),
        ((1.0, 2.0, 0.49), 2),
    ],
}


BETWEEN = (1e-9, *np.linspace(1e-4, 1 - 1e-4, 41).tolist(), 1 - 1e-9)


def poisson(mean, most):
    return [math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(most)]


@pytest.mark.parametrize("name", sorted(EDGES))
def test_edges(name):
    for operands, expected in EDGES[name]:
        found = getattr(functions, name)(*operands)
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-12), operands


@pytest.mark.parametrize("name", sorted(EDGES))
def test_edges_in_an_array(name):
    for width in {len(operands) for operands, _ in EDGES[name]}:
        rows = [(operands, expected) for operands, expected in EDGES[name] if len(operands) == width]
        columns = zip(*(operands for operands, _ in rows), strict=True)
        found = getattr(array_functions, name)(
            *(each[0] if isinstance(each[0], Table) else np.array(each) for each in columns)
        )
        assert found.tolist() == pytest.approx([expected for _, expected in rows], rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("made", [functions, array_functions])
def test_a_branch_that_is_not_chosen_is_not_computed(made):
    assert made.where(1.0, lambda: 5.0, lambda: 1 / 0) == 5
    assert made.where(0.0, lambda: 1 / 0, lambda: 6.0) == 6
    assert made.choose(1.0, 5.0, 6.0) == 6
    assert array_functions.where(np.array([1.0, 0.0]), lambda: 5.0, lambda: 6.0).tolist() == [5, 6]


def test_the_normal_quantile_is_within_what_is_said():
    exact = [NormalDist().inv_cdf(each) for each in BETWEEN]
    assert [functions.normal_quantile(each, NUMBERS) for each in BETWEEN] == pytest.approx(exact, abs=4.5e-4)
    assert functions.normal_quantile(0.5, NUMBERS) == pytest.approx(0, abs=4.5e-4)
    assert functions.normal_quantile(0.0, NUMBERS) == pytest.approx(-37.0471, abs=1e-3)


@pytest.mark.parametrize("mean", [10, 33.3, 250])
@pytest.mark.parametrize("chance", [0.05, 0.5, 0.9, 0.999])
def test_levels_are_within_one_call_of_the_exact_quantile(mean, chance):
    total = np.cumsum(poisson(mean, 600))
    exact = int(np.argmax(total >= chance))
    assert abs(functions.level(mean, chance) - exact) <= 1
    assert functions.level(0, chance) == 0
    z = NormalDist().inv_cdf(chance)
    expansion = mean + z * math.sqrt(mean) + (z * z - 1) / 6 - 0.5
    assert functions.poisson_level(mean, chance, NUMBERS) == pytest.approx(expansion, abs=5e-4 * math.sqrt(mean) + 1e-3)


def test_levels_are_never_negative():
    assert functions.poisson_level(0.1, 0.05, NUMBERS) == functions.poisson_level(0.0, 0.999, NUMBERS) == 0


@pytest.mark.parametrize(
    ("hold", "off"), [(0.2, 1e-3), (1, 1e-3), (60, 0.01), (180, 0.03), (600, 0.06), (3600, 0.01), (9000, 0.01)]
)
@pytest.mark.parametrize("chance", [0.5, 0.95])
def test_the_busiest_moment_is_that_of_so_many_samples_as_its_own_height_says(hold, off, chance):
    """p = chance^(1 / (n max(z(p)^2, 1))) for the n holding times of an hour, 3,600 of them at most, 1 at least."""
    normal, periods, found = NormalDist(), min(max(3600 / hold, 1), 3600), 0.5
    for _ in range(200):
        found = chance ** (1 / (periods * max(normal.inv_cdf(found) ** 2, 1)))
    said = functions.busiest_probability(hold, chance, NUMBERS)
    assert normal.inv_cdf(said) == pytest.approx(normal.inv_cdf(found), abs=off)


@pytest.mark.parametrize("rate", [0.3, 1, 7.5, 120])
@pytest.mark.parametrize("share", [1e-6, 1e-3, 0.02, 0.3, 0.9])
def test_a_limit_is_the_least_that_turns_away_so_few(rate, share):
    chances = poisson(rate, 400)

    def lost(limit):
        return sum((k - limit) * chance for k, chance in enumerate(chances) if k > limit) / rate

    assert functions.admitted(rate, share) == next(limit for limit in range(1, 400) if lost(limit) <= share)


@pytest.mark.parametrize("limit", [10.5, 12, 25])
@pytest.mark.parametrize(("again", "delay"), [(0.3, 20), (0.9, 20), (0.6, 90)])
def test_a_limit_turns_away_until_those_who_wait_are_few(limit, again, delay):
    rate, hold, step, clock = 10, 60, 0.005, 0.0
    waiting = again * rate * hold
    while rate + waiting / delay > limit:
        waiting += (again * (rate + waiting / delay - limit) - waiting / delay) * step
        clock += step
    assert functions.limited(rate, limit, hold, again, delay) == pytest.approx(clock, rel=2e-3, abs=2 * step)


def split_by_trial(*operands):
    """Count servers one by one."""
    fixed, per_call, shared, capacity, _, peak, load, blocking = operands
    if capacity <= fixed or per_call > capacity - fixed:
        return 0
    for servers in range(1, 10_000):
        calls = 0
        while servers > 1 and erlang_b(calls, load / servers) > blocking:
            calls += 1
        if fixed + per_call * (min(calls, peak) if servers > 1 else peak) + shared / servers <= capacity:
            return servers
    return None


SPLITS = [
    (0, 1, 0, 117, 0, 117, 100, 0.01),
    (0, 1, 0, 116, 0, 117, 100, 0.01),
    (5, 1, 0, 121, 0, 117, 100, 0.01),
    (5, 1, 10, 132, 0, 117, 100, 0.01),
    (5, 1, 10, 131, 0, 117, 100, 0.01),
    (0, 1, 0, 12, 0, 117, 100, 0.01),
    (0, 2, 300, 50, 0, 117, 100, 0.01),
    (0, 0, 300, 50, 0, 117, 100, 0.01),
    (0, 0, 300, 49.9, 0, 117, 100, 0.01),
    (0, 3, 0, 3, 0, 40, 2, 0.01),
    (0, 3, 0, 2.9, 0, 40, 2, 0.01),
    (5, 0, 0, 5, 0, 40, 2, 0.01),
    (6, 1, 0, 5, 0, 40, 2, 0.01),
    (5, 1, 0, 6, 0, 40, 0.3, 0.2),
]


def test_servers_are_the_fewest_that_hold_a_load():
    expected = [split_by_trial(*each) for each in SPLITS]
    assert [functions.split(*each, 0) for each in SPLITS] == expected
    columns = [np.array(each, float) for each in zip(*SPLITS, strict=True)]
    assert array_functions.split(*columns, 0).tolist() == expected
    # What rounding adds to a need makes no server more.
    assert functions.split(0, 1 + HAIR, 0, 117, 0, 117, 100, 0.01, 0) == 1
    assert functions.split(0, 1 + MORE, 0, 117, 0, 117, 100, 0.01, 0) == 2
    # Where what each needs by itself leaves calls too little, one server may do, and several never.
    for peak, servers in ((5, 1), (6, 0)):
        case = (95, 1, 0, 100, 0.05 + MORE, peak, peak / 2, 0.01, 0)
        assert functions.split(*case) == array_functions.split(*map(float, case)) == servers
    assert functions.split(95, 1, 0, 100, 0.05, 6, 3, 0.01, 0) == 3


def test_arrays_of_many_grades_have_the_channels_of_each():
    loads = np.array([0, 0.5, 3, 39.9, 40, 41.5, 300, 5000, 1e5])
    grades = np.geomspace(1e-6, 0.5, 12)
    found = array_functions.channels(loads[:, None], grades)
    assert found.tolist() == [[channels(load, grade) for grade in grades.tolist()] for load in loads.tolist()]
    few = array_functions.channels(loads[:, None], grades[:3])
    assert few.tolist() == found[:, :3].tolist()
    # The least channels of a load that lies on the curve: nearly all of it is blocked.
    for grade in (0.9, 0.99, 0.999):
        expected = [channels(load, grade) for load in loads.tolist()]
        assert array_functions.channels(loads, grade).tolist() == expected


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.0, "0"),
        (-3.0, "-3"),
        (2.5, "2.5"),
        (1 / 3, "0.333333333333"),
        (123456.7890123456, "123456.789012"),
        (2.0**53 - 1, "9007199254740991"),
        (2.0**53, "9007199254740992"),
        (-(2.0**53), "-9007199254740992"),
        # Beyond, whole numbers have gaps: twelve digits are what is known.
        (2.0**53 + 2, "9007199254740000.0"),
        (2.0**54, "1.8014398509500e+16"),
        (1e300, "1e+300"),
    ],
)
def test_numbers_of_documents_are_whole_where_they_are_exact(value, written):
    found = number(value)
    assert repr(found) == repr(int(written) if written.lstrip("-").isdigit() else float(written))


def test_few_callers_without_load_take_no_channel():
    assert draws.near_finite_channels(0, 100, 0.01) == 0
    assert draws.near_finite_channels(1e-9, 100, 0.01) > 0
