"""A deployment file that declares nothing says so: a gate given an empty file does not pass it in silence."""

from __future__ import annotations

import pytest

from planner.deployment.load import from_documents
from planner.document.reader import parse


def said(text, name):
    return [(each.rule, each.severity, each.span.line) for each in from_documents([parse(text, name)]).findings]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("", "a.yaml"),
        ("# comments alone\n\n", "a.yaml"),
        ("---\n...\n", "a.yaml"),
        ("~\n", "a.yaml"),
        ("{}", "a.yaml"),
        ("traffic:\nserver: {}\n", "a.yaml"),
        ("{}", "a.json"),
        ("null", "a.json"),
        ("", "a.toml"),
        ("[traffic]\n", "a.toml"),
    ],
)
def test_a_file_that_declares_nothing_is_said_to(text, name):
    assert said(text, name) == [("empty-deployment", "warning", 1)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("traffic: {cps: 1}\n", "a.yaml"),
        ("traffic:\nmysql: {max_connections: 1000}\n", "a.yaml"),
        ("# a comment\n", "sysctl.conf"),
        ("", "my.cnf"),
    ],
)
def test_one_value_is_enough_and_settings_files_may_be_empty(text, name):
    assert said(text, name) == []


def test_what_is_wrong_is_said_instead():
    assert [rule for rule, _, _ in said("trafic:\n", "a.yaml")] == ["unknown-parameter"]
