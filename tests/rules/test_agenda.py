"""Which rules run over a deployment, which are skipped and why, and in which order that is told."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from planner import Deployment
from planner.deployment.model import UndecidableError
from planner.finding import Basis, Severity, Skip
from planner.rules import engine
from planner.rules.engine import Agenda
from planner.rules.rule import Rule
from planner.rules.site import Site


def registered(name, *needs, check=lambda *_: iter(())):
    return SimpleNamespace(rule=Rule(name, Severity.ERROR, Basis.ADVICE, (), needs), check=check)


def never(*_):
    pytest.fail("a rule ran whose need is not declared")


def undecidable(*_):
    raise UndecidableError("it is no number")


def site(**values):
    return Site(Deployment().override({name.replace("_", "."): value for name, value in values.items()}))


def test_a_rule_runs_only_where_its_needs_are_declared():
    agenda = Agenda([registered("one", "a.x", check=never), registered("two", "a.y|a.z")])
    assert agenda.run(site(a_z=1)) == ([], (Skip("one", "a.x is not declared"),))
    assert agenda.run(site(a_q=1))[1] == (Skip("one", "a.x is not declared"), Skip("two", "a.y or a.z is not declared"))


def test_a_value_nobody_could_read_is_not_declared():
    agenda = Agenda([registered("one", "a.x", check=never)])
    assert agenda.run(site(a_x=None))[1] == (Skip("one", "a.x is not declared"),)


def test_what_a_check_finds_comes_in_the_order_of_the_rules():
    agenda = Agenda([registered("one", check=lambda *_: iter("ab")), registered("two", check=lambda *_: "c")])
    assert agenda.run(site())[0] == ["a", "b", "c"]


def test_what_could_not_be_decided_stands_among_what_was_skipped_in_the_order_of_the_rules():
    rules = [
        registered("one", "a.x"),
        registered("two", check=undecidable),
        registered("three", "a.x"),
        registered("four", check=lambda *_: 1 / 0),
    ]
    skipped = Agenda(rules).run(site(a_q=1))[1]
    assert [each.rule for each in skipped] == ["one", "two", "three", "four"]
    assert skipped[1].reason == "it is no number"
    assert skipped[3].reason == "the declared values cannot be compared: division by zero"


def test_few_plans_are_kept(monkeypatch):
    monkeypatch.setattr(engine, "PLANS", 2)
    agenda = Agenda([registered("one", "a.x|a.y|a.z")])
    for name in ("a_x", "a_y", "a_z", "a_x"):
        assert agenda.run(site(**{name: 1})) == ([], ())
    assert agenda.run(site())[1] == (Skip("one", "a.x or a.y or a.z is not declared"),)
