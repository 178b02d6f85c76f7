"""Numbers and addresses from call records are unreadable by default, everywhere in the report."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.report.formats import render
from planner.report.gather import mask, masked


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("12025550123", "1202…"),
        ("+12025550123", "+1202…"),
        ("gw-12025550123-a", "gw-1202…-a"),
        ("+1 (202) 555-0123", "+1202…"),
        ("192.0.2.17", "192.0.x.x"),
        ("sip:12025550123@198.51.100.7:5060", "sip:1202…@198.51.x.x:5060"),
        ("gw_10-0-0-1", "gw_10-0-x-x"),
        ("ip-198-51-100-7.example.com", "ip-198-51-x-x.example.com"),
        ("10_0_0_1", "10_0_x_x"),
        ("12025/550123", "1202…"),
        ("gw_1202_555_0123", "gw_1202…"),
        ("2001:db8::17", "2001:…"),
        ("[2001:db8:0:1::5]:5060", "[2001:…]:5060"),
        ("2026-11-22 10:00:00", "2026-11-22 10:00:00"),
        ("2026-11-22T10:00:00+01:00", "2026-11-22T10:00:00+01:00"),
        ("from 2026-11-22 10:00:00 to 2026-11-23 to 12025550123", "from 2026-11-22 10:00:00 to 2026-11-23 to 1202…"),
        ("+2026-11-22 555", "+2026…"),
        ("carrier-a", "carrier-a"),
        ("503", "503"),
        ("1202", "1202"),
        ("", ""),
    ],
)
def test_mask(text, wanted):
    assert mask(text) == wanted


@settings(deadline=None)
@given(
    st.text("0123456789", min_size=7, max_size=15),
    st.sampled_from(["", "+", "gw-", "a"]),
    st.sampled_from(["", "b", "."]),
)
def test_no_number_stays_readable(number, before, after):
    assert not re.search(r"\d{5}", mask(before + number + after))


@settings(deadline=None)
@given(st.ip_addresses(v=4))
def test_no_ipv4_address_stays_readable(address):
    assert mask(f"gw {address} x") == f"gw {'.'.join(str(address).split('.')[:2])}.x.x x"


@settings(deadline=None)
@given(st.ip_addresses(v=6))
def test_no_ipv6_address_stays_readable(address):
    groups = [group for group in str(address).split(":")[1:] if group]
    hidden = mask(f"gw {address} x")
    assert hidden.endswith((": x", ":… x"))
    assert all(f":{group}" not in hidden for group in groups)


@settings(deadline=None)
@given(st.text())
def test_masking_twice_is_masking_once(text):
    assert mask(mask(text)) == mask(text)


@settings(deadline=None)
@given(st.dictionaries(st.text(min_size=1), st.integers()))
def test_no_entry_is_lost(value):
    assert sorted(masked(value).values()) == sorted(value.values())


def everything(report):
    return "".join(render(report, form).decode() for form in ("html", "json", "markdown"))


def test_reports_are_masked_by_default(made, measured):
    text = everything(made(profile=measured))
    for secret in ("12025550123", "192.0.2.17", "198.51.100.7"):
        assert secret not in text
    assert "1202…" in text


def test_an_unmasked_report_says_so(made, measured):
    report = made(profile=measured, unmasked=True)
    text = everything(report)
    for shown in ("12025550123", "192.0.2.17", "198.51.100.7"):
        assert shown in text
    assert "addresses in this report are not masked" in render(report, "html").decode()
    assert "addresses in this report are not masked" in render(report, "markdown").decode()
    assert json.loads(render(report, "json"))["masked"] is False


def test_a_report_without_records_says_nothing_of_masking(made):
    assert "masked." not in render(made(unmasked=True), "html").decode().partition("report-data")[0]
