"""The one interface: detection, encodings, unreadable input, and that nothing a user writes raises."""

from __future__ import annotations

import io
import json
import sys
import tomllib

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.document.model import Mapping, Scalar, plain, walk
from planner.document.reader import FORMATS, detect, parse, read
from planner.document.text import Lines, split_lines
from planner.finding import Span

READABLE = [kind for kind in FORMATS if kind != "unknown"]

TAB_DUMP = "Variable_name\tValue\nport\t3306\n"
BOX_DUMP = "+---+---+\n| Variable_name | Value |\n+---+---+\n| port | 3306 |\n"
SYSCTL_DUMP = "".join(f"net.ipv4.conf.eth{n}.rp_filter = 1\n" for n in range(30))


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        ("a/deployment.yaml", "", "yaml"),
        ("deployment.YML", "", "yaml"),
        ("d.json", "", "json"),
        ("d.toml", "", "toml"),
        ("/etc/sysctl.conf", "", "sysctl"),
        ("sysctl.conf.bak", "", "sysctl"),
        ("etc/sysctl.d/99-vos3000.conf", "", "sysctl"),
        ("/etc/my.cnf", "", "option-file"),
        ("my.cnf.rpmsave", "", "option-file"),
        ("my.ini", "", "option-file"),
        ("tuning.conf", "# c\nnet.core.rmem_max = 1\n", "sysctl"),
        ("tuning.conf", SYSCTL_DUMP, "sysctl"),
        ("sysctl-a.txt", SYSCTL_DUMP, "sysctl-dump"),
        ("variables.txt", TAB_DUMP, "variables-dump"),
        ("variables", BOX_DUMP, "variables-dump"),
        ("<stdin>", '{"traffic": {}}', "json"),
        ("<stdin>", "traffic:\n  cps: 1\n", "yaml"),
        ("<stdin>", "# c\n[mysqld]\nport=1\n", "option-file"),
        ("<stdin>", "!includedir /etc/my.cnf.d\n", "option-file"),
        ("<stdin>", '[traffic]\ncps = 100\nacd = "75s"\n', "toml"),
        ("<stdin>", 'title = "x"\n', "toml"),
        ("<stdin>", "hello world\n", "unknown"),
        ("<stdin>", "", "unknown"),
        ("x.png", "\x89PNG\r\n", "unknown"),
    ],
)
def test_formats_are_told_by_name_then_by_form(path, text, kind):
    assert detect(path, text) == kind
    assert parse(text, path).format == kind


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "utf-16-be-bom"])
def test_yaml_and_json_may_be_in_utf_8_or_utf_16(encoding):
    text = '{"naïve": "设置"}\n'
    data = text.encode(encoding.removesuffix("-bom"))
    if encoding.endswith("-bom"):
        data = "\ufeff".encode(encoding.removesuffix("-bom")) + data
    for name in ("x.yaml", "x.json", "unnamed"):
        document = parse(data, name)
        assert plain(document.root) == {"naïve": "设置"}
        assert [found.rule for found in document.findings] == ["odd-encoding"] * ("16" in encoding)
        assert document.root.entries[0].key.span.column == 2


@pytest.mark.parametrize(
    ("data", "name", "line", "column", "readable"),
    [
        (b"a: 1\nb: caf\xe9\n", "x.yaml", 2, 7, False),
        (b"\xef\xbb\xbfa: \xe9\n", "x.yaml", 1, 4, False),
        (b'{"a": "\xff"}', "x.json", 1, 8, False),
        (b"a = '\xff'\n", "x.toml", 1, 6, False),
        (b"vm.swappiness = 1\nkernel.hostname = caf\xe9\n", "sysctl.conf", 2, 22, True),
        (b"[mysqld]\nsocket = caf\xe9\n", "my.cnf", 2, 13, True),
        ("a = 1\n".encode("utf-16"), "sysctl.conf", 1, 1, False),
        ("[mysqld]\n".encode("utf-16"), "my.cnf", 1, 1, False),
        ("a: 1".encode("utf-32"), "x.yaml", 1, 1, False),
        (b"\xff\xfea\0:\0 \0\x00\xd8", "x.yaml", 1, 1, False),
    ],
)
def test_bytes_that_are_no_text_have_a_place(data, name, line, column, readable):
    document = parse(data, name)
    assert document.readable is readable
    found = document.findings[0]
    assert (found.span.line, found.span.column) == (line, column)
    assert found.rule == ("odd-encoding" if readable else "unreadable-file")


def test_bytes_that_are_not_utf_8_stay_visible():
    document = parse("[mysqld]\nsocket = naïve-".encode() + b"caf\xe9\n", "my.cnf")
    assert document.root.entries[0].node.get("socket").value == "naïve-café"


def test_two_thirds_of_a_byte_order_mark_is_no_text():
    assert parse(b"\xef\xbba: 1\n", "x.yaml").findings[0].rule == "unreadable-file"


def test_reading_a_file_names_it_everywhere(tmp_path):
    path = tmp_path / "deployment.yaml"
    path.write_text("a: 1\na: 2\n")
    document = read(path)
    assert document.path == str(path)
    assert {node.span.path for node in walk(document.root)} == {str(path)}
    assert document.findings[0].span.path == str(path)
    assert document.text == "a: 1\na: 2\n"


@pytest.mark.parametrize("name", ["none.yaml", ".", "none/none.yaml", "nul\0.yaml", "x" * 300])
def test_what_cannot_be_opened_is_a_finding(tmp_path, name):
    document = read(tmp_path / name)
    assert document.root is None
    (found,) = document.findings
    assert (found.rule, found.span.line, found.severity) == ("unreadable-file", 1, "error")
    assert str(tmp_path) in found.message


def test_standard_input_is_read_by_a_dash(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"traffic:\n  cps: 7\n")))
    document = read("-")
    assert (document.path, document.format, plain(document.root)) == ("<stdin>", "yaml", {"traffic": {"cps": 7}})


def test_a_kind_given_overrides_the_name():
    assert plain(parse("a.b = 1\n", "x.yaml", "sysctl").root) == {"a.b": "1"}


# What may be thrown at the reader: any bytes, and texts made of what the formats are made of.
SIGNS = list("\n\n\n=:,-[]{}\"'#;\\!|>%@`~\t\r\0\ufeff\x85\u2028é设a")
WORDS_OF_FORMATS = [": ", "&a ", "*a", "<<: ", "b.c", "0x", "[mysqld]", "!include x", "[[a]]", "'''", '"""', "\r\n"]
LINES_OF_FORMATS = ["net.core.rmem_max = 1\n", "a: 1\n", "a = 1\n", "| a | b |\n", "a\tb\n"]
PIECES = st.sampled_from(SIGNS + WORDS_OF_FORMATS + LINES_OF_FORMATS)
TEXTS = st.lists(PIECES, max_size=30).map("".join)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=60) | TEXTS.map(str.encode) | TEXTS.map(lambda text: text.encode("utf-16")))
def test_no_bytes_make_any_format_raise(data):
    for kind in FORMATS:
        document = parse(data, "file", kind)
        assert document.readable or document.findings
        check_spans(document)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_every_place_lies_in_the_text_and_holds_what_the_node_says(text):
    for kind in READABLE:
        document = parse(text, "file", kind)
        check_spans(document)
        lines = Lines(document.text)
        for node in walk(document.root) if document.root else ():
            if isinstance(node, Scalar) and not node.quoted and kind in ("json", "toml", "sysctl"):
                assert lines.slice(node.span) == node.text
            if isinstance(node, Mapping) and kind not in ("yaml", "toml"):
                assert all(entry.key.pointer for entry in node.entries)


def check_spans(document):
    rows = split_lines(document.text)
    spans = [found.span for found in document.findings]
    spans += [near.span for found in document.findings for near in found.related]
    for node in walk(document.root) if document.root else ():
        spans.append(node.span)
        spans += [entry.key.span for entry in getattr(node, "entries", ())]
    for span in spans:
        assert isinstance(span, Span)
        assert (span.line, span.column) <= (span.end_line, span.end_column)
        if document.text:
            assert 1 <= span.line <= span.end_line <= len(rows)
            assert 1 <= span.column <= len(rows[span.line - 1]) + 2
            assert 1 <= span.end_column <= len(rows[span.end_line - 1]) + 2


KEYS = st.text("abcXYZ_-/~ .é", min_size=1, max_size=6)
WORDS = st.sampled_from(["On", "Off", "010", "12:30", "g729", "75s", "32GB", "50%", "yes", "1e400", "", "null", "7"])
LEAVES = WORDS | st.booleans() | st.integers(-(10**12), 10**12) | st.floats(-1e6, 1e6)
TREES = st.dictionaries(
    KEYS,
    st.recursive(
        LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=8
    ),
    max_size=4,
)


@settings(deadline=None)
@given(TREES, st.booleans())
def test_what_is_rendered_comes_back(tree, flow):
    written = json.loads(json.dumps(tree))
    assert plain(parse(json.dumps(tree), "x.json").root) == written
    quoted = yaml.safe_dump(tree, default_flow_style=flow, default_style='"', allow_unicode=True)
    assert plain(parse(quoted, "x.yaml").root) == yaml_texts(tree)
    for name, text in (("x.json", json.dumps(tree)), ("x.yaml", quoted)):
        for node in walk(parse(text, name).root):
            assert follow(parse(text, name).root, node.pointer) == node


def yaml_texts(value):
    """Return what a dump in double quotes means: PyYAML tags what is no text, and tags are kept."""
    match value:
        case dict():
            return {key: yaml_texts(inner) for key, inner in value.items()}
        case list():
            return [yaml_texts(inner) for inner in value]
        case bool():
            return "true" if value else "false"
        case str():
            return value
    return str(value) if isinstance(value, int) else yaml.safe_dump(value).partition("\n")[0]


def follow(node, pointer):
    """Return what a JSON pointer (RFC 6901) leads to."""
    for token in pointer.split("/")[1:]:
        name = token.replace("~1", "/").replace("~0", "~")
        node = node.get(name) if isinstance(node, Mapping) else node.items[int(name)]
    return node


@settings(deadline=None)
@given(st.dictionaries(KEYS.filter(str.strip), WORDS.filter(bool), max_size=5))
def test_toml_comes_back(table):
    text = "".join(f"{json.dumps(key, ensure_ascii=False)} = {json.dumps(value)}\n" for key, value in table.items())
    assert plain(parse(text, "x.toml").root) == tomllib.loads(text) == table


NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,8}(\.[a-z][a-z0-9_]{0,8}){1,3}", fullmatch=True)
VALUES = st.text("abc019 ./:,#%", max_size=12).map(str.strip)


@settings(deadline=None)
@given(
    st.dictionaries(NAMES, VALUES, max_size=6), st.sampled_from([" = ", "=", "\t=  "]), st.sampled_from(["\n", "\r\n"])
)
def test_sysctl_files_come_back(settings_, equals, end):
    text = "".join(f"{name}{equals}{value}{end}" for name, value in settings_.items())
    document = parse(text, "sysctl.conf")
    assert document.findings == ()
    assert plain(document.root) == settings_


@settings(deadline=None)
@given(
    st.dictionaries(
        st.from_regex(r"o[a-z0-9_]{1,9}", fullmatch=True), st.text("abc019 .\\#'\"=\t", max_size=12), max_size=6
    )
)
def test_option_files_come_back(values):
    quote = str.maketrans({"\\": "\\\\", '"': '\\"', "\t": "\\t"})
    text = "[mysqld]\n" + "".join(f'{name} = "{value.translate(quote)}"\n' for name, value in values.items())
    document = parse(text, "my.cnf")
    assert plain(document.root) == {"mysqld": values}


@settings(deadline=None)
@given(st.text("ab\n\r\té", max_size=30), st.data())
def test_lines_turn_offsets_into_places_and_back(text, data):
    lines = Lines(text, "x")
    offset = data.draw(st.integers(0, len(text)))
    line, column = lines.position(offset)
    assert lines.offset(line, column) == offset
    assert line == text.count("\n", 0, offset) + 1
    assert lines.slice(lines.span(0, offset)) == text[:offset]
    assert list(lines) == [row.removesuffix("\r") for row in text.split("\n")]
