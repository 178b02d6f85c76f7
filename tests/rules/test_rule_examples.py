"""Every rule's page: its examples fire at the places they name, or are silent, and its prose is complete."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pytest
from page_examples import examples

from planner.finding import Basis, Severity
from planner.rules.discovery import Target, load
from planner.rules.page import reason, title
from planner.rules.policy import Policy
from planner.rules.registry import rules
from planner.rules.validation import examine

SAID = Path(__file__).with_name("said.txt")
"""What every rule says of the examples of its page; `PLAN_UPDATE_GOLDEN=1` writes it anew."""
RULES = rules()
CASES = [
    pytest.param(name, example, id=f"{name}-{number}")
    for name, registered in RULES.items()
    for number, example in enumerate(examples(registered.documentation), 1)
]


def loaded_from(example, folder):
    """Write the example's files; return what they declare, and at which line of the example each begins."""
    if example.format != "tree":
        (folder / example.filename).write_bytes(example.content)
        return load(Target("file", example.filename, format=example.reader)), {}
    firsts = {}
    for part in example.parts():
        path = folder / "root" / part.path
        path.parent.mkdir(parents=True, exist_ok=True)
        if part.link:
            path.symlink_to(part.link)
            continue
        path.write_text(part.text)
        path.chmod(part.mode)
        firsts[str(Path("root", part.path))] = part.line
    return load(Target("host", "root")), firsts


def reported(name, example, folder, monkeypatch):
    """Return what the rule says of an example, in order, each finding with its line of the example."""
    monkeypatch.chdir(folder)
    loaded, firsts = loaded_from(example, folder)
    found = examine(loaded, Policy(today=date(2030, 1, 1))).findings
    said = {each.span: each for each in found if each.rule == name and not each.suppressed}
    placed = ((span.line + firsts.get(span.path, 1) - 1, each) for span, each in said.items())
    return sorted(placed, key=lambda each: (each[0], each[1].span.column, each[1].message))


def spelled(said):
    """Return all that is said of an example: message, advice and the other places."""
    lines = []
    for line, each in said:
        lines += [f"{line}:{each.span.column} {each.severity.value}: {each.message}", f"    {each.help}"]
        lines += [f"    {other.span.line}:{other.span.column} {other.message}" for other in each.related]
    return "".join(f"{line}\n" for line in lines)


def told():
    """Return what `said.txt` says of every example, by its name."""
    parts = re.split(r"^== (\S+)\n", SAID.read_text(), flags=re.MULTILINE)[1:] if SAID.exists() else []
    return dict(zip(parts[::2], parts[1::2], strict=True))


@pytest.mark.skipif(not os.environ.get("PLAN_UPDATE_GOLDEN"), reason="writes what is said of every example anew")
def test_what_is_said_is_written_down(tmp_path, monkeypatch):
    texts = []
    for case in CASES:
        (tmp_path / case.id).mkdir()
        if text := spelled(reported(*case.values, tmp_path / case.id, monkeypatch)):
            texts.append(f"== {case.id}\n{text}")
    SAID.write_text("".join(texts))


TOLD = told()


@pytest.mark.parametrize(("name", "example"), CASES)
def test_an_example_is_reported_as_its_page_says(name, example, tmp_path, monkeypatch, request):
    said = reported(name, example, tmp_path, monkeypatch)
    expected = sorted(example.places)
    assert [(line, each.span.column, each.severity.value) for line, each in said] == [each[:3] for each in expected]
    for (_, each), want in zip(said, expected, strict=True):
        assert want.words in each.message
    assert spelled(said) == TOLD.get(request.node.callspec.id, "")


@pytest.mark.parametrize(("name", "example"), [each for each in CASES if each.values[1].places])
def test_a_firing_example_states_severity_and_words(name, example):
    assert all(each.severity and each.words for each in example.places), name


@pytest.mark.parametrize("name", RULES)
def test_a_page_has_a_firing_and_a_silent_example(name):
    shown = examples(RULES[name].documentation)
    assert any(example.places for example in shown)
    assert any(not example.places for example in shown)


@pytest.mark.parametrize("name", RULES)
def test_a_page_says_why_and_what_to_do(name):
    documentation = RULES[name].documentation
    assert title(documentation)
    assert len(reason(documentation)) > 20
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
