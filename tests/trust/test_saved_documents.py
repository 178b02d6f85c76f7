"""What is read back - profiles, sizings, reports, baselines - may come from anywhere."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from programs import inside, plan

from planner.document.json import DEEPEST, SavedError, parse

MADE_BY = {"profile": "plan cdr profile --format json", "sizing": "plan size --format json"}


@pytest.fixture(scope="module")
def sizing(tmp_path_factory):
    place = tmp_path_factory.mktemp("saved") / "sizing.json"
    assert plan("size", "--cps", "9", "--format", "json", "-o", place).code == 0
    return place


HOSTILE = {
    "brackets": "[" * 100_000,
    "objects": '{"a":' * 100_000,
    "nothing": "",
    "half": '{"schema": "profile-v1", ',
    "list": "[]",
    "number": "1",
    "nan": '{"schema": "SCHEMA", "assumptions": [{"name": "cdr.line_bytes", "value": NaN}]}',
    "infinity": '{"schema": "SCHEMA", "assumptions": [{"name": "cdr.line_bytes", "value": -Infinity}]}',
    "overflow": '{"schema": "SCHEMA", "assumptions": [{"name": "cdr.line_bytes", "value": 1e999}]}',
    "digits": '{"schema": "SCHEMA", "assumptions": [{"name": "x", "value": 1%s}]}' % ("0" * 309),
    "many digits": '{"schema": "SCHEMA", "assumptions": [{"name": "x", "value": 1%s}]}' % ("0" * 9000),
    "items": '{"schema": "SCHEMA", "assumptions": [1]}',
    "texts": '{"schema": "SCHEMA", "assumptions": [{"name": "cdr.line_bytes", "value": 1, "samples": "x"}]}',
    "samples": '{"schema": "SCHEMA", "assumptions": [{"name": "cdr.line_bytes", "value": 1, "samples": -1}]}',
    "surrogate": '{"schema": "SCHEMA", "assumptions": [{"name": "\\ud800", "value": 1}]}',
    "surrogate key": '{"schema": "SCHEMA", "\\udfff": 1}',
    "other": '{"schema": "other-v9"}',
    "binary": "\x00\x01\x02",
    "deep": '{"schema": "SCHEMA", "x": ' + "[" * 100 + "]" * 100 + "}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_profile_is_one_line_and_code_3(name, tmp_path):
    place = tmp_path / "profile.json"
    place.write_text(HOSTILE[name].replace("SCHEMA", "profile-v1"))
    for arguments in (("size", "--cps", "9"), ("report", "--cps", "9", "-o", tmp_path / "x.html")):
        run = inside(*arguments, "--profile", place, cwd=tmp_path)
        assert (run.code, len(run.lines)) == (3, 1), run
        assert run.err.startswith(f"plan: {place}: ")
        assert run.err.rstrip().endswith(MADE_BY["profile"])
        assert len(run.err) < 600


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_sizing_is_refused(name, tmp_path, sizing):
    place = tmp_path / "sizing.json"
    place.write_text(HOSTILE[name].replace("SCHEMA", "sizing-v1"))
    run = inside("compare", sizing, place, cwd=tmp_path)
    assert (run.code in {2, 3}, "internal error" in run.err, "Traceback" in run.err) == (True, False, False), run


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_baseline_is_one_line(name, tmp_path):
    place = tmp_path / "baseline.json"
    place.write_text(HOSTILE[name].replace("SCHEMA", "baseline-v1").replace("assumptions", "findings"))
    (tmp_path / "d.yaml").write_text("traffic: {cps: 9}\n")
    run = inside("validate", tmp_path / "d.yaml", "--baseline", place, cwd=tmp_path)
    assert (run.code, len(run.lines)) == (2, 1), run
    assert run.err.startswith(f"plan: --baseline {place}: ")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_report_is_one_line_and_code_3(name, tmp_path):
    place = tmp_path / "report.html"
    place.write_text(f'<script type="application/json" id="report-data">{HOSTILE[name]}</script>')
    run = inside("report", "--extract", place, cwd=tmp_path)
    assert (run.code, len(run.lines)) == (3, 1), run


@pytest.mark.parametrize(
    "arguments",
    [
        ("size", "--cps", "9", "--profile", "/dev/zero"),
        ("report", "--extract", "/dev/zero"),
        ("validate", "DEPLOYMENT", "--baseline", "/dev/zero"),
        ("cdr", "backtest", "DEPLOYMENT", "--profile", "/dev/zero"),
        ("compare", "DEPLOYMENT", "/dev/zero"),
        ("size", "/dev/zero"),
        ("validate", "/dev/zero"),
    ],
    ids=lambda arguments: "-".join(arguments[:1] + arguments[-1:]),
)
def test_an_input_without_end_is_refused_within_bounds(arguments, tmp_path, weighed):
    place = tmp_path / "d.yaml"
    place.write_text("traffic: {cps: 9}\n")
    run, peak = weighed(*(place if each == "DEPLOYMENT" else each for each in arguments))
    assert run.returncode in {2, 3}
    assert "Traceback" not in run.stderr
    assert peak < 600_000


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**320), 10**320) | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_any_value_is_parsed_or_refused(value):
    try:
        parse(json.dumps(value))
    except SavedError as error:
        assert len(str(error)) < 400  # noqa: PT017  the message is what is looked at


@settings(deadline=None)
@given(data=st.data())
def test_a_profile_with_anything_in_any_place_is_sized_or_refused(data, profile):
    from planner.sizing import ImpossibleInput, size  # noqa: PLC0415  after the fixture

    document = json.loads(profile.read_text())
    spoiled = spoil(document, data)
    try:
        read = parse(json.dumps(spoiled), "profile-v1")
    except SavedError:
        return
    from planner.deployment import Deployment  # noqa: PLC0415  the same

    try:
        size(Deployment().override({"traffic.cps": 9}), profile=read)
    except ImpossibleInput as error:
        assert error.problems  # noqa: PT017  the same


def spoil(document, data):
    """Return the document with something else in one place of it."""
    spoiled = copy.deepcopy(document)
    node = spoiled
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(node[key], dict | list) or not node[key] or data.draw(st.integers(0, 3)) == 0:
            node[key] = data.draw(VALUES)
            return spoiled
        node = node[key]


def test_depth_is_what_is_counted():
    assert parse('{"a":' + "[" * (DEEPEST - 1) + "]" * (DEEPEST - 1) + "}")
    with pytest.raises(SavedError, match="nested more than 64 levels"):
        parse('{"a":' + "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1) + "}")


@settings(deadline=None)
@given(data=st.data())
def test_a_sizing_with_anything_in_any_place_is_compared_or_refused(data, sizing):
    from planner.document.json import check  # noqa: PLC0415  beside its use
    from planner.output.comparisons import render  # noqa: PLC0415  the same
    from planner.sizing import Sizing  # noqa: PLC0415  the same
    from planner.sizing.comparison import compare  # noqa: PLC0415  the same

    document = json.loads(sizing.read_text())
    spoiled = spoil(document, data)
    try:
        read = parse(json.dumps(spoiled))
        check(read, "sizing-v1")
        made = Sizing.from_dict(read)
    except ValueError:
        return
    for form in ("text", "json", "csv", "markdown"):
        assert render(compare([made, Sizing.from_dict(document)]), ["a", "b"], form, every=True)
