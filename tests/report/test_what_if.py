"""The panel that answers `what if`: the model's own formulas, in the browser, equal to `plan size`."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from planner.deployment.load import from_mapping, load
from planner.report import what_if
from planner.report.evidence import Provenance
from planner.report.gather import gather
from planner.report.language import language
from planner.report.report import compose
from planner.sizing import javascript
from planner.sizing.api import size
from planner.sizing.constants import data
from planner.sizing.evaluation import model
from tests.report.conftest import DAY

pytestmark = pytest.mark.xdist_group("chromium")
ROOT = Path(__file__).resolve().parents[2]
POINTS = 200
# What the page states: nine digits.
ERROR = 1e-9
DEPLOYMENTS = {
    "wholesale": lambda: load(str(ROOT / "examples" / "wholesale" / "deployment.yaml")),
    "starter": lambda: load(str(ROOT / "examples" / "starter" / "deployment.yaml")),
    "retail": lambda: load(str(ROOT / "examples" / "retail" / "deployment.yaml")),
    "high-availability": lambda: load(str(ROOT / "examples" / "high-availability" / "deployment.yaml")),
    "flags": lambda: from_mapping({"traffic": {"cps": 100, "codecs": {"g729": 1}, "growth_per_month": 0.03}}),
}
SET = """(values) => {
  const panel = document.getElementById("what-if");
  panel.reset();
  for (const [id, value] of Object.entries(values)) document.getElementById(id).value = value;
  panel.dispatchEvent(new Event("input"));
  const said = [...panel.querySelectorAll("output")].map((each) => [each.dataset.figure, each.textContent]);
  const { values: figures, short, month } = panel.result ?? {};
  return { figures, short: short?.map((row) => row.need), month, said: Object.fromEntries(said),
           status: document.getElementById("what-if-status").textContent };
}"""


def composed(deployment, lang="en"):
    evidence = gather(deployment, size(deployment), Provenance("0.0.0", "plan report deployment.yaml", DAY))
    return compose(evidence, language(lang))


def drawn_point(rng, controls, codecs):
    """A random point: what is declared, and what the fields of the page hold for it."""
    declared, fields = {}, {}
    for index, each in enumerate(controls):
        per, value = each["per"], float(each["value"] or 0)
        name = each["name"]
        if name == "topology.servers":
            chosen = rng.choice([None, rng.randint(1, 12)])
        elif name == "traffic.growth_per_month":
            chosen = rng.choice([0.0, round(rng.uniform(0.001, 0.12), 4)])
        elif name == "traffic.asr":
            chosen = round(rng.uniform(0.05, 0.95), 4)
        else:
            chosen = round(value * rng.uniform(0.1, 6), 3)
        if chosen is not None:
            declared[name] = chosen
            fields[f"knob-{index}"] = float(f"{chosen * per:.10g}")
    if codecs and rng.random() < 0.7:
        index = rng.randrange(len(codecs))
        declared["traffic.codecs"] = {codecs[index]: 1.0}
        fields["knob-codec"] = str(index)
    return declared, fields


@pytest.fixture(scope="module")
def panels(page_of, opened):
    """A function that opens the page of a deployment once, with the report it shows."""
    made = {}

    def one(name):
        if name not in made:
            made[name] = DEPLOYMENTS[name](), composed(DEPLOYMENTS[name]())
        deployment, report = made[name]
        path = made.setdefault((name, "path"), page_of(report, f"{name}.html"))
        return deployment, report, opened(path)

    return one


@pytest.mark.parametrize("name", sorted(DEPLOYMENTS))
def test_the_panel_agrees_with_plan_size(name, panels):
    deployment, report, tab = panels(name)
    rng = random.Random(name)  # noqa: S311  no secret
    labels = {each["label"]: each["name"] for each in data("codecs")["codecs"]}
    codecs = [labels[each] for each in report.panel["codecs"]]
    for _ in range(POINTS // len(DEPLOYMENTS)):
        declared, fields = drawn_point(rng, report.panel["controls"], codecs)
        wanted = size(deployment.override(declared))
        got = tab.value(f"({SET})({json.dumps(fields)})")
        assert got["figures"] is not None, (declared, got["status"])
        for figure in (each for each in javascript.FIGURES if each in got["figures"]):
            assert got["figures"][figure] == pytest.approx(wanted.figures[figure].range.typical, rel=ERROR), declared
        assert got["short"] == [row.figure for row in wanted.plan.short], declared
        assert got["month"] == wanted.plan.lasts, declared
        assert ("does not suffice" in got["status"]) == (wanted.plan.status == "short")
        for output in report.panel["outputs"][:-1]:
            estimate = wanted.figures[output["name"]]
            shown = report.say.quantity(estimate.range.typical, estimate.unit)
            assert got["said"][output["name"]] == shown, (output["name"], declared)


@pytest.mark.parametrize("name", sorted(DEPLOYMENTS))
def test_the_panel_begins_with_the_numbers_of_the_report(name, panels):
    _, report, tab = panels(name)
    got = tab.value(f"({SET})({{}})")
    assert got["said"] == {each["name"]: each["now"] for each in report.panel["outputs"]}
    assert got["status"] == report.panel["status"]
    assert tab.complaints() == []
    assert tab.requests() == []


def test_every_control_of_the_answer_is_there(panels):
    _, report, tab = panels("wholesale")
    names = [each["name"] for each in report.panel["controls"]]
    assert names == ["traffic.cps", "traffic.acd", "traffic.asr", "traffic.growth_per_month", "topology.servers"]
    assert tab.value("document.querySelectorAll('#knob-codec option').length") > 10
    unlabelled = (
        "[...document.querySelectorAll('#what-if input, #what-if select')].filter((each) => !each.labels.length)"
    )
    assert tab.value(f"{unlabelled}.length") == 0


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("knob-0", "-1", "Attempts per second (CPS): Write a number from 0.001 to 1,000,000."),
        ("knob-2", "140", "Answered attempts (ASR), %: Write a number from 0.1 to 100."),
        ("knob-4", "2.5", "Servers that carry load: Write a number from 1 to 10,000."),
    ],
)
def test_what_cannot_be_is_refused_with_what_can(field, value, said, panels):
    tab = panels("wholesale")[2]
    got = tab.value(f"({SET})({json.dumps({field: value})})")
    assert got["status"] == said
    assert set(got["said"].values()) == {"\N{EN DASH}"}
    assert tab.value(f"document.getElementById({field!r}).getAttribute('aria-invalid')") == "true"
    assert tab.value(f"({SET})({{}})")["figures"] is not None
    assert tab.value(f"document.getElementById({field!r}).getAttribute('aria-invalid')") is None


def test_more_calls_than_callers_are_refused(page_of, tab):
    deployment = from_mapping({"traffic": {"cps": 2, "sources": 150, "acd": 60, "asr": 0.5, "codecs": {"g711": 1}}})
    tab.open(page_of(composed(deployment)))
    got = tab.value(f"({SET})({json.dumps({'knob-0': '20'})})")
    assert got["status"] == "That is more calls at once than there are callers."


def test_the_panel_is_not_printed_and_says_nothing_without_scripts(page_of, tab):
    path = page_of(composed(DEPLOYMENTS["wholesale"]()))
    tab.settle(scripts=False)
    tab.open(path, drawn=False)
    assert "hidden" in re.search(r'<form id="what-if"[^>]*>', path.read_text(encoding="utf-8"))[0]
    tab.settle()
    tab.open(path)
    tab.call("Emulation.setEmulatedMedia", media="print")
    assert tab.value("getComputedStyle(document.getElementById('what-if')).display") == "none"


def test_the_chinese_panel_speaks_chinese():
    made = composed(DEPLOYMENTS["wholesale"](), "zh").panel
    told = [made["status"], *(each["label"] for each in made["controls"]), *(each["label"] for each in made["outputs"])]
    assert all(re.search(r"[\u4e00-\u9fff]", each) for each in told), told


def test_the_translated_model_is_what_the_formulas_give():
    assert javascript.TARGET.read_text(encoding="utf-8") == javascript.text()


def test_the_translation_computes_what_the_model_computes(require):
    require("node")
    deployment = DEPLOYMENTS["wholesale"]()
    base = gather(deployment, size(deployment), Provenance("0", "plan", DAY)).what_if.leaves
    rng, cases = random.Random(1), []  # noqa: S311  no secret
    for _ in range(1000):
        moved = {"given.cps": 10 ** rng.uniform(-1, 4), "traffic.acd": rng.uniform(5, 600)}
        cases.append({**base, **moved, "traffic.asr": rng.random(), "traffic.blocking": 10 ** rng.uniform(-6, -1)})
    program = f"{what_if.script()}\nconsole.log(JSON.stringify({json.dumps(cases)}.map((each) => PLAN.model(each))))"
    node = shutil.which("node")
    got = json.loads(subprocess.run([node, "-"], input=program, capture_output=True, text=True, check=True).stdout)
    whole = size(deployment).leaves
    for case, figures in zip(cases, got, strict=True):
        wanted = model()({name: each.range.typical for name, each in whole.items()} | case)
        for name, value in figures.items():
            assert value == pytest.approx(wanted[name], rel=ERROR), (name, case)
