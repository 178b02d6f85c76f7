"""sysctl files: places, what is dropped, comments inside values, and the differences between readers."""

from __future__ import annotations

import pytest

from planner.document.model import plain
from planner.document.reader import parse
from planner.document.sysctl import PROCPS, PROCPS_3, SYSTEMD, SYSTEMD_219, canonical, trailing_comment
from planner.document.sysctl_host import matches, resolve_documents
from planner.document.text import Lines

READERS = [PROCPS, PROCPS_3, SYSTEMD, SYSTEMD_219]


def read(text):
    return parse(text, "sysctl.conf")


def values(text, reader):
    resolution = resolve_documents([read(text)], reader)
    return {name: item.value.text for name, item in resolution.effective.items()}


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("net.core.rmem_max", "net.core.rmem_max"),
        ("net/core/rmem_max", "net.core.rmem_max"),
        ("/net/core/rmem_max", "net.core.rmem_max"),
        ("net//core/./rmem_max", "net.core.rmem_max"),
        ("net.ipv4.conf.eth0/100.rp_filter", "net.ipv4.conf.eth0/100.rp_filter"),
        ("net/ipv4/conf/eth0.100/rp_filter", "net.ipv4.conf.eth0/100.rp_filter"),
        ("net.ipv4.conf.*.rp_filter", "net.ipv4.conf.*.rp_filter"),
        ("threads-max", "threads-max"),
    ],
)
def test_names_are_compared_in_one_spelling(written, name):
    assert canonical(written) == name


def test_assignments_keep_their_text_and_place():
    text = "# c\n  net/core/rmem_max =  16777216 # big\n-vm.swappiness=10\r\n"
    document = read(text)
    lines = Lines(text)
    first, second = document.root.entries
    assert (first.name, first.key.text, first.node.value) == (
        "net.core.rmem_max",
        "net/core/rmem_max",
        "16777216 # big",
    )
    assert (lines.slice(first.key.span), lines.slice(first.node.span)) == ("net/core/rmem_max", "16777216 # big")
    assert (second.name, lines.slice(second.key.span), lines.slice(second.node.span)) == (
        "vm.swappiness",
        "vm.swappiness",
        "10",
    )
    assert first.node.pointer == "/net.core.rmem_max"


@pytest.mark.parametrize(
    ("value", "comment"),
    [
        ("16777216 # big", "# big"),
        ("1\t; x # y", "; x # y"),
        ("#only", "#only"),
        ("10#tight", None),
        ("|/usr/bin/core %p", None),
        ("a b c", None),
    ],
)
def test_a_comment_inside_a_value_has_a_place(value, comment):
    text = f"kernel.core_pattern = {value}\n"
    span = trailing_comment(read(text).root.entries[0].node)
    assert (span and Lines(text).slice(span)) == comment


@pytest.mark.parametrize("line", ["sysctl -p", "ulimit -n 65535", "vm.swappiness 10", "<% if x %>", "x", "= 5"])
def test_a_line_that_sets_nothing_is_an_error_at_its_place(line):
    document = read(f"vm.swappiness = 1\n  {line}  \n")
    (found,) = document.findings
    assert (found.rule, found.severity) == ("not-an-assignment", "error")
    span = found.span
    assert (span.line, span.column, span.end_column) == (2, 3, 3 + len(line))
    assert plain(document.root) == {"vm.swappiness": "1"}


def test_a_shell_command_is_named_as_one():
    assert "shell command" in read("sysctl -p\n").findings[0].help


def test_a_line_of_limits_conf_is_sent_there():
    assert "limits.conf" in read("* soft nofile 65535\n").findings[0].help


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vm.swappiness =\n", ["", None, "", ""]),
        ("vm.swappiness = 1\r\n", ["1"] * 4),
        ("-vm.swappiness = 1\n", ["1", None, "1", None]),
        ("- vm.swappiness = 1\n", [None, None, "1", None]),
        ("vm.swappiness = 1\n" + "x" * 2047 + "vm.swappiness = 2\n", ["1", "1", "1", "2"]),
        ("vm.swappiness = 1\n" + "x" * 4095 + "vm.swappiness = 2\n", ["1", "2", "1", "1"]),
        ("vm.swappiness = 1\rvm.swappiness = 2\n", ["1\rvm.swappiness = 2"] * 2 + ["2", "1\rvm.swappiness = 2"]),
        ("\ufeffvm.swappiness = 1\n", [None] * 4),
        ("vm.swappiness = 1\0 2\n", ["1"] * 4),
    ],
)
def test_readers_differ_where_the_programs_do(text, expected):
    assert [values(text, reader).get("vm.swappiness") for reader in READERS] == expected


def test_overlong_lines_marks_and_nul_are_findings():
    long = "# " + "x" * 3000 + "\n"
    resolution = resolve_documents([read("\ufeff# c\na.b = 1\0\n" + long)], SYSTEMD_219)
    assert [(found.rule, found.span.line) for found in resolution.findings if "assign" not in found.rule] == [
        ("byte-order-mark", 1),
        ("ignored-line", 2),
        ("overlong-line", 3),
    ]


def test_globs_set_what_nothing_else_sets_or_excludes():
    text = "net.ipv4.conf.*.rp_filter = 2\n-net.ipv4.conf.eth1.rp_filter\nnet.ipv4.conf.all.rp_filter = 1\n"
    resolution = resolve_documents([read(text)], PROCPS)
    found = {name: resolution.assignment(f"net.ipv4.conf.{name}.rp_filter") for name in ("all", "eth0", "eth1")}
    assert {name: item and item.value.text for name, item in found.items()} == {"all": "1", "eth0": "2", "eth1": None}
    assert resolution.assignment("net.ipv4.conf.eth0.forwarding") is None


@pytest.mark.parametrize("reader", [PROCPS, SYSTEMD])
def test_a_glob_written_again_is_applied_last(reader):
    text = "net.ipv4.conf.*.rp_filter = 0\nnet.ipv4.conf.e*.rp_filter = 1\nnet.ipv4.conf.*.rp_filter = 2\n"
    resolution = resolve_documents([read(text)], reader)
    assert resolution.assignment("net.ipv4.conf.eth0.rp_filter").value.text == "2"
    assert [item.assignment.value.text for item in resolution.shadowed] == ["0"]


@pytest.mark.parametrize(
    ("pattern", "name", "matched"),
    [
        ("net.ipv4.conf.*.rp_filter", "net.ipv4.conf.eth0/100.rp_filter", True),
        ("net.ipv4.*.rp_filter", "net.ipv4.conf.eth0.rp_filter", False),
        ("net.ipv4.conf.eth?.rp_filter", "net.ipv4.conf.eth0.rp_filter", True),
        ("net.ipv4.conf.[!a]*.rp_filter", "net.ipv4.conf.all.rp_filter", False),
    ],
)
def test_a_star_stays_within_one_part_of_a_name(pattern, name, matched):
    assert matches(pattern, name) is matched


def test_a_dump_of_all_settings_keeps_values_as_they_are():
    text = (
        "kernel.hostname = example.com\nsysctl: permission denied on key 'fs.x'\ndev.cdrom.info = one\n"
        "dev.cdrom.info = two # 2\nnet.ipv4.tcp_rmem = 4096\t87380\t6291456\nempty.value = \nnonsense\n"
    )
    document = parse(text, "sysctl-a.txt", "sysctl-dump")
    assert plain(document.root) == {
        "kernel.hostname": "example.com",
        "dev.cdrom.info": "one\ntwo # 2",
        "net.ipv4.tcp_rmem": "4096\t87380\t6291456",
        "empty.value": "",
    }
    assert [(found.rule, found.span.line) for found in document.findings] == [("ignored-line", 7)]
    lines = Lines(text)
    assert [lines.slice(entry.key.span) for entry in document.root.entries] == list(plain(document.root))
