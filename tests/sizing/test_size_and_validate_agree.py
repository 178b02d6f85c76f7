"""One decision: what `plan size` calls an error of a deployment, `plan validate` does, and nothing else."""

from __future__ import annotations

import json

import pytest
import random_deployments
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner import Deployment, size, validate
from planner.sizing.decide import SETTINGS
from planner.sizing.inputs import as_sized
from planner.sizing.result import ImpossibleInput
from planner.tune.settings import host


def graver(findings):
    """Return rules with their severities, of what is more than information."""
    return {(each.rule, str(each.severity)) for each in findings if each.severity != "info"}


def both(values):
    deployment = Deployment().override(values)
    return size(deployment), graver(validate(deployment).findings)


# Settings and parts that size speaks of, beside what every deployment may declare.
SIZED = st.fixed_dictionaries(
    {},
    optional={
        "server.storage.type": st.sampled_from(["hdd", "ssd", "nvme"]),
        "server.storage.size": st.sampled_from([5e10, 5e11, 1e13]),
        "server.rtp_ports": st.sampled_from([((10000, 11999),), ((10000, 12000), (20000, 49999))]),
        "server.nofile": st.sampled_from([1024, 65535]),
        "traffic.egress_codecs": random_deployments.MIXES,
        "traffic.transcoded_share": st.floats(0.01, 1),
        "softswitch.SS_MAXCPS": st.sampled_from([20, 200, 1200]),
        "sysctl.net.netfilter.nf_conntrack_max": st.sampled_from([10_000, 262_144]),
        "sysctl.fs.file-max": st.sampled_from([10_000, 2_097_152]),
        "sysctl.net.ipv4.ip_local_port_range": st.sampled_from([(32768, 40767), (1024, 65535)]),
    },
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(random_deployments.LOADS, random_deployments.OPTIONS, SIZED)
def test_size_says_nothing_of_a_deployment_that_validate_does_not(load, options, more):
    """The same rules with the same severities; a plan falls short where one of them says so, and nowhere else."""
    try:
        # What is said is of today: what grows is not looked at.
        sized, validated = both({**options, **more, **load, "traffic.growth_per_month": 0})
    except ImpossibleInput:
        return
    assert graver(sized.findings) <= validated
    assert graver(sized.findings) >= {(rule, severity) for rule, severity in validated if rule in SPOKEN}
    assert bool(sized.plan.short) <= bool(sized.findings)


SPOKEN = {
    "servers-below-need", "cores-below-need", "cpu-above-planning-ceiling", "ram-below-need", "disk-below-need",
    "link-overloaded", "rtp-ports-below-calls", "connection-tracking-below-need", "process-limit-below-need",
    "file-limit-below-need", "retention-shorter-than-policy", "attempt-limit-below-traffic",
    "transcoding-without-media",
}  # fmt: skip


@pytest.mark.parametrize(("few", "severity"), [(1, "error"), (2, "error"), (30, "warning")])
def test_a_count_that_is_too_small_is_told_once_of_the_servers_it_should_be(few, severity):
    """Each part of the tier was told to be too small, though none is declared, of a host made larger for the few."""
    load = {"traffic.cps": 5000, "traffic.codecs": {"g711": 1}}
    short, told = both({**load, "topology.servers": few})
    enough, nothing = both({**load, "topology.servers": 31})
    assert graver(short.findings) == {("servers-below-need", severity)} <= told
    assert (enough.plan.status, graver(enough.findings)) == ("suffices", set())
    assert ("servers-below-need", severity) not in nothing
    assert short.plan.host == enough.plan.host
    (found,) = short.findings
    assert found.message == (
        f"servers declared: {few}; the load needs 31 of the Enterprise tier; what decides: Concurrent calls"
    )
    assert found.help == "declare topology.servers: 31"
    assert found.message in {
        each.message for each in validate(Deployment().override({**load, "topology.servers": few})).findings
    }


@pytest.mark.parametrize(
    ("calls", "topology", "active", "rules"),
    [
        (12_000, {"architecture": "single"}, 1, {("servers-below-need", "error")}),
        (4_000, {"architecture": "single"}, 1, set()),
        (400, {"architecture": "sip-load-balancer"}, 2, set()),
        (400, {"architecture": "prefix-partitioned", "dr": True}, 2, set()),
        (12_000, {"architecture": "prefix-partitioned"}, 3, set()),
        (400, {"architecture": "sip-load-balancer", "servers": 3}, 3, set()),
    ],
)
def test_the_declared_architecture_decides_how_many_servers_there_are_at_least_or_at_most(
    calls, topology, active, rules
):
    """`single` with three servers was said to suffice, a balancer to have one: writing that was then an error."""
    values = {"traffic.concurrent_calls": calls, **{f"topology.{name}": value for name, value in topology.items()}}
    sized, told = both(values)
    assert (sized.plan.servers.active, graver(sized.findings), told) == (active, rules, rules)
    if rules:
        (found,) = sized.findings
        assert found.help == (
            "declare topology.servers: 3, and prefix-partitioned or sip-load-balancer as topology.architecture"
        )
    else:
        written = {**values, **host(Deployment().override(values), sized)}
        again, left = both(written)
        assert (again.plan.servers[:4], left) == (sized.plan.servers[:4], set())


@pytest.mark.parametrize(
    "values",
    [
        {"mysql.cdr_engine": "myisam", "mysql.innodb_buffer_pool_size": 16 << 30, "mysql.key_buffer_size": 1 << 30},
        {"mysql.innodb_io_capacity": 2000, "server.mysql_version": "5.1.73"},
        {"mysql.innodb_io_capacity": 2000, "mysql.cdr_engine": "myisam"},
        {"mysql.innodb_log_file_size": 48 << 20, "server.mysql_version": "8.0.36"},
        {"traffic.peak_cps_second_ratio": 4.5, "server.media": "with"},
        {"traffic.measured_cps": 430, "server.media": "with"},
    ],
    ids=str,
)
def test_recommended_settings_leave_what_is_declared_beside_them_right(values):
    """Declared settings that the plan's host or its settings make wrong are recommended anew."""
    values = {"traffic.cps": 90 if "server.media" in values else 5, **values}
    sized, told = both(values)
    _, left = both({**values, **host(Deployment().override(values), sized)})
    assert sized.plan.status == "suffices"
    assert left <= told


@pytest.mark.parametrize("version", [None, "5.0.96", "5.7.44", "8.0.36", "mariadb-10.11"])
@pytest.mark.parametrize("engine", ["unknown", "innodb", "myisam"])
@pytest.mark.parametrize("cps", [0.5, 90, 900])
def test_settings_of_the_document_leave_what_is_declared_beside_them_right(version, engine, cps):
    """Those that follow from the host alone stood in files of tune only: 88 of 400 deployments were left wrong."""
    declared = {"traffic": {"cps": cps}, "server": {"mysql_version": version} if version else {}}
    declared["mysql"] = {"cdr_engine": engine, "max_connections": 4000, "innodb_io_capacity": 2000}
    declared["sysctl"] = {"fs.file-max": 65536, "net.ipv4.udp_mem": "1048576 2097152 4194304"}
    told = Deployment.from_mapping(declared)
    plan = json.loads(json.dumps(size(told).to_dict()))["plan"]
    written = {section: dict(values) for section, values in declared.items()}
    for name, value in plan["settings"].items():
        section, _, key = name.partition(".")
        written.setdefault(section, {})[key] = value
    host = {name: part["value"] for name, part in plan["host"].items() if name != "tier"}
    written["server"] |= {"cpu_cores": host["cpu_cores"], "ram": host["ram"], "nic": host["nic"]}
    written["server"]["storage"] = {"type": host["storage"], "size": host["disk"]}
    written["topology"] = {name: plan["servers"][other] for name, other in (("servers", "active"), ("spare", "spare"))}
    after = Deployment.from_mapping(written)
    assert graver(after.findings) <= graver(told.findings)
    assert graver(validate(after).findings) <= graver(validate(told).findings)


def test_a_pool_that_is_all_the_server_has_left_is_large_enough():
    """Half of the RAM was written where the calls left a quarter of it."""
    values = {"traffic.concurrent_calls": 1500, "server.ram": 4e9, "mysql.cdr_engine": "innodb"}
    values |= {"server.mysql_version": "5.5.62", "mysql.max_connections": 1000}
    planned = size(Deployment().override(values)).plan.settings["mysql.innodb_buffer_pool_size"]
    assert planned < 0.3 * 4e9
    for pool, said in ((planned, False), (planned - (128 << 20), True)):
        _, told = both({**values, "mysql.innodb_buffer_pool_size": int(pool)})
        assert (("buffer-pool-outside-share", "warning") in told) is said


HOST = (
    "server.cpu_cores", "server.ram", "server.nic", "server.storage.size", "topology.servers", "topology.architecture"
)  # fmt: skip


def bought(values):
    """Return declared values whose plan can be bought, and that plan: what is declared too small is left out."""
    found = random_deployments.Typical(values)
    if not found.plan.short:
        return values, found
    files = {name: value for name, value in found.plan.settings.items() if "CDR_FILE_WRITE" in name}
    values = {name: value for name, value in values.items() if name not in HOST} | files
    return values, random_deployments.Typical(values)


WRITTEN = {"ram", "disk", "disk_writes"}
"""Rows whose need what is written may change: fewer connections, other logs, commits that wait for no disk."""


def grave(values):
    return {each.rule for each in validate(Deployment().override(values)).findings if each.severity != "info"}


@random_deployments.in_chunks
def test_what_size_says_validate_accepts(chunk):
    """The plan written into the deployment: nothing above information, and size says it suffices, in the same numbers.

    What the user declared beside it is his: a rule that speaks of that speaks of it before, too.
    """

    @random_deployments.thousands
    @given(random_deployments.VALUES, random_deployments.SETTINGS)
    def accepted(values, declared):
        values, sizing = bought({**values, **declared})
        plan = sizing.plan
        if plan.servers.active > 10_000:
            return  # no more can be declared
        written = {**values, **host(Deployment().override(values), sizing)}
        assert grave(written) <= grave(values)
        again = random_deployments.Typical(written).plan
        assert again.status == "suffices"
        assert again.servers[:4] == plan.servers[:4]
        assert [part.value for part in again.host.parts] == [part.value for part in plan.host.parts]
        for row in plan.resources:
            same = again.row(row.name)
            assert same is None or row.name in {*WRITTEN, *SETTINGS} or same.need == row.need, row.name

    random_deployments.chunked(chunk, accepted)


@pytest.mark.parametrize(
    ("settings_", "rule"),
    [
        ({}, None),  # nothing is declared that could be short
        ({"SERVER_CDR_FILE_WRITE_INTERVAL": 900}, "retention-shorter-than-policy"),
        ({"SERVER_CDR_FILE_WRITE_INTERVAL": 900, "SERVER_CDR_FILE_WRITE_MAX": 2880}, None),
        ({"SERVER_CDR_FILE_WRITE_INTERVAL": 900, "SERVER_CDR_FILE_WRITE_MAX": 2879}, "retention-shorter-than-policy"),
    ],
)
def test_files_kept_are_judged_by_what_is_declared(settings_, rule):
    values = {f"softswitch.{name}": value for name, value in settings_.items()}
    sized, validated = both({"traffic.cps": 50, "retention.cdr_days": 30, **values})
    expected = {(rule, "error")} if rule else set()
    assert graver(sized.findings) == expected
    assert {each for each in validated if each[0] == "retention-shorter-than-policy"} == expected


def measured(**values):
    entries = [{"name": name, "value": value} for name, value in values.items()]
    return {"schema": "profile-v1", "assumptions": entries}


@pytest.mark.parametrize(
    ("more", "profile", "assume", "servers"),
    [
        ({}, {}, {}, 2),
        ({}, {}, {"cdr.line_bytes": "100"}, 1),
        ({}, {}, {"cdr.line_bytes": (90, 100, 110)}, 1),
        ({}, {"traffic.busy_hour_profile": [1.0] * 6 + [0.1] * 18}, {}, 1),
        ({"traffic.load_factor": 1.0}, {"traffic.busy_hour_profile": [1.0] * 6 + [0.1] * 18}, {}, 2),
        ({}, {"cdr.line_bytes": 100}, {}, 1),
        ({"cdr.line_bytes": 300}, {"cdr.line_bytes": 100}, {}, 2),
        ({}, {"cdr.line_bytes": 100}, {"cdr.line_bytes": 300}, 2),
    ],
    ids=str,
)
def test_what_was_measured_or_assumed_is_the_rules_too(more, profile, assume, servers):
    """One report planned one server and warned that two are needed: its rules took a flat day and lines of 300 B."""
    values = {"traffic.cps": 100, "server.cpu_cores": 16, "server.ram": 32e9, "retention.cdr_days": 80}
    deployment = Deployment().override({**values, "server.storage.size": 5e11, "server.storage.type": "ssd", **more})
    found = measured(**profile) if profile else None
    assert size(deployment, assume=assume, profile=found).plan.servers.active == servers
    told = {each.rule for each in validate(as_sized(deployment, found, assume)).findings}
    assert ("load-above-one-server" in told) is (servers > 1)


def test_headroom_of_tracked_connections_that_is_assumed_is_the_rules_and_the_alerts_too():
    """The rule and the alert had a headroom of their own, whatever the sizing was told."""
    values = {"traffic.concurrent_calls": 20_000, "assumptions.kernel.conntrack_headroom": 3}
    need = size(Deployment().override(values)).plan.row("conntrack").need.typical
    sized, told = both({**values, "sysctl.net.netfilter.nf_conntrack_max": round(2.5 * need)})
    assert ("connection-tracking-below-need", "warning") in graver(sized.findings) & told
    sized, told = both({**values, "sysctl.net.netfilter.nf_conntrack_max": round(3.1 * need)})
    assert "connection-tracking-below-need" not in {rule for rule, _ in graver(sized.findings) | told}


@pytest.mark.parametrize(
    ("more", "rules"),
    [
        ({"sysctl.net.ipv4.ip_local_port_range": (32768, 45000)}, {("rtp-ports-below-calls", "warning")}),
        ({"sysctl.net.ipv4.ip_local_port_range": (32768, 60999)}, set()),
        ({"sysctl.net.ipv4.ip_local_port_range": (32768, 45000), "server.rtp_ports": ((10000, 29999),)}, set()),
        ({"sysctl.net.ipv4.ip_local_port_range": (32768, 45000), "server.media": "without"}, set()),
    ],
)
def test_media_takes_its_ports_from_the_kernels_range_where_none_is_declared(more, rules):
    """Validate warned of few ports where size planned with 40,000."""
    sized, told = both({"traffic.concurrent_calls": 4000, **more})
    assert graver(sized.findings) == rules
    assert {each for each in told if each[0] == "rtp-ports-below-calls"} == rules
