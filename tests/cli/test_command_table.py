"""The lazy command table says what the commands say, and listing it imports none of the heavy libraries."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from planner.cli import COMMANDS, app
from planner.cli.commands import load

HEAVY = ("plotly", "jsonschema", "jinja2", "numpy", "pandas", "polars", "pyarrow", "duckdb", "yaml", "xlsxwriter")
runner = CliRunner()


def modules_after(*arguments: str) -> set[str]:
    """Return the top-level modules a fresh interpreter holds after `plan ARGUMENTS`."""
    script = (
        "import atexit, sys\n"
        f"sys.argv = ['plan', *{arguments!r}]\n"
        "from planner.__main__ import main\n"
        "held = lambda: {name.partition('.')[0] for name in sys.modules}\n"
        "atexit.register(lambda: print(*held(), file=sys.stderr))\n"
        "main()\n"
    )
    finished = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(finished.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    "arguments",
    [("--help",), ("--version",), ("size", "--help"), ("validate", "--help"), ("report", "--help")],
    ids=" ".join,
)
def test_help_imports_no_heavy_library(arguments: tuple[str, ...]) -> None:
    assert not modules_after(*arguments) & set(HEAVY)


@pytest.mark.parametrize("arguments", [(), ("--format", "json")], ids=["table", "json"])
def test_size_imports_no_heavy_library(arguments: tuple[str, ...]) -> None:
    assert not modules_after("size", "--cps", "100", "--codec", "g729", *arguments) & set(HEAVY)


def test_modules_that_typer_imports_are_read_when_they_are_used() -> None:
    script = (
        "import sys\n"
        "from planner.__main__ import main\n"
        "unread = {name for name, module in sys.modules.items() if type(module).__name__ == '_Later'}\n"
        "import subprocess\n"
        "said = subprocess.run(['printf', 'said'], capture_output=True, text=True).stdout\n"
        "print(said, type(subprocess).__name__, *sorted(unread))\n"
    )
    finished = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    said, kind, *unread = finished.stdout.split()
    assert (said, kind) == ("said", "module")
    assert {"bz2", "linecache", "subprocess", "tokenize"} <= set(unread)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_table_exists_and_has_an_example(name: str) -> None:
    command = load(COMMANDS[name][0], name)
    assert command.name == name
    finished = runner.invoke(app, [name, "--help"])
    assert finished.exit_code == 0, finished.output
    assert "plan " + name in finished.output.replace("Usage: ", "")


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_and_the_module_agree_on_the_help(name: str) -> None:
    module = importlib.import_module(COMMANDS[name][0])
    text = load(COMMANDS[name][0], name).help or module.__doc__
    assert text.strip().splitlines()[0].rstrip(".") == COMMANDS[name][1].rstrip(".")


def test_a_misspelt_command_is_named_with_the_nearest() -> None:
    finished = runner.invoke(app, ["vaildate"])
    assert finished.exit_code == 2
    assert "Did you mean 'validate'?" in finished.output


def test_an_unknown_option_is_wrong_usage() -> None:
    assert runner.invoke(app, ["size", "--no-such-option"]).exit_code == 2
