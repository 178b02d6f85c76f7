"""JSON: strict, located, duplicate keys told, and the same values the standard library reads."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.document.model import plain, walk
from planner.document.reader import parse
from planner.document.text import Lines

NUMBERS = st.integers(-(10**18), 10**18) | st.floats(allow_nan=False, allow_infinity=False)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


def read(text):
    return parse(text, "deployment.json")


@settings(deadline=None)
@given(VALUES.filter(lambda value: isinstance(value, dict)), st.sampled_from([None, 1, "\t"]))
def test_values_are_those_of_the_standard_library(value, indent):
    text = json.dumps(value, indent=indent)
    document = read(text)
    assert document.findings == ()
    assert plain(document.root) == json.loads(text)
    lines = Lines(text)
    for node in walk(document.root):
        assert json.loads(lines.slice(node.span)) == plain(node)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('{"a": 1,}', 1, 9),
        ("[1,]", 1, 4),
        ('{"a" 1}', 1, 6),
        ('{"a": 1', 1, 8),
        ('{\n"a": [1 2]}', 2, 9),
        ("nul", 1, 1),
        ('{"a": 01}', 1, 7),
        ('{"a": .5}', 1, 7),
        ('{"a": +5}', 1, 7),
        ('{"a": NaN}', 1, 7),
        ("{'a': 1}", 1, 2),
        ('{"a": "x', 1, 7),
        ('{"a": "\\q"}', 1, 8),
        ('{"a": "\t"}', 1, 8),
        ('{"a": 1} x', 1, 10),
        ("[1]]", 1, 4),
        ("[}", 1, 2),
        ("{]", 1, 2),
        ("[,]", 1, 2),
        ("{,}", 1, 2),
        ("// c\n{}", 1, 1),
        ('{"a": "\\ud800"}', 1, 7),
    ],
)
def test_a_syntax_error_has_a_place(text, line, column):
    document = read(text)
    assert document.root is None
    (found,) = document.findings
    assert (found.rule, found.span.line, found.span.column) == ("syntax-error", line, column)


def test_a_duplicate_key_shows_both_places():
    (found,) = read('{"a": 1,\n "b": {"c": 1, "c": 2}}').findings
    assert (found.rule, found.span.line, found.span.column) == ("duplicate-key", 2, 16)
    assert found.related[0].span.column == 8


def test_depth_and_long_numbers_are_bounded():
    assert read("[" * 100_000).findings[0].rule == "nesting-too-deep"
    document = read('{"a": ' + "9" * 10_000 + "}")
    assert [found.rule for found in document.findings] == ["number-too-long"]
    assert document.root.get("a").value == "9" * 10_000
