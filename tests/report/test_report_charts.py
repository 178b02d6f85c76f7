"""Charts are what plotly would accept, in traces the bundle has, short, in colours all can tell apart."""

from __future__ import annotations

import itertools
import re

import plotly.graph_objects as go
import pytest

from planner.report.blocks import Chart
from planner.report.charts import TEMPLATE, significant, wrapped
from planner.report.evidence import Brand
from planner.report.page import CONFIG, TRACES, _colours, _heat
from planner.report.palette import (
    BLUE,
    DARK,
    GREEN,
    HEAT,
    INK,
    MUTED,
    NIGHT,
    PAPER,
    PURPLE,
    VERMILION,
    contrast,
    normalised,
    readable,
)


@pytest.fixture(scope="module")
def charts(made, measured):
    deployment = {"traffic": {"cps": 300, "codecs": {"g711": 1}, "growth_per_month": 0.03}}
    return list(made(deployment, profile=measured).charts())


def test_growth_is_compound(made, measured):
    deployment = {"traffic": {"cps": 300, "codecs": {"g711": 1}, "growth_per_month": 0.03}}
    report = made(deployment, profile=measured)
    (chart,) = (each for each in report.charts() if each.key == "growth")
    row, months = (
        report.sizing.plan.row("cps"),
        dict(zip(*(chart.figure["data"][0][axis] for axis in "yx"), strict=True)),
    )
    month = months[row.label]
    assert row.need.typical * 1.03 ** (month - 1) <= row.limit < row.need.typical * 1.03**month
    assert months == {each.label: each.month for each in report.sizing.plan.resources if each.month is not None}


def test_plotly_accepts_every_figure(charts):
    assert len(charts) >= 11
    for chart in charts:
        go.Figure({**chart.figure, "layout": {**chart.figure["layout"], "template": TEMPLATE}})


def test_only_traces_that_the_bundle_has(charts):
    kinds = {trace["type"] for chart in charts for trace in chart.figure["data"]}
    assert kinds <= TRACES
    assert kinds == {"scatter", "bar", "heatmap"}


def test_series_are_short(charts):
    for chart in charts:
        for trace in chart.figure["data"]:
            assert len(trace["x"]) <= 200
        assert len(chart.figure["data"]) <= 6


def test_every_chart_asks_and_answers_with_its_numbers(charts):
    assert len({chart.key for chart in charts}) == len(charts)
    for chart in charts:
        assert chart.question.endswith("?")
        assert chart.answer.endswith(".")
        assert chart.table.rows
        assert all(len(row) == len(chart.table.columns) for row in chart.table.rows)


def test_charts_are_never_uploaded():
    assert CONFIG["showSendToCloud"] is False
    assert CONFIG["plotlyServerURL"] == ""
    assert CONFIG["displayModeBar"] is False


@pytest.mark.parametrize("colour", [BLUE, VERMILION, GREEN, PURPLE])
def test_graphics_stand_out_in_light_and_dark(colour):
    assert contrast(colour, PAPER) >= 3.0
    assert contrast(DARK[colour], NIGHT) >= 3.0


@pytest.mark.parametrize("colour", [INK, MUTED])
def test_texts_are_readable_in_light_and_dark(colour):
    for paper in ("#F5F7FA", PAPER):
        assert contrast(colour, paper) >= 4.5
    for night in (NIGHT, "#161D27"):
        assert contrast(DARK[colour], night) >= 4.5


@pytest.mark.parametrize("brand", ["#000000", "#FFFFFF", "#FFD400", "#0072B2", "#7F7F7F", "#C8102E"])
def test_any_brand_colour_gives_readable_texts(brand):
    colours = _colours(Brand(brand))
    assert contrast(colours["accent_text_light"], "#F5F7FA") >= 4.5
    assert contrast(colours["accent_text_light"], PAPER) >= 4.5
    assert contrast(colours["accent_text_dark"], "#161D27") >= 4.5
    assert contrast(colours["accent_text_dark"], NIGHT) >= 4.5


def test_heat_cells_are_readable():
    for step in range(10):
        heat = _heat(step)
        assert contrast(heat["light"], heat["light_ink"]) >= 4.5
        assert contrast(heat["dark"], heat["dark_ink"]) >= 4.5


def test_heat_grows_darker_on_paper():
    from_white = [contrast(colour, PAPER) for colour in HEAT]
    assert from_white == sorted(from_white)


def test_contrast_is_the_published_one():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast(BLUE, "#FFFFFF") == pytest.approx(5.2, abs=0.05)
    assert contrast(VERMILION, "#FFFFFF") == pytest.approx(3.9, abs=0.05)


def test_every_chart_colour_has_a_dark_counterpart(charts):
    def colours(value):
        if isinstance(value, dict):
            return set().union(*map(colours, value.values())) if value else set()
        if isinstance(value, list):
            return set().union(*map(colours, value)) if value else set()
        return {value} if isinstance(value, str) and value.startswith(("#", "rgba(0,114")) else set()

    used = set(itertools.chain.from_iterable(colours(chart.figure) for chart in charts)) | colours(TEMPLATE)
    assert used <= set(DARK)


@pytest.mark.parametrize(("given", "wanted"), [("#abc", "#AABBCC"), (" #0072b2 ", "#0072B2")])
def test_colours_are_normalised(given, wanted):
    assert normalised(given) == wanted


@pytest.mark.parametrize("given", ["red", "#12", "#12345g", "url(x)", "#0072B2;}", "", "#\uff11\uff12\uff13"])
def test_what_is_no_colour_is_refused(given):
    with pytest.raises(ValueError, match="write it as #rrggbb"):
        normalised(given)


def test_readable_moves_no_further_than_needed():
    assert readable(BLUE, "#FFFFFF") == BLUE


@pytest.mark.parametrize(("value", "wanted"), [(0, 0), (123456.789, 123460), (0.000123456, 0.00012346), (5.0, 5)])
def test_significant(value, wanted):
    assert significant(value) == wanted


def test_a_chart_is_a_block_of_its_section(made):
    assert any(isinstance(block, Chart) for section in made().sections for block in section.blocks)


def test_series_side_by_side_differ_in_grey(charts):
    def colour(trace):
        return trace["line"]["color"] if trace["type"] == "scatter" else trace["marker"]["color"]

    for chart in charts:
        found = {colour(each) for each in chart.figure["data"] if each.get("name") and each["type"] != "heatmap"
                 and isinstance(each.get("marker", {}).get("color", ""), str) and not each.get("fill")}  # fmt: skip
        for one, other in itertools.combinations(sorted(found), 2):
            assert contrast(one, other) >= 1.5, chart.key
            assert contrast(DARK[one], DARK[other]) >= 1.5, chart.key


def test_what_is_over_its_limit_is_outlined_too(made):
    over = made({"traffic": {"cps": 300, "codecs": {"g711": 1}}, "softswitch": {"SS_MAXCPS": 10}})
    (trace,) = next(each for each in over.charts() if each.key == "headroom").figure["data"]
    widths = dict(zip(trace["marker"]["color"], trace["marker"]["line"]["width"], strict=True))
    assert widths[VERMILION] > widths.get(BLUE, 0)


def test_every_mark_says_what_it_is(charts):
    for chart in charts:
        for trace in chart.figure["data"]:
            if trace.get("hoverinfo") == "skip":
                continue
            said = trace.get("hovertext") or [trace["hovertemplate"]]
            assert all(re.search(r"\d|%\{[yz]:,\}", text) and len(text) > 5 for text in said if text), (chart.key, said)
            assert (
                "hovertext" in trace
                or "%{y:,} " in trace["hovertemplate"]
                or "%{z:,} " in trace["hovertemplate"]
                or (chart.figure["layout"]["yaxis"]["title"]["text"] in trace["name"])
            )


def test_a_range_is_said_with_its_ends(charts):
    disk = next(each for each in charts if each.key == "disk").figure["data"][-1]
    assert re.search(r"typical: [\d.,]+ \([\d.,]+ \N{EN DASH} [\d.,]+\) \w?B", disk["hovertext"][3])


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Attempts per second let in", "Attempts per<br>second let in"),
        ("G.729 70%\u3001G.711 30% \u8fd9\u662f", "G.729 70%\u3001<br>G.711 30% \u8fd9\u662f"),
        ("short", "short"),
        ("x" * 60, "x" * 60),
        ("<b>" + "a " * 20, "&lt;b&gt;a a a a a a a a a<br>a a a a a a a a a a a "),
    ],
)
def test_long_labels_are_broken_between_words(text, lines):
    assert wrapped(text) == lines.rstrip() or wrapped(text).rstrip() == lines.rstrip()
