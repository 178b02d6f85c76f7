"""TOML: the values of tomllib, each with its place."""

from __future__ import annotations

import tomllib

import pytest

from planner.document.model import Scalar, plain, walk
from planner.document.reader import parse
from planner.document.text import Lines

TEXT = """# synthetic
title = "x \\"y\\""
a.b.c = 1
a."q.r" = 'lit'
[traffic]
cps = 100 # inline
list = [1, 2.5, # comment ]
  "x", [true], {k = 1, m.n = "z"}, ]
hexadecimal = 0xFF
big = 1_000
multi = \"\"\"
one "" \\"\"\" two\"\"\"\"
raw = '''it's'''
empty = {}
none = []
[[codecs]]
name = "g729"
[codecs.sub]
z = 1
[[codecs]]
name = "g711"
[ traffic . deep ]
"key with = sign" = false
"""


def test_values_are_those_of_tomllib():
    document = parse(TEXT, "deployment.toml")
    assert document.findings == ()
    assert plain(document.root) == tomllib.loads(TEXT)


def test_every_scalar_stands_where_it_says():
    lines = Lines(TEXT)
    scalars = [node for node in walk(parse(TEXT, "deployment.toml").root) if isinstance(node, Scalar)]
    assert len(scalars) == 18
    for node in scalars:
        assert tomllib.loads(f"x = {lines.slice(node.span)}")["x"] == node.value


def test_every_container_covers_its_members():
    lines = Lines(TEXT)
    for node in walk(parse(TEXT, "deployment.toml").root):
        for entry in getattr(node, "entries", ()):
            assert entry.key.span.path == "deployment.toml"
            assert lines.slice(entry.node.span) in lines.slice(node.span) or entry.name == "deep"
            assert entry.node.pointer.startswith(node.pointer)


@pytest.mark.parametrize("value", ["1979-05-27", "1979-05-27 07:32:00Z", "07:32:00", "inf", "nan", "-inf"])
def test_what_json_has_no_type_for_stays_text(value):
    assert parse(f"a = {value} # c\n", "x.toml").root.get("a").value == value


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("a = \n", "syntax-error", 1),
        ("a = 1\na = 2\n", "syntax-error", 2),
        ("x = 1\n[a\n", "syntax-error", 2),
        ("x = [1", "syntax-error", 1),
        ("a = 1 b\n", "syntax-error", 1),
        ("a = " + "9" * 10_000, "number-too-long", 1),
        ("a = " + "[" * 5_000, "nesting-too-deep", 1),
        ("a = " + "[" * 70 + "]" * 70, "nesting-too-deep", 1),
        ("b = 1\n" + ".".join("a" * 100) + " = 1", "nesting-too-deep", 2),
        ("[" + ".".join("a" * 60_000) + "]", "nesting-too-deep", 1),
    ],
)
def test_what_cannot_be_read_is_a_finding_with_a_line(text, rule, line):
    document = parse(text, "x.toml")
    assert document.root is None
    assert [(found.rule, found.span.line) for found in document.findings] == [(rule, line)]
