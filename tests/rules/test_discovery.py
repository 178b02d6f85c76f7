"""What is checked: deployments by their content, settings by name or content, nothing that is passed over."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from planner.cli.validate import app
from planner.deployment.load import holds_settings
from planner.rules.discovery import Scope, Target, load, targets
from planner.rules.project import find

SITE = "softswitch:\n  SERVER_CDR_FILE_WRITE_INTERVAL: 30\n"


def checked(result) -> list[str]:
    """Return the files with findings of a run in JSON."""
    return sorted({each["path"] for each in json.loads(result.stdout)["findings"]})


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("site.yaml", "traffic:\n  cps: 100\n", True),
        ("site.yaml", "# a comment\n---\nsoftswitch: {SS_MAXCPS: 1}\n", True),
        ("site.yaml", "{traffic: {cps: 1}}\n", True),
        ("site.yaml", "softswitch:\n  SS_MAXCP: 1\n", True),
        ("site.yaml", "traffic:\n  cps: [\n", True),  # broken since somebody last looked: not passed over
        ("site.json", '{"server": {"cpu_cores": 4}}', True),
        ("site.toml", "[traffic]\ncps = 1\n", True),
        ("site.toml", "traffic.cps = 1\n", True),
        ("compose.yaml", "services:\n  mysql:\n    image: mysql\n", False),
        ("values.yaml", "server:\n  replicas: 3\nmysql:\n  auth: {}\n", False),
        ("mkdocs.yml", "site_name: x\nsite: {url: y}\n", False),
        ("pipeline.yml", "server: nginx\n", False),
        ("package.json", '{"name": "x", "dependencies": {"server": {"a": 1}}}', False),
        ("sizing.json", '{"schema": "sizing-v1", "traffic": {"cps": 1}}', False),
        ("pyproject.toml", '[project]\nname = "x"\n[tool.server]\n', False),
        ("config.toml", "[server]\nport = 80\n", False),
        ("broken.json", '{"a": [', False),
        ("sysctl.conf", "", True),
        ("sysctl.conf.bak", "# nothing\n", True),
        ("90-voip.conf", "net.core.rmem_max = 1\n", True),
        ("log4j.conf", "log4j.appender.file = x\n", False),
        ("nginx.conf", "server { listen 80; }\n", False),
        ("my.cnf", "", True),
        ("extra.cnf", "[mysqld]\n", True),
        ("openssl.cnf", "[ req ]\nbits = 1\n", False),
        ("notes.txt", "traffic: heavy\n", False),
        ("Makefile", "traffic:\n\techo\n", True),  # what could be a deployment is looked at
    ],
)
def test_a_file_is_told_by_its_content(name, text, expected):
    assert holds_settings(name, text.encode()) is expected


def test_a_repository_with_one_deployment(run, write):
    write("sites/a.yaml")
    for name in ("compose.yaml", ".github/workflows/x.yaml", "node_modules/p/site.yaml", "package-lock.json"):
        write(name, '{"a": {"b": 1}}' if name.endswith("json") else "services: {}\n")
    result = run(".", "--format", "json")
    assert (result.exit_code, checked(result)) == (1, ["sites/a.yaml"])
    assert json.loads(result.stdout)["summary"]["files"] == 1


def test_what_git_ignores_is_passed_over(run, write):
    for name in ("a.yaml", "build/b.yaml", "deep/c.yaml", "deep/keep/d.yaml", "e.yaml"):
        write(name)
    write(".gitignore", "build/\nd.yaml\n/e.yaml\n")
    write("deep/.gitignore", "*.yaml\n!keep/d.yaml\n")
    assert checked(run(".", "--format", "json")) == ["a.yaml", "deep/keep/d.yaml"]
    assert checked(run("build/b.yaml", "--format", "json")) == ["build/b.yaml"]  # named is named
    assert run("build/b.yaml", "--sift").exit_code == 2
    assert checked(run("deep", "--format", "json")) == ["deep/keep/d.yaml"]


def test_a_folder_that_is_named_is_checked_even_where_git_ignores_it(run, write):
    for name in ("build/copy/b.yaml", "build/copy/own.yaml", "build/copy/c.yaml"):
        write(name)
    write(".gitignore", "build/\nc.yaml\n")
    write("build/copy/.gitignore", "own.yaml\n")
    for named in ("build", "build/copy"):
        assert checked(run(named, "--format", "json")) == ["build/copy/b.yaml", "build/copy/c.yaml"]
    assert run("build", "--exclude", "copy/").exit_code == 2


def test_git_agrees_about_what_is_ignored(run, write, require, tmp_path):
    git = require("git")
    patterns = [
        "*.tmp.yaml",
        "/top.yaml",
        "sub/",
        "!sub/x.yaml",
        "**/deep/*.yaml",
        "a?.yaml",
        "[bc].yaml",
        "#x",
        "\\#y.yaml",
    ]
    names = ["top.yaml", "sub/x.yaml", "u/deep/z.yaml", "u/deep/v/z.yaml", "a1.yaml", "a12.yaml", "b.yaml", "d.yaml"]
    names += ["x.tmp.yaml", "u/top.yaml", "#y.yaml", "u/sub/q.yaml"]
    for name in names:
        write(name)
    write(".gitignore", "\n".join(patterns) + "\n")
    subprocess.run([git, "init", "-q"], cwd=tmp_path, check=True)
    said = subprocess.run([git, "ls-files", "-zo", "--exclude-standard"], cwd=tmp_path, capture_output=True, check=True)
    kept = [name for name in said.stdout.decode().split("\0") if name.endswith(".yaml")]
    assert checked(run(".", "--format", "json")) == sorted(kept)


def test_exclude_and_patterns(run, write):
    for name in ("sites/a.yaml", "sites/old/b.yaml", "c.yaml"):
        write(name)
    assert checked(run(".", "--exclude", "old/", "--format", "json")) == ["c.yaml", "sites/a.yaml"]
    assert checked(run("sites/**/*.yaml", "--format", "json")) == ["sites/a.yaml", "sites/old/b.yaml"]
    assert run("nothing/*.yaml").exit_code == 3


def test_patterns_reach_what_lies_below_their_folder_and_no_more(write, tmp_path, monkeypatch):
    for name in ("..a.yaml", "b/c.yaml"):
        write(name)
    monkeypatch.chdir(tmp_path / "b")
    scope = Scope(("*.yaml",), str(tmp_path / "b"), sifts=True)
    assert [each.path for each in targets(["../..a.yaml", "c.yaml"], "", scope)] == ["../..a.yaml"]
    monkeypatch.chdir(tmp_path)
    assert list(targets(["..a.yaml"], "", Scope(("*.yaml",), ".", sifts=True))) == []
    assert [each.path for each in targets([tmp_path / "..a.yaml"])] == ["..a.yaml"]


def test_what_was_measured_counts_where_nothing_is_declared(write, tmp_path):
    path = str(tmp_path / write("a.yaml", "traffic:\n  asr: 0.4\n"))
    assumptions = [{"name": "traffic.cps", "value": 77.0}, {"name": "traffic.asr", "value": 0.5}]
    measured = load(Target("file", path, measured={"schema": "profile-v1", "assumptions": assumptions})).deployment
    assert (measured.value("traffic.cps"), measured.value("traffic.asr")) == (77.0, 0.4)


def test_nothing_to_check_is_a_mistake_unless_allowed(run, tmp_path):
    (tmp_path / "empty").mkdir()
    assert run("empty").exit_code == 2
    assert run("empty", "--allow-empty").exit_code == 0
    assert run("mistyped").exit_code == 3


DEPLOYMENT = "traffic: {cps: 2000, codecs: g729}\nserver: {media: with}\nsysctl: {file: conf/sysctl.conf}\n"


def test_a_settings_file_is_judged_by_the_deployment_that_names_it(run, write):
    write("sites/deployment.yaml", DEPLOYMENT)
    write("sites/conf/sysctl.conf", "net.netfilter.nf_conntrack_max = 1000\n")
    alone = run("sites", "--format", "json")
    result = run("sites/conf/sysctl.conf", "--format", "json")
    assert checked(result) == checked(alone)
    assert "sites/conf/sysctl.conf is checked with sites/deployment.yaml, which names it" in result.stderr
    assert "connection-tracking-below-need" in result.stdout


def test_a_settings_file_of_another_folder_is_judged_by_the_deployments_of_the_project(run, write):
    write("plan.toml", 'exclude = ["old/"]\n')
    for folder in ("sites/a", "old"):
        write(
            f"{folder}/deployment.yaml", DEPLOYMENT.replace("conf/", "../../shared/" if "/" in folder else "../shared/")
        )
    write("shared/sysctl.conf", "net.netfilter.nf_conntrack_max = 1000\n")
    result = run("shared/sysctl.conf", "--format", "json")
    assert "shared/sysctl.conf is checked with sites/a/deployment.yaml, which names it" in result.stderr
    assert "connection-tracking-below-need" in result.stdout
    assert "old/" not in result.output


def test_changes_bring_the_deployments_they_concern(run, write, require, tmp_path):
    def git(*arguments):
        user = ["-c", "user.name=x", "-c", "user.email=x@example.com"]
        subprocess.run([require("git"), *user, *arguments], cwd=tmp_path, check=True, capture_output=True)

    write("sites/deployment.yaml", DEPLOYMENT)
    write("sites/conf/sysctl.conf", "net.netfilter.nf_conntrack_max = 1000000\n")
    write("other.yaml")
    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "first")
    assert run("--changed").exit_code == 0
    write("sites/conf/sysctl.conf", "net.netfilter.nf_conntrack_max = 1000\n")
    write("README.md", "traffic:\n")
    result = run("--changed", "--format", "json")
    assert "connection-tracking-below-need" in result.stdout
    assert "other.yaml" not in result.stdout
    git("checkout", "-qb", "topic")
    git("commit", "-qam", "second")
    assert json.loads(run("--changed", "--format", "json").stdout)["summary"]["files"] == 0
    assert "connection-tracking-below-need" in run("--changed", "main", "--format", "json").stdout
    (tmp_path / "sites/conf/sysctl.conf").unlink()
    assert "missing-file" in run("--changed", "--format", "json").stdout
    unknown = run("--changed", "no-such-branch")
    assert unknown.exit_code == 2
    assert "no-such-branch" in unknown.stderr


def prints(run, *arguments) -> dict[str, str]:
    found = json.loads(run(*arguments, "--format", "json").stdout)["findings"]
    return {each["rule"] + each["message"]: each["fingerprint"] for each in found}


def test_a_fingerprint_hangs_on_no_spelling_and_no_folder(run, write, tmp_path, monkeypatch):
    write("sites/a/deployment.yaml")
    write("plan.toml", "")
    spelled = [prints(run, each) for each in ("sites/a/deployment.yaml", "./sites//a/deployment.yaml", ".", tmp_path)]
    monkeypatch.chdir(tmp_path / "sites")
    spelled += [prints(run, each) for each in ("a/deployment.yaml", "a", "../sites/a")]
    assert len({json.dumps(each, sort_keys=True) for each in spelled}) == 1


def test_a_baseline_holds_wherever_it_is_used_from(run, write, tmp_path, monkeypatch):
    write("sites/a/deployment.yaml")
    write("sites/b/deployment.yaml")
    assert run("sites", "--write-baseline", "known.json").exit_code == 0
    assert run("sites", "--baseline", "known.json").exit_code == 0
    assert run(tmp_path / "sites", "--baseline", tmp_path / "known.json").exit_code == 0
    monkeypatch.chdir(tmp_path / "sites" / "a")
    assert run(".", "--baseline", "../../known.json").exit_code == 0
    (tmp_path / "sites/b/deployment.yaml").write_text("site: {name: x}\n")
    write("sites/c/deployment.yaml")
    assert run("..", "--baseline", "../../known.json").exit_code == 1  # the same mistake elsewhere is a new one


def test_this_repository_is_checked_by_its_deployments_alone():
    root = Path(__file__).resolve().parents[2]
    result = CliRunner().invoke(app, [str(root), "--format", "json", "--fail-on", "never"])
    assert result.exit_code == 0, result.output
    paths = {Path(os.path.relpath(each, root)).parts[0] for each in checked(result)}
    assert paths == {"examples"}


def test_this_repository_checks_its_deployments_and_their_settings_alone(run, monkeypatch):
    root = Path(__file__).resolve().parents[2]
    monkeypatch.chdir(root)
    deployments = [*root.glob("examples/*/deployment.yaml"), root / "templates" / "deployment.yaml"]
    settings = [root / "examples/wholesale/sysctl.conf", root / "examples/wholesale/my.cnf"]
    wanted = {str(each.relative_to(root)) for each in (*deployments, *settings)}
    project = find(["."])
    chosen = targets(["."], "", Scope(project.exclude, project.folder))
    met = {path for each in chosen if (loaded := load(each)) is not None for path in loaded.files}
    assert met == wanted
    assert json.loads(run(".", "--format", "json").stdout)["summary"]["files"] == len(wanted)
