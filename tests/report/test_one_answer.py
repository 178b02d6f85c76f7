"""One deployment, one answer: what size says, as text and JSON, is what validate, report and compare say."""

from __future__ import annotations

import html
import json
import re

import pytest
from typer.testing import CliRunner

from planner.cli import app

SMALL = {"cpu_cores": 4, "ram": "4GB", "storage": {"type": "ssd", "size": "200GB"}}
G729 = {"codecs": "g729"}
# What was answered differently once: sections, whether it suffices, servers (active, spare, standby), the host's tier,
# and what is found above information by size and validate alike.
CASES = {
    "a declared server that is too small": (
        {"traffic": {"concurrent_calls": 3000, **G729}, "server": SMALL, "topology": {"servers": 1}},
        ("short", (1, 0, 0), ""),
        {
            "servers-below-need": "error",
            "cores-below-need": "error",
            "disk-below-need": "error",
            "ram-below-need": "warning",
        },
    ),
    "RAM alone, which rests on assumptions": (
        {
            "traffic": {"concurrent_calls": 2000, **G729},
            "server": {"cpu_cores": 8, "ram": "4GB", "storage": {"size": "1TB"}},
            "topology": {"servers": 1},
        },
        ("short", (1, 0, 0), ""),
        {"ram-below-need": "warning"},
    ),
    "one server where 31 are needed": (
        {"traffic": {"cps": 5000, "codecs": "g711"}, "topology": {"servers": 1}},
        ("short", (1, 0, 0), "enterprise"),
        {"servers-below-need": "error"},
    ),
    "transcoding that takes two": (
        {"traffic": {"concurrent_calls": 5000, "codecs": "g711", "egress_codecs": "g729"}},
        ("suffices", (2, 1, 0), "carrier"),
        {},
    ),
    "a standby": (
        {"traffic": {"cps": 80, **G729}, "topology": {"servers": 1, "dr": True}},
        ("suffices", (1, 0, 1), "enterprise"),
        {},
    ),
    "minutes a day": ({"traffic": {"daily_minutes": 1_000_000, **G729}}, ("suffices", (1, 1, 0), "enterprise"), {}),
    "150 attempts a second": ({"traffic": {"cps": 150, **G729}}, ("suffices", (1, 1, 0), "enterprise"), {}),
    "growth": ({"traffic": {"cps": 5, "growth_per_month": "3%", **G729}}, ("suffices", (1, 1, 0), "starter"), {}),
    "calls that contradict attempts": (
        {"traffic": {"cps": 100, "concurrent_calls": 2500, **G729}},
        ("suffices", (1, 1, 0), "enterprise"),
        {"calls-contradict-attempts": "warning"},
    ),
    "more calls than attempts make": (
        {"traffic": {"cps": 100, "concurrent_calls": 4500, **G729}},
        ("suffices", (1, 1, 0), "enterprise"),
        {"calls-contradict-attempts": "warning"},
    ),
    "rotating disks without media": (
        {"traffic": {"concurrent_calls": 501, "acd": 120, **G729}, "server": {"media": "without"}},
        ("suffices", (1, 1, 0), "professional"),
        {},
    ),
    "transcoding without media": (
        {"traffic": {"cps": 10, "codecs": "g711", "egress_codecs": "g729"}, "server": {"media": "without"}},
        ("suffices", (1, 1, 0), "starter"),
        {"transcoding-without-media": "warning"},
    ),
    "nothing tracked": (
        {"traffic": {"cps": 100, **G729}, "server": {"conntrack": False}},
        ("suffices", (1, 1, 0), "enterprise"),
        {},
    ),
    "one server, as its architecture says": (
        {"traffic": {"cps": 500, "codecs": "g711"}, "topology": {"architecture": "single"}},
        ("short", (1, 1, 0), "enterprise"),
        {"servers-below-need": "error"},
    ),
    "a balancer, which has several": (
        {
            "traffic": {"cps": 20, "codecs": "g729", "egress_codecs": "g711", "transcoded_share": 0.3},
            "topology": {"architecture": "sip-load-balancer"},
        },
        ("suffices", (2, 1, 0), "starter"),
        {},
    ),
    "more servers than are needed": (
        {"traffic": {"cps": 80, **G729}, "topology": {"servers": 3, "architecture": "prefix-partitioned"}},
        ("suffices", (3, 0, 0), "professional"),
        {},
    ),
}


def run(*arguments):
    return CliRunner().invoke(app, [*map(str, arguments)])


def graver(findings):
    return {each["rule"]: each["severity"] for each in findings if each["severity"] != "info"}


def shown(page):
    """Return the words of a page."""
    bare = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(bare))


@pytest.mark.parametrize("name", CASES)
def test_every_command_gives_one_answer(name, tmp_path):
    sections, (status, servers, tier), expected = CASES[name]
    site, page = tmp_path / "site.yaml", tmp_path / "report.html"
    site.write_text(json.dumps(sections))

    sized = run("size", site, "--format", "json")
    document = json.loads(sized.stdout)
    plan = document["plan"]
    active, spare, standby = servers
    assert (plan["status"], plan["host"]["tier"]) == (status, tier)
    assert tuple(plan["servers"][key] for key in ("active", "spare", "standby")) == servers
    assert plan["servers"]["total"] == sum(servers) == document["figures"]["hardware.servers_total"]["value"]
    assert (status == "short") is any(not row["suffices"] for row in plan["resources"])
    found = graver(document["findings"])
    assert found == expected
    code = int("error" in {*expected.values()})
    assert sized.exit_code == code

    text = run("size", site)
    flat = re.sub(r"\s+", " ", text.stdout)
    first = text.stdout.splitlines()[0]
    assert first.startswith(f"Plan: {active} x ({plan['host']['cpu_cores']['value']} cores, ")
    assert (f"= {sum(servers)}" in first) is bool(spare or standby)
    assert ("It suffices: typically, and in " in text.stdout) is (status == "suffices")
    assert ("It does NOT suffice: " in text.stdout) is (status == "short")
    assert text.exit_code == code

    checked = run("validate", site, "--format", "json")
    told = graver(json.loads(checked.stdout)["findings"])
    assert told == expected
    assert checked.exit_code == code

    assert run("report", site, "-o", page).exit_code == code
    words = shown(page.read_text(encoding="utf-8"))
    kinds = [f"{active} active"] + [
        f"{count} {kind}" for count, kind in ((spare, "spare"), (standby, "standby")) if count
    ]
    fleet = f"{sum(servers)} server{'s' * (sum(servers) > 1)}"
    fleet += f" ({', '.join(kinds)})" if spare or standby else ""
    each = f"{fleet}, each with" if sum(servers) > 1 else f"{fleet} with"
    assert f"{each} {plan['host']['cpu_cores']['value']} CPU cores, " in words
    assert ("The plan suffices for this load" in words) is (status == "suffices")
    assert ("The plan does not suffice: " in words) is (status == "short")
    # The numbers of the first lines are those of page one.
    said = re.search(
        r"Needs: (\S+) calls at once; (.+? each way).*; (\S+ \S+) of disk .+?; (\S+ \S+) of database", flat
    )
    calls, network, disk, database = said.groups()
    assert f"For this load {calls} concurrent calls in the busy hour at " in words
    assert network in words
    assert f"{disk} of disk in use on each server; the database keeps {database} in all" in words

    other = tmp_path / "other.yaml"
    other.write_text(json.dumps({"traffic": {"cps": 60, **G729}}))
    compared = json.loads(run("compare", site, other, "--all", "--format", "json").stdout)
    values = {each["name"]: each["values"][0] for each in compared["differences"]}
    assert values["plan.status"] == status
    assert values["plan.certainty"] == pytest.approx(plan["certainty"])
    assert (values["plan.servers.total"], values["plan.lasts"]) == (sum(servers), plan["lasts"])
