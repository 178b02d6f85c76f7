"""What the plan says beside its servers: offers, certainty asked for, measured growth, refill, binary log."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from math import floor

import pytest

from planner.deployment.load import from_mapping
from planner.report.evidence import Provenance
from planner.report.gather import gather
from planner.report.language import language
from planner.report.markdown import markdown
from planner.report.page import page
from planner.report.report import compose
from planner.report.workbook import workbook
from planner.sizing.api import size
from tests.report.conftest import DAY

PRICED = {
    "traffic": {"cps": 60, "codecs": {"g729": 1}},
    "prices": {"starter": 20, "professional": 40, "enterprise": 150, "server": 300, "terabyte": 10, "mbit": 0.5},
}
UNDECIDED = {"traffic": {"cps": 100, "codecs": {"g729": 1}}, "topology": {"servers": 1}}


@pytest.fixture(scope="module")
def told():
    """A function that gives the sizing and the report of a deployment, by certainty, profile and language."""

    def one(deployment, *, certainty=None, profile=None, lang="en"):
        declared = from_mapping(deployment)
        sizing = size(declared, certainty=certainty, profile=profile)
        evidence = gather(declared, sizing, Provenance("0.0.0", "plan report", DAY), profile=profile)
        return sizing, compose(evidence, language(lang))

    return one


def answer(report, label):
    return dict(report.cover.answer).get(report.say(label), "")


def cells(book):
    """Every text of a workbook."""
    with zipfile.ZipFile(BytesIO(book)) as archive:
        return archive.read("xl/sharedStrings.xml").decode()


def trend(low, value, high):
    growth = {"value": value, "low": low, "high": high}
    return {"schema": "profile-v1", "assumptions": [], "trend": {"weeks": 8, "growth_per_month": growth}}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_a_plan_costs_stands_beside_the_cheapest_that_suffices(lang, told):
    sizing, report = told(PRICED, lang=lang)
    offers, costs = sizing.plan.offers, answer(report, "Costs")
    numbers = [
        report.say.number(each)
        for each in (sizing.value("cost.per_month"), sizing.value("cost.per_year"), offers[0].cost)
    ]
    assert [each for each in numbers if each not in costs] == []
    assert report.say.percent(0.95) in costs
    caption = next(
        block.caption
        for section in report.sections
        if section.key == "hardware"
        for block in section.blocks
        if len(block.columns) == 6
    )
    for text in (markdown(report), page(report, None), cells(workbook(report))):
        assert caption in text
        assert numbers[0] in text
        for offer in offers:
            assert report.say.number(offer.cost * 12) in text
    if lang == "en":
        assert re.search(
            r"Cheapest that suffices in 95 % of the cases: 3 servers of the Professional tier with 500 GB each for \d+ "
            r"a month\. Against it: 2 servers of the Enterprise",
            costs,
        )


def test_without_prices_nothing_is_said_of_costs(told):
    _, report = told({"traffic": {"cps": 9}})
    assert answer(report, "Costs") == ""
    assert "cheapest" not in markdown(report).lower()


def test_prices_for_which_nothing_suffices_surely_say_so(told):
    _, report = told({**UNDECIDED, "prices": {"server": 100}}, certainty=0.99)
    assert "With what is declared nothing suffices in 99 % of the cases." in answer(report, "Costs")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_undecided_plan_says_so_and_names_what_to_declare(lang, told):
    sizing, report = told(UNDECIDED, certainty=0.99, lang=lang)
    assert sizing.plan.status == "undecided"
    share, sure = f"{floor(100 * sizing.plan.certainty)}", answer(report, "Certainty")
    told_so = "Not decided: what is declared does not tell whether the plan suffices"
    assert report.cover.verdict.startswith(report.say(told_so))
    assert report.cover.state == "risks"
    assert sure.replace(" ", "").count(f"{share}%") == 1
    for name in sizing.plan.declare:
        assert report.say(sizing.leaves[name].label).partition(":")[0].partition("\N{FULLWIDTH COLON}")[0] in sure
    if lang == "en":
        # One share wherever it stands.
        assert re.search(rf"suffices in {share} % of the plausible cases, not in 99 %", markdown(report))
        assert "Nothing has to be fixed" not in markdown(report)
        # The panel and the workbook compute the typical case, and say so.
        assert report.panel["status"] == "With these values the plan suffices in the typical case."
        assert "With the cells as they are, in the typical case, the plan" in cells(workbook(report))


def test_a_plan_decided_by_a_certainty_says_which(told):
    sizing, report = told({"traffic": {"cps": 100, "codecs": {"g729": 1}}}, certainty=0.99)
    assert sizing.plan.status == "suffices"
    assert "It was decided by 99 %." in answer(report, "Certainty")


def test_no_share_of_cases_is_rounded_up_to_all_of_them(told):
    sizing, report = told(UNDECIDED)
    for row in sizing.plan.resources:
        if row.certainty < 1:
            assert f"(in {floor(100 * row.certainty + 1e-9)} % of cases)" in markdown(report)


UNTIL = r"By it the plan lasts until {0}; order the next step by {0}\.( What gives way first: [a-z A-Z]+\.)?".format(
    r"\w+ 20\d\d \(month \d+\)"
)
BEYOND = r"By it the plan lasts beyond the months looked at\."
ENDS = r"At the high end until .*, at the low end {}\."


@pytest.mark.parametrize(
    ("growth", "said"),
    [
        ((0.03, 0.05, 0.08), rf"5 % a month over 8 weeks \(3 % to 8 %\)\. {UNTIL} {ENDS.format('until .*')}"),
        ((-0.01, 0.001, 0.08), rf"0\.1 % a month .*\. {BEYOND} {ENDS.format('beyond the months looked at')}"),
        ((-0.03, -0.02, -0.01), rf"-2 % a month over 8 weeks \(-3 % to -1 %\)\. {BEYOND}"),
    ],
)
def test_measured_growth_stands_beside_the_declared(growth, said, told):
    profile = trend(*growth)
    for declared in ({}, {"growth_per_month": 0.02}):
        sizing, report = told({"traffic": {"cps": 80, "codecs": {"g729": 1}, **declared}}, profile=profile)
        text = answer(report, "Measured growth")
        assert re.fullmatch(said, text)
        # On page one and in the section of growth, in the table of the workbook, and nowhere otherwise.
        assert markdown(report).replace("\\", "").count(text) == 2
        assert text in cells(workbook(report))
        months = re.findall(r"\(month (\d+)\)", text)
        held = sizing.plan.trend
        known = {str(each) for each in (held.lasts, held.order_by, held.earliest, held.latest)}
        assert set(months) <= known


def test_a_plan_that_is_short_today_names_no_month_by_measured_growth(told):
    _, report = told(
        {"traffic": {"cps": 900, "codecs": {"g729": 1}}, "topology": {"servers": 1}}, profile=trend(0.03, 0.05, 0.08)
    )
    assert answer(report, "Measured growth") == "5 % a month over 8 weeks (3 % to 8 %)."


def test_a_server_alone_is_not_told_as_each(told):
    _, report = told({"traffic": {"cps": 9}, "topology": {"servers": 1}})
    assert re.match(r"1 server with \d+ CPU core", answer(report, "Servers"))


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        (300, "with SS_MAXCPS 300 attempts are turned away for"),
        (90, "SS_MAXCPS lets in no more than the attempts that come: it turns attempts away for ever."),
    ],
)
def test_how_a_server_fills_again_under_a_limit_is_said(limit, said, told):
    _, report = told({"traffic": {"cps": 100, "codecs": {"g729": 1}}, "softswitch": {"SS_MAXCPS": limit}})
    text = markdown(report).replace("\\", "")
    assert said in text
    assert "The same, with callers who try again" in text


def test_the_binary_log_is_part_of_the_disk(told):
    base = {"traffic": {"cps": 60, "codecs": {"g729": 1}}, "server": {"mysql_version": "5.7"}}
    without, plain = told(base)
    sizing, report = told({**base, "mysql": {"log_bin": "binary"}})
    kept = sizing.figures["database.binary_log_bytes"].range.typical
    assert kept > 0 == without.figures["database.binary_log_bytes"].range.typical
    shown = report.say.quantity(kept, "B")
    assert any(shown in line for line in markdown(report).splitlines() if "inary log" in line)
    disk = [each.plan.row("disk").need.typical for each in (without, sizing)]
    assert disk[1] > disk[0]
    fills = [next(each for each in made.charts() if each.key.startswith("disk")) for made in (plain, report)]
    assert fills[0].table.rows[-1][2].text != fills[1].table.rows[-1][2].text


def test_the_plan_after_the_fixes_is_decided_as_surely():
    short = from_mapping({"traffic": {"cps": 300, "codecs": {"g729": 1}}, "topology": {"servers": 1}})
    evidence = gather(short, size(short, certainty=0.99), Provenance("0.0.0", "plan report", DAY))
    assert evidence.sizing.plan.status == "short"
    assert evidence.fixed.plan.asked == 0.99
