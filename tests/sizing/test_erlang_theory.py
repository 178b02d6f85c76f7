"""Erlang B and Engset: against published and independently computed values."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.sizing.erlang import (
    channels,
    engset_call_congestion,
    engset_time_congestion,
    erlang_b,
    erlangs,
    finite_channels,
)
from planner.sizing.functions import refilled, retried

GRADES = (0.001, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1)
# Load in erlangs that N channels carry at each grade of service, to four decimals (50-digit arithmetic).
LOADS = {
    1: (0.0010, 0.0050, 0.0101, 0.0204, 0.0309, 0.0526, 0.1111),
    2: (0.0458, 0.1054, 0.1526, 0.2235, 0.2816, 0.3813, 0.5954),
    5: (0.7621, 1.1320, 1.3608, 1.6571, 1.8752, 2.2185, 2.8811),
    10: (3.0920, 3.9607, 4.4612, 5.0840, 5.5294, 6.2157, 7.5106),
    30: (16.6839, 19.0339, 20.3373, 21.9316, 23.0623, 24.8018, 28.1126),
    50: (32.5119, 35.9818, 37.9014, 40.2551, 41.9327, 44.5331, 49.5621),
    100: (75.2420, 80.9099, 84.0642, 87.9720, 90.7939, 95.2404, 104.1098),
    500: (448.1605, 464.5170, 474.0364, 486.4389, 495.8989, 511.7534, 546.7298),
    1000: (930.3251, 955.8646, 971.2041, 991.8541, 1008.1386, 1036.3922, 1101.8079),
    5000: (4868.4942, 4941.5265, 4990.2140, 5062.7998, 5125.6786, 5244.3669, 5545.7245),
    10000: (9831.8676, 9948.6259, 10031.2583, 10161.2040, 10278.5980, 10506.9846, 11101.1982),
}
BLOCKING = (
    (1, 1, 0.5),
    (5, 3, 0.110054347826),
    (10, 10, 0.214582343107),
    (100, 100, 0.0757004527109),
    (500, 480, 0.0143257807224),
    (10000, 9000, 2.09161979442e-26),
    (10000, 10000, 0.00793656324881),
    (100000, 100000, 0.00251889342355),
)
CHANNELS = (
    (10, 0.01, 18),
    (100, 0.01, 117),
    (500, 0.01, 527),
    (1000, 0.01, 1029),
    (3000, 0.01, 3023),
    (5000, 0.01, 5010),
    (5000, 0.001, 5133),
    (10000, 0.01, 9970),
    (20000, 0.001, 20211),
)
ENGSET = ((5, 10, 0.2, 0.0130556419, 0.0078231715), (10, 50, 0.1, 0.0087911318, 0.0077307590))


@pytest.mark.parametrize("count", LOADS)
def test_the_load_of_a_number_of_channels_to_the_last_printed_digit(count):
    assert [round(erlangs(count, grade), 4) for grade in GRADES] == list(LOADS[count])


@pytest.mark.parametrize(("grade", "load"), [(0.001, 99707.9626), (0.01, 100917.5342)])
def test_the_load_of_a_hundred_thousand_channels(grade, load):
    assert round(erlangs(100_000, grade), 4) == load


@pytest.mark.parametrize(("count", "load", "expected"), BLOCKING)
def test_blocking_to_twelve_digits(count, load, expected):
    assert float(f"{erlang_b(count, load):.12g}") == expected


@pytest.mark.parametrize(("load", "grade", "count"), CHANNELS)
def test_the_channels_of_a_load(load, grade, count):
    assert channels(load, grade) == count


@pytest.mark.parametrize(("count", "callers", "idle", "in_time", "of_calls"), ENGSET)
def test_finite_sources(count, callers, idle, in_time, of_calls):
    assert round(engset_time_congestion(count, callers, idle), 10) == in_time
    assert round(engset_call_congestion(count, callers, idle), 10) == of_calls


def test_finite_sources_need_fewer_channels_and_approach_erlang_b():
    assert finite_channels(20, 25, 0.01) < channels(20, 0.01)
    assert finite_channels(20, 100_000, 0.01) == channels(20, 0.01)
    assert finite_channels(0, 10, 0.01) == finite_channels(5, 0, 0.01) == 0


@given(st.integers(1, 3000), st.floats(1e-9, 1.2), st.sampled_from((1e-9, 1e-6, *GRADES, 0.5, 0.9)))
def test_channels_for_few_callers_are_the_first_of_the_recursion_that_suffices(callers, busy, blocking):
    idle = min(busy, 1 - 1e-9) / (1 - min(busy, 1 - 1e-9))
    found = int(finite_channels(busy * callers, callers, blocking))
    for count, enough in ((found - 1, False), (found, True)):
        if count >= 0:
            assert (engset_call_congestion(count, callers, idle) <= blocking * (1 + 1e-9)) is enough


@settings(deadline=None)
@given(st.integers(1, 3000), st.floats(0.01, 3000))
def test_blocking_falls_with_channels_and_rises_with_load(count, load):
    blocking = erlang_b(count, load)
    assert 0 <= blocking < 1
    assert erlang_b(count + 1, load) <= blocking <= erlang_b(count, load * 1.01)
    assert blocking >= 1 - count / load


@settings(deadline=None)
@given(st.floats(0.001, 20000), st.floats(1e-6, 0.8))
def test_channels_are_the_fewest_that_are_enough(load, grade):
    count = int(channels(load, grade))
    assert erlang_b(count, load) <= grade * (1 + 1e-8)
    assert count == 0 or erlang_b(count - 1, load) > grade * (1 - 1e-8)


@settings(deadline=None)
@given(st.integers(1, 1_000_000), st.floats(1e-6, 0.8))
def test_the_inverses_undo_each_other_up_to_a_million_channels(count, grade):
    assert channels(erlangs(count, grade), grade) == count


@pytest.mark.parametrize("bad", [(-1, 1.0), (1, -1.0), (1, math.inf), (1, math.nan)])
def test_impossible_systems_are_refused(bad):
    with pytest.raises(ValueError, match="0 or more"):
        erlang_b(*bad)


@pytest.mark.parametrize("again", [0, 0.3, 0.9])
@pytest.mark.parametrize(("load", "count"), [(10, 5), (100, 110), (600, 500), (3000, 5000), (20, 0)])
def test_attempts_that_come_back_are_blocked_by_the_load_they_make(load, count, again):
    """Extended Erlang B: A' = A + again * A' * B(A'), and B(A') is what is found."""
    found = retried(load, count, again)
    offered = load / (1 - again * found)
    assert found == pytest.approx(erlang_b(count, offered), rel=1e-6, abs=1e-12)
    assert found >= erlang_b(count, load) * (1 - 1e-9)


@pytest.mark.parametrize("limit", [100.5, 110, 200, 1e9])
@pytest.mark.parametrize("hold", [5, 20, 180])
@pytest.mark.parametrize("again", [0, 0.6])
def test_a_server_fills_again_as_steps_of_time_do(limit, hold, again):
    """Calls and callers who wait, followed in steps of a thousandth of the holding time."""
    rate, delay, times = 100, 20, math.log(20)
    step, calls, waiting, clock = hold / 2000, 0.0, again * rate * hold, 0.0
    while calls < 0.95 * rate * hold:
        tried = rate + waiting / delay
        let_in = min(tried, limit)
        waiting += (again * (tried - let_in) - waiting / delay) * step
        calls += (let_in - calls / hold) * step
        clock += step
    assert refilled(rate, limit, hold, again, delay, times) == pytest.approx(clock, rel=3e-3)
    assert refilled(rate, 90, hold, again, delay, times) == pytest.approx(3 * hold, rel=2e-3)
