"""Slips that would size something else than was meant are refused, by options and in files alike."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from planner.cli import app

SIZE = ["size", "--cps", "10"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--codec g729 --growth 3", "(--growth): 3 is outside the allowed range; allowed: -0.5 to 1"),
        ("--codec g729 --acd 75ms", "(--acd): 0.075 is outside the allowed range"),
        ("--codec g729 --asr 40", "(--asr): 40 is outside the allowed range; allowed: 0 to 1, or 40% if"),
        ("--codec g729=70,g711=20", "add up to 90, not to 100"),
        ("--codec g729=0.7,g711=0.2", "add up to 0.9, not to 1"),
        ("--codec g729 --assume cpu.share_media=25", "25 is outside the allowed range; allowed: 0 to 1"),
    ],
)
def test_an_option(options, said):
    result = CliRunner().invoke(app, [*SIZE, *options.split()])
    assert (result.exit_code, said in result.stderr) == (2, True), result.output


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("size --cps 1 --codec g711 --cps 20 --codec g729", 0, "--cps is given more than once: the last one counts"),
        ("validate . --allow-empty --fail-on info --fail-on never", 0, "--fail-on is given more than once"),
        ("cdr simulate --hours 0.01 --columns 17=30,19=60 -o made", 2, "'17=30,19=60' add up to 90, not to 100"),
    ],
)
def test_a_command(command, code, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, command.split())
    assert (result.exit_code, said in result.stderr) == (code, True), result.output


@pytest.mark.parametrize("option", ["--codec g711", "--ptime 40ms", "--srtp", "--vlan", "--ipv6", "--framing wire"])
def test_what_describes_streams_says_so_where_none_pass(option):
    """Of such an option no row of the plan depends: the streams go past the server."""
    result = CliRunner().invoke(app, [*SIZE, "--media", "without", *option.split()])
    said = f"{option.split()[0]}: of no effect on the plan: media does not pass the server"
    assert (result.exit_code, said in result.stderr) == (0, True), result.output
    assert "of no effect" not in CliRunner().invoke(app, [*SIZE, *option.split()]).stderr


@pytest.mark.parametrize("load", ["--cps 9", "--concurrent-calls 900"])
def test_a_peak_factor_without_minutes_is_refused(load):
    result = CliRunner().invoke(app, ["size", *load.split(), "--peak-factor", "3"])
    assert (result.exit_code, "--peak-factor is that of --daily-minutes" in result.stderr) == (2, True)


@pytest.mark.parametrize("options", ["--codec g729=2,g711=1", "--codec g729=33,g711=33,g723=33", "--codec g729=1"])
def test_weights_and_rounded_shares_are_meant(options):
    assert CliRunner().invoke(app, [*SIZE, *options.split()]).exit_code == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("traffic: {cps: 1, growth_per_month: 3}\n", "growth_per_month is 3"),
        ("traffic: {cps: 1, acd: 75ms}\n", "acd is 0.075 s"),
        ("traffic: {cps: 1, codecs: {g729: 70, g711: 20}}\n", "add up to 90, not to 100"),
        ("traffic: {cps: 1, peak_factor: 3}\n", "peak_factor 3 has no effect"),
        ("softswitch: {SS_MAXCPS: -3}\n", "SS_MAXCPS is -3"),
        ("softswitch: {SIP_THREAD: -1}\n", "SIP_THREAD is -1"),
    ],
)
def test_a_file(tmp_path, text, said):
    (tmp_path / "a.yaml").write_text(text)
    assert said in CliRunner().invoke(app, ["validate", str(tmp_path / "a.yaml")]).stdout


@pytest.mark.parametrize(
    ("command", "name", "code"),
    [
        ("size --cps 1 --codec g729", "a.json", 0),
        ("size --cps 1 --codec g729", "a.sarif", 2),
        ("size --cps 1 --codec g729", "a.html", 2),
        ("params", "a.json", 0),
        ("rules", "a.json", 0),
        ("init", "a.json", 0),
        ("init", "a.toml", 2),
        ("schema deployment", "a.json", 0),
        ("schema deployment", "a.yaml", 2),
        ("explain cps", "a.json", 0),
        ("explain cps", "a.pdf", 2),
        ("sweep DEPLOYMENT --vary traffic.cps=1:2:1", "a.json", 0),
        ("sweep DEPLOYMENT --vary traffic.cps=1:2:1", "a.sarif", 2),
        ("compare DEPLOYMENT DEPLOYMENT", "a.json", 0),
    ],
)
def test_no_file_is_other_than_it_is_called(tmp_path, command, name, code):
    deployment = tmp_path / "d.yaml"
    deployment.write_text("traffic: {cps: 10, codecs: g729}\n")
    words = [str(deployment) if each == "DEPLOYMENT" else each for each in command.split()]
    result = CliRunner().invoke(app, [*words, "-o", str(tmp_path / name)])
    assert result.exit_code == code, result.output
    if code:
        assert not (tmp_path / name).exists()
    else:
        assert (tmp_path / name).read_text().lstrip()[0] in "{["
