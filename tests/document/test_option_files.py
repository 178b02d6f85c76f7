"""Option files: groups, names, prefixes, values and places, and what makes a server refuse the file."""

from __future__ import annotations

import pytest

from planner.document.model import plain
from planner.document.mysql import OptionNumberProblem, option_integer, server_groups, server_version
from planner.document.options import option_name, options
from planner.document.options_host import server_options
from planner.document.reader import parse
from planner.document.text import Lines


def read(text):
    return parse(text, "my.cnf")


def effective(text, version):
    found = server_options(options(read(text)), server_version(version)).effective
    return {name: option.value for name, option in found.items()}


def test_groups_and_options_keep_their_text_and_place():
    text = '# c\n[MySQLd ] x\n  max-connections =  "1000" # many\nskip-innodb\nsocket=\n[client]\nport=1\n'
    document = read(text)
    lines = Lines(text)
    assert plain(document.root) == {
        "mysqld": {"max_connections": "1000", "innodb": "0", "socket": ""},
        "client": {"port": "1"},
    }
    group = document.root.entries[0]
    first, second, third = group.node.entries
    assert (group.key.text, lines.slice(group.key.span)) == ("MySQLd", "[MySQLd ]")
    assert (lines.slice(first.key.span), lines.slice(first.node.span)) == ("max-connections", '"1000"')
    assert (first.node.quoted, first.node.pointer) == (True, "/mysqld/max_connections")
    assert (second.key.text, second.node.text, second.node.value) == ("skip-innodb", "", "0")
    assert lines.slice(second.node.span) == "skip-innodb"
    assert (third.node.value, lines.slice(third.node.span)) == ("", "")


@pytest.mark.parametrize(
    ("written", "value", "name", "seen"),
    [
        ("max-connections", "5", "max_connections", "5"),
        ("Max_Connections", "5", "max_connections", "5"),
        ("quick", None, "quick", None),
        ("skip-innodb", None, "innodb", "0"),
        ("skip-innodb", "0", "innodb", "1"),
        ("skip-innodb", "1", "innodb", "0"),
        ("disable_innodb", None, "innodb", "0"),
        ("enable-innodb", None, "innodb", "1"),
        ("enable-innodb", "0", "innodb", "0"),
        ("skip-name-resolve", None, "skip_name_resolve", None),
        ("skip_networking", "0", "skip_networking", "0"),
        ("loose-innodb-x", "3", "innodb_x", "3"),
        ("loose-skip-innodb", None, "innodb", "0"),
        ("loose-skip-name-resolve", None, "skip_name_resolve", None),
        ("maximum-sort-buffer-size", "4M", "maximum_sort_buffer_size", "4M"),
        ("skip-", None, "skip_", None),
        ("skipper", None, "skipper", None),
    ],
)
def test_prefixes_change_what_an_option_does(written, value, name, seen):
    option = option_name(written)
    assert (option.name, option.seen(value)) == (name, seen)
    assert option.is_loose == written.startswith("loose")


@pytest.mark.parametrize(
    ("text", "version", "number"),
    [
        ("1000", "5.0", 1000),
        ("16M", "5.0", 16 << 20),
        ("512MB", "5.7", 512 << 20),
        ("5Gib", "8.0", 5 << 30),
        ("256k", "5.1", 256 << 10),
        (" +7", "5.7", 7),
        ("-1", "5.7", -1),
        ("", "5.7", 0),
        ("K", "5.7", 0),
        ("many", "5.7", 0),
        ("007", "5.7", 7),
        ("1T", "8.0.14", 1 << 40),
        ("1e", "10.11", 1 << 60),
        ("2P", None, 2 << 50),
    ],
)
def test_numbers_take_one_letter(text, version, number):
    assert option_integer(text, version and server_version(version)) == number


@pytest.mark.parametrize(
    ("text", "version", "offset"),
    [
        ("50%", "5.7", 2),
        ("1.5G", "5.7", 1),
        ("1T", "5.7", 1),
        ("1T", "8.0.13", 1),
        ("lots", "5.7", 0),
        ("64 M", "5.7", 2),
        ("0x10", "5.7", 1),
        ("-x", "5.7", 0),
        ("18446744073709551616", "8.0", 0),
        ("9" * 10_000, "8.0", 0),
    ],
)
def test_numbers_a_server_refuses(text, version, offset):
    problem = option_integer(text, server_version(version))
    assert isinstance(problem, OptionNumberProblem)
    assert problem.offset == offset
    assert problem.message


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("[mysqld]\n[client\n", "bad-group-header", 2),
        ("# c\nport = 1\n[mysqld]\n", "option-outside-group", 2),
        ("\ufeff[mysqld]\n", "byte-order-mark", 1),
        ("[mysqld]\n!include \n", "syntax-error", 2),
    ],
)
def test_a_file_the_server_refuses_has_no_root(text, rule, line):
    document = read(text)
    assert document.root is None
    assert [(found.rule, found.severity, found.span.line) for found in document.findings] == [(rule, "error", line)]


@pytest.mark.parametrize(
    ("text", "rule", "severity"),
    [
        ("[mysqld]\nMax_Connections = 5\n", "option-in-capitals", "warning"),
        ("[mysqld]\n = 5\n", "syntax-error", "error"),
        ("[mysqld]\n!includes x\n", "ignored-line", "warning"),
        ("[mysqld]\nx = " + "y" * 4100 + "\n", "overlong-line", "error"),
    ],
)
def test_odd_lines_are_findings(text, rule, severity):
    document = read(text)
    assert document.readable
    assert [(found.rule, found.severity, found.span.line) for found in document.findings] == [(rule, severity, 2)]


VERSIONED = "".join(
    f"[{group}]\n{name}=1\n"
    for group, name in (
        ("mysqld", "a"),
        ("server", "b"),
        ("mysqld-5.7", "c"),
        ("mysqld-8.0", "d"),
        ("mariadb", "e"),
        ("mariadb-10.11", "f"),
        ("mariadbd", "g"),
        ("client", "h"),
        ("galera", "i"),
        ("client-server", "j"),
        (" mysqld", "k"),
        ("mysqld-10.11", "l"),
    )
)


@pytest.mark.parametrize(
    ("version", "names"),
    [
        ("5.0", "ab"),
        ("5.7.30-log", "abc"),
        ("8.0.36", "abd"),
        ("8.4", "ab"),
        ("10.11.6-MariaDB", "abefgijl"),
        ("mariadb 10.3", "abeij"),
        ("5.5.68-MariaDB", "abej"),
    ],
)
def test_a_server_reads_the_groups_of_its_version(version, names):
    assert "".join(sorted(effective(VERSIONED, version))) == names


def test_a_blank_in_front_belongs_to_the_name_of_a_group():
    groups = read("[ mysqld]\nport=1\n[client ]\nport=2\n").root.entries
    assert [(group.name, group.key.text) for group in groups] == [(" mysqld", " mysqld"), ("client", "client")]


def test_without_a_version_the_groups_every_server_reads_count():
    assert server_groups(None) == ("mysqld", "server", "mariadb", "mariadbd")
    assert server_version("unknown") is None


def test_the_last_of_a_name_wins_and_beats_the_others():
    text = "[mysqld]\nport=1\nuser=a\n[client]\nport=9\n[mysqld]\n"
    text += "PORT=2\nuser=b\nbinlog-do-db=x\nbinlog-do-db=y\n"
    result = server_options(options(read(text)), server_version("5.7"))
    assert {name: option.value for name, option in result.effective.items()} == {
        "port": "2",
        "user": "a",
        "binlog_do_db": "y",
    }
    beaten = [(item.option.name, item.option.value, item.by.value) for item in result.shadowed]
    assert beaten == [("port", "1", "2"), ("user", "b", "a")]
    assert [(option.group, option.value) for option in result.unread] == [("client", "9")]


TAB = "Variable_name\tValue\nmax_connections\t160\nsql_mode\t\nversion\t5.7.30\n"
BOX = """+-----------------+---------------+
| Variable_name   | Value         |
+-----------------+---------------+
| max_connections | 160           |
| sql_mode        |               |
| version         | 5.7.30        |
+-----------------+---------------+
3 rows in set (0.00 sec)
"""
RECORDS = """*************************** 1. row ***************************
Variable_name: max_connections
        Value: 160
*************************** 2. row ***************************
Variable_name: sql_mode
        Value:
*************************** 3. row ***************************
Variable_name: version
        Value: 5.7.30
"""


@pytest.mark.parametrize("text", [TAB, BOX, RECORDS, TAB.partition("\n")[2]], ids=["tabs", "box", "records", "bare"])
def test_variables_are_read_in_every_form(text):
    document = parse(text, "variables.txt")
    assert document.format == "variables-dump"
    assert plain(document.root) == {"max_connections": "160", "sql_mode": "", "version": "5.7.30"}
    assert document.findings == ()
    lines = Lines(text)
    assert [lines.slice(entry.node.span) for entry in document.root.entries] == ["160", "", "5.7.30"]


def test_what_is_no_row_is_a_finding():
    document = parse(TAB + "mysql: [Warning] x\n", "variables.txt")
    assert [(found.rule, found.span.line) for found in document.findings] == [("ignored-line", 5)]
