"""Every option of every command changes something, or is refused: none is accepted and ignored."""

from __future__ import annotations

import functools
import json
import shutil

import pytest
import typer
from programs import ROOT, inside

from planner.cli import app

EXAMPLE = ROOT / "examples" / "wholesale"
FIGURES = (
    "hardware.cpu_cores",
    "hardware.disk_bytes",
    "network.nic_bits_per_second",
    "kernel.udp_ports",
    "cdr.retained_bytes",
    "traffic.concurrent_calls_peak",
    "database.retained_bytes",
    "cdr.recommended_interval",
    "cdr.required_max_files",
)
# Base, option with a value that must be noticed; {name} stands for a file the fixture makes.
TRAFFIC = {
    "--cps": "--cps 29",
    "--concurrent-calls": "--concurrent-calls 7000",
    "--daily-minutes": "--daily-minutes 900000 --peak-factor 2",
    "--peak-factor": ("--daily-minutes 900000 --peak-factor 3", "--daily-minutes 900000 --peak-factor 2"),
    "--asr": "--asr 11%",
    "--acd": "--acd 11s",
    "--setup-time": "--setup-time 31s",
    "--codec": "--codec g711",
    "--egress-codec": "--egress-codec g711",
    "--media": "--media without",
    "--framing": "--framing wire",
    "--ptime": "--ptime 40ms",
    "--interval": "--interval 900",
    "--max-files": "--max-files 99",
    "--bytes-per-line": "--bytes-per-line 777",
    "--retention-days": "--retention-days 777",
    "--database-days": "--database-days 777",
    "--blocking": "--blocking 20%",
    "--growth": "--growth 40%",
    "--servers": "--servers 7",
    "--srtp": "--srtp",
    "--ipv6": "--ipv6",
    "--vlan": "--vlan",
    "--record-nonconnect": "--no-record-nonconnect",
    "--dr": "--dr",
    "--profile": "--profile {profile}",
    "--assume": "--assume cdr.line_bytes=999",
}
OUTPUT = {"--output": "-o made.json", "--format": "--format json"}
COMMANDS = {
    "size": (
        "size --cps 9 --codec g729 --all",
        {
            **TRAFFIC,
            **OUTPUT,
            "--all": ("size --cps 9", "--all"),
            "--fail-on": ("size {example}", "--fail-on info"),
            "--from": "--from {bundle}",
            "--certainty": "--certainty 99%",
        },
    ),
    "report": (
        "report --cps 9 --codec g729 --format json",
        {
            **TRAFFIC,
            "--output": "-o made.json",
            "--format": ("report --cps 9 --format json", "--format markdown"),
            "--lang": "--lang zh",
            "--date": "--date 2020-02-02",
            "--paper": ("report --cps 9 --format json", "--paper a4x"),
            "--mask": ("report --cps 9 --format json --profile {profile}", "--no-mask"),
            "--extract": "--extract {example}",
            "--fail-on": ("report {example} --format json", "--fail-on never"),
            "--bundle": "--bundle {bundle}",
            "--previous": "--previous {example}",
            "--summary": ("report --cps 9 --format html", "--summary"),
            "--certainty": "--certainty 99%",
        },
    ),
    "sweep": (
        "sweep --cps 9 --codec g729 --vary traffic.asr=0.2,0.4 --figure all",
        {
            **TRAFFIC,
            **OUTPUT,
            "--asr": ("sweep --cps 9 --vary traffic.acd=20,30 --figure all", "--asr 11%"),
            "--vary": "--vary traffic.acd=50,60",
            "--figure": ("sweep --cps 9 --vary traffic.asr=0.2,0.4", "--figure cdr.bytes_per_day"),
            "--ranges": "--ranges",
            "--lang": ("sweep --cps 9 --vary traffic.asr=0.2,0.4 --format html", "--lang zh"),
        },
    ),
    "compare": (
        "compare a.yaml b.yaml",
        {**OUTPUT, "--all": "--all", "--lang": ("compare a.yaml b.yaml --format html", "--lang zh")},
    ),
    "validate": (
        "validate {example}",
        {
            **OUTPUT,
            "--select": "--select disk-below-need",
            "--ignore": "--ignore unlimited-call-duration",
            "--severity": "--severity unlimited-call-duration=info",
            "--fail-on": "--fail-on never",
            "--min-basis": "--min-basis documented",
            "--min-severity": "--min-severity error",
            "--baseline": "--baseline {baseline}",
            "--write-baseline": "--write-baseline made.json",
            "--fix": ("validate fixable.yaml", "--fix"),
            "--diff": ("validate fixable.yaml", "--diff"),
            "--root": ("validate a.yaml", "--root tree"),
            "--profile": ("validate --root tree", "--profile el8-boot"),
            "--stdin-name": ("validate -", "--stdin-name other.yaml"),
            "--input-format": "--input-format toml",
            "--verbose": "-v",
            "--quiet": "-q",
            "--color": "--color always",
            "--exclude": ("validate .", "--exclude *.yaml"),
            "--changed": "--changed",
            "--sift": "--sift",
            "--allow-empty": ("validate empty", "--allow-empty"),
            "--config": "--config {config}",
            "--show-config": "--show-config",
        },
    ),
    "explain": ("explain FIGURE --cps 9 --codec g729", {**TRAFFIC, **OUTPUT}),
    "rules": ("rules", OUTPUT),
    "params": ("params", {**OUTPUT, "--section": "--section sysctl"}),
    "schema": ("schema deployment", {**OUTPUT, "--format": ("schema", "--format json"), "--bundle": "--bundle"}),
    "init": (
        "init",
        {"--output": "-o made.yaml", "--format": "--format json", "--force": ("init -o a.yaml", "--force")},
    ),
    "collect": ("collect", {"--output": "-o made.sh", "--format": "--format json"}),
    "tune": (
        "tune --cps 9 --codec g729 -o made",
        {
            **TRAFFIC,
            "--output": ("tune --cps 9", "-o made"),
            "--only": "--only sysctl",
            "--diff": "--diff {example}",
            "--from": "--from {bundle}",
            "--address": "--address 192.0.2.9",
            "--cdr-dir": "--cdr-dir /srv/cdr",
            "--archive-dir": "--archive-dir /srv/archive",
            "--force": ("tune --cps 9 -o full", "--force"),
            "--format": "--format json",
        },
    ),
    "cdr profile": (
        "cdr profile cdr",
        {
            **OUTPUT,
            "--timezone": "--timezone Asia/Dhaka",
            "--top": "--top 1",
            "--state": "--state cache",
            "--partial": "--partial",
            "--engine": "--engine nothing",
            "--master": "--master local",
            "--plan": ("cdr profile cdr --format html", "--plan a.yaml"),
            "--lang": ("cdr profile cdr --format html", "--lang zh"),
            "--mask": ("cdr profile cdr --format html", "--no-mask"),
        },
    ),
    "cdr check": (
        "cdr check cdr",
        {
            **OUTPUT,
            "--max-bad": ("cdr check bad", "--max-bad 100%"),
            "--fail-on": ("cdr check bad", "--fail-on never"),
            "--state": "--state cache",
            "--engine": "--engine nothing",
            "--master": "--master local",
        },
    ),
    "cdr backtest": (
        "cdr backtest cdr",
        {**OUTPUT, "--profile": "--profile {other}", "--max-error": "--max-error 0", "--state": "--state cache"},
    ),
    "cdr compare": (
        "cdr compare cdr bad",
        {
            **OUTPUT,
            "--state": "--state cache",
            "--all": "--all",
            "--timezone": "--timezone Nowhere/Such",
            "--lang": ("cdr compare cdr bad --format html", "--lang zh"),
        },
    ),
    "cdr simulate": (
        "cdr simulate -o made --cps 1 --asr 0.5 --hours 0.3 --acd 20s",
        {
            "--output": "-o elsewhere",
            "--cps": "--cps 2",
            "--asr": "--asr 0.4",
            "--acd": "--acd 30s",
            "--hours": "--hours 0.2",
            "--seed": "--seed 2",
            "--start": "--start 2026-03-04T05:00:00",
            "--diurnal": "--diurnal 1,2,1,2,1,2,1,2,1,2,1,2,1,2,1,2,1,2,1,2,1,2,1,2",
            "--burst": "--burst 00:01,5m,3",
            "--hold-law": "--hold-law deterministic",
            "--setup-time": "--setup-time 9s",
            "--setup-law": "--setup-law deterministic",
            "--pdd": "--pdd 3s",
            "--max-hold": "--max-hold 25s",
            "--retries": "--retries 30%",
            "--caller-gateways": "--caller-gateways 3",
            "--callee-gateways": "--callee-gateways 3",
            "--gateway-skew": "--gateway-skew 0",
            "--gateway-ids": "--gateway-ids numbers",
            "--codec": "--codec g711",
            "--columns": "--columns 17",
            "--interval": "--interval 900",
            "--crlf": "--crlf",
            "--header": "--header",
            "--record-nonconnect": "--no-record-nonconnect",
            "--compress": "--compress gz",
            "--damage": "--damage all=5%",
            "--force": ("cdr simulate -o full --cps 1 --hours 0.1", "--force"),
            "--format": "--format json",
        },
    ),
    "cdr watch": (
        "cdr watch cdr --once --format jsonl",
        {
            "--plan": "--plan a.yaml",
            "--profile": "--profile {profile}",
            "--limit": "--limit cps=0.001",
            "--every": "--every nothing",
            "--window": "--window nothing",
            "--timezone": "--timezone Asia/Dhaka",
            "--state": "--state cache",
            "--format": "--format text",
            "--output": "--format prometheus -o made.prom",
            "--once": ("cdr watch absent", "--once --format nothing"),
        },
    ),
    "completion": ("completion bash", {"--output": "-o made"}),
    "lsp": ("lsp", {}),
    "cdr export": (
        "cdr export cdr -o - --format csv",
        {
            "--output": ("cdr export cdr --format csv", "-o made.csv"),
            "--to": ("cdr export cdr", "--to duckdb:///made.duckdb"),
            "--format": ("cdr export cdr -o made", "--format csv"),
            "--table": "--table other",
            "--layout": "--layout external",
            "--timezone": "--timezone Asia/Dhaka",
            "--mask": "--mask",
            "--mask-keep": ("cdr export cdr -o - --mask", "--mask-keep 1"),
            "--rejects": "--rejects made.jsonl",
            "--restart": "--restart",
            "--raw-cells": ("cdr export bad -o - --format csv", "--raw-cells"),
        },
    ),
}
# Speed alone, or the trace of a fault of ours: what is printed is the same by design.
SILENT = {"--processes", "--debug", "--help", "--install-completion", "--show-completion"}
# Traffic that changes the streams, which the sizing takes in and the settings of a host do not depend on.
MEDIA_ONLY = (
    "codec",
    "egress-codec",
    "framing",
    "bytes-per-line",
    "database-days",
    "growth",
    "srtp",
    "ipv6",
    "vlan",
    "record-nonconnect",
    "dr",
    "assume",
)
# Shown elsewhere: an interrupt is needed to see it, a repository, or the interactive program.
ELSEWHERE = {
    ("validate", "--stdin-name"),
    ("validate", "--sift"),
    ("tune", "--force"),
    ("size", "--fail-on"),
    *(("tune", f"--{name}") for name in MEDIA_ONLY),
    ("cdr profile", "--partial"),
    ("validate", "--changed"),
    ("compare", "--color"),
    ("explain", "--growth"),
    ("explain", "--dr"),
}


@pytest.fixture(scope="module")
def ground(tmp_path_factory, archive, profile):
    """A folder with one of everything; each run gets a copy."""
    folder = tmp_path_factory.mktemp("options") / "ground"
    folder.mkdir()
    (folder / "a.yaml").write_text("traffic: {cps: 9}\n")
    (folder / "b.yaml").write_text("traffic: {cps: 8}\n")
    (folder / "fixable.yaml").write_text("traffic: {cps: 9}\nsoftswitch:\n  SS_CDR_RECORD_TO_FILE: yes\n")
    (folder / "config.toml").write_text('fail_on = "never"\nmin_severity = "error"\n')
    for name in ("empty", "full", "cdr", "bad", "tree/etc/sysctl.d"):
        (folder / name).mkdir(parents=True)
    (folder / "full" / "file").write_text("x\n")
    (folder / "tree/etc/sysctl.conf").write_text("net.core.somaxconn = 1\n")
    (folder / "tree/etc/sysctl.d/99-vos3000.conf").write_text("net.core.somaxconn = 4096\n")
    hour = min(archive.glob("*.txt"))
    lines = hour.read_bytes().splitlines(keepends=True)[:3000]
    (folder / "cdr" / hour.name).write_bytes(b"".join(lines))
    formula = b"|".join([b"=1+1", *lines[5].split(b"|")[1:]])
    (folder / "bad" / hour.name).write_bytes(b"no record\n" + formula + b"".join(lines[:500]))
    inside("validate", EXAMPLE / "deployment.yaml", "--write-baseline", folder / "baseline.json", cwd=folder)
    document = json.loads(profile.read_text())
    document["assumptions"] = [
        {**each, "low": each["value"], "high": each["value"]}
        for each in document["assumptions"]
        if isinstance(each["value"], (int, float))
    ]
    for each in document["assumptions"]:
        if each["name"] == "cdr.line_bytes":
            each.update(value=500, low=500, high=500)
    (folder / "other.json").write_text(json.dumps(document))
    return folder


@pytest.fixture
def dated(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


def filled(words, ground, profile):
    places = {
        "profile": profile,
        "example": EXAMPLE / "deployment.yaml",
        "baseline": ground / "baseline.json",
        "config": ground / "config.toml",
        "other": ground / "other.json",
        "bundle": ground / "nothing.txt",
    }
    return [word.format(**places) for word in words.split()]


def seen(words, ground, folder):
    """Return all that a run leaves behind: code, output, words and files."""
    shutil.copytree(ground, folder)
    runs = [
        [figure if each == "FIGURE" else each for each in words] for figure in (FIGURES if "FIGURE" in words else ("",))
    ]
    ended = [inside(*each, cwd=folder) for each in runs]
    assert all("internal error" not in each.err for each in ended), ended
    files = {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    return [(each.code, each.out, each.err) for each in ended], files


@pytest.fixture(scope="module")
def left(ground, tmp_path_factory):
    """A function that gives what a run leaves behind; the one that many options are held against is run once."""
    return functools.cache(lambda *words: seen(words, ground, tmp_path_factory.mktemp("run") / "here"))


def cases():
    for name, (base, options) in COMMANDS.items():
        for option, given in options.items():
            if (name, option) not in ELSEWHERE:
                yield pytest.param(base, given, id=f"{name} {option}")


@pytest.mark.usefixtures("dated")
@pytest.mark.parametrize(("base", "given"), list(cases()))
def test_an_option_changes_something_or_is_refused(base, given, ground, profile, left):
    if isinstance(given, tuple):
        own, given = given
        base = own if own.split()[0] in {each.split()[0] for each in COMMANDS} else _instead(base, own)
    without = filled(base, ground, profile)
    given_words = filled(given, ground, profile)
    if {"--concurrent-calls", "--daily-minutes"} & set(given_words):
        without = filled(base.replace("--cps 9", ""), ground, profile) if "--daily-minutes" in base else without
    with_it = [*_but(without, given_words), *given_words]
    assert left(*with_it) != left(*without)


def _instead(base, load):
    return base.replace("--cps 9", load)


def _but(words, given):
    """Return the words without the load or format that the option replaces."""
    gone = {"--cps"} if {"--concurrent-calls", "--daily-minutes", "--cps"} & set(given) else set()
    gone |= {"--codec"} & set(given)
    gone |= {"--format"} & set(given)
    gone |= {"--daily-minutes", "--peak-factor"} if "--daily-minutes" in given else set()
    kept, skip = [], False
    for word in words:
        if skip:
            skip = False
        elif word in gone:
            skip = True
        else:
            kept.append(word)
    return kept


def options_of(command):
    if hasattr(command, "commands") or hasattr(command, "list_commands"):
        from planner.cli import COMMANDS as TOP  # noqa: PLC0415  the table
        from planner.cli.cdr import COMMANDS as RECORDS  # noqa: PLC0415  the same
        from planner.cli.commands import load  # noqa: PLC0415  the same

        for each, (module, _) in TOP.items():
            if each != "cdr":
                yield from ((each, param.opts) for param in load(module, each).params)
        for each, (module, _) in RECORDS.items():
            yield from ((f"cdr {each}", param.opts) for param in load(module, each).params)


def test_no_option_is_left_out():
    known = {(name, option) for name, (_, options) in COMMANDS.items() for option in options}
    missing = []
    for name, opts in options_of(typer.main.get_command(app)):
        long = [each for each in opts if each.startswith("--")]
        if long and not set(long) & SILENT:
            missing += [(name, long[0])] if not any((name, each) in known for each in long) else []
    assert missing == []
