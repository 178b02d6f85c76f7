"""Every rule's page: its examples fire at the places they name, or are silent, and its prose is complete."""

from __future__ import annotations

import re
from datetime import date

import pytest

from planner.finding import Basis, Severity
from planner.rules.page import examples, title
from planner.rules.policy import Policy
from planner.rules.registry import rules
from planner.rules.targets import Target
from planner.rules.validation import examine
from planner.rules.loading import load

RULES = rules()
CASES = [
    pytest.param(name, example, id=f"{name}-{number}")
    for name, registered in RULES.items()
    for number, example in enumerate(examples(registered.documentation), 1)
]


def places(name, example, folder, monkeypatch):
    monkeypatch.chdir(folder)
    (folder / example.filename).write_bytes(example.content)
    loaded = load(Target("file", example.filename, format=example.reader))
    found = examine(loaded, Policy(today=date(2030, 1, 1))).findings
    return sorted((each.span.line, each.span.column) for each in found if each.rule == name and not each.suppressed)


@pytest.mark.parametrize(("name", "example"), CASES)
def test_an_example_is_reported_where_its_page_says(name, example, tmp_path, monkeypatch):
    assert places(name, example, tmp_path, monkeypatch) == sorted(example.places)


@pytest.mark.parametrize("name", RULES)
def test_a_page_has_a_firing_and_a_silent_example(name):
    shown = examples(RULES[name].documentation)
    assert any(example.places for example in shown)
    assert any(not example.places for example in shown)


@pytest.mark.parametrize("name", RULES)
def test_a_page_says_why_and_what_to_do(name):
    documentation = RULES[name].documentation
    assert title(documentation)
    assert "## Why it matters\n" in documentation
    assert "## What to do\n" in documentation


@pytest.mark.parametrize("name", RULES)
def test_a_name_is_that_of_a_bad_state_and_the_severity_fits_the_basis(name):
    rule = RULES[name].rule
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", rule.name)
    assert rule.source
    if rule.basis in (Basis.ADVICE, Basis.ASSUMPTION):
        assert rule.severity is not Severity.ERROR


def test_the_registry_lists_every_module_in_order():
    assert list(RULES) == sorted(RULES)
