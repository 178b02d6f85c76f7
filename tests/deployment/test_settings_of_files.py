from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.catalogue.parameter import parameters, sections
from planner.deployment import Deployment
from planner.deployment.load import from_documents, from_mapping, load
from planner.document.options_host import read_option_files
from planner.document.reader import parse
from planner.document.sysctl_host import resolve

SYSCTL = """# a synthetic sysctl.conf
net.core.rmem_max = 16777216
net/ipv4/udp_mem = 1024000 8738000 16777216
net.core.rmem_max = 8388608
net.nf_conntrack_max = 1048576
fs.file-max = 0x200000
vm.swappiness = 200
"""
OPTIONS = """[client]
port = 3307
[mysqld]
innodb-buffer-pool-size = 4G
max_connections = 160
max-connections = 1000
skip-name-resolve
table_cache = 320
key_buffer_size = 512MB
"""


def values(deployment):
    return {name: declared.value for name, declared in deployment.values.items()}


def rules(deployment):
    return [(each.rule, each.span.line) for each in deployment.findings]


def test_a_sysctl_file_alone_is_a_deployment(tmp_path):
    path = tmp_path / "sysctl.conf"
    path.write_text(SYSCTL)
    deployment = load(path)
    assert values(deployment) == {
        "sysctl.net.core.rmem_max": 8388608,
        "sysctl.net.ipv4.udp_mem": (1024000, 8738000, 16777216),
        "sysctl.net.netfilter.nf_conntrack_max": 1048576,
        "sysctl.fs.file-max": 0x200000,
    }
    assert rules(deployment) == [("shadowed-setting", 2), ("alias-spelling", 5), ("out-of-range", 7)]
    shadowed = deployment.findings[0]
    assert shadowed.related[0].span.line == 4
    assert [(each.name, each.value) for each in deployment.shadowed] == [("sysctl.net.core.rmem_max", 16777216)]
    declared = deployment.declared("sysctl.net.core.rmem_max")
    assert declared is not None
    assert declared.span is not None
    assert (declared.span.line, declared.span.column) == (4, 21)


def test_an_option_file_alone_is_a_deployment(tmp_path):
    path = tmp_path / "my.cnf"
    path.write_text(OPTIONS)
    deployment = load(path)
    assert values(deployment) == {
        "mysql.innodb_buffer_pool_size": 4 << 30,
        "mysql.max_connections": 1000,
        "mysql.skip_name_resolve": True,
        "mysql.table_open_cache": 320,
        "mysql.key_buffer_size": 512 << 20,
    }
    assert rules(deployment) == [("shadowed-setting", 5), ("alias-spelling", 8), ("odd-size-suffix", 9)]


def test_a_deployment_reads_the_files_it_names_and_overrides_them(tmp_path):
    (tmp_path / "host").mkdir()
    (tmp_path / "host" / "sysctl.conf").write_text(SYSCTL)
    (tmp_path / "host" / "my.cnf").write_text(OPTIONS)
    path = tmp_path / "deployment.yaml"
    path.write_text(
        "sysctl: {file: host/sysctl.conf, net.core.rmem_max: 4194304}\nmysql: {file: host/my.cnf, cdr_engine: myisam}\n"
    )
    deployment = load(path)
    assert deployment.value("sysctl.net.core.rmem_max") == 4194304
    assert deployment.value("sysctl.fs.file-max") == 0x200000
    assert deployment.value("mysql.max_connections") == 1000
    assert deployment.value("mysql.cdr_engine") == "myisam"
    assert [document.path for document in deployment.documents] == [
        str(path), str(tmp_path / "host/sysctl.conf"), str(tmp_path / "host/my.cnf"),
    ]  # fmt: skip
    assert deployment.path == str(path)
    overridden = [each.span.path for each in deployment.findings if each.rule == "shadowed-setting"]
    assert str(path) not in overridden


def test_settings_files_are_read_in_the_version_the_deployment_declares(tmp_path):
    (tmp_path / "my.cnf").write_text("[mysqld]\ninnodb_io_capacity = 2000\n[mysqld-5.1]\nmax_connections = 5\n")
    path = tmp_path / "deployment.yaml"
    path.write_text("mysql: {file: my.cnf}\nserver: {mysql_version: 5.0.96}\n")
    deployment = load(path)
    assert [(each.rule, each.span.path) for each in deployment.findings] == [
        ("not-yet-in-version", str(tmp_path / "my.cnf"))
    ]
    assert "mysql.max_connections" not in deployment


@pytest.mark.parametrize(
    ("section", "value", "rule"),
    [
        ("sysctl", "nowhere.conf", "missing-file"),
        ("mysql", "nowhere.cnf", "missing-file"),
        ("mysql", ".", "missing-file"),
        ("sysctl", "a" * 5000, "missing-file"),
        ("mysql", '"nul\\0byte"', "missing-file"),
        ("mysql", "''", "wrong-type"),
        ("mysql", "[]", "wrong-type"),
        ("mysql", "12", "wrong-type"),
        ("mysql", "[deployment.yaml, [a]]", "wrong-type"),
    ],
)
def test_a_file_that_is_not_there_is_one_finding_at_the_reference(tmp_path, section, value, rule):
    path = tmp_path / "deployment.yaml"
    path.write_text(f"{section}:\n  file: {value}\ntraffic: {{cps: 7}}\n")
    deployment = load(path)
    assert [(each.rule, each.span.line, each.span.column) for each in deployment.findings] == [(rule, 2, 9)]
    assert deployment.value("traffic.cps") == 7


def test_a_broken_settings_file_hides_nothing_else(tmp_path):
    (tmp_path / "my.cnf").write_text("max_connections = 1\n[mysqld]\n")
    path = tmp_path / "deployment.yaml"
    path.write_text("mysql: {file: my.cnf}\ntraffic: {cps: -1}\n")
    assert {each.rule for each in load(path).findings} == {"option-outside-group", "out-of-range"}


def test_a_folder_stands_for_a_hosts_root(tmp_path):
    etc = tmp_path / "host" / "etc"
    (etc / "sysctl.d").mkdir(parents=True)
    (etc / "sysctl.conf").write_text("net.core.somaxconn = 1024\n")
    (etc / "sysctl.d" / "99-vos3000.conf").write_text("net.core.somaxconn = 65535\n")
    for profile, value in (("el7-boot", 1024), ("el8-boot", 65535)):
        path = tmp_path / "deployment.yaml"
        path.write_text(f"server: {{sysctl_profile: {profile}}}\nsysctl: {{file: host}}\n")
        assert load(path).value("sysctl.net.core.somaxconn") == value


def test_resolved_roots_and_deployment_files_declare_together(tmp_path):
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "sysctl.conf").write_text("net.core.somaxconn = 1024\nnet.core.rmem_max = 4096\n")
    (tmp_path / "my.cnf").write_text("[mysqld]\nmax_connections = 300\n")
    deployment = from_documents(
        [parse("sysctl: {net.core.somaxconn: 2048}", "deployment.yaml", "yaml")],
        sysctl=resolve(tmp_path, "el7-boot"),
        options=read_option_files(tmp_path / "my.cnf"),
    )
    assert values(deployment) == {
        "sysctl.net.core.somaxconn": 2048,
        "sysctl.net.core.rmem_max": 4096,
        "mysql.max_connections": 300,
    }
    assert deployment.findings == ()


def test_a_comment_behind_a_value_hides_nothing_the_kernel_reads():
    text = "net.core.somaxconn = 1024 # more\nnet.ipv4.tcp_rmem = 1 2 3 ; three\nnet.ipv4.tcp_wmem = 1 2 # two\n"
    deployment = from_documents([parse(text, "sysctl.conf", "sysctl")])
    assert values(deployment) == {"sysctl.net.core.somaxconn": 1024, "sysctl.net.ipv4.tcp_rmem": (1, 2, 3)}
    assert rules(deployment) == [("wrong-type", 3)]


def test_globs_reach_the_parameters_they_cover(tmp_path):
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "sysctl.conf").write_text("net.ipv4.conf.*.rp_filter = 2\n")
    deployment = from_documents([], sysctl=resolve(tmp_path, "procps4-system"))
    assert values(deployment) == {"sysctl.net.ipv4.conf.all.rp_filter": 2, "sysctl.net.ipv4.conf.default.rp_filter": 2}
    assert deployment.findings == ()


def test_dumps_tell_their_program_s_version():
    sysctl = "kernel.osrelease = 4.18.0-553.el8_10.x86_64\nnet.core.somaxconn = 4096\n"
    sysctl += "net.ipv4.tcp_tw_recycle = 0\n"
    mysql = "Variable_name\tValue\nversion\t5.0.96-log\nmax_connections\t160\n"
    mysql += "innodb_flush_method\t\nhave_ssl\tNO\n"
    deployment = from_documents(
        [parse(sysctl, "sysctl.txt", "sysctl-dump"), parse(mysql, "variables.txt", "variables-dump")]
    )
    assert deployment.value("server.kernel") == "4.18.0-553.el8_10.x86_64"
    assert deployment.value("server.mysql_version") == "5.0.96-log"
    assert deployment.value("mysql.max_connections") == 160
    assert "mysql.innodb_flush_method" not in deployment
    assert rules(deployment) == [("removed-parameter", 3)]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("traffic:\n  cps: 100\n  asr: 40%\n", "yaml", "yaml"),
        ('{"traffic": {"cps": 100, "asr": "40%"}}', "json", "json"),
        ('[traffic]\ncps = 100\nasr = "40%"\n', "toml", "toml"),
    ],
)
def test_every_format_declares_the_same(text, kind, expected):
    document = parse(text, f"deployment.{kind}")
    assert document.format == expected
    assert values(from_documents([document])) == {"traffic.cps": 100, "traffic.asr": 0.4}


@pytest.mark.parametrize(
    "content", [b"\x00\x01", b"traffic: [", b"\xff\xfe", b"traffic: {cps: !!python/name:os.system }"]
)
def test_a_file_that_is_no_deployment_is_a_finding(tmp_path, content):
    path = tmp_path / "deployment.yaml"
    path.write_bytes(content)
    deployment = load(path)
    assert deployment.findings
    assert not deployment.values


def test_a_file_that_does_not_exist_is_a_finding(tmp_path):
    deployment = load(tmp_path / "nowhere.yaml")
    assert [each.rule for each in deployment.findings] == ["unreadable-file"]


def test_a_mapping_is_read_as_a_file_would_be():
    deployment = from_mapping(
        {
            "traffic": {"cps": 100, "asr": "40%", "codecs": {"g729": 70, "g711": 30}},
            "server": {"storage": {"type": "ssd", "size": 10**12}},
            "softswitch": {"SS_CDR_RECORD_TO_FILE": True, "SERVER_CDR_FILE_WRITE_INTERVAL": None},
            "sysctl": {"net.ipv4.udp_mem": (1, 2, 3)},
            "policy": {"ignore": [{"rule": "a-b", "reason": "c"}]},
        }
    )
    assert isinstance(deployment, Deployment)
    assert deployment.findings == ()
    assert deployment.value("traffic.codecs") == {"g729": 0.7, "g711": 0.3}
    assert deployment.value("server.storage.size") == 10**12
    assert deployment.value("softswitch.SS_CDR_RECORD_TO_FILE") is True
    assert deployment.value("softswitch.SERVER_CDR_FILE_WRITE_INTERVAL", 3600) is None
    assert deployment.value("sysctl.net.ipv4.udp_mem") == (1, 2, 3)
    assert deployment.value("policy.ignore") == ({"rule": "a-b", "reason": "c"},)


@pytest.mark.parametrize(
    ("mapping", "rule"),
    [
        ({"traffic": {"cps": float("nan")}}, "wrong-type"),
        ({"traffic": {"cps": float("inf")}}, "wrong-type"),
        ({"traffic": {"cps": 10**5000}}, "wrong-type"),
        ({"traffic": {"asr": 1.4}}, "out-of-range"),
        ({"traffic": {"acd": -1}}, "out-of-range"),
        ({"traffic": {"codecs": {"g729": 0}}}, "wrong-type"),
        ({"traffic": {5: 1}}, "unknown-parameter"),
        ({"nothing": {}}, "unknown-parameter"),
        ({"traffic": object()}, "wrong-type"),
        ({"softswitch": {"SERVER_CDR_FILE_WRITE_INTERVAL": 30}}, "out-of-range"),
    ],
)
def test_a_wrong_mapping_gives_findings_that_name_it(mapping, rule):
    (finding,) = from_mapping(mapping).findings
    assert finding.rule == rule
    assert finding.span.path == "<mapping>"
    assert finding.pointer.startswith("/")


def test_a_mapping_that_contains_itself_ends():
    loop: dict[str, object] = {}
    loop["traffic"] = loop
    assert from_mapping(loop).findings


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from([each.key for each in parameters()]) | st.text(max_size=10)
SECTIONS = st.sampled_from([*sections(), "other"])


@settings(deadline=None)
@given(st.dictionaries(SECTIONS, PLAIN | st.dictionaries(NAMES, PLAIN, max_size=4), max_size=4))
def test_whatever_a_mapping_holds_is_declared_or_found_wrong(mapping):
    deployment = from_mapping(mapping)
    for finding in deployment.findings:
        assert finding.message
        assert finding.help
    assert all(declared.name == name for name, declared in deployment.values.items())


@settings(deadline=None)
@given(st.text(max_size=200), st.sampled_from(["yaml", "json", "toml", "sysctl", "option-file", "variables-dump"]))
def test_whatever_a_file_holds_is_declared_or_found_wrong(text, kind):
    deployment = from_documents([parse(text, "file", kind)])
    assert all(each.span.path == "file" for each in deployment.findings)


@settings(deadline=None)
@given(st.lists(st.sampled_from(SYSCTL.splitlines() + OPTIONS.splitlines()), max_size=20))
def test_settings_in_any_order_are_declared_or_found_wrong(lines):
    for kind in ("sysctl", "option-file"):
        deployment = from_documents([parse("\n".join(lines), "file", kind)])
        assert all(each.span is not None for each in deployment.values.values())


def test_a_server_that_shows_whole_days_with_decimals_is_understood():
    rows = ("Variable_name\tValue", "version\t10.11.14-MariaDB", "expire_logs_days\t10.000000", "log_bin\tOFF")
    text = "\n".join((*rows, "long_query_time\t10.500000\n"))
    found = from_documents([parse(text, "variables.txt")])
    assert not found.findings
    assert found.value("mysql.expire_logs_days") == 10
    # As `skip-log-bin` reads: no log of the name OFF, and no default of the version in its place.
    assert (found.values["mysql.log_bin"].value, found.values["mysql.log_bin"].text) == ("0", "OFF")


@pytest.mark.parametrize(("times", "told"), [(5, 5), (6, 1)])
def test_many_settings_that_stand_twice_are_told_once(times, told):
    lines = "".join(f"net.ipv4.conf.eth{number}.rp_filter = 0\n" for number in range(times))
    found = from_documents([parse((lines * 2).encode(), "sysctl.conf", "sysctl")]).findings
    assert [each.rule for each in found] == ["shadowed-setting"] * told
    assert found[0].span.line == 1
    assert ("as are 5 more settings" in found[0].message) is (told == 1)
