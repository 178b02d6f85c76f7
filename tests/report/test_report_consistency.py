"""Each example's report read as its customer reads it: one number for one thing, and no sentence that misleads."""

from __future__ import annotations

import re
from math import floor
from pathlib import Path

import pytest

from planner.deployment.load import from_mapping, load
from planner.finding import Severity
from planner.report.blocks import Actions, Chart, Drawing, Notes, Table
from planner.report.evidence import Provenance
from planner.report.gather import gather
from planner.report.language import language
from planner.report.markdown import markdown
from planner.report.report import compose
from planner.rules.validation import validate
from planner.sizing.api import size
from planner.tune.settings import recommended
from tests.report.conftest import DAY

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted(path.parent.name for path in (ROOT / "examples").glob("*/deployment.yaml"))
CASES = [(name, lang, profile) for name in ("", *EXAMPLES) for lang in ("en", "zh") for profile in (False, True)]
NOW = {"Typical", "Now", "Needed", "Needed now", "Normally"}
"""Columns that say what is the case, as against what could be."""
AWKWARD = re.compile(
    r"\b1 (servers|errors|warnings|notes|calls|cores|months|channels|files|days|checks|spares|samples)\b"
    r"|  |\.\.(?!\.)| [.,;:](?=\s|$)|\bNone\b|\bnan\b|\binf\b|[{}]|\ba (?=[aeio][a-z])|\bof 1 [a-z]+s\b"
)
"""Grammar that a machine writes, and a person does not."""


@pytest.fixture(scope="session")
def read(measured):
    """A function that gives an example's evidence and its report, each once."""
    gathered, composed = {}, {}

    def one(name, lang="en", profile=None):
        if (name, profile) not in gathered:
            given = from_mapping({"traffic": {"cps": 100, "codecs": {"g729": 1}}})
            deployment = load(str(ROOT / "examples" / name / "deployment.yaml")) if name else given
            document = measured if profile else None
            provenance = Provenance("0.0.0", "plan report", DAY)
            gathered[name, profile] = gather(
                deployment, size(deployment, profile=document), provenance, profile=document
            )
        key = name, lang, profile
        if key not in composed:
            composed[key] = compose(gathered[name, profile], language(lang))
        return gathered[name, profile], composed[key]

    return one


def tables(report):
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                yield block
            elif isinstance(block, Chart):
                yield block.table


def sentences(report):
    yield from (text for _, text in report.cover.answer)
    yield from (report.cover.verdict, report.cover.summary)
    for section in report.sections:
        yield section.lead
        for block in section.blocks:
            if isinstance(block, Chart | Drawing):
                yield block.answer
            elif isinstance(block, Notes):
                yield from (each.text for each in block.items)
            elif isinstance(block, Table):
                yield block.note
            elif isinstance(block, Actions):
                yield from (text for each in block.items for text in (each.message.text, each.effect))


def table(report, caption):
    return next(each for each in tables(report) if caption in each.caption)


@pytest.mark.parametrize(("name", "lang", "profile"), CASES)
def test_one_thing_has_one_number_wherever_it_stands(name, lang, profile, read):
    _, report = read(name, lang, profile)
    said = {}
    for each in tables(report):
        columns = [
            index for index, column in enumerate(each.columns) if column.title in {report.say(now) for now in NOW}
        ]
        for cells in each.rows:
            for index in columns[:1]:
                said.setdefault(cells[0].text, set()).add(cells[index].text)
    assert {label: values for label, values in said.items() if len(values) > 1} == {}
    assert len(said) > 20


@pytest.mark.parametrize(("name", "lang", "profile"), CASES)
def test_page_one_says_the_numbers_of_the_evidence(name, lang, profile, read):
    evidence, report = read(name, lang, profile)
    text, say, figures = markdown(report), report.say, evidence.sizing.figures
    disk = evidence.sizing.plan.row("disk")
    for key in report.cover.figures:
        assert text.count(key.value) > 1, key.label
    answer = " ".join(told for _, told in report.cover.answer)
    assert say.quantity(figures["traffic.concurrent_calls_peak"].range.typical, "count") in answer
    assert say.quantity(disk.need.typical, "B") in answer
    assert say.percent(floor(100 * evidence.sizing.plan.certainty + 1e-9) / 100) in answer


@pytest.mark.parametrize("name", ["", *EXAMPLES])
@pytest.mark.parametrize("profile", [False, True])
def test_the_planned_load_is_blocked_within_the_grade_of_service(name, profile, read):
    evidence, report = read(name, "en", profile)
    grade = 100 * evidence.sizing.leaves["traffic.blocking"].value
    row = next(cells for cells in table(report, "Blocking by load").rows if cells[0].text == "100 %")
    assert row[2].detail == f"within the {grade:.2f}".rstrip("0").rstrip(".") + " % planned for"
    blocked = 0.0 if row[2].text.startswith("less") else float(row[2].text.removesuffix(" %"))
    assert blocked <= grade + 0.005
    # Nothing but whole channels lies between the two.
    assert blocked >= grade / 3 or evidence.sizing.leaves["given.surge"].value


@pytest.mark.parametrize(("name", "lang", "profile"), CASES)
def test_nothing_is_all_right_that_was_not_looked_at(name, lang, profile, read):
    evidence, report = read(name, lang, profile)
    told = dict(report.cover.answer)[report.say("Checks")]
    numbers = [int(each.replace(",", "")) for each in re.findall(r"\d[\d,]*", told)[:3]]
    # The order of the two is the language's.
    assert sorted(numbers[:2]) == [evidence.checks.every - len(evidence.checks.skipped), evidence.checks.every]
    assert len(evidence.checks.skipped) in {0, *numbers[2:]}


@pytest.mark.parametrize("name", ["", *EXAMPLES])
def test_no_recommended_value_is_one_that_validate_flags(name, read):
    evidence, _ = read(name)
    settings = recommended(evidence.deployment, evidence.sizing)
    written = evidence.deployment.override({each.name: each.value for each in settings if each.name})
    names = {each.name.rpartition(".")[2] for each in settings}
    found = [
        (each.rule, each.message)
        for each in validate(written).findings
        if each.severity.at_least(Severity.WARNING) and each.pointer.rpartition("/")[2].rpartition(".")[2] in names
    ]
    assert found == []


@pytest.mark.parametrize("name", ["", *EXAMPLES])
def test_a_ceiling_of_sockets_is_not_recommended_alone(name, read):
    names = {cells[0].text for each in tables(read(name)[1]) for cells in each.rows}
    assert ("net.core.rmem_max" in names) == ("net.core.rmem_default" in names)
    assert "net.core.rmem_max" in names


@pytest.mark.parametrize("name", ["", *EXAMPLES])
def test_a_flat_day_that_nobody_declared_is_said(name, read):
    evidence, report = read(name)
    leaves = evidence.sizing.leaves
    day = leaves["traffic.peak_factor" if leaves["given.by_minutes"].value else "traffic.load_factor"]
    if day.origin == "default" and day.value == 1:
        assert "A flat day is assumed: 24 hours at the busy hour's rate" in markdown(report)


@pytest.mark.parametrize("name", ["", *EXAMPLES])
def test_only_what_has_influence_is_called_an_assumption(name, read):
    evidence, report = read(name)
    rows = table(report, "Assumptions by influence").rows
    moving = {each.label for each in evidence.sizing.assumptions if each.influence or each.origin != "default"}
    others = [cells[0].text for cells in rows if cells[0].text not in moving]
    assert set(others) <= {evidence.sizing.leaves["traffic.load_factor"].label}


@pytest.mark.parametrize(("name", "lang", "profile"), CASES)
def test_sentences_are_written_as_people_write_them(name, lang, profile, read):
    told = [text for text in sentences(read(name, lang, profile)[1]) if text]
    assert [text for text in told if AWKWARD.search(text)] == []
    if lang == "en":
        lower = [text for text in told if re.match(r"[a-z]+ (?!=)", text) and not re.match(r"\w+ (is|counts) ", text)]
        assert lower == []


def test_the_first_fix_says_what_it_costs(read):
    actions = next(each for each in read("wholesale")[1].sections if each.key == "actions").blocks
    first = actions[0].items[0]
    assert first.rule == "retention-shorter-than-policy"
    assert first.fix == "SERVER_CDR_FILE_WRITE_MAX: 2880"
    assert re.search(r"CDR text kept on disk goes from 133 GB to 187 GB", first.effect)
    assert re.search(r"certainty that every resource suffices goes from 0 % to \d\d %", first.effect)
    assert first.owner == "Softswitch: a setting"


def test_the_plan_after_the_fixes_stands_beside_the_plan_now(read):
    evidence, report = read("wholesale")
    rows = {cells[0].text: [cell.text for cell in cells[1:]] for cells in table(report, "now and after the fixes").rows}
    assert rows["Decision"] == ["does not suffice", "suffices"]
    fixes = {"softswitch.SERVER_CDR_FILE_WRITE_MAX": 2880, "softswitch.SS_CDR_RECORD_NONCONNECT": False}
    then = size(evidence.deployment.override(fixes))
    assert rows["CDR text kept on disk"][1] == report.say.quantity(
        then.figures["cdr.retained_bytes"].range.typical, "B"
    )
    assert rows["Certainty that every resource suffices"][1] == f"{floor(100 * then.plan.certainty)} %"
    assert "after the fixes in" in dict(report.cover.answer)["Certainty"]


def test_a_failed_server_leaves_the_others_its_calls(read):
    evidence, report = read("multi-site")
    rows = {cells[0].text: [cell.text for cell in cells[1:]] for cells in table(report, "one server fails").rows}
    left = evidence.sizing.figures["failure.servers_left"].range.typical
    assert rows["Servers that carry load"] == [str(evidence.sizing.plan.servers.active), f"{left:.0f}"]
    calls = evidence.sizing.figures["failure.concurrent_calls"].range.typical
    assert rows["Concurrent calls on each"][1] == report.say.quantity(calls, "count")


def test_a_single_server_that_fails_stops_the_service(made):
    report = made({"traffic": {"cps": 20, "codecs": {"g729": 1}}, "topology": {"servers": 1}})
    rows = {cells[0].text: [cell.text for cell in cells[1:]] for cells in table(report, "one server fails").rows}
    assert rows["Servers that carry load"] == ["1", "none: service stops"]
    assert rows["Attempts blocked, on what each may carry"][1] == "100 %"


def test_the_tiers_stand_side_by_side_with_what_fits_and_what_does_not(read):
    evidence, report = read("")
    rows = {cells[0].text.partition(":")[0]: cells for cells in table(report, "tiers side by side").rows}
    assert list(rows) == ["Starter", "Professional", "Enterprise", "Carrier"]
    for each in evidence.sizing.plan.rejected:
        cells = rows[each.tier.capitalize()]
        assert len(each.short) == (cells[2].text.count(" needed, ") if each.short else 0)
        assert cells[3].text or not each.fits


def test_totals_of_all_servers_are_not_taken_for_those_of_each(read):
    evidence, report = read("multi-site")
    twice = size(evidence.deployment.override({"topology.servers": 2 * evidence.sizing.plan.servers.active}))
    labels = {each.label: name for name, each in evidence.sizing.figures.items()}
    seen = set()
    for each in tables(report):
        if each.columns[0].title != "Figure" or each.caption == "Service over a year":
            continue
        for cells in each.rows:
            name = labels.get(cells[0].text, "")
            figures = [made.figures[name].range.typical for made in (evidence.sizing, twice) if name]
            if len(set(figures)) > 1 and figures[1] < figures[0]:
                assert "each server" in each.caption + cells[0].text
                seen.add("each")
            elif name.startswith(("cdr.bytes", "cdr.retained", "database.retained", "network.media_bits")):
                assert "all servers" in each.caption + cells[0].text or each.caption.startswith("What the headline")
                seen.add("all")
    assert seen == {"each", "all"}
    single = [each.caption for each in tables(read("wholesale")[1])]
    assert not any("all servers together" in caption for caption in single)


def test_without_a_configuration_nothing_is_called_ready(read):
    _, report = read("")
    assert report.cover.verdict == "The plan suffices for this load; no configuration was given to check"
    assert report.cover.state == "risks"


@pytest.mark.parametrize("name", ["", *EXAMPLES])
def test_what_moves_the_result_most_is_one_number_wherever_it_is_named(name, read):
    _, report = read(name)
    first = dict(report.cover.answer).get("Moves the result most", "").partition(":")[0]
    rows = table(report, "Assumptions by influence").rows
    replaceable = [cells[0].text for cells in rows if cells[3].text.startswith(("--", "mysql", "softswitch", "server"))]
    assert first
    assert replaceable[0].startswith(first)
    for each in tables(report):
        if each.caption == "The assumptions to replace first":
            assert each.rows[0][0].text.startswith(first)


@pytest.mark.parametrize("name", ["", *EXAMPLES])
def test_the_fullest_limit_is_told_from_what_gives_way_first(name, read):
    evidence, report = read(name)
    chart = next(each for each in report.charts() if each.key == "headroom")
    plan = evidence.sizing.plan
    fullest = max(plan.resources, key=lambda row: row.utilisation / (row.ceiling or 1))
    assert chart.answer.startswith(f"Fullest, measured by the share that is planned for: {fullest.label}:")
    told = dict(report.cover.answer)
    assert told["What decided"].startswith(plan.row(plan.binding).label)
    if plan.gives_way_first:
        assert told["Gives way first"].startswith(plan.row(plan.gives_way_first).label)
