"""What rules compare with is what `plan size` says: the same figures, from the same formulas."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner import Deployment, size
from planner.finding import Basis
from planner.rules.needs import Needs
from planner.rules.registry import rules
from planner.sizing.evaluation import model

FIGURES = sorted({figure for each in rules().values() for figure in each.rule.figures})
BEYOND = ("server.share", "network.nic_bits_per_second", "traffic.concurrent_calls_p95")
SITES = st.fixed_dictionaries(
    {"traffic.cps": st.floats(0.001, 5000)},
    optional={
        "traffic.asr": st.floats(0.01, 1),
        "traffic.acd": st.floats(1, 1800),
        "server.media": st.sampled_from(["with", "without"]),
        "server.cpu_cores": st.integers(1, 128),
        "server.ram": st.integers(2**30, 2**40),
        "topology.servers": st.integers(1, 20),
        "softswitch.SS_CDR_RECORD_NONCONNECT": st.booleans(),
    },
)


@settings(max_examples=50, deadline=None)
@given(SITES)
def test_figures_are_those_of_the_sizing(values):
    deployment = Deployment().override(values)
    needs, sizing = Needs(deployment), size(deployment)
    for name in (*FIGURES, *BEYOND):
        need, figure = needs[name], sizing[name]
        assert (need.low, need.value, need.high) == tuple(figure.range), name
        assert needs.basis(name) is Basis(figure.grounds), name


@settings(max_examples=40, deadline=None)
@given(SITES, st.floats(0, 1))
def test_servers_that_are_surely_too_few_are_fewer_than_the_low_case(values, share):
    deployment = Deployment().override(values)
    need = Needs(deployment)["hardware.servers"]
    low, value = int(need.low), int(need.value)
    for count in {1, low - 1, low, int(low + share * (value - low)), value - 1}:
        if 0 < count < value:
            assert Needs(deployment).more_servers(count) is (count < low), count


def test_a_satisfied_need_asks_for_no_range(monkeypatch):
    needs = Needs(Deployment().override({"traffic.cps": 100}))
    monkeypatch.setattr(Needs, "range", lambda *_: pytest.fail("the ranges were computed"))
    assert needs["server.cps"].value == 100


def test_what_rules_compare_with_takes_no_other_figures(monkeypatch):
    parts = (model().compared, lambda _: pytest.fail("all figures were computed"))
    monkeypatch.setattr(model(), "parts", parts)
    needs = Needs(Deployment().override({"traffic.cps": 100}))
    assert all(needs[name].value >= 0 for name in FIGURES)


def test_an_unknown_figure_is_none():
    with pytest.raises(KeyError):
        Needs(Deployment().override({"traffic.cps": 100}))["no.figure"]
