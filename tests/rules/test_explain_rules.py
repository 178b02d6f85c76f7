"""`plan explain` knows every rule, parameter and figure, cites sources for people, and helps with slips."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from planner.catalogue.data import sources
from planner.catalogue.parameter import parameters
from planner.cli.explain import app
from planner.rules.registry import rules
from planner.sizing.explain import names

NAMES = sorted({*rules(), *(each.name for each in parameters()), *names()})
KEYS = [each for each in sources() if "-" in each]
"""The others are words of the language, too."""


def explain(*arguments):
    return CliRunner().invoke(app, list(arguments))


@pytest.mark.parametrize("part", range(8))
def test_every_name_is_explained_with_sources_people_can_read(part):
    for name in NAMES[part::8]:
        result = explain(name)
        assert (name, result.exit_code) == (name, 0)
        raw = [key for key in KEYS if f" {key}:" in result.stdout or f" {key}\n" in result.stdout]
        assert (name, raw) == (name, [])


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("unlimited-call-duraton", "unlimited-call-duration"),
        ("SS_MAXCP", "SS_MAXCPS"),
        ("softswitch.SS_MAXCP", "SS_MAXCPS"),
        ("net.core.rmem_mx", "net.core.rmem_max"),
        ("inodb_buffer_pool_size", "innodb_buffer_pool_size"),
        ("cdr.bytes_per_dya", "cdr.bytes_per_day"),
    ],
)
def test_a_slip_is_told_the_nearest_name_first(slip, meant):
    result = explain(slip)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"plan: nothing is named `{slip}`; close: {meant}")


@pytest.mark.parametrize("name", ["", "x\ny", "a" * 100_000])
def test_no_name_at_all_is_an_error_of_one_short_line(name):
    result = explain(name)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert len(result.stderr) < 300
