"""The report as a decision: one number for one thing, the status of the plan, and no sentence that misleads."""

from __future__ import annotations

import re
from dataclasses import replace
from math import floor
from pathlib import Path

import pytest

from planner.deployment.load import from_mapping, load
from planner.report.evidence import Provenance
from planner.report.gather import gather
from planner.report.language import available, language
from planner.report.markdown import markdown
from planner.report.report import compose
from planner.rules.registry import rules
from planner.sizing.api import size
from tests.report.conftest import DAY

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted(path.parent.name for path in (ROOT / "examples").glob("*/deployment.yaml"))
MISLEADING = (
    "checked against every rule",
    "Ready for the planned traffic",
    "It is the number to measure first",
    "(as given)",
    "of 1 servers",
    "in disaster-recovery pairs 1",
    "of each limit by month",
    "| At least |",
)
"""Sentences that said more than was known."""


@pytest.fixture(scope="session")
def evidence(measured):
    """A function that gathers an example's evidence once; "" is a report of flags alone."""
    made = {}

    def gathered(name, *, profile=False):
        if (name, profile) not in made:
            deployment = load(str(ROOT / "examples" / name / "deployment.yaml")) if name else flags()
            document = measured if profile else None
            sizing = size(deployment, profile=document)
            provenance = Provenance("0.0.0", "plan report", DAY)
            made[name, profile] = gather(deployment, sizing, provenance, profile=document)
        return made[name, profile]

    return gathered


def flags():
    return from_mapping({"traffic": {"cps": 100, "codecs": {"g729": 1}}})


@pytest.mark.parametrize("name", ["", *EXAMPLES])
def test_page_one_names_what_to_buy(name, evidence):
    gathered = evidence(name)
    plan, text = gathered.sizing.plan, markdown(compose(gathered, language("en")))
    bought = dict(compose(gathered, language("en")).cover.answer)["Servers"]
    total = plan.servers.total
    assert bought.startswith(f"{total} server{'s' if total > 1 else ''}")
    for word in (f"{round(plan.host.value('cpu_cores'))} CPU core", " RAM", "network link"):
        assert word in bought
    assert re.search(r"SSD|HDD|NVMe", bought)
    assert text.count(bought) >= 1


@pytest.mark.parametrize("name", ["", *EXAMPLES])
def test_the_verdict_is_the_status_of_the_plan(name, evidence):
    gathered = evidence(name)
    cover = compose(gathered, language("en")).cover
    plan = gathered.sizing.plan
    assert cover.verdict.startswith(
        {"suffices": "The plan suffices", "short": "The plan does not suffice"}[plan.status]
    )
    for row in plan.short:
        assert row.label.lower()[1:] in cover.verdict.lower()
    if any(row.severity == "error" for row in plan.short):
        assert cover.state == "blocked"


@pytest.mark.parametrize("code", available())
@pytest.mark.parametrize(
    ("name", "profile"), [("", False), *((name, False) for name in EXAMPLES), ("wholesale", True), ("", True)]
)
def test_a_use_is_said_once_and_alike(name, code, profile, evidence):
    gathered = evidence(name, profile=profile)
    say, text = language(code), markdown(compose(gathered, language(code)))
    for row in gathered.sizing.plan.resources:
        share = say.percent(row.utilisation)
        line = next(line for line in text.splitlines() if line.startswith(f"| {say(row.label)} ("))
        assert f"| {share} |" in line.replace("\\", "")
    assert not re.search(r"That memory over the RAM|Use of the link|utilisation", text)
    assert [each for each in MISLEADING if each in text] == []


@pytest.mark.parametrize("name", ["", *EXAMPLES])
def test_checks_that_ran_and_checks_that_were_skipped_are_all(name, evidence):
    gathered = evidence(name)
    every = sum(each.rule.origin == "check" for each in rules().values())
    text = dict(compose(gathered, language("en")).cover.answer)["Checks"]
    ran, of = map(int, re.match(r"(\d+) of (\d+) checks ran", text).groups())
    skipped = re.search(r"(\d+) needs? what is not declared", text)
    assert of == every
    assert ran + (int(skipped[1]) if skipped else 0) == every
    assert len(gathered.checks.skipped) == every - ran


@pytest.mark.parametrize("name", ["", *EXAMPLES])
def test_blocking_is_that_of_what_is_bought(name, evidence):
    gathered = evidence(name)
    report = compose(gathered, language("en"))
    chart = next((each for each in report.charts() if each.key == "overload"), None)
    row = gathered.sizing.plan.row("calls")
    if chart is None or row is None or not row.suffices:
        return
    planned = next(cells[2].text for cells in chart.table.rows if cells[0].text == "100 %")
    grade = gathered.sizing.leaves["traffic.blocking"].value
    assert planned == "less than 0.01 %" or float(planned.removesuffix(" %")) <= 100 * grade * 1.01
    assert f"{floor(gathered.sizing.value('hardware.capacity_concurrent_calls')):,} calls" in chart.answer


def test_page_one_says_by_when_to_order_also_where_the_fixes_come_first(evidence):
    gathered = evidence("wholesale")
    made, fixed = gathered.sizing.plan, gathered.fixed.plan
    assert (made.status, fixed.status) == ("short", "suffices")
    cover = compose(gathered, language("en")).cover
    for said in (dict(cover.answer)["Lasts"], cover.summary):
        assert f"(month {fixed.lasts}). Order the next step by " in said
        assert said.endswith(f"(month {fixed.order_by}).")


def test_the_codec_that_nobody_declared_is_named(made):
    assert (
        "each way for G.711, as no codec is declared;"
        in dict(made({"traffic": {"cps": 10}}).cover.answer)["For this load"]
    )


def test_no_growth_is_said_and_growth_names_months(evidence):
    for name in EXAMPLES:
        gathered = evidence(name)
        section = next(each for each in compose(gathered, language("en")).sections if each.key == "growth")
        rate = gathered.sizing.leaves["traffic.growth"].value
        if not rate:
            assert "No growth is declared" in section.lead
        for block in section.blocks:
            years = [int(year) for year in re.findall(r"\b(20\d\d)\b", str(block))]
            assert all(year <= DAY.year + 4 for year in years)


def test_following_advice_says_what_it_changes(evidence):
    actions = next(each for each in compose(evidence("wholesale"), language("en")).sections if each.key == "actions")
    effects = {each.rule: each.effect for each in actions.blocks[0].items}
    assert re.search(r"CDR text kept on disk goes from .* to ", effects["failed-calls-recorded-at-volume"])


def test_what_was_measured_stands_beside_what_is_planned(evidence):
    text = markdown(compose(evidence("wholesale", profile=True), language("en")))
    assert "The plan beside the measurement" in text
    assert re.search(r"\| 33 /s \| 120 /s \| 3\.64 times \|", text)


def test_days_of_a_week_are_told_from_seven_days_on(evidence):
    gathered = evidence("wholesale", profile=True)
    short = {**gathered.profile, "span": {**gathered.profile["span"], "seconds": 30 * 3600}}
    told = [markdown(compose(each, language("en"))) for each in (gathered, replace(gathered, profile=short))]
    assert ["The week peaks on" in each for each in told] == [True, False]
    assert ["per day (" in each.partition("Prediction and measurement")[2] for each in told] == [True, False]


def test_the_mix_comes_first_and_the_guide_says_only_what_it_says(evidence):
    report = compose(evidence("wholesale"), language("en"))
    rows = next(each for each in report.charts() if each.key == "codecs").table.rows
    assert rows[0][0].text == "G.729\N{NO-BREAK SPACE}70 %, G.711\N{NO-BREAK SPACE}30 %"
    by_codec = {cells[0].text: cells[1].text for cells in rows}
    assert by_codec["iLBC 30"] == by_codec["Opus WB"] == "\N{EN DASH}"


def test_a_summary_is_page_one_and_what_to_do(evidence):
    report = compose(evidence("wholesale"), language("en"), summary=True)
    assert [each.key for each in report.sections] == ["actions"]
    assert report.cover.answer


def test_the_excerpt_shows_the_line_to_edit(evidence):
    actions = next(each for each in compose(evidence("wholesale"), language("en")).sections if each.key == "actions")
    excerpts = {each.rule: each.excerpt for each in actions.blocks[0].items}
    assert "SERVER_CDR_FILE_WRITE_MAX: 2048" in excerpts["retention-shorter-than-policy"]


def test_since_last_time_tells_what_moved_and_which_findings_are_new(evidence):
    before = compose(evidence("starter"), language("en")).data
    same = compose(replace(evidence("starter"), previous=before), language("en"))
    assert "The plan is the same." in same.sections[0].lead
    assert "0 new, 0 gone" in same.sections[0].lead
    moved = compose(replace(evidence("wholesale"), previous=before), language("en"))
    assert moved.sections[0].key == "changes"
    table = moved.sections[0].blocks[0]
    assert all(cells[1].text != cells[2].text for cells in table.rows)
    new, gone = map(int, re.search(r"(\d+) new, (\d+) gone", moved.sections[0].lead).groups())
    assert len(moved.sections[0].blocks[1].rows) == min(new + gone, 30)
