"""What the catalogue says of MariaDB, against what the server says of itself."""

from __future__ import annotations

import os
import re
import subprocess
from functools import cache

import pytest

from planner.catalogue.parameter import parameters
from planner.catalogue.releases import Version, server_option

OURS = {"cdr_engine", "file"}
# The server lowers these to what the descriptors of its process allow, and to max_connections.
LOWERED = {"table_open_cache_instances", "thread_cache_size"}
WORDS = {"TRUE": True, "FALSE": False, "ON": 1, "OFF": 0}


@cache
def said_variables(mariadbd):
    account = ["--user=root"] if os.geteuid() == 0 else []
    command = [mariadbd, "--no-defaults", *account, "--help", "--verbose"]
    printed = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    table = printed.partition("Variables (--variable-name=value)")[2].splitlines()
    rows = (re.fullmatch(r"(\S+)\s*(.*?)\s*", line) for line in table)
    found = {row[1].replace("-", "_"): row[2] for row in rows if row}
    assert len(found) > 300, printed[:500]
    return found


@cache
def said_version(mariadbd):
    said = subprocess.run([mariadbd, "--version"], capture_output=True, text=True, check=True).stdout
    read = Version.read(said.partition("Ver")[2])
    assert read is not None
    return read


@pytest.fixture
def variables(require):
    return said_variables(require("mariadbd"))


@pytest.fixture
def version(require):
    return said_version(require("mariadbd"))


def gone(parameter, version):
    option = server_option(parameter.key, mariadb=version.mariadb)
    return option is None or option.standing(version) in {"gone", "ignored", "not yet"}


def test_the_server_has_the_variables_the_catalogue_says_it_has(variables, version):
    for parameter in parameters("mysql"):
        if parameter.key in OURS or parameter.alias_of or parameter.schema.get("x-renamed"):
            continue
        assert (parameter.key in variables) != gone(parameter, version), parameter.key


def test_the_server_has_the_defaults_the_catalogue_says_it_has(variables, version):
    compared = 0
    for parameter in parameters("mysql"):
        default = parameter.default_in(version)
        if default is None or parameter.key in OURS | LOWERED or parameter.alias_of or gone(parameter, version):
            continue
        said = variables[parameter.key]
        assert WORDS.get(said, int(said) if said.isdigit() else said) == default, parameter.key
        compared += 1
    assert compared >= 25
