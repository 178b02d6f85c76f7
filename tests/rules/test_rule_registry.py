"""The registry, its generated files and its data agree with the rules themselves."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from planner.catalogue.parameter import parameter
from planner.deployment.faults import FAULTS as LOADER
from planner.document.faults import FAULTS as READER
from planner.finding import Basis
from planner.rules import checks
from planner.rules.declaring import DECLARED, source
from planner.rules.page import describe, index
from planner.rules.registry import rules
from planner.rules.shared import limits
from planner.sizing.model import registry

PAGES = Path(__file__).parents[2] / "docs" / "rules"
MODULES = sorted(path for path in Path(checks.__path__[0]).glob("*.py") if path.stem != "__init__")
FREE = frozenset({0, 1, 2, 4, 10, 1024, 3600, 86400, -1, 20, 30})
"""Numbers code may hold: counts, powers of two for display, seconds of an hour and a day."""


def test_the_declarations_are_those_of_the_modules():
    assert DECLARED.read_text() == source(), "run `python -m planner.rules.declaring`"


def test_the_pages_are_those_of_the_rules():
    wanted = {f"{name}.md": describe(each) for name, each in rules().items()} | {"index.md": index(rules().values())}
    found = {path.name: path.read_text() for path in PAGES.glob("*.md")}
    assert found == wanted, "run `plan rules --format markdown -o docs/rules`"


def test_every_fault_of_the_readers_is_a_rule_with_its_severity():
    faults = READER | LOADER
    documented = {name: each.rule for name, each in rules().items() if each.rule.origin == "reader"}
    assert documented.keys() == faults.keys()
    assert {name: rule.severity for name, rule in documented.items()} == {
        name: each.severity for name, each in faults.items()
    }


@pytest.mark.parametrize("name", rules())
def test_needs_and_figures_exist(name):
    rule = rules()[name].rule
    for need in rule.needs:
        for each in need.split("|"):
            assert parameter(each) is not None, each
    assert set(rule.figures) <= registry().keys()


def test_every_limit_is_used_and_every_one_used_exists():
    text = "\n".join(path.read_text() for path in (*MODULES, *Path(checks.__path__[0]).parent.glob("*.py")))
    used = set(re.findall(r"""limit\(f?["']([^"'{]+)""", text))
    prefixes = tuple(each for each in used if each not in limits())
    assert prefixes == tuple(each for each in prefixes if each in ("look_alike.", "server.cps_"))
    assert {name for name in limits() if name not in used and not name.startswith(prefixes)} == set()


def test_every_limit_says_what_it_rests_on():
    for each in limits().values():
        assert isinstance(each.basis, Basis)
        assert each.unit
        assert all(each.source)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_no_figure_of_the_domain_stands_in_code(module):
    numbers = {
        node.value
        for node in ast.walk(ast.parse(module.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool)
    }
    assert numbers <= FREE
