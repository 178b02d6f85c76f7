"""What is said of one thing of each kind, and that the whole is consistent: what a figure takes is used by it."""

from __future__ import annotations

import pytest

from planner import Deployment, size
from planner.sizing.constants import defaults
from planner.sizing.evaluation import registry
from planner.sizing.explain import derivation, listed, names, taken, topics

CONGESTION = "dctcp from 3.10 on, cdg from 4.2 on, nv from 4.8 on, bbr from 4.9 on"


def facts(name, kind):
    (topic,) = (each for each in topics(name) if each.kind == kind)
    return dict(topic.facts)


@pytest.mark.parametrize(
    ("name", "kind", "fact", "said"),
    [
        # 20 B of payload and 40 B of headers every 20 ms; 18 B more on Ethernet, 38 B on the wire.
        ("g729", "codec", "one stream, one direction", "ip 24 kbit/s, ethernet 31.2 kbit/s, wire 39.2 kbit/s"),
        ("G.711A", "codec", "one stream, one direction", "ip 80 kbit/s, ethernet 87.2 kbit/s, wire 95.2 kbit/s"),
        ("g729", "codec", "bit rate", "8 kbit/s"),
        ("g729", "codec", "packets", "20 B every 20 ms; durations [10, 20, 30, 40, 50, 60]"),
        ("g729", "codec", "the guide's column", "30 kbit/s"),
        ("Professional ", "tier", "concurrent calls", "1,500"),
        ("tier.professional", "tier", "cpu cores", "8"),
        ("professional", "tier", "storage", "SSD"),
        ("cdr.line_bytes", "assumption", "low, typical, high", "200 B, 300 B, 350 B"),
        ("cdr.line_bytes", "assumption", "allowed", "1 to 65536 B"),
        ("cdr.line_bytes", "assumption", "replace with", "--bytes-per-line, --assume cdr.line_bytes=VALUE"),
        ("cdr.lines_per_second", "figure", "formula", "traffic.cps * cdr.written_share"),
        ("cdr.lines_per_second", "figure", "from", "traffic.cps, cdr.written_share"),
        ("callerpdd", "CDR column", "column", "18"),
        ("calleebilling", "CDR column", "values", "0 caller, 1 callee, 2 external"),
        (
            "billingMode", "CDR column", "values",
            "-1 not billed, 0 phone number, 1 gateway, 2 bound number, 3 phone card",
        ),
        ("calleeoute164", "CDR column", "column", "15"),
        ("plan.status", "part of a sizing", "values", "suffices, short, undecided"),
        ("vm.swappiness", "kernel key", "range", "0-100 from 2.6.32 on; 0-200 from 5.14 on"),
        ("sysctl.net/ipv4/tcp_rmem", "kernel key", "range", "any number from 2.6.32 on; at least 1 from 3.10 on"),
        ("net.ipv4.tcp_congestion_control", "kernel key", "words", CONGESTION),
        ("mysql.skip-innodb", "option of database servers", "words of MariaDB", "OFF, ON, FORCE, FORCE_PLUS_PERMANENT"),
    ],
)  # fmt: skip
def test_what_is_said(name, kind, fact, said):
    assert facts(name, kind)[fact] == said


def test_names_of_reasons_are_cited_where_they_stand():
    assert "Q.850" in facts("endReason", "CDR column")["sources"]
    assert "Q.850" not in facts("callerIp", "CDR column")["sources"]


def test_nothing_is_said_twice_or_without_a_unit_people_know():
    for name in names():
        for topic in topics(name):
            assert all(text and not text.endswith(" flag") for _, text in topic.facts), name


def test_what_a_figure_takes_is_used_by_it():
    figures = {name: facts(name, "figure") for name in registry()}
    for name in registry():
        users = [other for other, said in figures.items() if name in said.get("from", "").split(", ")]
        assert figures[name].get("used by", "") == ", ".join(users)
    for name in defaults():
        users = [other for other, said in figures.items() if name in said.get("from", "").split(", ")]
        assert facts(name, "assumption").get("used by", "") == ", ".join(users)


def test_a_term_is_found_however_its_words_are_joined():
    (name, title), *_ = [each for each in listed("terms") if " " in each[0]]
    for written in (name, name.replace(" ", "-"), name.upper().replace(" ", "_")):
        assert title in [topic.title for topic in topics(written)]
    assert list(topics("no such name")) == []


def test_of_a_choice_the_branch_taken_is_named():
    known = size(Deployment().override({"traffic.cps": 10, "server.media": "with"})).leaves
    formula = "where(server.media, cdr.line_bytes + traffic.cps, traffic.acd) * max(traffic.asr, traffic.asr, 1)"
    assert taken(formula, known) == ("server.media", "cdr.line_bytes", "traffic.cps", "traffic.asr")
    known = size(Deployment().override({"traffic.cps": 10, "server.media": "without"})).leaves
    assert taken(formula, known) == ("server.media", "traffic.acd", "traffic.asr")
    # Without the choice both may be; how the load was stated is nobody's choice, and a table no number.
    assert taken("where(a.b, c.d, e.f)", {}) == ("c.d", "e.f")
    assert taken("where(given.peak, traffic.acd, traffic.cps)", known) == ("traffic.cps",)
    assert taken("falling(traffic.cps, table.cdr_interval)", known) == ("traffic.cps",)


def test_a_derivation_gives_the_parts_of_each_figure_once():
    found = size(Deployment().override({"traffic.cps": 100}))
    whole, again, open_ = set(), [], [derivation(found, "hardware.disk_bytes")]
    while open_:
        step = open_.pop()
        if step.again:
            again.append(step)
        elif step.formula:
            assert step.name not in whole
            whole.add(step.name)
            assert [each.name for each in step.children] == [
                name for name in taken(step.formula, found.leaves) if name in {*found.leaves, *found.figures}
            ]
        open_.extend(step.children)
    assert again
    assert all(step.name in whole and step.children == () for step in again)
