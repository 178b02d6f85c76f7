"""What cannot be decided, read or followed is said, and hinders nothing else."""

from __future__ import annotations

import os

import pytest

from planner.deployment.load import from_mapping
from planner.deployment.model import UndecidableError
from planner.document.reader import unreadable
from planner.rules import discovery
from planner.rules.policy import Policy
from planner.rules.project import ProjectError, find, load
from planner.rules.shared import port_range, port_ranges, version
from planner.rules.site import Site
from planner.rules.validation import validate
from planner.sizing.memory import setting

SITE = {"traffic": {"cps": 9}, "server": {"cpu_cores": 8, "mysql_version": "5.5"}, "mysql": {"sql_mode": "ANSI"}}


@pytest.mark.parametrize(
    ("asks", "said"),
    [
        (lambda site: site["mysql.a|mysql.b"], "mysql.a or mysql.b is not declared"),
        (lambda site: site.number("server.mysql_version"), "server.mysql_version is no usable number"),
        (lambda site: site.numbers("server.mysql_version"), "server.mysql_version is no usable list of integers"),
        (lambda site: site.switch("server.cpu_cores"), "server.cpu_cores is no usable switch"),
        (lambda site: site.default("mysql.nothing"), "mysql.nothing is not declared and has no documented default"),
        (lambda site: site.figure("nothing"), "the sizing gives no nothing"),
        (lambda site: port_range(site, "server.cpu_cores"), "server.cpu_cores is no port range"),
        (lambda site: port_ranges(site, "server.cpu_cores"), "server.cpu_cores is no port range"),
        (lambda site: setting(site.deployment, "nothing"), "mysql.nothing is declared as no number"),
        (lambda _: version(Site(from_mapping({"server": {"mysql_version": "latest"}}))), "server.mysql_version"),
    ],
)
def test_what_a_rule_cannot_decide_by_is_named(asks, said):
    with pytest.raises(UndecidableError, match=said.replace("|", r"\|")):
        asks(Site(from_mapping(SITE)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("severity = 3", "severity is a table of rules, such as"),
        ("[severity]\nnonsense = 'off'", "no rule is named nonsense"),
        ("[severity]\nout-of-range = 'loud'", "out-of-range is one of"),
        ("ignore = 3", "ignore is a list of tables with rule and reason"),
        ("ignore = [3]", "an entry of ignore is a table, such as"),
        ("paths = 3", "paths"),
        ("exclude = ['[z-a]']", "is no pattern as in .gitignore"),
        ("fail_on = 'loud'", "fail_on is one of"),
    ],
)
def test_a_project_file_that_is_wrong_says_what_is_right(text, said, tmp_path):
    (tmp_path / "plan.toml").write_text(text)
    with pytest.raises(ProjectError, match=r"plan\.toml:\d") as raised:
        load(str(tmp_path / "plan.toml"))
    assert said in str(raised.value)


def test_a_pyproject_without_a_table_of_ours_is_no_project(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[tool.other]\n")
    with pytest.raises(ProjectError, match=r"it has no \[tool\.plan\]"):
        load(str(tmp_path / "pyproject.toml"))


def test_what_is_met_in_a_folder_hinders_no_other(run, write, tmp_path):
    write("site/a.yaml")
    (tmp_path / "site" / "b.yaml").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "site" / "c.yaml")
    write("site/sysctl.d/10-a.conf", "net.core.somaxconn = 9\n")
    result = run("site", "site/a.yaml", "site", "--format", "concise")
    lines = result.stdout.splitlines()
    assert result.exit_code == 3
    assert sum("site/a.yaml" in line and "out-of-range" in line for line in lines) == 1
    assert any("site/b.yaml" in line and "include-not-followed" in line for line in lines)
    assert any("site/c.yaml" in line and "pipe or device" in line for line in lines)


@pytest.mark.parametrize("closed", ["site/closed", "site/sysctl.d"])
def test_a_folder_that_cannot_be_listed_hinders_no_other(run, write, monkeypatch, closed):
    write(f"{closed}/a.conf", "vm.swappiness = 9\n")
    write("site/z.yaml")
    listed = os.listdir

    def refused(path):
        if str(path).endswith(closed):
            raise PermissionError(13, "Permission denied", path)
        return listed(path)

    monkeypatch.setattr(os, "listdir", refused)
    result = run("site", "--format", "concise")
    assert result.exit_code == 3
    assert f"{closed}:1:1: error: cannot read {closed}: Permission denied [unreadable-file]" in result.stdout
    assert "site/z.yaml" in result.stdout


def test_a_file_too_large_is_named_where_it_is_met(run, write, tmp_path):
    write("site/a.yaml", "traffic:\n  cps: 9\n")
    os.truncate(tmp_path / write("site/b.yaml"), 1 << 30)
    result = run("site", "--format", "concise")
    assert result.exit_code == 3
    assert "site/b.yaml:1:1: error: the file is larger than the 2,048 KiB" in result.stdout


def test_a_file_that_cannot_be_read_is_named_where_it_is_met(run, write, monkeypatch):
    def refused(path, shown):
        raise unreadable(shown, PermissionError(13, "Permission denied", str(path)))

    write("site/a.yaml")
    monkeypatch.setattr(discovery, "file_bytes", refused)
    result = run("site", "--format", "concise")
    assert result.exit_code == 3
    assert "site/a.yaml:1:1: error: " in result.stdout
    assert "Permission denied [unreadable-file]" in result.stdout


def test_what_was_skipped_is_told_with_the_deployment():
    found = validate(from_mapping({"server": {"cpu_cores": 4}}))
    (undecided,) = found.undecided
    reasons = {each.rule: each.reason for each in undecided.rules}
    assert reasons["cores-below-need"].endswith("is not declared")
    assert len(reasons) == len(found.skipped) > 50
    only = Policy(select=frozenset({"tw-recycle-behind-nat"}))
    assert validate(from_mapping({"server": {"ram": "4GB"}}), only).undecided
    assert not validate(from_mapping({"sysctl": {"net.ipv4.tcp_tw_recycle": 0}}), only).undecided


def test_two_drives_have_the_project_of_the_first(tmp_path, monkeypatch):
    def refused(_):
        raise ValueError("Paths don't have the same drive")

    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "plan.toml").write_text("")
    monkeypatch.setattr(os.path, "commonpath", refused)
    assert find([str(tmp_path / "a"), str(tmp_path / "b")]).path == str(tmp_path / "a" / "plan.toml")


def test_a_pattern_no_gitignore_could_hold_hides_no_other(run, write):
    write(".gitignore", "[z-a]\nold.yaml\n")
    write("old.yaml")
    write("new.yaml")
    result = run(".", "--format", "concise")
    assert "new.yaml" in result.stdout
    assert "old.yaml" not in result.stdout


def test_changes_need_git(run, write, monkeypatch):
    write("a.yaml")
    monkeypatch.setenv("PATH", "")
    result = run("--changed")
    assert result.exit_code == 2
    assert "git cannot be run: No such file or directory" in result.stderr
