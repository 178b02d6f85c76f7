"""`plan validate` and `plan rules` as commands: inputs, exit codes, output, corrections, processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from planner.cli import console, spreading
from planner.cli.rules import app as rules_app
from planner.cli.validate import app
from planner.output.findings import FindingFormat
from planner.rules.discovery import targets
from planner.rules.policy import Policy
from planner.rules.registry import rules
from planner.rules.validation import gather

CLEAN = "site:\n  name: Example\n"
WARNED = "softswitch:\n  SS_MAX_CALL_DURATION: 0\n"
WRONG = "softswitch:\n  SERVER_CDR_FILE_WRITE_INTERVAL: 30\n"
SWITCH = "softswitch:\n  # a comment\n  SS_CDR_RECORD_NONCONNECT: enabled   # stays\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*arguments, given=None):
        return CliRunner().invoke(app, [str(each) for each in arguments], input=given)

    return call


@pytest.fixture
def write(tmp_path):
    def file(name, text):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return name

    return file


def test_exit_codes(run, write):
    clean, warned, wrong = write("c.yaml", CLEAN), write("w.yaml", WARNED), write("e.yaml", WRONG)
    broken = write("b.yaml", "a: [")
    assert run(clean).exit_code == 0
    assert run(warned).exit_code == 0
    assert run(warned, "--fail-on", "warning").exit_code == 1
    assert run(wrong).exit_code == 1
    assert run(wrong, "--fail-on", "never").exit_code == 0
    assert run(broken, wrong).exit_code == 3
    assert run("absent.yaml", clean).exit_code == 3


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["c.yaml", "--format", "xml"],
        ["c.yaml", "--select", "no-such-rule"],
        ["c.yaml", "--severity", "wrong-type"],
        ["c.yaml", "--severity", "wrong-type=fatal"],
        ["c.yaml", "--fail-on", "fatal"],
        ["c.yaml", "--min-basis", "rumour"],
        ["c.yaml", "--profile", "el6"],
        ["c.yaml", "--input-format", "ini"],
        ["--root", "absent"],
    ],
)
def test_wrong_usage_names_what_is_wrong(run, write, arguments):
    write("c.yaml", CLEAN)
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr


def test_one_bad_file_hides_no_other(run, write):
    files = [write("a.yaml", WRONG), write("b.yaml", b"\xff\xfe\x00"), write("c.json", "{"), write("d.yaml", WARNED)]
    result = run(*files, "--format", "json")
    found = json.loads(result.stdout)
    assert result.exit_code == 3
    assert {each["path"] for each in found["findings"]} == set(files)
    assert set(found["summary"]["unreadable"]) == {"b.yaml", "c.json"}


def test_an_out_of_range_interval_is_one_error_at_its_value(run, write):
    found = json.loads(run(write("a.yaml", WRONG), "--format", "json").stdout)["findings"]
    errors = [each for each in found if each["severity"] == "error"]
    assert [(each["line"], each["column"], each["end_column"]) for each in errors] == [(2, 35, 37)]
    assert "60-86400" in errors[0]["message"]


def test_standard_input_has_a_name_and_a_format(run):
    result = run("-", "--stdin-name", "etc/sysctl.conf", given="net.ipv4.tcp_tw_recycle = 1\n")
    assert result.stdout.startswith("etc/sysctl.conf:1:27: error:")
    result = run("-", "--input-format", "yaml", given=WRONG)
    assert result.stdout.startswith("<stdin>:2:35: error:")
    assert result.exit_code == 1


def test_folders_are_walked_and_what_holds_no_settings_is_passed_over(run, write):
    write("site/a.yaml", WARNED)
    write("site/README.md", "# no settings")
    write("site/notes.txt", "no settings either")
    write("site/.git/config.yaml", WRONG)
    write("site/sub/my.cnf", "[mysqld]\ntmp_table_size = 52M\n")
    found = json.loads(run("site", "--format", "json").stdout)
    assert {each["path"] for each in found["findings"]} == {"site/a.yaml", "site/sub/my.cnf"}
    assert found["summary"]["files"] == 2


def test_a_settings_file_is_validated_with_the_deployment_that_refers_to_it(run, write):
    write("site/a.yaml", "server:\n  ram: 8GB\nsysctl:\n  file: sysctl.conf\n")
    write("site/sysctl.conf", "net.ipv4.udp_mem = 1024000 8738000 16777216\n")
    found = json.loads(run("site", "--format", "json").stdout)["findings"]
    assert [each["rule"] for each in found] == ["udp-memory-above-ram"]
    assert found[0]["related"][0]["path"] == "site/a.yaml"


def test_drop_ins_are_read_as_one(run, write):
    write("sysctl.d/10-a.conf", "net.core.somaxconn = 1024\n")
    write("sysctl.d/20-b.conf", "net.core.somaxconn = 4096\n")
    found = json.loads(run("sysctl.d", "--format", "json").stdout)["findings"]
    assert [(each["rule"], each["path"]) for each in found] == [("shadowed-setting", "sysctl.d/10-a.conf")]


@pytest.mark.parametrize(
    ("name", "release", "said"),
    [
        ("etc/os-release", 'ID="rocky"\nVERSION_ID="9.4"\n', []),
        ("etc/os-release", 'ID=debian\nVERSION_ID="12"\n', []),
        ("etc/redhat-release", "CentOS release 6.10 (Final)\n", ["error"]),
        ("etc/redhat-release", "CentOS Linux release 7.9.2009 (Core)\n", ["error"]),
        ("etc/motd", "", ["warning"]),
    ],
)
def test_a_host_is_judged_by_the_kernel_of_its_release(run, write, name, release, said):
    write(f"host/{name}", release)
    write("host/etc/sysctl.d/99-vos.conf", "vm.swappiness = 150\n")
    found = json.loads(run("--root", "host", "--format", "json").stdout)["findings"]
    assert [each["severity"] for each in found if each["rule"] == "out-of-range"] == said


def test_a_host_is_read_below_its_root(run, write):
    write("host/etc/sysctl.conf", "net.core.somaxconn = 1024\n")
    write("host/etc/sysctl.d/99-z.conf", "net.core.somaxconn = 4096\n")
    write("host/etc/my.cnf", "!includedir /etc/my.cnf.d\n")
    write("host/etc/my.cnf.d/server.cnf", "[mysqld]\ntmp_table_size = 52M\n")
    found = json.loads(run("--root", "host", "--profile", "el7-boot", "--format", "json").stdout)["findings"]
    rules_found = {each["rule"] for each in found}
    assert {"shadowed-setting", "temporary-tables-cut-short"} <= rules_found
    other = json.loads(run("--root", "host", "--profile", "el8-boot", "--format", "json").stdout)["findings"]
    assert "settings-file-passed-over" in {each["rule"] for each in other}


def test_a_host_is_judged_by_the_deployment_beside_it(run, write):
    write("host/etc/sysctl.conf", "net.ipv4.udp_mem = 1024000 8738000 16777216\n")
    name = write("a.yaml", "server:\n  ram: 8GB\n")
    found = json.loads(run("--root", "host", name, "--format", "json").stdout)["findings"]
    assert [each["rule"] for each in found] == ["udp-memory-above-ram"]


def test_output_files_are_written_and_standard_output_stays_empty(run, write, tmp_path):
    result = run(write("a.yaml", WARNED), "--format", "sarif", "-o", "out.sarif")
    assert result.stdout == ""
    assert json.loads((tmp_path / "out.sarif").read_text())["version"] == "2.1.0"


def test_a_baseline_is_written_and_lets_the_next_run_pass(run, write):
    name = write("a.yaml", WRONG)
    assert run(name, "--write-baseline", "base.json").exit_code == 0
    assert run(name, "--baseline", "base.json").exit_code == 0
    write("a.yaml", "# moved\n\n" + WRONG + "  SS_MAXCPS: many\n")
    again = run(name, "--baseline", "base.json", "--format", "json")
    states = {each["rule"]: each["baseline"] for each in json.loads(again.stdout)["findings"]}
    assert again.exit_code == 1
    assert states == {"out-of-range": "known", "cdr-setting-look-alike": "known", "wrong-type": "new"}
    write("a.yaml", CLEAN)
    assert json.loads(run(name, "--baseline", "base.json", "--format", "json").stdout)["summary"]["gone"]


def test_a_baseline_that_cannot_be_used_is_an_error(run, write):
    name = write("a.yaml", CLEAN)
    assert run(name, "--baseline", "absent.json").exit_code == 3
    assert run(name, "--baseline", write("b.json", "{}")).exit_code == 2


def test_a_diff_changes_nothing(run, write, tmp_path):
    name = write("a.yaml", SWITCH)
    result = run(name, "--diff")
    assert "-  SS_CDR_RECORD_NONCONNECT: enabled   # stays\n" in result.stdout
    assert "+  SS_CDR_RECORD_NONCONNECT: On   # stays\n" in result.stdout
    assert (tmp_path / name).read_text() == SWITCH


def test_a_fix_keeps_comments_line_ends_marks_and_modes(run, write, tmp_path):
    name = write("a.yaml", b"\xef\xbb\xbf" + SWITCH.replace("\n", "\r\n").encode())
    (tmp_path / name).chmod(0o640)
    result = run(name, "--fix")
    wanted = SWITCH.replace("enabled", "On").replace("\n", "\r\n")
    assert result.exit_code == 0
    assert (tmp_path / name).read_bytes() == b"\xef\xbb\xbf" + wanted.encode()
    assert (tmp_path / name).stat().st_mode & 0o777 == 0o640
    assert "corrected a.yaml" in result.stderr


def test_a_fix_of_several_things_is_made_in_one_run_and_only_once(run, write, tmp_path):
    text = "net.ipv4.tcp_tw_recycle = 1 # fast\nsysctl -p\nnet.core.somaxconn = 1024 # more\n"
    name = write("sysctl.conf", text)
    run(name, "--fix")
    once = (tmp_path / name).read_text()
    assert once == "# fast\nnet.ipv4.tcp_tw_recycle = 0\n# sysctl -p\n# more\nnet.core.somaxconn = 1024\n"
    run(name, "--fix")
    assert (tmp_path / name).read_text() == once


def test_suppressed_findings_are_not_fixed(run, write, tmp_path):
    text = "# plan: ignore[tw-recycle-behind-nat] no NAT here\nnet.ipv4.tcp_tw_recycle = 1\n"
    run(write("sysctl.conf", text), "--fix")
    assert (tmp_path / "sysctl.conf").read_text() == text


def test_several_processes_find_what_one_finds(write, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for number in range(12):
        write(f"site/{number}.yaml", (WARNED, WRONG, "a: [", CLEAN)[number % 4])
    chosen = list(targets(["site"]))
    alone = gather(spreading.parts(chosen, Policy()))
    monkeypatch.setattr(spreading, "WORTH_A_PROCESS", 4)
    assert gather(spreading.parts(chosen, Policy())) == alone


def test_rules_are_listed_in_three_formats(tmp_path):
    text = CliRunner().invoke(rules_app, []).stdout
    listed = json.loads(CliRunner().invoke(rules_app, ["--format", "json"]).stdout)["rules"]
    assert [line.split()[0] for line in text.splitlines()] == [each["name"] for each in listed] == list(rules())
    CliRunner().invoke(rules_app, ["--format", "markdown", "-o", str(tmp_path / "pages")])
    assert len(list((tmp_path / "pages").iterdir())) == len(rules()) + 1


def test_a_validation_of_one_file_imports_nothing_heavy(tmp_path):
    (tmp_path / "a.yaml").write_text(WARNED)
    code = (
        "import atexit, sys\nsys.argv = ['plan', 'validate', 'a.yaml']\nfrom planner.__main__ import main\n"
        "heavy = {'jsonschema', 'numpy', 'rich', 'jinja2', 'plotly', 'multiprocessing'}\n"
        "atexit.register(lambda: print(sorted(heavy & set(sys.modules))))\nmain()\n"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.stdout.splitlines()[-1] == "[]"


def test_a_refused_value_beside_too_few_servers_is_no_crash(run, write):
    text = "traffic: {cps: 900}\nserver: {ram: -5, media: with}\ntopology: {servers: 1}\n"
    finished = run(write("d.yaml", text))
    assert finished.exit_code == 1
    assert "[out-of-range]" in finished.output
    assert "[servers-below-need]" in finished.output


@pytest.mark.parametrize("option", ["-o", "--write-baseline"])
@pytest.mark.parametrize("where", ["absent/file", "."])
def test_what_cannot_be_written_is_an_error_in_words(run, write, option, where):
    result = run(write("c.yaml", CLEAN), option, where)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"plan: cannot write {where}: ")
    assert result.stdout == ""


def test_an_empty_selection_or_path_is_a_mistake(run, write):
    warned = write("w.yaml", WARNED)
    assert run(warned, "--select", "").exit_code == 2
    assert run(warned, "--select", " , ").exit_code == 2
    assert run("").exit_code == 2


def test_a_folder_without_settings_is_told(run, write):
    write("folder/notes.md", "# none\n")
    write("folder/hello.txt", "hello\n")
    result = run("folder")
    assert result.exit_code == 2
    assert result.stderr == "plan: nothing to check in folder: no file there holds settings\n"
    assert run("folder", "--allow-empty").exit_code == 0


def test_pipes_and_dangling_links_in_a_folder_are_named_and_hide_nothing(run, write, tmp_path):
    write("folder/a.yaml", CLEAN)
    os.mkfifo(tmp_path / "folder" / "pipe.yaml")
    (tmp_path / "folder" / "gone.yaml").symlink_to("nowhere")
    result = run("folder", "--format", "json")
    assert result.exit_code == 3
    summary = json.loads(result.stdout)["summary"]
    assert (summary["files"], summary["unreadable"]) == (3, ["folder/gone.yaml", "folder/pipe.yaml"])


def test_standard_input_cannot_be_corrected_in_place(run, tmp_path):
    (tmp_path / "a.yaml").write_text(SWITCH)
    result = run("-", "--fix", "--stdin-name", "a.yaml", given=SWITCH)
    assert result.exit_code == 2
    assert (tmp_path / "a.yaml").read_text() == SWITCH
    assert "+  SS_CDR_RECORD_NONCONNECT: On" in run("-", "--diff", given=SWITCH).stdout


def test_a_file_that_cannot_be_written_is_told(run, write, monkeypatch):
    def refused(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(console, "replacing", refused)
    result = run(write("a.yaml", SWITCH), "--fix")
    assert (result.exit_code, result.stderr) == (2, "plan: cannot write a.yaml: Permission denied\n")


@pytest.mark.parametrize(
    "name", ["a.yaml", "a b.yaml", "a\nb.yaml", 'a"b\\c.yaml', "é中.yaml", "-a.yaml", "f/a.yaml", "\udcff.yaml"]
)
@pytest.mark.parametrize(
    "text", [SWITCH, SWITCH.replace("\n", "\r\n"), "\ufeff" + SWITCH, SWITCH.rstrip("\n"), SWITCH + "# \xa0é\n"]
)
def test_patch_makes_the_correction_a_difference_shows(run, require, tmp_path, name, text):
    patch = require("patch")
    for folder in (tmp_path, tmp_path / "patched"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    difference = run("--diff", "--", name).stdout_bytes
    command = [patch, "-p1", "--binary", "--silent"]
    subprocess.run(command, input=difference, cwd=tmp_path / "patched", check=True)
    assert (tmp_path / name).read_bytes() == text.encode()
    run("--fix", "--", name)
    assert (tmp_path / name).read_bytes() == (tmp_path / "patched" / name).read_bytes() != text.encode()


def test_a_name_that_is_no_text_is_shown_in_every_format(run, write):
    name = write("\udcff.yaml", WARNED)
    for form in FindingFormat:
        result = run(name, "--format", form)
        assert (form, result.exit_code) == (form, 0)
    assert json.loads(run(name, "--format", "json").stdout)["findings"][0]["path"] == name
    uri = json.loads(run(name, "--format", "sarif").stdout)["runs"][0]["results"][0]["locations"][0]
    assert uri["physicalLocation"]["artifactLocation"]["uri"] == "%FF.yaml"
