"""The page on the decision against the program: every number its example by hand states is asked of the program."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from planner import Deployment, size
from planner.cli import app
from planner.sizing.constants import tiers
from planner.sizing.draws import COUNT
from planner.sizing.erlang import channels, erlangs

PAGE = " ".join((Path(__file__).parents[2] / "docs/explanation/the-decision.md").read_text().split())
FIRST, REST = PAGE.split("## One example by hand")
EXAMPLE, COST = REST.split("## When something fails")[0], REST.split("## What it costs")[1]
NUMBER = r"(\d[\d,]*(?:\.\d+)?)"


def stated(sentence, text=EXAMPLE):
    """Return the numbers where `sentence` has `#`, as they are written; the page must say it so."""
    found = re.search(re.escape(sentence).replace(r"\#", NUMBER), text)
    assert found, f"the page does not say: {sentence}"
    return [number.replace(",", "") for number in found.groups()]


def agree(numbers, values):
    """Assert that each number is a value rounded to the digits that are shown."""
    for number, value in zip(numbers, values, strict=True):
        assert float(number) == round(value, len(number.partition(".")[2])), f"{number} stands for {value}"


@cache
def sized():
    """Return the JSON of the very command the example begins with."""
    command = re.search(r"`plan (size [^`]+)`", EXAMPLE)[1]
    done = CliRunner().invoke(app, [*command.split(), "--format", "json"])
    assert done.exit_code == 0
    return json.loads(done.stdout)


def values(*names):
    return [sized()["figures"][name]["value"] for name in names]


def test_every_product_written_out_is_right():
    """`100 x 30 = 3,000`, with brackets of `+`, `/`, `^` and per cents: each is worked out again."""
    equations = re.findall(r"`([^`=]+) = ([\d.,]+)`", PAGE)
    assert len(equations) >= 7
    for left, right in equations:
        digits = right.replace(",", "")
        worked = re.sub(r"([\d.]+) %", r"\1/100", left.replace(",", "")).replace(" x ", " * ").replace("^", "**")
        assert re.fullmatch(r"[\d.+*/ ]+", worked), left
        # Bytes that the page gives in GB.
        value = eval(worked)  # noqa: S307  digits and operators alone
        assert float(digits) in {round(value / by, len(digits.partition(".")[2])) for by in (1, 1e9)}, left


def test_what_is_assumed():
    assumed = {each["name"]: each["value"] for each in sized()["assumptions"]}
    asr, acd, setup, blocked = stated("what is assumed: ASR # %, # s a call, # s of set-up, # % blocked")
    names = ("traffic.asr", "traffic.acd", "traffic.setup_time")
    assert [float(asr) / 100, float(acd), float(setup)] == [assumed[name] for name in names]
    assert channels(3000, float(blocked) / 100) == values("traffic.concurrent_calls_peak")[0]


def test_load_and_calls():
    agree(stated("= #` s, so 100 attempts"), values("traffic.hold_seconds"))
    agree(stated("x 30 = #` erlang"), values("traffic.offered_erlangs"))
    agree(stated("asks for # channels"), values("traffic.concurrent_calls_peak"))
    agree(
        stated("starter carries #, professional #, enterprise #: one"),
        [tier["concurrent_calls"] for tier in tiers()[:3]],
    )
    plan = sized()["plan"]
    assert "one enterprise server, or three professional ones. One is fewer. Concurrent calls decided." in EXAMPLE
    assert (plan["host"]["tier"], plan["servers"]["active"], plan["binding"]) == ("enterprise", 1, "calls")
    assert {each["tier"]: each["servers"] for each in plan["rejected"]}["professional"] == 3


def row(name):
    return next(each for each in sized()["plan"]["resources"] if each["name"] == name)


def test_cpu_disk_and_link():
    cpu, disk, link = row("cpu"), row("disk"), row("link")
    found = [cpu["need"]["value"], cpu["capacity"], cpu["utilisation"] * 100, cpu["ceiling"] * 100]
    agree(stated("25 % x 8 = #` cores of #, # %, planned up to # %"), found)
    text = (*values("cdr.bytes_per_day", "cdr.retained_bytes"), 2048e9)
    agree(stated("= #` GB of CDR text a day, # GB in # hourly files"), [each / 1e9 for each in text])
    agree(stated("x 30 = #` GB of rows"), [values("database.retained_bytes")[0] / 1e9])
    found = [disk["need"]["value"] / 1e9, disk["capacity"] / 1e12, disk["ceiling"] * 100]
    fixed = disk["need"]["value"] - sum(values("cdr.retained_bytes", "database.retained_bytes"))
    agree(stated("# GB of system and logs: # GB of # TB, planned up to # %"), [fixed / 1e9, *found])
    agree(stated("G.729 takes # kbit/s a call"), [values("network.bits_per_second_per_call")[0] / 1e3])
    agree(stated("signalling # Mbit/s of # Gbit/s"), [link["need"]["value"] / 1e6, link["capacity"] / 1e9])


def test_growth():
    growth, last = stated("3,000 x #^16 = #` fits")
    _, first = stated("#^17 = #` does not")
    count, carried, grade = stated("# channels carry # erlang at # %")
    most = erlangs(float(count), float(grade) / 100)
    agree([carried], [most])
    assert float(last) < most < float(first)
    assert float(growth) == 1.03
    agree(stated("month #, order by month #"), [sized()["plan"]["lasts"], sized()["plan"]["order_by"]])


def test_rules_of_the_decision():
    agree(stated("(`plan.lead_time`, # months)".replace("#", "two"), PAGE), [])
    assert f"{COUNT:,} draws take each of {COUNT:,} strata" in FIRST
    agree(stated("`plan.horizon`, # months", PAGE), [sized()["plan"]["horizon"]])
    rows = {name: row(name) for name in ("cpu", "ram", "disk", "link")}
    ceilings = [stated(sentence, FIRST)[0] for sentence in ("cores x # %", "RAM x # %", "disk x # % ", "link x # %")]
    agree(ceilings, [each["ceiling"] * 100 for each in rows.values()])
    agree(stated("at most # with media and # without", FIRST), [5000, 20_000])
    agree(stated("# with media and # without on # cores and more", FIRST), [row("cps")["capacity"], 500, 8])
    calls = values("traffic.concurrent_calls_peak")[0]
    agree(stated("# cores typically with media", FIRST), [rows["cpu"]["need"]["value"] / calls])
    assumed = {each["name"]: each["value"] for each in sized()["assumptions"]}
    agree(stated("# kB, 4 tracked connections", FIRST), [assumed["memory.call_bytes"] / 1e3])


def test_one_large_against_several_small():
    whole, large, small = stated("For # calls of which an enterprise server carries # and a professional one #", COST)
    carried, third, quarter = stated(
        "carry # erlang, a third of that needs # channels and does not fit, a quarter #", COST
    )
    load = erlangs(float(whole), 0.001)
    agree([carried, third, quarter], [load, channels(load / 3, 0.001), channels(load / 4, 0.001)])
    assert float(third) > float(small) >= float(quarter)
    found = size(Deployment.from_mapping({"traffic": {"concurrent_calls": float(whole), "codecs": "g729"}})).plan
    assert (found.host.tier, found.row("calls").capacity, found.servers.total) == ("enterprise", float(large), 2)
    assert {each.tier: each.servers for each in found.rejected}["professional"] + found.servers.spare == 5
    assert "five professional servers against two enterprise ones" in COST


def test_a_server_that_fills_again():
    assert "95 % after three times `h`, a minute and a half here" in PAGE
    assert values("failure.refill_seconds")[0] == pytest.approx(90, rel=0.01)
