"""Every file of the corpus gives a server what MariaDB's own programs say it gets."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from planner.document.mysql import OptionNumberProblem, option_integer, server_version
from planner.document.options import options
from planner.document.options_host import read_option_files, server_options
from planner.document.reader import read
from planner.document.text import byte_text

GROUPS = ("mysqld", "server")
VERSION = server_version("10.11")
NAMELESS = re.compile(r"^--=.*\n?", re.MULTILINE)
ADJUSTED = re.compile(r"option '([\w-]+)': (?:un)?signed value -?\d+ adjusted to (-?\d+)")
SPECIAL = re.compile(r"^(?:maximum_|skip_|.*\.)")
CHANGED = ("datadir", "log-bin", "optimizer-switch", "pid-file", "tmpdir")


@pytest.fixture
def copies(corpus, open_folder):
    """Return copies of the corpus that anybody may read but not write, or they would be passed over."""
    files = [Path(shutil.copyfile(file, open_folder / file.name)) for file in corpus("option")]
    for file in files:
        file.chmod(0o644)
    assert len(files) >= 60
    return files


def run(command, folder):
    """Run a program as a user without rights, so that no server refuses to help root."""
    user = "nobody" if os.geteuid() == 0 else None
    return subprocess.run(command, capture_output=True, check=False, cwd=folder, user=user, env={"HOME": "/"})


def printed(program, file):
    """Return what a program of these groups gets from a file; None where it refuses the file."""
    done = run([program, f"--defaults-file={file}", *GROUPS], file.parent)
    return None if done.returncode else byte_text(done.stdout)


def as_arguments(file):
    """Return the same from our reading: one argument a line, as `my_print_defaults` prints them."""
    files = read_option_files(file, file.parent)
    refused = files.documents[0].root is None
    if refused or any(finding.rule == "missing-include-folder" for finding in files.findings):
        return None
    read_by = (option.entry for option in files.options if option.group.rstrip(" ") in GROUPS)
    return "".join(f"{argument(entry)}\n" for entry in read_by)


def argument(entry):
    has_value = entry.node.span != entry.key.span
    return f"--{entry.key.text}={entry.node.text}" if has_value else f"--{entry.key.text}"


def test_corpus_gives_the_arguments_my_print_defaults_prints(require, copies):
    program = require("my_print_defaults")
    wrong = []
    for file in copies:
        expected, given = printed(program, file), as_arguments(file)
        if expected is None or given is None or NAMELESS.sub("", expected) != NAMELESS.sub("", given):
            wrong += [] if expected == given else [(file.name, given, expected)]
    assert wrong == [], "\n".join(map(repr, wrong))


@pytest.fixture
def asked(require, copies):
    """Return for each file the server's exit code, its variables and what it adjusted."""
    program = require("mariadbd")
    with ThreadPoolExecutor(2) as pool:
        return dict(zip((file.name for file in copies), pool.map(lambda file: ask(program, file), copies), strict=True))


def ask(program, file):
    done = run([program, f"--defaults-file={file}", "--help", "--verbose"], file.parent)
    text = byte_text(done.stdout)
    table = text[text.find("\nVariables (--variable-name=value)") :]
    values = dict(re.findall(r"^([a-z][\w-]*) +(.*)$", table, re.MULTILINE))
    kinds = dict(re.findall(r"^ +(?:-\w, )?--([\w-]+)(=#|\[=#\])", text, re.MULTILINE))
    kinds |= dict.fromkeys(re.findall(r"^ +(?:-\w, )?--([\w-]+)", text, re.MULTILINE)) | kinds
    errors = [line for line in byte_text(done.stderr).splitlines() if "ERROR" in line]
    adjusted = dict(ADJUSTED.findall(byte_text(done.stderr)))
    return done.returncode or len(errors), values, kinds, adjusted, errors


def test_the_server_agrees_on_refusal_and_on_values(copies, asked):
    wrong = [*differing_refusals(copies, asked), *differing_values(copies, asked)]
    assert wrong == [], "\n".join(map(repr, wrong))


def differing_refusals(copies, asked):
    """Return every file that only one of us refuses, with both reasons."""
    for file in copies:
        reason = refusal(read_option_files(file, file.parent), asked["plain.cnf"])
        code, *_, errors = asked[file.name]
        if bool(reason) != (code != 0):
            yield file.name, reason, code, errors


def refusal(files, known):
    """Return why a server that knows these options refuses the files; empty if it does not."""
    _, values, kinds, *_ = known
    if any(finding.severity == "error" for finding in files.findings):
        return repr(files.findings)
    for option in server_options(files.options, VERSION).effective.values():
        name = complete(option.name, values, kinds)
        number = option_integer(option.value or "", VERSION)
        if name is None and "loose" not in option.entry.key.text:
            return f"{option.name} is unknown"
        if kinds.get(name) and isinstance(number, OptionNumberProblem):
            return number.message
        if kinds.get(name) and option.value and number < 0:
            return "a negative number"
    return ""


def complete(name, values, kinds):
    """Return the server's name of an option: MariaDB still takes an unambiguous beginning."""
    names = {*values, *kinds}
    for dashed in (name.replace("_", "-"), SPECIAL.sub("", name).replace("_", "-")):
        found = [dashed] if dashed in names else [one for one in names if one.startswith(dashed)]
        if len(found) == 1:
            return found[0]
    return None


def differing_values(copies, asked):
    """Return every option the server runs with another value for, unless it says that it changed it."""
    compared = 0
    for file in copies:
        code, values, kinds, adjusted, _ = asked[file.name]
        effective = server_options(options(read(file, "option-file")), VERSION).effective
        for option in effective.values() if code == 0 else ():
            name = complete(option.name, values, kinds)
            if name not in values or name in CHANGED or SPECIAL.match(option.name):
                continue
            compared += 1
            expected, given = values[name], shown(option, values[name], is_number=bool(kinds[name]))
            if given != expected and adjusted.get(name.replace("-", "_")) != expected:
                yield file.name, name, given, expected
    assert compared > 80


def shown(option, expected, *, is_number):
    """Return a value the way the server lists it: a switch that is none of its words is off."""
    if is_number:
        return str(option_integer(option.value or ""))
    if expected in ("TRUE", "FALSE"):
        return "TRUE" if option.value is None or option.value.lower() in ("1", "on", "true") else "FALSE"
    first_line = (option.value or "").partition("\n")[0]
    return first_line or expected.replace("(No default value)", "")
