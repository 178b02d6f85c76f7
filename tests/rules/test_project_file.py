"""plan.toml and [tool.plan]: found upwards, options win over it, mistakes in it are named with their line."""

from __future__ import annotations

import json

import pytest

SITE = "softswitch:\n  SERVER_CDR_FILE_WRITE_INTERVAL: 30\n"
WARNED = "softswitch:\n  SS_MAX_CALL_DURATION: 0\n"


def test_it_says_what_is_checked_and_is_found_from_below(run, write, tmp_path, monkeypatch):
    write("sites/a.yaml")
    write("attic/b.yaml")
    write("c.yaml")
    write("plan.toml", 'paths = ["sites", "attic"]\nexclude = ["attic/"]\n')
    for folder in (tmp_path, tmp_path / "sites"):
        monkeypatch.chdir(folder)
        result = run("--format", "json")
        assert json.loads(result.stdout)["summary"]["files"] == 1, result.stderr


def test_the_table_of_pyproject_does_the_same(run, write):
    write("sites/a.yaml")
    write("pyproject.toml", '[project]\nname = "x"\n[tool.plan]\npaths = ["sites"]\nfail_on = "never"\n')
    assert run().exit_code == 0
    assert run("--fail-on", "error").exit_code == 1


def test_a_pyproject_without_the_table_is_somebody_elses(run, write):
    write("a.yaml")
    write("pyproject.toml", '[project]\nname = "x"\n')
    assert run().exit_code == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", 1),
        ('fail_on = "never"', 0),
        ('severity = { out-of-range = "warning" }', 0),
        ('severity = { out-of-range = "off" }', 0),
        ('ignore = [{ rule = "out-of-range", reason = "agreed" }]', 0),
        ('ignore = [{ rule = "out-of-range", reason = "agreed", paths = ["a.yaml"] }]', 0),
        ('ignore = [{ rule = "out-of-range", reason = "agreed", paths = ["sites/"] }]', 1),
        ('ignore = [{ rule = "out-of-range", reason = "agreed", until = "2020-01-01" }]', 1),
        ('ignore = [{ rule = "out-of-range", reason = "agreed", until = 2999-01-01 }]', 0),
    ],
)
def test_what_counts(run, write, text, code):
    write("a.yaml")
    write("plan.toml", text + "\n")
    result = run("a.yaml")
    assert result.exit_code == code, result.output


def test_an_expired_acceptance_is_told_at_its_place(run, write):
    write("a.yaml")
    write("plan.toml", '\n[[ignore]]\nrule = "out-of-range"\nreason = "agreed"\nuntil = "2020-01-01"\n')
    assert "plan.toml:2" in run("a.yaml").stdout


def test_the_least_severity_shown(run, write):
    write("a.yaml", WARNED)
    assert "warning" in run("a.yaml").stdout
    write("plan.toml", 'min_severity = "error"\n')
    assert "warning" not in run("a.yaml").stdout
    assert "warning" in run("a.yaml", "--min-severity", "warning").stdout


def test_the_baseline_of_the_project(run, write, tmp_path, monkeypatch):
    write("sites/a.yaml")
    write("plan.toml", 'paths = ["sites"]\nbaseline = "known.json"\n')
    assert run("--write-baseline", "known.json").exit_code == 0
    assert run().exit_code == 0
    monkeypatch.chdir(tmp_path / "sites")
    assert run().exit_code == 0


def test_the_root_of_the_project(run, write):
    write("host/etc/sysctl.conf", "vm.swappiness = 400\n")
    write("plan.toml", 'root = "host"\n')
    assert "host/etc/sysctl.conf:1" in run().stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("path = []", "plan.toml:1: there is no key `path`; did you mean `paths`?"),
        ('\npaths = "sites"', "plan.toml:2: paths is a list of texts"),
        ('fail_on = "fatal"', "plan.toml:1: fail_on is one of error, warning, info, never"),
        ('severity = { out-of-rnge = "off" }', "plan.toml:1: no rule is named out-of-rnge; did you mean out-of-range?"),
        ('severity = { out-of-range = "fatal" }', "out-of-range is one of error, warning, info, off"),
        ('ignore = [{ rule = "out-of-range" }]', "an entry of ignore needs rule and reason"),
        ('ignore = [{ rule = "out-of-range", reason = "" }]', "reason is a text"),
        ('ignore = [{ rule = "out-of-range", reason = "x", until = "soon" }]', "until is a day, such as 2027-01-31"),
        ("paths = [", "plan.toml:2: not TOML"),
    ],
)
def test_mistakes_are_named_with_their_line(run, write, text, said):
    write("a.yaml")
    write("plan.toml", text + "\n")
    result = run("a.yaml")
    assert (result.exit_code, said in result.stderr) == (2, True), result.output


def test_what_is_in_force_is_shown_with_where_it_comes_from(run, write):
    kept = "[[ignore]]\nrule = 'wrong-type'\nreason = 'x'\n[severity]\nwrong-type = 'off'\n"
    write("plan.toml", f'paths = ["sites"]\n\nfail_on = "warning"\nroot = "host"\n{kept}')
    shown = run("--show-config", "--min-severity", "info", "--exclude", "old/").stdout
    lines = {line.split()[0]: line for line in shown.splitlines()}
    assert lines["project"].endswith("plan.toml")
    assert lines["paths"].endswith("plan.toml:1")
    assert lines["fail_on"].split()[1:] == ["warning", "plan.toml:3"]
    assert lines["min_severity"].split()[1:] == ["info", "option"]
    assert lines["exclude"].split()[1:] == ["old/", "option"]
    assert lines["baseline"].split()[1:] == ["none", "default"]
    assert lines["root"].split()[1:] == ["host", "plan.toml:4"]
    assert lines["ignore"].split()[1:] == ["wrong-type", "plan.toml:5"]
    assert lines["severity"].split()[1:] == ["wrong-type=off", "plan.toml:8"]


@pytest.mark.parametrize(
    "arguments",
    [
        "a.yaml --fix --diff",
        "a.yaml -q -v",
        "a.yaml --stdin-name x",
        "a.yaml --changed --root .",
        "a.yaml --profile el8-boot",
        "a.yaml --diff --format json",
        "a.yaml --fail-on info --min-severity error",
    ],
)
def test_options_without_effect_beside_others_are_refused(run, write, arguments):
    write("a.yaml")
    result = run(*arguments.split())
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert "no effect" in result.stderr


def test_quiet_and_concise(run, write):
    write("a.yaml")
    write("b.yaml", WARNED)
    lines = run(".", "-q", "--format", "concise").stdout.splitlines()
    assert [line.split(": ")[1] for line in lines] == ["error", "warning", "warning"]
    assert run("b.yaml", "-q", "--min-severity", "error").output == ""


def test_colour_is_as_asked(run, write):
    write("a.yaml")
    assert "\x1b[" in run("a.yaml", "--color", "always").stdout
    assert "\x1b[" not in run("a.yaml").stdout


@pytest.mark.parametrize(
    ("name", "form"), [("o.sarif", "sarif"), ("o.json", "json"), ("o.xml", "junit"), ("o.md", "markdown")]
)
def test_the_format_follows_from_the_name(run, write, tmp_path, name, form):
    write("a.yaml")
    run("a.yaml", "-o", name)
    assert (tmp_path / name).read_text() == run("a.yaml", "--format", form).stdout
    assert run("a.yaml", "-o", "o.html").exit_code == 2
