"""The registry, its generated files and its data agree with the rules themselves."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import pytest

from planner.catalogue.pages import readers_rule
from planner.catalogue.parameter import parameter
from planner.catalogue.releases import kernel_key, server_option
from planner.finding import Basis
from planner.rules import checks
from planner.rules.page import describe, index
from planner.rules.registry import rules
from planner.rules.rule import Rule
from planner.sizing.constants import data
from planner.sizing.evaluation import registry

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "rules"
MODULES = sorted(path for path in Path(checks.__path__[0]).glob("*.py") if path.stem != "__init__")
PLANNER, LIMITS = ROOT / "planner", data("limits")["limits"]
FREE = frozenset({0, 1, 2, 4, 10, 1024, 3600, 86400, -1, 20, 30})
"""Numbers code may hold: counts, powers of two for display, seconds of an hour and a day."""


def test_the_pages_are_those_of_the_rules():
    wanted = {f"{name}.md": describe(each) for name, each in rules().items()} | {"index.md": index(rules().values())}
    found = {path.name: path.read_text() for path in PAGES.glob("*.md")}
    assert found == wanted, "run `plan rules --format markdown -o docs/rules`"


def test_the_rules_of_the_readers_are_those_they_name():
    rooms = [*ROOT.glob("planner/document/*.py"), *ROOT.glob("planner/deployment/*.py")]
    names = {name for name, each in rules().items() if each.rule.origin == "reader"}
    said = {
        node.value
        for path in [*rooms, ROOT / "planner/catalogue/quantity.py", ROOT / "planner/catalogue/units.py"]
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in rules()
    }
    assert names <= said


def test_each_check_is_that_of_a_rule_and_each_rule_has_one():
    named = {f"{each.rule.module}.{name.replace('-', '_')}" for name, each in rules().items() if each.rule.module}
    written = {
        f"{path.stem}.{node.name}"
        for path in MODULES
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }
    assert named == written


PARTS = {name for name, each in inspect.signature(Rule.found).parameters.items() if each.kind != each.VAR_KEYWORD}
"""What `Rule.found` is told of a finding beside the values of its words."""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_each_check_fills_in_what_its_page_says(path):
    for check in ast.parse(path.read_text()).body:
        for call in ast.walk(check):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "found":
                rule = rules()[check.name.replace("_", "-")].rule
                advised = any(each.arg == "advice" for each in call.keywords)
                wanted = set(re.findall(r"\{(\w+)\}", rule.message + ("" if advised else rule.help)))
                assert rule.message, check.name
                assert {each.arg for each in call.keywords} - PARTS == wanted, check.name


@pytest.mark.parametrize("name", [name for name, each in rules().items() if each.rule.origin == "reader"])
def test_a_readers_rule_states_what_is_right(name):
    assert readers_rule(name).help.endswith(".")


@pytest.mark.parametrize("name", rules())
def test_needs_and_figures_exist(name):
    rule = rules()[name].rule
    for need in rule.needs:
        for each in need.split("|"):
            section, _, key = each.partition(".")
            option = section == "mysql" and any(server_option(key, mariadb=one) for one in (True, False))
            assert parameter(each) or option or (section == "sysctl" and kernel_key(key)), each
    assert set(rule.figures) <= registry().keys()


def test_every_limit_is_used_and_every_one_used_exists():
    text = "\n".join(path.read_text() for room in ("rules", "sizing") for path in (PLANNER / room).rglob("*.py"))
    used = set(re.findall(r"""limit\(f?["']([^"'{]+)""", text))
    prefixes = tuple(each for each in used if each not in LIMITS)
    assert prefixes == tuple(each for each in prefixes if each in ("look_alike.", "server.cps_"))
    assert {name for name in LIMITS if name not in used and not name.startswith(prefixes)} == set()


def test_every_limit_says_what_it_rests_on():
    for each in LIMITS.values():
        assert Basis(each["basis"])
        assert each["unit"]
        assert all(each["source"])


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_no_figure_of_the_domain_stands_in_code(module):
    numbers = {
        node.value
        for node in ast.walk(ast.parse(module.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool)
    }
    assert numbers <= FREE
