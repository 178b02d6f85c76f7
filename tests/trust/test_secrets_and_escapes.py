"""No secret of a settings file, and nothing a terminal or a spreadsheet obeys, reaches what is said or written."""

from __future__ import annotations

import csv
import io
import json
import re
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from programs import inside as plan

from planner.deployment import native
from planner.deployment.native import MASK, hidden, is_secret, secrets_in
from planner.output.findings import FindingFormat
from planner.wording import cell, neutral

SECRET = "Tr0ub4dor-3"  # noqa: S105  invented here
LINES = {
    "assigned": f"password = {SECRET}",
    "bare": f"password {SECRET}",
    "bare, indented": f"  report_password   {SECRET}  ",
    "quoted": f'report-password = "{SECRET}"',
    "token": f"secret_token = {SECRET}",
    "inside a word": f"wsrep_sst_auth_token: {SECRET}",
    "twice wrong": f"password = = {SECRET}",
    "key": f"api-key={SECRET}",
    "capitals": f"MYSQL_PWD={SECRET}",
    "address": f"wsrep_cluster_address = mysql://root:{SECRET}@192.0.2.1/db",
}


def everything(tmp_path, name, text, forms=tuple(FindingFormat)):
    """Return all that the program says and writes about a file, in every format, with a baseline and a report."""
    (tmp_path / name).write_text(text)
    said = []
    for form in forms:
        run = plan("validate", "--format", form, "-v", name, cwd=tmp_path)
        assert "internal error" not in run.err
        said.append(run.out.decode() + run.err)
    plan("validate", name, "--write-baseline", "b.json", cwd=tmp_path)
    said.append((tmp_path / "b.json").read_text())
    return said


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_no_secret_of_an_option_file_is_shown(line, tmp_path):
    for text in everything(tmp_path, "my.cnf", f"[mysqld]\nmax_connections = many\n{line}\n"):
        assert SECRET not in text
        assert "max" in text


@pytest.mark.parametrize(
    "text",
    [
        f"traffic: {{cps: 9, password: {SECRET}, nonsense: 1}}\n",
        f"traffic:\n  cps: 9\n  secret: '{SECRET}'\n  nonsense: 1\n",
        f"traffic:\n  cps: 9\n  nonsense: 1\n  password:\n    {SECRET}\n",
        f"traffic: {{cps: 9, nonsense: 1}}\npassword {SECRET}\n",
        f'{{"traffic": {{"cps": 9, "nonsense": 1, "api_key": "{SECRET}"}}}}',
        f"traffic: {{cps: 9, nonsense: 1}}\nmysql: {{report_password: {SECRET}}}\n",
    ],
)
def test_no_secret_of_a_deployment_is_shown(text, tmp_path):
    for said in everything(tmp_path, "d.yaml", text):
        assert SECRET not in said
    for form in ("html", "md", "json"):
        run = plan("report", "d.yaml", "-o", f"x.{form}", cwd=tmp_path)
        assert SECRET not in run.err
        assert not (tmp_path / f"x.{form}").exists() or SECRET not in (tmp_path / f"x.{form}").read_text()
    assert SECRET not in plan("size", "d.yaml", "--format", "json", "--all", cwd=tmp_path).out.decode()


def test_a_masked_line_keeps_its_columns(tmp_path):
    (tmp_path / "my.cnf").write_text(f"[mysqld]\nreport_password={SECRET} max_connections = many\n")
    assert hidden(f"a={SECRET} b", {SECRET}, aligned=True) == f"a={'*' * len(SECRET)} b"


@pytest.mark.parametrize(
    ("name", "value", "secret"),
    [
        ("mysql.report_password", "hunter2", True),
        ("mysql.old_passwords", "hunter2", False),
        ("mysql.disconnect_on_expired_password", "ON", False),
        ("softswitch.SERVER_PASSWORD_LENGTH", "12", False),
        ("traffic.api-key", "abcdef", True),
    ],
)
def test_which_settings_are_secrets(name, value, secret):
    assert is_secret(name, value) is secret


@pytest.mark.parametrize("text", ["SERVER_PASSWORD_LENGTH: 12", "# choose a good password for the customer", "x: 1"])
def test_what_holds_no_secret(text):
    assert secrets_in(text) == frozenset()


@given(st.text())
def test_secrets_of_any_text_are_told(text):
    for secret in secrets_in(text):
        assert secret not in hidden(text, secrets_in(text)).replace(MASK, "")


HOSTILE = {
    "ESC": "\x1b[31m",
    "BEL": "\x07",
    "C1": "\x9b31m",
    "NEL": "\x85",
    "right to left": "\u202e",
    "isolate": "\u2066",
    "mark": "\u200f",
    "line separator": "\u2028",
    "delete": "\x7f",
}
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_nothing_a_terminal_obeys_is_printed(hostile, tmp_path):
    quoted = json.dumps({"traffic": {"cps": 9, f"non{hostile}sense": f"a{hostile}b"}, "site": {"name": f"x{hostile}y"}})
    for text in everything(tmp_path, "d.json", quoted):
        assert not OBEYED.search(text)
    for text in everything(tmp_path, "my.cnf", f"[mysqld]\nmax_connections = 1{hostile}2\n"):
        assert not OBEYED.search(text)
    for form in ("text", "json", "markdown", "csv"):
        run = plan("size", "d.json", "--format", form, cwd=tmp_path)
        assert not OBEYED.search(run.out.decode() + run.err)
    for arguments in (("size", f"x{hostile}.yaml"), ("explain", hostile), ("size", "--cps", hostile), (f"x{hostile}",)):
        run = plan(*arguments, cwd=tmp_path)
        assert run.code in {2, 3}
        assert not OBEYED.search(run.out.decode() + run.err)
    plan("report", "--cps", "9", "-o", "x.html", "-o", "x.md", "-o", "x.json", cwd=tmp_path)
    good = {"traffic": {"cps": 9}, "site": {"name": f"x{hostile}y", "customer": f"{hostile}"}}
    (tmp_path / "good.json").write_text(json.dumps(good))
    plan("report", "good.json", "-o", "y.html", "-o", "y.md", "-o", "y.json", cwd=tmp_path)
    for page in [*tmp_path.glob("[xy].html"), *tmp_path.glob("[xy].md"), *tmp_path.glob("[xy].json")]:
        assert not OBEYED.search(page.read_bytes().decode()), page


@pytest.mark.parametrize("hostile", [*HOSTILE.values(), "\x0b", "\x1d"], ids=[*HOSTILE, "VT", "GS"])
@pytest.mark.parametrize("form", ["github", "concise"])
def test_a_finding_takes_one_line_whatever_it_quotes(hostile, form, tmp_path):
    (tmp_path / "sysctl.conf").write_text(f"a{hostile}b = 1 # c\n{hostile}d\n")
    run = plan("validate", "sysctl.conf", "--format", form, "--quiet", cwd=tmp_path)
    lines = run.out.decode().splitlines()
    assert lines
    assert all("sysctl.conf" in each for each in lines), lines


@pytest.mark.parametrize("form", FindingFormat)
def test_no_message_of_any_format_is_long(form, tmp_path):
    (tmp_path / "sysctl.conf").write_text(f"{'x' * 9000} = 1\n")
    said = plan("validate", "sysctl.conf", "--format", form, cwd=tmp_path).out.decode()
    said = re.sub(r'"(/|pointer": "/)x{9000}"', "", said)  # JSON tells the place as it is
    assert "x" * 400 in said
    assert "x" * 1100 not in said


@given(st.text())
def test_text_is_neutral_and_json_keeps_its_meaning(text):
    assert not OBEYED.search(neutral(text).replace("\r\n", "\n")) or text.startswith(("{", "["))
    quoted = json.dumps({"a": text}, ensure_ascii=False)
    assert not OBEYED.search(neutral(quoted))
    assert json.loads(neutral(quoted)) == {"a": text}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+1-555-0100", "'+1-555-0100"),
        ("-2+3", "'-2+3"),
        ("\t=1", "'\t=1"),
        ("+15550100", "+15550100"),
        ("-12.5", "-12.5"),
        ("g729", "g729"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula(text, shown):
    assert cell(text) == shown


def test_no_cell_of_a_comparison_is_a_formula(tmp_path):
    for name, cps in (("=1+1.yaml", 9), ("b.yaml", 8)):
        (tmp_path / name).write_text(f"traffic: {{cps: {cps}}}\n")
    run = plan("compare", "=1+1.yaml", "b.yaml", "--format", "csv", cwd=tmp_path)
    rows = list(csv.reader(io.StringIO(run.out.decode())))
    assert "'=1+1.yaml" in rows[0]
    assert not [each for row in rows for each in row if each.startswith(("=", "@"))]


def test_a_long_line_is_clipped_wherever_it_is_said(tmp_path):
    long = "x" * 200_000
    for name, text in (
        ("d.yaml", f"traffic: {{cps: 9, {long}: 1, acd: {long}}}\n"),
        ("my.cnf", f"[mysqld]\n{long} = 1\nmax_connections = {long}\n[{long}]\n!include {long}\n"),
        ("sysctl.conf", f"{long} = 1\nnet.core.somaxconn = {long}\n{long}\n"),
        ("bad.json", '{"traffic": "' + long),
    ):
        for said in everything(tmp_path, name, text, ("text", "github", "markdown", "junit")):
            assert max(map(len, said.splitlines()), default=0) < 4_000, (name, said[:300])
    word = long[:60_000]
    for arguments in (("size", "--cps", word), ("explain", word), ("size", word), ("validate", "--select", word, ".")):
        run = plan(*arguments, cwd=tmp_path)
        assert max(map(len, run.lines)) < 4_000, arguments[0]


@pytest.mark.parametrize(
    "word", ["password", "PassWord", "pa\N{LATIN SMALL LETTER LONG S}sword", "to\N{KELVIN SIGN}en"]
)
def test_letters_that_are_alike_hide_no_secret(word):
    assert secrets_in(f"{word} = hunter22") == {"hunter22"}


@given(
    word=st.from_regex(re.compile(native._WORDS, re.IGNORECASE), fullmatch=True),
    around=st.tuples(st.text(max_size=9) | st.sampled_from(["", "a: 1"]), st.sampled_from(["=", ": ", " ", '" = '])),
    small=st.booleans(),
)
def test_what_tells_fast_that_there_is_no_secret_misses_none(word, around, small):
    text = f"{around[0]}\n{word.lower() if small else word}{around[1]}hunter22"
    with patch.multiple(native, STEMS=("",), _WORDS=""):
        thorough = secrets_in(text)
    assert secrets_in(text) == thorough
