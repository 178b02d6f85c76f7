"""`plan report` as a user runs it: files, formats, dates, errors, exit codes, the same bytes again."""

from __future__ import annotations

import functools
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from planner.catalogue.data import SCHEMAS
from planner.report.report import read

pytestmark = pytest.mark.usefixtures("watched")
DEPLOYMENT = """
site: {name: Example wholesale, customer: Example Telecom, brand: {colour: "#C8102E", logo: logo.svg}}
traffic: {cps: 100, codecs: g729, growth_per_month: 3%}
"""
ROOT = Path(__file__).resolve().parents[2]
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


@pytest.fixture
def program(tmp_path):
    """A function that runs `plan` in an empty folder, on a fixed date."""

    def run(*arguments, cwd=".", stdin=None, **environment):
        settings = {**os.environ, "SOURCE_DATE_EPOCH": "1795305600", "NO_COLOR": "1", **environment}
        command = [sys.executable, "-W", "error", "-m", "planner", *map(str, arguments)]
        settings["PYTHONPATH"] = os.pathsep.join((str(ROOT), settings.get("PYTHONPATH", "")))
        return subprocess.run(
            command,
            stdin=stdin or subprocess.DEVNULL,
            capture_output=True,
            cwd=tmp_path / cwd,
            env=settings,
            check=False,
            timeout=120,
        )

    return run


@pytest.fixture
def plan(program):
    """A function that runs `plan report`."""
    return functools.partial(program, "report")


@pytest.fixture
def deployment(tmp_path):
    (tmp_path / "logo.svg").write_text(LOGO)
    (tmp_path / "deployment.yaml").write_text(DEPLOYMENT)
    return "deployment.yaml"


def test_flags_alone_make_a_report(plan, tmp_path):
    result = plan("--cps", 100, "--codec", "g729", "-o", "report.html")
    assert (result.returncode, result.stdout) == (0, b"")
    assert re.fullmatch(rb"report\.html: [\d,]+ bytes\n", result.stderr)
    value = read(tmp_path / "report.html")
    assert value["sizing"]["figures"]["traffic.offered_erlangs"]["value"] == 3000
    assert value["sizing"]["hardware"]["tier"] == "enterprise"
    assert value["date"] == "2026-11-22"


def test_one_run_writes_every_format_and_the_same_bytes_again(plan, deployment, tmp_path):
    forms = ("html", "json", "md", "xlsx")
    for seed in ("0", "1"):
        outputs = [item for form in forms for item in ("-o", f"{seed}.{form}")]
        result = plan(deployment, *outputs, PYTHONHASHSEED=seed)
        assert result.returncode == 0, result.stderr
    for form in forms:
        assert (tmp_path / f"0.{form}").read_bytes() == (tmp_path / f"1.{form}").read_bytes(), form
    assert read(tmp_path / "0.html") == read(tmp_path / "0.json")
    page = (tmp_path / "0.html").read_text()
    assert "#C8102E" in page
    assert 'src="data:image/svg+xml;base64,' in page


def test_where_a_report_is_written_changes_no_byte(plan, tmp_path, measured):
    """Neither the working folder, nor how files are named, nor zone and locale."""
    site, other = tmp_path / "site", tmp_path / "other"
    site.mkdir()
    other.mkdir()
    (site / "deployment.yaml").write_text("traffic: {cps: 10}\nsysctl: {file: sysctl.conf}\n")
    (site / "sysctl.conf").write_text("net.core.rmem_max = 1\nfs.file-max = 9\n")
    (other / "profile.json").write_text(json.dumps(measured))
    forms = [item for form in ("html", "json", "md", "xlsx") for item in ("-o", tmp_path / f"report.{form}")]
    names = ("site/deployment.yaml", f"--profile={other / 'profile.json'}")
    assert plan(*names, *forms).returncode in {0, 1}
    written = [path.read_bytes() for path in forms[1::2]]
    names = (site / "deployment.yaml", "--profile=../other/profile.json")
    (tmp_path / "elsewhere").mkdir()
    result = plan(*names, *forms, cwd="elsewhere", TZ="Asia/Tokyo", LC_ALL="C", PYTHONHASHSEED="9")
    assert result.returncode in {0, 1}, result.stderr
    assert [path.read_bytes() for path in forms[1::2]] == written
    assert b"<code>fs.file-max = 9</code>" in written[0]
    value = json.loads(written[1])
    assert value["command"] == "plan report deployment.yaml --profile=profile.json"
    assert {each["path"] for each in value["findings"]} <= {"deployment.yaml", "sysctl.conf", "<values>"}
    assert [each["name"] for each in value["inputs"]] == ["deployment.yaml", "sysctl.conf", "profile.json"]


def test_the_result_object_keeps_its_schema(plan, deployment, tmp_path, measured):
    (tmp_path / "profile.json").write_text(json.dumps(measured))
    result = plan(deployment, "--profile", "profile.json", "-o", "report.json", "--fail-on", "never")
    assert result.returncode == 0, result.stderr
    schema = json.loads((SCHEMAS / "report-v1.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    value = read(tmp_path / "report.json")
    assert [error.message for error in Draft202012Validator(schema).iter_errors(value)] == []
    assert [each["name"] for each in value["inputs"]] == ["deployment.yaml", "profile.json"]


def test_the_backtest_is_the_one_of_the_records(plan, program, tmp_path):
    program("cdr", "simulate", "--cps", 1, "--hours", 2, "--seed", 7, "-o", "archive")
    told = json.loads(program("cdr", "backtest", "archive", "--format", "json").stdout)
    program("cdr", "profile", "archive", "--format", "json", "-o", "profile.json")
    result = plan("--profile", "profile.json", "-o", "report.html", "-o", "report.md", "--fail-on", "never")
    assert result.returncode == 0, result.stderr
    assert read(tmp_path / "report.html")["backtest"] == told["comparisons"]
    assert len(told["comparisons"]) == 9
    text = (tmp_path / "report.md").read_text().partition("Prediction and measurement")[2].partition("#")[0]
    # Three of them are of whole days: two hours say nothing of those.
    assert text.count("\n| ") == 1 + 1 + 6


def test_extract_prints_what_a_page_carries(plan, tmp_path):
    plan("--cps", 10, "-o", "report.html")
    result = plan("--extract", "report.html")
    assert result.returncode == 0
    assert json.loads(result.stdout) == read(tmp_path / "report.html")


def test_extract_reads_standard_input(plan, tmp_path):
    plan("--cps", 10, "-o", "report.html")
    with (tmp_path / "report.html").open("rb") as page:
        result = plan("--extract", "-", stdin=page)
    assert json.loads(result.stdout) == read(tmp_path / "report.html")
    assert b"standard input: no embedded result object; expected" in plan("--extract", "-", stdin=None).stderr


def test_standard_output_takes_one_format(plan):
    result = plan("--cps", 10, "--format", "markdown")
    assert result.returncode == 0
    assert result.stdout.startswith(b"# Capacity plan: VOS3000 deployment\n")


def test_errors_in_the_configuration_exit_1_with_the_report_written(plan, tmp_path):
    text = "traffic: {cps: 10}\nsoftswitch: {SERVER_CDR_FILE_WRITE_INTERVAL: 30}\n"
    (tmp_path / "bad.yaml").write_text(text)
    assert plan("bad.yaml", "-o", "bad.md").returncode == 1
    assert "SERVER\\_CDR\\_FILE\\_WRITE\\_INTERVAL" in (tmp_path / "bad.md").read_text()
    assert plan("bad.yaml", "-o", "bad.md", "--fail-on", "never").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--cps", "10", "-o", "report.doc"], 2, "end the name in one of .html"),
        (["--cps", "10", "--format", "doc"], 2, "write html, json"),
        (["--cps", "10", "--lang", "xx", "-o", "x.html"], 2, "'xx' is not one of 'en', 'zh'"),
        (["--cps", "10", "--date", "yesterday", "-o", "x.html"], 2, "write a date such as"),
        (["--cps", "10", "--paper", "a5", "-o", "x.html"], 2, "is not one of 'a4', 'letter'"),
        (["--cps", "10", "--fail-on", "x", "-o", "x.html"], 2, "is not one of 'error', 'warning'"),
        (["--cps", "10", "-o", "missing/x.md"], 2, "missing/x.md: No such file"),
        (["missing.yaml", "-o", "x.html"], 3, "missing.yaml"),
        (["--extract", "missing.html"], 3, "missing.html: No such file"),
        (["--extract", "logo.svg"], 3, "no embedded result object"),
        (
            ["bad-logo.yaml", "-o", "x.html"],
            2,
            "bad-logo.yaml:1: site.brand: https://example.com/x.png: a logo is a file",
        ),
        (["--cps", "10", "--profile", "logo.svg", "-o", "x.html"], 3, "logo.svg: this is no JSON"),
    ],
)
@pytest.mark.usefixtures("deployment")
def test_what_cannot_be_done_is_said_in_one_line(plan, tmp_path, arguments, code, message):
    brand = "site: {brand: {logo: 'https://example.com/x.png'}}\ntraffic: {cps: 1}\n"
    (tmp_path / "bad-logo.yaml").write_text(brand)
    result = plan(*arguments)
    assert result.returncode == code, result.stderr
    assert message in result.stderr.decode()
    assert b"Traceback" not in result.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"logo.svg", "deployment.yaml", "bad-logo.yaml"}


def test_a_bad_epoch_is_named(plan):
    assert b"whole seconds since 1970" in plan("--cps", 10, "-o", "x.md", SOURCE_DATE_EPOCH="soon").stderr


@pytest.mark.xdist_group("chromium")
def test_a_pdf_is_printed_on_the_paper_asked_for(plan, tmp_path, require):
    require("chromium")
    require("pdftoppm")
    assert plan("--cps", 10, "--paper", "letter", "-o", "letter.pdf").returncode == 0
    told = subprocess.run(["pdfinfo", tmp_path / "letter.pdf"], capture_output=True, check=True, text=True).stdout
    assert "612 x 792 pts (letter)" in told
    text = subprocess.run(
        ["pdftotext", tmp_path / "letter.pdf", "-"], capture_output=True, check=True, text=True
    ).stdout
    assert "How close is each limit?" in text
    assert "share of what is there" in text, "the charts were not drawn before the print"


def test_without_a_browser_a_pdf_names_what_to_install(plan, tmp_path):
    result = plan("--cps", 10, "-o", "x.html", "-o", "x.pdf", PLAN_CHROMIUM=str(tmp_path / "none"))
    assert result.returncode == 2
    assert b"apt-get install chromium" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_help_shows_an_example_and_imports_nothing_heavy(plan):
    result = plan("--help")
    assert b"plan report --cps 100 --codec g729 -o report.html" in result.stdout
    code = (
        "import atexit, sys; sys.argv = ['plan', 'report', '--help']; import planner.cli\n"
        "heavy = {'plotly', 'jinja2', 'babel', 'numpy', 'xlsxwriter', 'jsonschema'}\n"
        "atexit.register(lambda: print(sorted(heavy & set(sys.modules))))\n"
        "planner.cli.run()"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert told.stdout.strip().endswith("[]")
