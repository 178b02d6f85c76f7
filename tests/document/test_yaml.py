"""YAML: what is written stays as written, every node knows its place, nonsense is a finding."""

from __future__ import annotations

import pytest
import yaml

from planner.document import yaml as yaml_reader
from planner.document.model import Mapping, Scalar, plain, walk
from planner.document.reader import parse
from planner.document.text import Lines


@pytest.fixture(params=["libyaml", "pure"], autouse=True)
def loader(request, monkeypatch):
    """Run every test with both parsers: the C one and the one PyYAML falls back to."""
    if request.param == "pure":
        monkeypatch.setattr(yaml_reader, "_loader", lambda: yaml.SafeLoader)


def read(text):
    return parse(text, "deployment.yaml")


def rules(document):
    return [(found.rule, found.span.line, found.span.column) for found in document.findings]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("On", "On"),
        ("Off", "Off"),
        ("yes", "yes"),
        ("no", "no"),
        ("True", "True"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("010", "010"),
        ("0", 0),
        ("-7", -7),
        ("+7", "+7"),
        ("12:30", "12:30"),
        ("1:30:00", "1:30:00"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("1.50", 1.5),
        (".5", ".5"),
        ("1.", "1."),
        ("1e3", 1000.0),
        ("1e400", "1e400"),
        (".inf", ".inf"),
        ("2026-01-31", "2026-01-31"),
        ("12025550123", 12025550123),
        ("00442055501", "00442055501"),
        ("85s", "85s"),
        ("50%", "50%"),
        ("'100'", "100"),
        ('"On"', "On"),
        ("!!str 100", "100"),
        ("! 100", "100"),
        ("!!int 100", 100),
        ("192.0.2.1", "192.0.2.1"),
        ("a: b".replace(": ", ":"), "a:b"),
    ],
)
def test_words_mean_what_they_say(written, value):
    node = read(f"key: {written}\n").root.get("key")
    assert node.value == value
    assert type(node.value) is type(value)


def test_every_node_has_its_pointer_place_and_text():
    text = "traffic:\n  cps: 100   # calls\n  a/b~c: [g729, 'g711']\nempty:\n"
    text += "block: |\n  one\n  two\nlast: {x: 1}\n"
    document = read(text)
    lines = Lines(text, "deployment.yaml")
    seen = {node.pointer: lines.slice(node.span) for node in walk(document.root)}
    assert seen == {
        "": text.rstrip("\n"),
        "/traffic": "cps: 100   # calls\n  a/b~c: [g729, 'g711']",
        "/traffic/cps": "100",
        "/traffic/a~1b~0c": "[g729, 'g711']",
        "/traffic/a~1b~0c/0": "g729",
        "/traffic/a~1b~0c/1": "'g711'",
        "/empty": "",
        "/block": "|\n  one\n  two\n",
        "/last": "{x: 1}",
        "/last/x": "1",
    }


def test_the_key_knows_its_place():
    entry = read("server:\n  'cpu_cores': 8\n").root.get("server").entry("cpu_cores")
    span = entry.key.span
    assert (span.line, span.column, span.end_line, span.end_column) == (2, 3, 2, 14)
    assert entry.key.quoted


def test_a_duplicate_key_is_a_finding_that_shows_both_places():
    document = read("a: 1\nb: 2\na: 3\n")
    (found,) = document.findings
    assert (found.rule, found.severity, found.span.line, found.span.column) == ("duplicate-key", "error", 3, 1)
    assert [(near.span.line, near.span.column) for near in found.related] == [(1, 1)]
    assert plain(document.root) == {"a": 3, "b": 2}


def test_merge_keys_bring_in_what_is_not_set():
    text = "base: &base {a: 1, b: {c: 2}}\nmore: &more {a: 7, d: 4}\nuse:\n  <<: [*base, *more]\n  b: 3\n"
    document = read(text)
    use = document.root.get("use")
    assert document.findings == ()
    assert plain(use) == {"a": 1, "d": 4, "b": 3}
    assert use.get("a").pointer == "/use/a"
    assert use.get("a").span.line == 1


def test_an_alias_repeats_the_value_below_its_own_pointer():
    document = read("one: &codecs [g729, {name: g711}]\ntwo: *codecs\n")
    assert plain(document.root.get("two")) == ["g729", {"name": "g711"}]
    assert [node.pointer for node in walk(document.root.get("two"))] == ["/two", "/two/0", "/two/1", "/two/1/name"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: b: c\n", [("syntax-error", 1, 5)]),
        ("a:\n\t- b\n", [("syntax-error", 2, 1)]),
        ("a: [1, 2\nb: 3\n", [("syntax-error", 2, 2)]),
        ("a: 'x\n", [("syntax-error", 1, 4)]),
        ("a: %x\n", [("syntax-error", 1, 4)]),
        ("a: *nowhere\n", [("syntax-error", 1, 4)]),
        ("a: 1\n---\nb: 2\n", [("unsupported-yaml", 2, 1)]),
        ("a: &a [1, *a]\n", [("recursive-anchor", 1, 11)]),
        ("a: &a {b: *a}\n", [("recursive-anchor", 1, 11)]),
        ("? [1]\n: 2\n", [("unsupported-yaml", 1, 3)]),
        ("? {a: 1}\n: 2\n", [("unsupported-yaml", 1, 3)]),
        ("a: &a [1]\n*a : 2\n", [("unsupported-yaml", 2, 1)]),
        ("a: 1\n<<: 5\n", [("unsupported-yaml", 2, 1)]),
        ("a: 1\n<<: [{b: 1}, 5]\n", [("unsupported-yaml", 2, 1)]),
        ("a: x\0y\n", [("unreadable-file", 1, 5)]),
        ("a: x\x07y\n", [("unreadable-file", 1, 5)]),
        ("[" * 65, [("nesting-too-deep", 1, 65)]),
        ("- " * 65, [("nesting-too-deep", 1, 129)]),
    ],
)
def test_what_cannot_be_read_is_a_finding_with_a_place(text, found):
    document = read(text)
    assert document.root is None
    assert rules(document) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: !!python/object:os.system x\n", [("unsupported-yaml", 1, 32)]),
        ("a: !custom {b: 1}\n", [("unsupported-yaml", 1, 4)]),
        ("a: !!set {b}\n", [("unsupported-yaml", 1, 4)]),
        ("a: !!binary aGk=\n", [("unsupported-yaml", 1, 13)]),
        (f"a: {'9' * 100}\n", [("number-too-long", 1, 4)]),
    ],
)
def test_odd_values_stay_text_and_are_findings(text, found):
    document = read(text)
    assert document.readable
    assert [(rule, line) for rule, line, _ in rules(document)] == [(rule, line) for rule, line, _ in found]


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "---\n", "%YAML 1.1\n---\n"])
def test_an_empty_file_is_readable(text):
    document = read(text)
    assert document.findings == ()
    assert document.root in (Mapping((), document.root.span, ""), Scalar(None, "", document.root.span, ""))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_do_not_move_places(end):
    document = read(end.join(("# c", "a: 1", "b:", "  c: 100", "")))
    node = document.root.get("b").get("c")
    assert (node.value, node.span.line, node.span.column) == (100, 4, 6)


@pytest.mark.parametrize("odd", ["\r", "\x85", "\u2028", "\u2029"])
def test_only_a_line_feed_counts_as_a_line_of_the_file(odd):
    text = f"a: 1{odd}b: 2\nc: 3\n"
    node = read(text).root.get("c")
    assert (node.span.line, node.span.column) == (2, 4)
    assert Lines(text).slice(node.span) == "3"


def test_anchors_and_tags_are_not_part_of_the_place():
    document = read("a: &x !!str 5\nb: &y\n  7\n")
    assert [(node.text, node.span.line, node.span.column) for node in walk(document.root) if node.pointer] == [
        ("5", 1, 13),
        ("7", 3, 3),
    ]
