"""Abbreviated names and `set-variable`, as each server takes them, or no longer does."""

from __future__ import annotations

import pytest

from planner.document.mysql import OptionNumberProblem, option_integer, server_version
from planner.document.options import options
from planner.document.options_host import full_name, server_options
from planner.document.reader import parse


def effective(text, version):
    read = options(parse(f"[mysqld]\n{text}\n", "my.cnf"))
    known = server_version(version) if version else None
    return {name: option.value for name, option in server_options(read, known).effective.items()}


@pytest.mark.parametrize("version", [None, "5.0.96", "5.1", "5.5", "5.6", "5.6.51", "10.0", "10.11"])
@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("key_buffer = 16M", "key_buffer_size", "16M"),
        ("key-buf=16M", "key_buffer_size", "16M"),
        ("sort_buffer=1M", "sort_buffer_size", "1M"),
        ("bulk-insert=1M", "bulk_insert_buffer_size", "1M"),
        ("loose-wait_time=3", "wait_timeout", "3"),
        ("skip-netw", "skip_networking", None),
        ("skip_name=0", "skip_name_resolve", "0"),
        ("skip-innodb_file_p", "innodb_file_per_table", "0"),
        ("log-bin", "log_bin", None),
        ("relay_log=x", "relay_log", "x"),
        ("port=3307", "port", "3307"),
        ("vendor_knob=1", "vendor_knob", "1"),
    ],
)
def test_older_servers_take_the_beginning_of_a_name(version, text, name, value):
    assert effective(text, version) == {name: value}


@pytest.mark.parametrize("version", ["5.7", "5.7.44", "8.0.36", "8.4"])
def test_newer_servers_want_whole_names(version):
    assert effective("key_buffer=16M\nport=3307", version) == {"key_buffer": "16M", "port": "3307"}


def test_what_is_ambiguous_differs_between_the_families():
    assert full_name("join_buffer", server_version("5.5")) == "join_buffer_size"
    assert full_name("join_buffer", server_version("10.11")) is None
    assert full_name("query_cache") is None
    assert full_name("max_conn", server_version("5.5")) is None
    assert full_name("max_conn", server_version("10.11")) == "max_connections"
    assert full_name("") is None


def test_a_full_name_beats_its_abbreviation_by_place_alone():
    read = options(parse("[mysqld]\nkey_buffer_size=1M\nkey_buffer=2M\n", "my.cnf"))
    result = server_options(read, server_version("5.1"))
    assert result.effective["key_buffer_size"].value == "2M"
    assert [(each.option.span.line, each.by.span.line) for each in result.shadowed] == [(2, 3)]


@pytest.mark.parametrize("version", [None, "5.0", "5.1.73"])
def test_set_variable_sets_the_variable_it_names(version):
    text = "[mysqld]\nset-variable = max_connections=77\nset-variable= key_buffer = 16M # all\n"
    result = server_options(options(parse(text, "my.cnf")), version and server_version(version))
    assert {name: each.value for name, each in result.effective.items()} == {
        "max_connections": "77",
        "key_buffer_size": "16M",
    }
    places = [(each.entry.key.span.column, each.span.column) for each in result.effective.values()]
    assert places == [(16, 32), (15, 28)]
    assert result.shadowed == ()


@pytest.mark.parametrize("version", ["5.5", "5.7", "10.11"])
def test_set_variable_is_an_unknown_option_of_later_servers(version):
    assert effective("set-variable=port=1\nset-variable=port=2", version) == {"set_variable": "port=2"}
    assert effective("set-variable=port", "5.0") == {"set_variable": "port"}


@pytest.mark.parametrize(
    ("version", "suffix", "is_refused"),
    [("8", "1T", False), ("8.0", "1T", False), ("8.0.13", "1T", True), ("5.7", "1T", True)],
)
def test_a_series_is_its_newest_release(version, suffix, is_refused):
    read = option_integer(suffix, server_version(version))
    assert isinstance(read, OptionNumberProblem) is is_refused
