"""Corrections: after a fix the finding is gone, a second changes nothing, other lines stay."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_examples import examples

from planner.deployment.load import from_mapping
from planner.document.reader import parse
from planner.finding import Edit, Span
from planner.rules.discovery import Loaded, from_documents
from planner.rules.fixes import apply, edits
from planner.rules.policy import Policy
from planner.rules.registry import rules
from planner.rules.validation import examine, validate

FIXABLE = [
    pytest.param(name, example, id=f"{name}-{number}")
    for name, registered in rules().items()
    if registered.rule.fixable
    for number, example in enumerate(examples(registered.documentation))
    # A name that sources disagree on is told, and left as it is.
    if example.places and (name, example.format) != ("alias-spelling", "yaml")
]


def found_in(text, example):
    document = parse(text, example.filename, example.reader)
    return examine(Loaded(from_documents([document])), Policy(today=date(2030, 1, 1))).findings


def fixed(text, example, rule):
    changes = edits(each for each in found_in(text, example) if each.rule == rule)
    return apply(text, changes.get(example.filename, []))


@pytest.mark.parametrize(("rule", "example"), FIXABLE)
def test_a_fix_removes_its_finding_and_is_idempotent(rule, example):
    once = fixed(example.text, example, rule)
    assert once != example.text
    assert rule not in {each.rule for each in found_in(once, example)}
    assert fixed(once, example, rule) == once


@pytest.mark.parametrize(("rule", "example"), FIXABLE)
def test_a_fix_leaves_other_lines_and_line_ends_alone(rule, example):
    text = f"# before\r\n{example.text.replace(chr(10), chr(13) + chr(10))}# after\r\n"
    once = fixed(text, example, rule)
    assert once.startswith("# before\r\n")
    assert once.endswith("# after\r\n")
    assert {line for line in text.split("\n") if line not in once.split("\n")} != set()


def test_some_rules_can_be_fixed():
    assert len(FIXABLE) >= 6


def test_of_overlapping_changes_the_first_is_made():
    changes = [
        Edit(span=Span("a", 1, 1, 1, 4), replacement="X"),
        Edit(span=Span("a", 1, 3, 1, 6), replacement="Y"),
        Edit(span=Span("a", 2, 1, 2, 1), replacement="new "),
    ]
    assert apply("abcdef\nline\n", changes) == "Xdef\nnew line\n"


@given(
    st.text(alphabet="ab\r\né", max_size=40),
    st.lists(st.tuples(st.integers(1, 6), st.integers(1, 9), st.integers(0, 9)), max_size=5),
)
def test_changes_anywhere_never_break_a_text(text, places):
    changes = [Edit(span=Span.at("a", line, column, length), replacement="") for line, column, length in places]
    result = apply(text, changes)
    remaining = iter(text)
    assert all(character in remaining for character in result)


def test_a_guess_is_no_correction():
    document = parse("softswitch:\n  SS_MAXCSP: 200\n", "a.yaml", "yaml")
    findings = examine(Loaded(from_documents([document])), Policy()).findings
    assert [(each.rule, each.fix) for each in findings] == [("unknown-parameter", None)]


def test_new_lines_end_as_those_of_the_file():
    change = Edit(span=Span.at("a", 1, 1, 1), replacement="x\ny")
    assert apply("a\r\nb\r\n", [change]) == "x\r\ny\r\nb\r\n"
    assert apply("a\nb\n", [change]) == "x\ny\nb\n"


def test_a_correction_two_findings_ask_for_is_made_once():
    document = parse("net.ipv4.tcp_tw_recycle = 1\n", "sysctl.conf", "sysctl")
    (finding,) = (each for each in examine(Loaded(from_documents([document])), Policy()).findings if each.fix)
    assert edits([finding, finding._replace(message="said otherwise")]) == {"sysctl.conf": [finding.fix]}


def test_values_of_no_file_have_no_correction():
    findings = validate(from_mapping({"softswitch": {"SS_CDR_RECORD_NONCONNECT": "enabled"}})).findings
    assert [(each.rule, each.fix) for each in findings] == [("odd-switch-spelling", None)]


@pytest.mark.parametrize(
    ("text", "kind", "fixed"),
    [
        ("sysctl -p\n", "sysctl", "# sysctl -p\n"),
        ("softswitch:\n  SS_CDR_RECORD_NONCONNECT: 'NO'\n", "yaml", "softswitch:\n  SS_CDR_RECORD_NONCONNECT: Off\n"),
        ("softswitch: {SS_CDR_RECORD_NONCONNECT: y}\n", "yaml", "softswitch: {SS_CDR_RECORD_NONCONNECT: On}\n"),
        ("softswitch: {SS_CDR_RECORD_NONCONNECT: maybe}\n", "yaml", None),
        ("[mysqld]\nkey_buffer_size = 16Mb\n", "option-file", "[mysqld]\nkey_buffer_size = 16M\n"),
        ("[mysqld]\nkey_buffer_size = 16 M\n", "option-file", None),
        ("[mysqld]\ntable_cache = 320\n", "option-file", None),
        ("mysql: {table_cache: 320}\nserver: {mysql_version: '5.0.96'}\n", "yaml", None),
        ("net.ipv4.ip_local_port_range = 9 8\n", "sysctl", "net.ipv4.ip_local_port_range = 8 9\n"),
        ("net.ipv4.ip_local_port_range = 9  8\n", "sysctl", None),
    ],
)
def test_what_is_safe_is_corrected_and_nothing_else(text, kind, fixed):
    findings = examine(Loaded(from_documents([parse(text, "x", kind)])), Policy()).findings
    assert apply(text, edits(findings).get("x", [])) == (fixed or text)
