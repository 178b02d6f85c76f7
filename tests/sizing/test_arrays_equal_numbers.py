"""The model on arrays gives what it gives one scenario at a time."""

from __future__ import annotations

import numpy as np
import pytest
import random_deployments
from hypothesis import example, given, settings
from hypothesis import strategies as st

from planner import Deployment, size
from planner.sizing import array_functions
from planner.sizing import functions as scalar_functions
from planner.sizing.evaluation import assembled, model, registry
from planner.sizing.grid import Axis, Grid, _windows
from planner.sizing.leaves import resolve
from planner.sizing.result import ImpossibleInput

EVERY = tuple(registry())
on_arrays = assembled((), array_functions)


@settings(max_examples=25, deadline=None)
@given(st.lists(random_deployments.VALUES, min_size=2, max_size=6))
def test_random_deployments_together_and_alone(scenarios):
    resolved = [resolve(random_deployments.deployment(values), {}).numbers for values in scenarios]
    stacked = {name: np.array([leaves[name].range.typical for leaves in resolved], dtype=float) for name in resolved[0]}
    with np.errstate(all="ignore"):
        together = on_arrays(stacked)
    for position, leaves in enumerate(resolved):
        alone = model()({name: leaf.range.typical for name, leaf in leaves.items()})
        for name in EVERY:
            row = np.broadcast_to(together[name], len(resolved))[position]
            assert row == pytest.approx(alone[name], rel=1e-9, abs=1e-9), name


def test_a_grid_gives_what_sizings_give():
    base = Deployment().override({"traffic.codecs": "g729"})
    axes = (
        Axis("traffic.cps", [10.0, 4000.0]),
        Axis("traffic.codecs", [{"g711": 1.0}, {"g711": 0.5, "g729": 0.5}]),
        Axis("traffic.ptime", [0.02, 0.04]),
        Axis("cdr.line_bytes", [200.0, 340.0, "250:300:420"], assumed=True),
    )
    grid = Grid(base, axes)
    assert len(grid) == 24
    (chunk,) = grid.chunks(EVERY, ranged=True)
    for row in range(chunk.size):
        inputs = {name: values[row] for name, values in chunk.inputs.items()}
        line = inputs.pop("cdr.line_bytes")
        alone = size(base.override(inputs), assume={"cdr.line_bytes": line})
        for name in EVERY:
            found = [case[row] for case in chunk.figures[name]]
            assert found == pytest.approx(list(alone[name].range), rel=1e-9, abs=1e-9), name


def test_long_axes_are_probed_and_still_exact_and_checked():
    base = Deployment().override({"traffic.codecs": "g729"})
    rates = [float(rate) for rate in range(1, 61)]
    (chunk,) = Grid(base, [Axis("traffic.cps", rates)]).chunks(("hardware.disk_bytes",), ranged=True)
    alone = [size(base.override({"traffic.cps": rate}))["hardware.disk_bytes"].range for rate in rates[::7]]
    assert [tuple(case[row] for case in chunk.figures["hardware.disk_bytes"]) for row in range(0, 60, 7)] == alone
    days = Grid(base.override({"traffic.cps": 5}), [Axis("retention.cdr_days", list(range(100)))])
    (kept,) = days.chunks(("cdr.retained_bytes",))
    # No rotation is declared: the policy says how long CDR text is kept.
    expected = [5 * 300 * count * 86400 for count in range(100)]
    assert kept.figures["cdr.retained_bytes"][1].tolist() == expected
    with pytest.raises(ImpossibleInput, match=r"traffic\.cps"):
        Grid(base, [Axis("traffic.cps", [*rates, -1.0, *rates])])


@settings(deadline=None)
@given(st.lists(st.integers(1, 15), min_size=1, max_size=4), st.integers(5, 500))
def test_windows_cover_the_grid_once_and_stay_small(shape, most):
    seen = np.zeros(shape, dtype=int)
    for window in _windows(tuple(shape), most):
        seen[window] += 1
        assert seen[window].size <= most
    assert (seen == 1).all()


@settings(deadline=None)
@given(st.lists(st.one_of(st.just(0.0), st.floats(1e-6, 1e7)), min_size=1, max_size=30))
@example([6137284.0, 56387.8885562817])
def test_functions_agree(values):
    array = np.array(values)
    for name in ("ceil", "exceeds", "power_of_two"):
        alone = [getattr(scalar_functions, name)(value) for value in values]
        assert getattr(array_functions, name)(array).tolist() == alone
    for blocking in (1e-6, 0.01, 0.5):
        # Draws, grids and single sizings count the same channels, far into overload too.
        expected = [scalar_functions.channels(value, blocking) for value in values]
        assert array_functions.channels(array, blocking).tolist() == expected
    counts = np.ceil(array)
    assert array_functions.erlangs(counts, 0.01) == pytest.approx(
        [scalar_functions.erlangs(count, 0.01) for count in counts.tolist()]
    )
    assert array_functions.level(array, 0.99) == pytest.approx([scalar_functions.level(v, 0.99) for v in values])
    assert array_functions.quotient(array, array - array, 7.0).tolist() == [7.0] * len(values)


def test_an_impossible_value_of_an_axis_is_refused():
    with pytest.raises(ImpossibleInput, match=r"traffic\.asr"):
        Grid(Deployment().override({"traffic.cps": 10}), [Axis("traffic.asr", [0.4, 1.4])])
    with pytest.raises(ImpossibleInput, match="no values"):
        Grid(Deployment().override({"traffic.cps": 10}), [Axis("traffic.asr", [])])


@pytest.mark.parametrize(
    ("name", "ends"),
    {
        "blocked": [(0, 1e4), (1, 1e4)],
        "retried": [(0, 1e4), (1, 1e4), (0, 0.95)],
        "surged": [(0, 1e4), (0, 5), (0, 500), (0, 5)],
        "limited": [(0, 300), (0.1, 600), (1, 400), (0, 0.95), (1, 300)],
        "refilled": [(0, 300), (0.1, 600), (1, 400), (0, 0.95), (1, 300), (0.1, 5)],
    }.items(),
)
def test_what_happens_in_overload_and_after_a_restart(name, ends):
    chance = np.random.default_rng(3)
    operands = [low + (high - low) * chance.random(400) for low, high in ends]
    # What occurs in a grid: no load, numbers that are equal, cells that repeat.
    for column in operands:
        column[200:] = column[:200]
    operands[0][:3], operands[1][3:6] = 0, np.maximum(operands[0][3:6], 0.1)
    found = getattr(array_functions, name)(*operands)
    alone = [
        getattr(scalar_functions, name)(*row) for row in zip(*(column.tolist() for column in operands), strict=True)
    ]
    assert found.tolist() == pytest.approx(alone, rel=1e-6, abs=1e-12)
