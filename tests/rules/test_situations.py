"""Situations of people's files, with all that has to be said of each: written down from the references, then run.

`situations.txt` holds one after the other: `== what it is (format)`, then `line severity rule` for each finding of all
rules, a blank line, and the text. What each has to be was known before it ran.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from planner.document.reader import parse
from planner.rules.discovery import Loaded, from_documents
from planner.rules.policy import Policy
from planner.rules.validation import examine, gather

TEXT = Path(__file__).with_name("situations.txt").read_text(encoding="utf-8")
NAMES = {"yaml": "a.yaml", "json": "a.json", "toml": "a.toml", "sysctl": "sysctl.conf", "option-file": "my.cnf"}
PART = re.compile(r"^== (.+) \(([a-z-]+)\)\n((?:\d.*\n)*)\n((?:(?!== ).*\n)*)", re.MULTILINE)
CASES = [pytest.param(*each.groups()[1:], id=each[1]) for each in PART.finditer(TEXT)]


@pytest.mark.parametrize(("form", "expected", "text"), CASES)
def test_all_is_said_that_has_to_be_and_nothing_else(form, expected, text):
    document = parse(text.rstrip("\n") + "\n", NAMES[form], form)
    found = gather([examine(Loaded(from_documents([document])), Policy(today=date(2026, 6, 1)))]).active
    assert [f"{each.span.line} {each.severity.value} {each.rule}" for each in found] == expected.splitlines()


def test_each_situation_is_read():
    assert len(CASES) == TEXT.count("\n== ") + 1 >= 50
