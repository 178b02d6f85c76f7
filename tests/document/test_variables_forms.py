"""Variables are read alike from every form the clients, their exports and the server's own help print."""

from __future__ import annotations

import subprocess

import pytest

from planner.document.model import plain
from planner.document.reader import parse
from planner.document.text import Lines

WANTED = {"ft_boolean_syntax": '+ -><()~*:""&|', "init_connect": "", "max_connections": "1000", "port": "3306"}

BOX = """+-------------------+----------------+
{header}| ft_boolean_syntax | + -><()~*:""&| |
| init_connect      |                |
| max_connections   | 1000           |
| port              | 3306           |
+-------------------+----------------+
"""
HEADER = "| Variable_name     | Value          |\n+-------------------+----------------+\n"
TABS = 'ft_boolean_syntax\t+ -><()~*:""&|\ninit_connect\t\nmax_connections\t1000\nport\t3306\n'
RECORD = "*************************** {number}. row ***************************\n"
VERTICAL = "".join(
    RECORD.format(number=number) + f"Variable_name: {name}\n        Value: {value}\n"
    for number, (name, value) in enumerate(WANTED.items(), 1)
)
SESSION = f"--------------\nSHOW GLOBAL VARIABLES\n--------------\n\n{BOX}4 rows in set (0.001 sec)\n\nBye\n"
HELP = """mysqld  Ver 5.7.30 for Linux on x86_64 (synthetic)
Usage: mysqld [OPTIONS]
  --port=#            Port number to use for connection: 3306 by default

Variables (--variable-name=value)
and boolean options {FALSE|TRUE}  Value (after reading options)
--------------------------------- ----------------------------------------
ft-boolean-syntax                 + -><()~*:""&|
init-connect                      (No default value)
max-connections                   1000
port                              3306

To see what values a running MySQL server is using, type
'mysqladmin variables' instead of 'mysqld --verbose --help'.
"""
CSV = 'Variable_name,Value\nft_boolean_syntax,"+ -><()~*:""""&|"\ninit_connect,\n'
CSV += "max_connections,1000\nport,3306\n"
QUOTED = "".join(
    f'"{name}","{value}"\n'
    for name, value in {"Variable_name": "Value", **{k: v.replace('"', '""') for k, v in WANTED.items()}}.items()
)

FORMS = {
    "box": BOX.format(header=HEADER),
    "box-without-header": BOX.format(header=""),
    "box-of-the-schema": BOX.format(header=HEADER.replace("Value", "VARIABLE_VALUE").upper()),
    "tabs": "Variable_name\tValue\n" + TABS,
    "tabs-without-header": TABS,
    "records": VERTICAL,
    "session": SESSION.format(header=HEADER),
    "prompt": "mysql> SHOW VARIABLES;\n" + BOX.format(header=HEADER),
    "help": HELP,
    "csv": CSV,
    "csv-quoted": QUOTED,
    "csv-semicolons": QUOTED.replace('","', '";"'),
    "windows": BOX.format(header=HEADER).replace("\n", "\r\n"),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_variables(form):
    document = parse(FORMS[form], "dump.txt")
    assert (document.format, plain(document.root), document.findings) == ("variables-dump", WANTED, ())


@pytest.mark.parametrize("form", FORMS)
def test_a_variable_knows_its_place(form):
    document = parse(FORMS[form], "dump.txt")
    lines = Lines(document.text)
    entry = document.root.entry("max_connections")
    assert (lines.slice(entry.key.span), lines.slice(entry.node.span)) == (entry.key.text, "1000")


def test_a_line_that_is_no_row_is_said():
    text = CSV + "no row at all\n"
    assert [(each.rule, each.span.line) for each in parse(text, "dump.txt").findings] == [("ignored-line", 6)]


def test_the_help_of_the_server_at_hand_is_read(require):
    command = [require("mariadbd"), "--no-defaults", "--port=3307", "--user=nobody", "--verbose", "--help"]
    done = subprocess.run(command, capture_output=True, check=True, cwd="/")
    document = parse(done.stdout, "help.txt")
    values = plain(document.root)
    assert (document.format, document.findings) == ("variables-dump", ())
    assert (values["port"], len(values) > 500) == ("3307", True)
