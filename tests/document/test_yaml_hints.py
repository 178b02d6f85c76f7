"""What a reader tells the user to write where a structured file does not parse."""

from __future__ import annotations

import pytest

from planner.document.reader import parse


@pytest.mark.parametrize(
    ("name", "text", "line", "column", "hint"),
    [
        ("a.yaml", "server:\n\tcpu_cores: 8\n", 2, 1, "Indent with spaces, not tabs."),
        ("a.yaml", "server\n  cpu_cores: 8\n", 2, 12, "Line 1, `server`, has no colon"),
        ("a.yaml", "server:\n  cpu_cores 8\n  ram: 32GB\n", 3, 6, "Line 2, `cpu_cores 8`, has no colon"),
        ("a.yaml", "server:\n  cpu_cores:8\n\n  ram: 32GB\n", 4, 6, "Line 2, `cpu_cores:8`"),
        ("a.yaml", "server:\n  cpu_cores\uff1a8\n  ram: 32GB\n", 3, 6, "not as the full-width"),
        ("a.yaml", "server:\n  cpu_cores: 8\n   ram: 32GB\n", 3, 7, "align the keys"),
        ("a.yaml", 'site:\n  name: "abc\nserver:\n', 2, 9, "Close the quote that opens here."),
        ("a.yaml", "server:\n  ram: {{ ram }}\n", 2, 9, "This is a template"),
        ("a.yaml", "server:\n  ram: %x\n", 2, 8, "Quote a value that begins with %"),
        ("a.json", '{\n  // x\n  "a": 1\n}\n', 2, 3, "JSON has no comments"),
        ("a.json", "{'a': 1}", 1, 2, "double quotes"),
        ("a.json", '{"a": 1,}', 1, 9, "Remove the comma"),
        ("a.json", '{"a": [1,\n]}', 2, 1, "Remove the comma"),
        ("a.json", '{"a": 1, }', 1, 10, "Remove the comma"),
        ("a.toml", "a = eight\n", 1, 5, "in double quotes"),
        ("a.toml", "[a]\nb = 1\n[a]\n", 3, 3, "Write each table and each key once."),
        ("a.bin", "", 1, 1, "an empty .yaml"),
    ],
)
def test_a_slip_is_told_where_it_is_with_what_would_be_right(name, text, line, column, hint):
    (finding,) = parse(text, name).findings
    assert (finding.span.line, finding.span.column) == (line, column)
    assert hint in finding.help


def test_a_table_written_twice_is_named_as_in_the_file():
    (finding,) = parse("[a.b]\n[a.b]\n", "a.toml").findings
    assert "[a.b]" in finding.message


@pytest.mark.parametrize("data", [bytes(range(256)) * 8, b"\x1f\x8b\x08rest", b"PK\x03\x04rest"])
@pytest.mark.parametrize("name", ["sysctl.conf", "my.cnf", "a.yaml", "a"])
def test_binary_data_is_one_finding(name, data):
    document = parse(data, name)
    assert document.root is None
    assert [(each.rule, each.message) for each in document.findings] == [
        ("unreadable-file", "the file is binary data, not text")
    ]


def test_a_few_control_characters_are_no_binary_data():
    assert parse(b"[mysqld]\nport=1\x01\x02\n", "my.cnf").readable
