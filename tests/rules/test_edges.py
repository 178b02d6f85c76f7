"""At which value each rule begins to speak, and at which it raises its voice: to the unit, in the examples of its page.

`edges.txt` holds one line for each edge: the example and the number in it that is varied, then two neighbouring values
and what the rule says of each. `PLAN_UPDATE_GOLDEN=1` looks for them anew; read the difference before it is committed.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from page_examples import examples

from planner.rules.discovery import Target, load
from planner.rules.engine import Agenda
from planner.rules.registry import rules
from planner.rules.site import Site

EDGES = Path(__file__).with_name("edges.txt")
NUMBER = re.compile(r"(?<=[\s=:,\-\[{/])\d{1,15}(?=[A-Za-z%]{0,4}(?:[\s,/\]}\-]|$))")
SILENT, REFUSED = "silent", "refused"


def firing():
    """Yield every rule that checks, with its examples that fire and are one file."""
    for name, registered in rules().items():
        if registered.rule.module:
            for number, example in enumerate(examples(registered.documentation), 1):
                if example.places and example.format in {"yaml", "sysctl", "mysql"} and not example.escaped:
                    yield name, number, example


@cache
def agenda(rule):
    return Agenda((rules()[rule],))


def said(rule, example, place, value):
    """Return the severity of what a rule says with another number in the place of one."""
    found = list(NUMBER.finditer(example.text))[place]
    Path(example.filename).write_text(f"{example.text[: found.start()]}{value}{example.text[found.end() :]}")
    loaded = load(Target("file", example.filename, format=example.reader))
    if any(each.rule == "out-of-range" for each in loaded.deployment.findings):
        return REFUSED
    spoken, _ = agenda(rule).run(Site(loaded.deployment, loaded.root, loaded.profile))
    return spoken[0].severity.value if spoken else SILENT


def between(one, other, told):
    """Return the neighbouring values, between two, of which different things are said."""
    state = told(one)
    while other - one > 1:
        middle = (one + other) // 2
        one, other = (middle, other) if told(middle) == state else (one, middle)
    return one, other


def found_edges(rule, example, place):
    """Yield the edges on either side of an example's number."""
    value = int(NUMBER.findall(example.text)[place])
    known = {}

    def told(number):
        if number not in known:
            known[number] = said(rule, example, place, number)
        return known[number]

    steps = sorted({0, *(value >> power for power in range(0, 24, 3)), *(value << power for power in range(0, 24, 3))})
    for low, high in pairwise(steps):
        while told(low) != told(high):
            below, low = between(low, high, told)  # noqa: PLW2901  on to the next edge
            if REFUSED not in (told(below), told(low)):
                yield f"{below} {told(below)} | {low} {told(low)}"


def searched():
    """Return the lines of `edges.txt`, looked for anew."""
    lines = []
    for rule, number, example in firing():
        for place, _ in enumerate(NUMBER.findall(example.text)):
            lines += [f"{rule} {number} {place}: {edge}" for edge in found_edges(rule, example, place)]
    return "".join(f"{line}\n" for line in lines)


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def stored():
    """Return the edges by rule."""
    by_rule = defaultdict(list)
    for line in EDGES.read_text().splitlines() if EDGES.exists() else ():
        place, edge = line.split(": ")
        rule, number, token = place.split()
        by_rule[rule].append((int(number), int(token), *edge.split(" | ")))
    return by_rule


@pytest.mark.skipif(not os.environ.get("PLAN_UPDATE_GOLDEN"), reason="looks for the edges anew")
@pytest.mark.usefixtures("here")
def test_edges_are_looked_for():
    EDGES.write_text(searched())


@pytest.mark.parametrize(("rule", "edges"), stored().items())
@pytest.mark.usefixtures("here")
def test_a_rule_begins_where_it_is_known_to(rule, edges):
    shown = examples(rules()[rule].documentation)
    for number, place, *sides in edges:
        for side in sides:
            value, state = side.split()
            assert said(rule, shown[number - 1], place, value) == state, (number, place, value)
