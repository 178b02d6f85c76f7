"""Bundles from strangers: whole ones are read, and whatever else one holds is refused or said, never believed."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from planner.cli import app
from planner.collect.hosts import drift
from planner.deployment import host
from planner.deployment.load import from_mapping
from planner.deployment.settings import profile_named
from planner.document.bundle import Root
from planner.document.reader import parse
from planner.document.sysctl_host import profile_below

_SPEC = importlib.util.spec_from_file_location("bundles_made", Path(__file__).with_name("bundles_made.py"))
bundles_made = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(bundles_made)
bundle, section = bundles_made.bundle, bundles_made.section
runner = CliRunner()
FILE = "file -rw-r--r-- /etc/sysctl.d/99-vos3000.conf"
WHOLE = bundle(
    section("output host", "name=host.example", "kernel=3.10.0-1160.el7.x86_64"),
    section(
        "output processors",
        *(
            f"{key}: {value}"
            for n in range(4)
            for key, value in (("processor\t", n), ("physical id\t", 0), ("core id\t\t", n // 2))
        ),
    ),
    section("output memory", "MemTotal:       16000000 kB"),
    section(
        "output blocks", "sda 8:0 1953525168 1 sda -", "sda1 8:1 1953523120 1 sda -", "dm-0 253:0 900 0 dm-0 nvme0n1"
    ),
    section("output mounts", "8:1 / rw ext4 /dev/sda1", "253:0 /home rw xfs /dev/mapper/centos-home"),
    section("output space", "/ /dev/sda1 100 50 50 /", "/home /dev/mapper/centos-home 976000000 1 1 /home"),
    section(
        "output links", "eth1 speed=10000 state=up queues=8 default=no", "eth0 speed=1000 state=up queues=4 default=yes"
    ),
    section(
        "output limits", "init 1 1024 4096 100 100 5", "mgc 900 65535 65535 4096 4096 800", "mgc 901 8192 8192 1 1 3"
    ),
    section("output tracking", "nf_conntrack_count=10", "nf_conntrack_max=262144"),
    section("output tables", "table_schema\tengine\ttables\tcdr_tables\trow_count", "vos3000db\tMyISAM\t150\t30\t9"),
    section("output sysctl", "net.core.somaxconn = 128", "net.core.rmem_max = 212992"),
    section(FILE, "net.core.somaxconn = 4096", "net.core.rmem_max = 212992"),
    section("output variables", "Variable_name\tValue", "version\t5.7.44-log", "max_connections\t151"),
    section("file -rw-r--r-- /etc/my.cnf", "[mysqld]", "max_connections = 1000"),
)


def test_a_whole_bundle_tells_the_host() -> None:
    found = host.boot(parse(WHOLE, "host.bundle"))
    wanted = {
        "server.cpu_cores": 2,
        "server.ram": 16000000 * 1024,
        "server.storage.size": 976000000 * 1024,
        "server.storage.type": "nvme",
        "server.nic": 1e9,
        "server.nic_queues": 4,
        "server.nofile": 8192,
        "server.conntrack": True,
        "server.kernel": "3.10.0-1160.el7.x86_64",
        "server.sysctl_profile": "el7-boot",
        "server.mysql_version": "5.7.44-log",
        "mysql.cdr_engine": "myisam",
        "mysql.max_connections": 1000,
        "sysctl.net.core.somaxconn": 4096,
    }
    assert {name: found.value(name) for name in wanted} == wanted
    assert not [each for each in found.findings if each.rule.startswith("bundle")]
    assert host.running(parse(WHOLE, "host.bundle")).value("mysql.max_connections") == 151


def test_drift_has_three_columns_and_nothing_else() -> None:
    declared = from_mapping(
        {
            "server": {"ram": "16GiB", "cpu_cores": 8, "mysql_version": "5.7"},
            "sysctl": {"net.core.rmem_max": 16777216, "net.core.somaxconn": 4096},
        }
    )
    rows = drift(declared, parse(WHOLE, "host.bundle"))
    sides = [(row.name, *(each and each.text for each in row[1:])) for row in rows]
    assert sides == [
        ("server.cpu_cores", "8", None, "2"),
        ("mysql.max_connections", None, "1000", "151"),
        ("sysctl.net.core.rmem_max", "16777216", "212992", "212992"),
        ("sysctl.net.core.somaxconn", "4096", "4096", "128"),
    ]
    declared = from_mapping({"sysctl": {"net.core.rmem_max": 212992}})
    assert [row.name for row in drift(declared, parse(WHOLE, "host.bundle"))] == ["mysql.max_connections"]
    every = drift(declared, parse(WHOLE, "host.bundle"), every=True)
    assert [row.name for row in every] == ["mysql.max_connections", "sysctl.net.core.somaxconn"]


def test_what_would_move_a_terminal_is_not_printed(tmp_path: Path) -> None:
    odd = "\x1b]0;pwned\x07net.core.somaxconn\x1b[2J = \u202e8\u0085"
    path = tmp_path / "host.bundle"
    path.write_text(bundle(section(FILE, odd, "net.core.somaxconn = \x1b[31m1"), section("output sysctl", odd)))
    for arguments in (["validate"], ["validate", "--format", "github"], ["compare"], ["size", "--cps", "1", "--from"]):
        finished = runner.invoke(app, [*arguments, str(path)])
        assert finished.exit_code in {0, 1, 2, 3}, finished.output
        assert not {"\x1b", "\x07", "\u202e", "\u0085"} & set(finished.output), arguments


@pytest.mark.parametrize("lost", range(2, len(WHOLE), 131))
def test_a_bundle_that_is_cut_off_says_so(lost: int) -> None:
    document = parse(WHOLE[:-lost], "host.bundle")
    assert "bundle-damaged" in {each.rule for each in document.findings}


@given(st.integers(min_value=15, max_value=len(WHOLE) - 2), st.characters(codec="utf-8"))
def test_one_other_character_is_never_believed(at: int, character: str) -> None:
    changed = WHOLE[:at] + character + WHOLE[at + 1 :]
    document = parse(changed, "host.bundle")
    if changed != WHOLE:
        assert {"bundle-damaged", "unreadable-file", "odd-encoding"} & {each.rule for each in document.findings}


@given(
    st.lists(
        st.sampled_from([*WHOLE.splitlines(), "@", "|", "@sum", "@sum 1", "@file x", "@bundle", "\0", "@link /a -> "])
    )
)
def test_no_order_of_lines_is_too_much(lines: list[str]) -> None:
    document = parse("plan-bundle 1\n" + "\n".join(lines), "host.bundle")
    host.running(document)
    assert document.findings


@pytest.mark.parametrize(
    "path",
    ["/etc/../../root/.ssh/id", "/../x", "/etc//passwd", "/./x", "/" + "a" * 2000, "/etc/x\x1b[31m", "/a\u202eb"],
)
def test_a_path_that_leads_anywhere_else_is_passed_over(path: str) -> None:
    document = parse(bundle(section(f"file -rw-r--r-- {path}", "net.core.somaxconn = 1")), "host.bundle")
    assert [each.rule for each in document.findings] == ["bundle-damaged"]
    assert host.BundleRoot(document).files == {}


def test_a_section_that_stands_there_twice_counts_once() -> None:
    document = parse(
        bundle(section(FILE, "net.core.somaxconn = 1"), section(FILE, "net.core.somaxconn = 2")), "host.bundle"
    )
    assert [(each.rule, each.span.line) for each in document.findings] == [("bundle-damaged", 5)]
    assert host.boot(document).value("sysctl.net.core.somaxconn") == 1


def test_links_stay_inside_the_bundle(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("net.core.somaxconn = 7\n")
    parts = [
        section(f"link /etc/sysctl.d/99-x.conf -> {secret}"),
        section("link /etc/my.cnf -> ../../../../etc/passwd"),
    ]
    document = parse(bundle(*parts), str(tmp_path / "host.bundle"))
    assert host.boot(document).value("sysctl.net.core.somaxconn") is None


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("plan-bundle 2\n@output host\n@sum empty\n@bundle 1\n", "unreadable-file"),
        ("plan-bundle 1\n" + "|x\n" * 1_000_000, "too-many-values"),
        ("plan-bundle 1\n" + "@output x\n@sum empty\n" * 6_000, "too-many-values"),
        ("plan-bundle 1\n|" + "x" * (17 << 20), "file-too-large"),
    ],
    ids=["version", "lines", "sections", "bytes"],
)
def test_what_is_no_bundle_or_too_much_is_refused(text: str, rule: str, tmp_path: Path) -> None:
    path = tmp_path / "host.bundle"
    path.write_text(text)
    assert [each.rule for each in parse(text, "host.bundle").findings] == [rule]
    finished = runner.invoke(app, ["validate", str(path)])
    assert finished.exit_code == 3


def test_what_was_masked_is_taken_for_not_said() -> None:
    document = parse(
        bundle(section("file -rw-r--r-- /etc/my.cnf", "[mysqld]", "max_connections ********", "back_log = 80")), "b"
    )
    found = host.boot(document)
    assert found.value("mysql.max_connections") is None
    assert found.declared("mysql.back_log").span.line == 3


def test_a_bundle_carried_over_by_another_system_is_the_same() -> None:
    assert (
        host.boot(parse(WHOLE.replace("\n", "\r\n"), "host.bundle")).values.keys()
        == host.boot(parse(WHOLE, "host.bundle")).values.keys()
    )
    assert not parse(WHOLE.replace("\n", "\r\n"), "host.bundle").findings


def test_the_commands_take_bundles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.bundle").write_text(WHOLE)
    (tmp_path / "two.bundle").write_text(WHOLE)
    (tmp_path / "deployment.yaml").write_text("traffic: {cps: 20}\nsysctl: {net.core.somaxconn: 1024}\n")
    found = json.loads(runner.invoke(app, ["validate", "--format", "json", "one.bundle"]).stdout)["findings"]
    differing = [
        (each["path"], each["line"], each["severity"]) for each in found if each["rule"] == "running-value-differs"
    ]
    assert differing == [
        ("one.bundle/etc/my.cnf", 2, "warning"),
        ("one.bundle/etc/sysctl.d/99-vos3000.conf", 1, "warning"),
    ]
    assert {each["rule"] for each in found if each["path"] == "one.bundle/sysctl -a"} == set()
    sized = json.loads(runner.invoke(app, ["size", "--from", "one.bundle", "--cps", "20", "--format", "json"]).stdout)
    assert sized["inputs"]["server.cpu_cores"] == 2
    rows = json.loads(runner.invoke(app, ["compare", "deployment.yaml", "one.bundle", "--format", "json"]).stdout)
    assert [each["name"] for each in rows["hosts"][0]["drift"]] == [
        "mysql.max_connections",
        "sysctl.net.core.somaxconn",
    ]
    fleet = runner.invoke(app, ["compare", "."])
    assert fleet.exit_code == 0
    assert fleet.stdout.count("host.example") == 2
    assert runner.invoke(app, ["size", "--from", "deployment.yaml"]).exit_code == 2


def test_drift_and_fleet_as_people_read_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.bundle").write_text(WHOLE)
    (tmp_path / "deployment.yaml").write_text("traffic: {cps: 20}\nsysctl: {net.core.somaxconn: 1024}\n")
    drifted = runner.invoke(app, ["compare", "deployment.yaml", "one.bundle", "--format", "markdown"])
    assert drifted.stdout.splitlines() == [
        "| host | setting | declared | in the files | live |",
        "| --- | ---: | ---: | ---: | --- |",
        "| one.bundle | mysql.max_connections | - | 1000 | 151 |",
        "| one.bundle | sysctl.net.core.somaxconn | 1024 | 4096 | 128 |",
    ]
    fleet = runner.invoke(app, ["compare", ".", "--format", "csv"]).stdout.splitlines()
    assert fleet[0] == "host,system,kernel,cores,RAM,disk,kind,link,database,CDR tables,errors,warnings,drift,bundle"
    assert fleet[1].startswith(
        "host.example,-,3.10.0-1160.el7.x86_64,2,16.4 GB,999 GB,nvme,1 Gbit/s,5.7.44-log,myisam,"
    )
    assert fleet[1].endswith(",2,one.bundle")


def test_the_page_shows_a_whole_bundle() -> None:
    page = (Path(__file__).parents[2] / "docs/bundles.md").read_text()
    shown = page[page.index("plan-bundle 1\n") :].partition("```")[0]
    document = parse(shown, "host.bundle")
    assert not document.findings
    assert host.boot(document).value("sysctl.net.core.somaxconn") == 65535


@pytest.mark.parametrize(
    ("system", "expected"),
    [
        ({"os": "CentOS 6.10"}, "el6-boot"),
        ({"os": "CentOS 7.6"}, "el7-boot"),
        ({"os": "Rocky Linux 8.6"}, "el8-boot"),
        ({"kernel": "5.14.0-427.el9"}, "el8-boot"),
        ({"kernel": "5.4.278-1.el7.elrepo"}, "el7-boot"),
        ({"os": "Debian 12", "sysctl_profile": "procps4-system"}, "procps4-system"),
        ({}, ""),
    ],
)
def test_a_named_system_reads_its_sysctl_files_its_own_way(system, expected):
    assert profile_named(from_mapping({"server": system}).values) == expected


@pytest.mark.parametrize(
    ("file", "said", "expected"),
    [
        ("etc/os-release", 'ID="rocky"\nVERSION_ID="9.4"\n', "el8-boot"),
        ("usr/lib/os-release", "ID=debian\nVERSION_ID=12\n", "el8-boot"),
        ("etc/os-release", 'ID="centos"\nVERSION_ID="7"\n', "el7-boot"),
        ("etc/redhat-release", "CentOS release 6.10 (Final)\n", "el6-boot"),
        ("etc/hostname", "sip1\n", "el7-boot"),
    ],
)
def test_a_host_below_a_root_says_itself_how_it_reads_its_sysctl_files(tmp_path, file, said, expected):
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(said)
    assert profile_below(Root(tmp_path)) == expected
