"""Files a deployment refers to: lists, folders, a host's root with its includes, and what is said of them."""

from __future__ import annotations

import pytest

from planner.deployment.load import load


@pytest.fixture
def given(tmp_path):
    """Return a function that writes files beside a deployment and loads it."""

    def loaded(deployment, files):
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        (tmp_path / "deployment.yaml").write_text(deployment)
        return load(tmp_path / "deployment.yaml")

    return loaded


def said(deployment):
    return [
        (each.rule, each.span.path.rpartition("/")[2], each.span.line, each.span.column) for each in deployment.findings
    ]


def test_an_include_that_is_not_followed_is_said(given):
    files = {"my.cnf": "[mysqld]\nport=1\n!includedir /etc/my.cnf.d\n!include b.cnf\n"}
    deployment = given("mysql:\n  file: my.cnf\n", files)
    assert said(deployment) == [("include-not-followed", "my.cnf", 3, 13), ("include-not-followed", "my.cnf", 4, 10)]
    assert deployment.value("mysql.port") == 1
    assert "file:" in deployment.findings[0].help


def test_a_root_reads_the_servers_places_and_follows_includes(given):
    files = {
        "host/etc/my.cnf": "[mysqld]\nmax_connections=10\n!includedir /etc/my.cnf.d\n",
        "host/etc/my.cnf.d/vos.cnf": "[mysqld]\nmax_connections=20\nkey_buffer_size=1M\n",
        "host/etc/mysql/my.cnf": "[mysqld]\nkey_buffer_size=2M\n",
    }
    deployment = given("mysql:\n  file: host\n", files)
    assert deployment.value("mysql.max_connections") == 20
    assert deployment.value("mysql.key_buffer_size") == 2 << 20
    assert said(deployment) == [("shadowed-setting", "my.cnf", 2, 1), ("shadowed-setting", "vos.cnf", 3, 1)]
    assert deployment.findings[0].related[0].span.path.endswith("vos.cnf")


@pytest.mark.parametrize(
    ("section", "files", "name"),
    [
        ("mysql", {"a.cnf": "[mysqld]\nport=1\n", "b.cnf": "[mysqld]\nport=2\n"}, "mysql.port"),
        ("sysctl", {"a.conf": "kernel.panic=1\n", "b.conf": "kernel.panic=2\n"}, "sysctl.kernel.panic"),
    ],
)
def test_of_several_files_the_later_is_in_force(given, section, files, name):
    first, second = files
    deployment = given(f"{section}:\n  file: [{first}, {second}]\n", files)
    assert deployment.value(name) == 2
    ((rule, path, line, _),) = said(deployment)
    assert (rule, path, line) == ("shadowed-setting", first, 1 + (section == "mysql"))


def test_a_dump_in_a_list_overrides_a_file(given):
    dump = "".join(f"kernel.x{number} = 1\n" for number in range(9)) + "kernel.panic = 3\n"
    files = {"a.conf": "kernel.panic=1\nfs.file-max = 5\n", "all.txt": dump}
    deployment = given("sysctl:\n  file: [a.conf, all.txt]\n", files)
    assert deployment.value("sysctl.kernel.panic") == 3
    assert deployment.value("sysctl.fs.file-max") == 5


def test_a_drop_in_folder_is_read_in_byte_order(given):
    files = {"sysctl.d/b.conf": "kernel.panic=1\n", "sysctl.d/B.conf": "kernel.panic=2\n", "sysctl.d/z": "x\n"}
    deployment = given("sysctl:\n  file: sysctl.d\n", files)
    assert deployment.value("sysctl.kernel.panic") == 1
    assert said(deployment) == [("shadowed-setting", "B.conf", 1, 1)]


@pytest.mark.parametrize(
    ("text", "files", "place"),
    [
        ("sysctl:\n  file: host\n", {"host/etc/x": ""}, (2, 9)),
        ("mysql:\n  file: host\n", {"host/etc/x": ""}, (2, 9)),
        ("sysctl:\n  file: sysctl.d\n", {"sysctl.d/x": ""}, (2, 9)),
        ("mysql:\n  file: [a.cnf, none.cnf]\n", {"a.cnf": "[mysqld]\nport=1\n"}, (2, 17)),
        ("mysql:\n  file:\n    - a.cnf\n    - host\n", {"a.cnf": "", "host/etc/my.cnf": ""}, (4, 7)),
    ],
)
def test_what_leads_to_no_settings_is_said_at_its_place(given, text, files, place):
    ((rule, path, *where),) = said(given(text, files))
    assert (rule, path, tuple(where)) == ("missing-file", "deployment.yaml", place)


@pytest.mark.parametrize(
    ("version", "rule", "severity", "value"),
    [
        ("", "alias-spelling", "info", 16 << 20),
        ("5.1", "alias-spelling", "info", 16 << 20),
        ("5.6", "alias-spelling", "info", 16 << 20),
        ("mariadb-10.11", "alias-spelling", "info", 16 << 20),
        ("5.7", "unknown-parameter", "error", None),
        ("8.0", "unknown-parameter", "error", None),
    ],
)
def test_an_abbreviated_name_is_said_and_corrected(given, version, rule, severity, value):
    server = f"server:\n  mysql_version: '{version}'\n" if version else ""
    deployment = given(f"{server}mysql:\n  file: my.cnf\n", {"my.cnf": "[mysqld]\nkey_buffer = 16M\n"})
    (finding,) = deployment.findings
    assert (finding.rule, finding.severity, finding.span.line, finding.span.column) == (rule, severity, 2, 1)
    assert finding.fix.replacement == "key_buffer_size"
    assert deployment.value("mysql.key_buffer_size") == value


def test_a_loose_name_is_left_alone(given):
    text = "[mysqld]\nloose-key_buffer=1M\nloose-vendor_knob=1\n[client]\nkey_buffer=1M\nvendor_knob=1\n"
    deployment = given("server:\n  mysql_version: '8.0'\nmysql:\n  file: my.cnf\n", {"my.cnf": text})
    assert deployment.findings == ()


def test_an_option_no_server_has_of_its_own_is_said_in_passing(given):
    text = "[mysqld]\nvendor_knob=1\nmaximum-sort_buffer_size=4M\nhot.key_buffer_size=1M\n"
    deployment = given("mysql:\n  file: my.cnf\n", {"my.cnf": text})
    (finding,) = deployment.findings
    assert (finding.rule, finding.severity, finding.span.line) == ("unknown-parameter", "info", 2)


@pytest.mark.parametrize(
    ("version", "rule", "severity"), [("5.1", "deprecated-parameter", "info"), ("5.5", "removed-parameter", "error")]
)
def test_set_variable_is_said(given, version, rule, severity):
    files = {"my.cnf": "[mysqld]\nset-variable = max_connections=300\n"}
    deployment = given(f"server:\n  mysql_version: '{version}'\nmysql:\n  file: my.cnf\n", files)
    (finding,) = deployment.findings
    assert (finding.rule, finding.severity, finding.span.line) == (rule, severity, 2)
    assert "max_connections=300" in finding.help
    assert deployment.value("mysql.max_connections") == (300 if version == "5.1" else None)


@pytest.mark.parametrize("section", ["sysctl", "mysql"])
def test_a_deployment_is_no_settings_file_of_its_own(given, section):
    deployment = given(f"{section}:\n  file: ./deployment.yaml\n", {})
    assert said(deployment) == [("missing-file", "deployment.yaml", 2, 9)]
    assert "is the deployment file itself" in deployment.findings[0].message
    assert [each.path.rpartition("/")[2] for each in deployment.documents] == ["deployment.yaml"]


def test_a_number_the_server_cannot_read_stops_it_even_where_a_later_line_sets_it_again(given):
    text = "[mysqld]\nkey_buffer_size=64 M\nkey_buffer_size=64M\n"
    text += "max_connections=999999999\nmax_connections=500\n"
    deployment = given("mysql:\n  file: my.cnf\n", {"my.cnf": text})
    said = [(each.rule, each.severity, each.span.line) for each in deployment.findings]
    assert said == [
        ("shadowed-setting", "warning", 2),
        ("unit-impossible", "error", 2),
        ("shadowed-setting", "warning", 4),
    ]
    assert deployment.value("mysql.max_connections") == 500
