"""The checks of the loader and a plain JSON Schema validator accept and refuse the same deployments."""

from __future__ import annotations

import jsonschema
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from planner.catalogue.data import bundle
from planner.catalogue.parameter import parameters, resolve, sections
from planner.catalogue.releases import Version
from planner.deployment.load import from_mapping

VALIDATOR = jsonschema.Draft202012Validator(bundle("deployment"))
# What a schema cannot say, or says of the form alone: shares that add up, the calendar, names of codecs.
BEYOND = frozenset({"contradictory-traffic", "empty-deployment", "shadowed-setting", "peak-factor-without-minutes"})
MILD = frozenset({"alias-spelling", "odd-switch-spelling", "odd-size-suffix"})
SIMPLE = [
    each for each in parameters()
    if each.quantity not in {"family", "path", "brand", "ignores", "severities", "codecs", "date"}
]  # fmt: skip


def refused_by_us(mapping):
    findings = (each for each in from_mapping(mapping).findings if each.rule not in BEYOND | MILD)
    # An octal number is accepted by the kernel, a number that only some versions take by a schema of all versions.
    mild = {("leading-zero-number", "warning"), ("out-of-range", "warning")}
    return [
        each for each in findings if not _at_times(each) and ((each.rule, each.severity) not in mild or _never(each))
    ]


def _at_times(finding):
    """Tell whether some versions read fractions where the version that is usual does not."""
    known = resolve(finding.subject) if finding.rule == "wrong-type" else None
    return (
        known is not None and known.takes_decimals(Version.read("99.0-MariaDB")) and ".5` is refused" in finding.message
    )


def _never(finding):
    """Tell whether no version takes a number: a database server says so and starts with another one."""
    known = resolve(finding.subject) if finding.rule == "out-of-range" else None
    return known is not None and known.usual_version is None


def agree(mapping):
    ours, theirs = refused_by_us(mapping), list(VALIDATOR.iter_errors(mapping))
    assert bool(ours) == bool(theirs), (mapping, ours, [each.message for each in theirs])


def nested(parameter, value):
    content = value
    keys = parameter.key.split(".") if parameter.section == "server" else [parameter.key]
    for key in reversed(keys):
        content = {key: content}
    return {parameter.section: content}


def around(parameter):
    """Values at, within and just outside the limits, as numbers and as texts without units."""
    least, most = parameter.limits
    edges = [each for each in (least, most) if isinstance(each, int)]
    numbers = sorted({edge + step for edge in edges for step in (-1, 0, 1)})
    choices = list(parameter.schema.get("enum", ()))
    return [*numbers, *choices, *parameter.words]


ODD = [True, False, "On", "off", "yes", "maybe", "", " ", None, "None", 0, 1, -1, 1.5, 300, "300", "1e3", "5m", "5 m"]
ODD += ["32GB", "32G", "32Gb", "1Gbps", "40%", "140%", "0.4", ".5", "5.", "0x10", "010", "512M", "512MB", "50%", [], {}]
ODD += ["1 2", "1 2 3", "1\t2\t3", [1, 2], [1, 2, 3], ["1", "2", "3"], "5060,6060", "10-20", "70000", "192.0.2.1:80"]
ODD += ["2.1.9", "mariadb-10.11", "latest one", "Auto", "text", "12:30", "1h30m", "1,000", "+5", "-5", "NaN", "inf"]


@pytest.mark.parametrize("parameter", SIMPLE, ids=lambda each: each.name)
def test_a_parameter_is_judged_alike(parameter):
    ranged_texts = {"140%", "70000"}
    for value in [*around(parameter), *ODD]:
        if isinstance(value, str) and (value in ranged_texts or _measured(parameter, value)):
            continue
        if _beyond_the_form(parameter, value):
            continue
        agree(nested(parameter, value))


def _measured(parameter, text):
    """A text with a number is compared with the range by the loader alone: a schema only sees its form."""
    least, most = parameter.limits
    return (least is not None or most is not None) and any(letter.isdigit() for letter in text)


def _beyond_the_form(parameter, value):
    if parameter.whole and value in ("0.4", ".5"):  # half an hour is whole, half a second is not
        return True
    if parameter.quantity == "kernel-vector":  # a schema sees the members of a list, not those of a text
        return isinstance(value, list) and any(isinstance(each, str) for each in value)
    return parameter.quantity == "port-list"


VALUES = st.one_of(
    st.booleans(),
    st.integers(-10, 10**6),
    st.floats(-10, 1000, allow_nan=False)
    .map(lambda value: round(value, 3))
    # 5.0 is an integer to a schema; the kernel would be written 5.0, which it refuses.
    .filter(lambda value: not value.is_integer()),
    st.sampled_from(["On", "Off", "with", "ssd", "wire", "none", "g729", "abc"]),
)


@st.composite
def deployments(draw):
    content: dict[str, dict[str, object]] = {}
    for parameter in draw(st.lists(st.sampled_from(SIMPLE), max_size=6, unique_by=lambda each: each.name)):
        if parameter.quantity in {"port-list", "kernel-vector"} or parameter.key.startswith("storage."):
            continue
        content.setdefault(parameter.section, {})[parameter.key] = draw(VALUES)
    for section in draw(st.lists(st.sampled_from([*sections(), "trafic"]), max_size=2)):
        content.setdefault(section, {})
    if draw(st.booleans()):
        content.setdefault("traffic", {})[draw(st.sampled_from(["cps", "cpss", "asr"]))] = draw(VALUES)
    return content


@settings(max_examples=200, deadline=None)
@given(deployments())
@example({"traffic": {"cps": 100, "asr": 1.4}})
@example({"traffic": {"cps": 100, "asr": 0.4}})
@example({"softswitch": {"SERVER_CDR_FILE_WRITE_INTERVAL": 59}})
@example({"softswitch": {"SERVER_CDR_FILE_WRITE_INTERVAL": 86400}})
@example({"topology": {"architecture": "mesh"}})
def test_whole_deployments_are_judged_alike(mapping):
    agree(mapping)


@pytest.mark.parametrize(
    "mapping",
    [
        {"server": {"storage": {"type": "ssd", "size": "1TB"}}},
        {"server": {"storage": {"kind": "ssd"}}},
        {"server": {"storage": "ssd"}},
        {"traffic": {"codecs": "g729=70,g711=30"}},
        {"traffic": {"codecs": {"g729": 70, "g711": "30%"}}},
        {"traffic": {"codecs": {"g729": -1, "g711": 2}}},
        {"traffic": {"codecs": {}}},
        {"traffic": {"codecs": []}},
        {"traffic": {"busy_hour_profile": [1] * 24}},
        {"traffic": {"busy_hour_profile": [1] * 23}},
        {"policy": {"ignore": [{"rule": "a", "reason": "b", "until": "2027-01-31"}]}},
        {"policy": {"ignore": [{"reason": "b"}]}},
        {"policy": {"ignore": "a"}},
        {"policy": {"ignore": [{"rule": "a", "reason": "b", "till": "x"}]}},
        {"policy": {"severity": {"a-b": "error"}}},
        {"policy": {"severity": {"a-b": "fatal"}}},
        {"policy": {"severity": ["error"]}},
        {"site": {"brand": "A"}},
        {"site": {"brand": {"colour": "#0072b2", "logo": "logo.svg"}}},
        {"site": {"brand": {"colour": "red"}}},
        {"site": {"brand": {"font": "x"}}},
        {"site": {"brand": 7}},
        {"assumptions": {"cdr.line_bytes": 220, "cpu.ceiling": {"low": 0.5, "typical": 0.7, "high": 0.8}}},
        {"assumptions": {"cdr.line_bytes": "1:2:3"}},
        {"assumptions": {"cdr.line_bytes": True}},
        {"assumptions": {"cdr.line_bytes": {"low": 1}}},
        {"assumptions": {"line": 1}},
        {"softswitch": {"SS_CALL_FORWARD_X": "a"}},
        {"softswitch": {"SS_CALL_BACKWARD_X": "a"}},
        {"sysctl": {"net.ipv4.conf.eth0.rp_filter": 2}, "mysql": {"long_query_time": 2}},
        {"sysctl": None, "mysql": None},
        {"traffic": []},
        {"traffic": "100"},
    ],
)
def test_structures_are_judged_alike(mapping):
    agree(mapping)
