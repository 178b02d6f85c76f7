from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.catalogue.quantity import QuantityError, format_quantity, parse_quantity

READ = [
    ("size", "32GB", 32_000_000_000),
    ("size", "32GiB", 34_359_738_368),
    ("size", "512M", 536_870_912),
    ("size", "512MB", 512_000_000),
    ("size", "32g", 34_359_738_368),
    ("size", "32gb", 32_000_000_000),
    ("size", "1.5 TB", 1_500_000_000_000),
    ("size", "2PB", 2_000_000_000_000_000),
    ("size", "0.07GB", 70_000_000),
    ("size", "500 kB", 500_000),
    ("size", "4096 bytes", 4096),
    ("size", 8_000_000_000, 8_000_000_000),
    ("rate", "1Gbps", 1_000_000_000),
    ("rate", "100 Mbit/s", 100_000_000),
    ("rate", "10GbE", 10_000_000_000),
    ("rate", "10GE", 10_000_000_000),
    ("rate", "10G", 10_000_000_000),
    ("rate", "64kbps", 64_000),
    ("rate", "2.5Gb/s", 2_500_000_000),
    ("duration", 75, 75),
    ("duration", "75", 75),
    ("duration", "75s", 75),
    ("duration", "2m", 120),
    ("duration", "1h30m", 5400),
    ("duration", "1h 30m 5s", 5405),
    ("duration", "30d", 2_592_000),
    ("duration", "20ms", 0.02),
    ("duration", "0.5h", 1800),
    ("days", 30, 30),
    ("days", "30d", 30),
    ("days", "2w", 14),
    ("days", "12h", 0.5),
    ("ratio", 0.4, 0.4),
    ("ratio", "40%", 0.4),
    ("ratio", "0.1 %", 0.001),
    ("ratio", "-5%", -0.05),
    ("count", 8, 8),
    ("count", "8", 8),
    ("count", 8.0, 8),
    ("number", "1e3", 1000),
    ("number", "-1.5", -1.5),
    ("switch", "On", True),
    ("switch", "OFF", False),
    ("switch", True, True),
    ("switch", "false", False),
    ("switch", "1", True),
    ("switch", 0, False),
    ("switch", "yes", True),
    ("text", 5060, "5060"),
    ("codecs", "g729", {"g729": 1}),
    ("codecs", "G729=70, g711=30", {"g729": 0.7, "g711": 0.3}),
    ("codecs", {"g729": "70%", "g711": 30}, {"g729": 0.7, "g711": 0.3}),
    ("codecs", ["g729", "g711"], {"g729": 0.5, "g711": 0.5}),
    ("ports", "5060,6060", ((5060, 5060), (6060, 6060))),
    ("ports", "10000-49999", ((10000, 49999),)),
    ("ports", "10000:49999", ((10000, 49999),)),
    ("ports", [5060, "10000 - 20000"], ((5060, 5060), (10000, 20000))),
    ("ports", 5060, ((5060, 5060),)),
    ("address", "192.0.2.10:9000", "192.0.2.10:9000"),
    ("address", "[2001:db8::1]:9000", "[2001:db8::1]:9000"),
    ("date", "2027-03-31", "2027-03-31"),
    ("version", "2.1.9.07", "2.1.9.07"),
    ("version", "mariadb-10.11", "mariadb-10.11"),
    ("version", "3.10.0-1160.el7.x86_64", "3.10.0-1160.el7.x86_64"),
    ("version", 8.4, "8.4"),
    ("hex", "0xa0", 160),
    ("hex", 184, 184),
    ("numbers", "1, 2 3.5", (1, 2, 3.5)),
    ("numbers", [1, "2"], (1, 2)),
]


@pytest.mark.parametrize(("kind", "raw", "value"), READ, ids=lambda each: str(each)[:30])
def test_a_quantity_is_read_in_base_units(kind, raw, value):
    read = parse_quantity(kind, raw)
    assert read == pytest.approx(value) if kind == "codecs" else read == value
    assert not isinstance(value, int) or isinstance(read, int)


REFUSED = [
    ("size", "32Gb", "unit-impossible", "bits"),
    ("size", "32 elephants", "unit-impossible", "elephants"),
    ("size", "GB", "wrong-type", "not a number"),
    ("rate", "1GBps", "unit-impossible", "GBps"),
    ("duration", "12:30", "wrong-type", "12:30"),
    ("duration", "5 parsecs", "unit-impossible", "parsecs"),
    ("duration", "1h30", "wrong-type", "1h30"),
    ("duration", "", "wrong-type", "empty"),
    ("duration", "inf", "wrong-type", "finite"),
    ("number", "nan", "wrong-type", "finite"),
    ("number", math.nan, "wrong-type", "finite"),
    ("number", math.inf, "wrong-type", "finite"),
    ("number", ".nan", "wrong-type", "finite"),
    ("number", 10**400, "wrong-type", "too large"),
    ("number", "9" * 10_000, "wrong-type", "10,000 characters"),
    ("number", "\uff11\uff12", "wrong-type", "0-9"),
    ("number", "\u0663", "wrong-type", "0-9"),
    ("number", "1,000", "wrong-type", "not a number"),
    ("number", "1_000", "wrong-type", "not a number"),
    ("number", "0x10", "wrong-type", "not a number"),
    ("number", "010", "leading-zero-number", "octal"),
    ("number", True, "wrong-type", "switch"),
    ("number", None, "wrong-type", "no value"),
    ("number", [1], "wrong-type", "list"),
    ("number", {"a": 1}, "wrong-type", "mapping"),
    ("count", 1.5, "wrong-type", "whole"),
    ("count", "1.0", "wrong-type", "whole"),
    ("switch", "perhaps", "wrong-type", "switch"),
    ("switch", 2, "wrong-type", "switch"),
    ("text", True, "wrong-type", "switch"),
    ("codecs", {"g729": 0, "g711": 0}, "wrong-type", "add up to 0"),
    ("codecs", {"g729": -1, "g711": 2}, "wrong-type", "negative"),
    ("codecs", {}, "wrong-type", "empty"),
    ("codecs", "", "wrong-type", "name"),
    ("codecs", "g729=x", "wrong-type", "not a number"),
    ("codecs", {"g729": math.nan}, "wrong-type", "finite"),
    ("codecs", 729, "wrong-type", "codec mix"),
    ("ports", "70000", "out-of-range", "70000"),
    ("ports", "20-10", "wrong-type", "ends before"),
    ("ports", "http", "wrong-type", "http"),
    ("ports", "", "wrong-type", "not a port"),
    ("address", "192.0.2.10", "wrong-type", "port"),
    ("address", "192.0.2.10:99999", "wrong-type", "port"),
    ("date", "2027-02-30", "wrong-type", "2027-02-30"),
    ("date", "20270301", "wrong-type", "date"),
    ("version", "latest and greatest", "wrong-type", "version"),
    ("hex", "0x100", "wrong-type", "0x100"),
    ("hex", 256, "wrong-type", "byte"),
    ("numbers", "a b", "wrong-type", "not a number"),
]


@pytest.mark.parametrize(("kind", "raw", "rule", "said"), REFUSED, ids=lambda each: str(each)[:30])
def test_what_is_no_quantity_is_refused_with_reason_and_remedy(kind, raw, rule, said):
    with pytest.raises(QuantityError) as refused:
        parse_quantity(kind, raw)
    assert said in str(refused.value)
    assert refused.value.rule == rule
    assert refused.value.expected
    assert len(str(refused.value)) < 200


def test_a_bare_duration_counts_in_the_parameters_unit():
    assert parse_quantity("duration", 20, "ms") == 0.02
    assert parse_quantity("duration", "20", "ms") == 0.02
    assert parse_quantity("duration", "20s", "ms") == 20
    assert parse_quantity("duration", 2, "min") == 120


KINDS = ["count", "number", "ratio", "duration", "days", "size", "rate", "switch", "text", "codecs", "ports"]
KINDS += ["address", "date", "version", "hex", "numbers"]
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


@settings(deadline=None)
@given(st.sampled_from(KINDS), PLAIN)
def test_anything_is_read_or_refused(kind, raw):
    try:
        value = parse_quantity(kind, raw)
    except QuantityError as refused:
        assert refused.expected  # noqa: PT017  both outcomes are fine
    else:
        assert not isinstance(value, float) or math.isfinite(value)


@settings(deadline=None)
@given(st.sampled_from(KINDS), st.text("0123456789.-+%eEkKMGTiBbpsdhmx/ ,=:", max_size=12))
def test_near_numbers_are_read_or_refused(kind, text):
    test_anything_is_read_or_refused.hypothesis.inner_test(kind, text)


@settings(deadline=None)
@given(st.integers(1, 10**6), st.sampled_from(["k", "M", "G", "T"]))
def test_decimal_and_binary_sizes_differ_by_their_powers(count, letter):
    power = "kMGT".index(letter) + 1
    assert parse_quantity("size", f"{count}{letter}B") == count * 1000**power
    assert parse_quantity("size", f"{count}{letter}iB") == count * 1024**power
    assert parse_quantity("size", f"{count}{letter}") == count * 1024**power


SHOWN = [
    (2_592_000_000, "B", "2.59 GB"),
    (2_592_000_000, "B/day", "2.59 GB/day"),
    (221_184_000_000, "B", "221 GB"),
    (43_200_000, "bit/s", "43.2 Mbit/s"),
    (170_000_000, "bit/s", "170 Mbit/s"),
    (999_960_000, "B", "1 GB"),
    (999, "B", "999 B"),
    (0, "B", "0 B"),
    (-1_500_000, "B", "-1.5 MB"),
    (7_372_800, "s", "85.3 d"),
    (353_894_400, "s", "4,096 d"),
    (3600, "s", "1 h"),
    (1800, "s", "30 min"),
    (75, "s", "75 s"),
    (0.02, "s", "20 ms"),
    (0, "s", "0 s"),
    (3000, "count", "3,000"),
    (16_777_216, "count", "16,777,216"),
    (2.5, "count", "2.5"),
    (0.4, "ratio", "40 %"),
    (0.001, "ratio", "0.1 %"),
    (100, "1/s", "100 /s"),
    (12.3456, "1/h", "12.3 /h"),
    (5, "cores", "5 cores"),
    (5, "", "5"),
    (None, "B", "-"),
]


@pytest.mark.parametrize(("value", "unit", "text"), SHOWN)
def test_a_quantity_is_shown_in_three_figures_and_a_fitting_unit(value, unit, text):
    assert format_quantity(value, unit) == text


@settings(deadline=None)
@given(st.floats(-1e18, 1e18), st.sampled_from(["B", "B/day", "bit/s", "s", "count", "ratio", "1/s", "cores"]))
def test_every_number_can_be_shown(value, unit):
    shown = format_quantity(value, unit)
    assert shown.isascii()
    assert "e" not in shown.removesuffix("cores").removesuffix("/day")
