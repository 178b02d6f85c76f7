"""What tune recommends: from the figures, within the floors the rules read, and accepted by them."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from random_deployments import Typical

from planner import Deployment, size
from planner.catalogue.releases import Version, server_option
from planner.deployment.load import from_documents
from planner.document.reader import parse
from planner.rules.discovery import Loaded, Target, load
from planner.rules.policy import Policy
from planner.rules.validation import examine
from planner.tune.render import Order, files
from planner.tune.settings import host, recommended

if TYPE_CHECKING:
    from pathlib import Path

    from planner.sizing import Sizing

VERSIONS = [
    "5.0.96",
    "5.1.73",
    "5.5.60",
    "5.6.51",
    "5.7.44",
    "8.0.36",
    "8.4.3",
    "mariadb-5.5.68",
    "mariadb-10.3",
    "mariadb-10.11",
]


def chance(seed: int) -> dict[str, object]:
    """Return a random deployment by the names of its values."""
    rnd = random.Random(seed)  # noqa: S311  examples, no secrets
    loads = (
        {"traffic.cps": rnd.choice([rnd.uniform(0.5, 50), rnd.uniform(50, 400), rnd.uniform(400, 3000)])},
        {
            "traffic.concurrent_calls": rnd.choice(
                [rnd.randint(1, 600), rnd.randint(600, 5000), rnd.randint(5000, 40000)]
            )
        },
        {"traffic.daily_minutes": rnd.uniform(1e3, 5e6), "traffic.peak_factor": rnd.uniform(1, 5), "traffic.asr": 0.4},
    )
    options = {
        "traffic.asr": rnd.uniform(0.1, 0.9),
        "traffic.acd": rnd.uniform(10, 400),
        "traffic.setup_time": rnd.uniform(1, 20),
        "traffic.blocking": rnd.choice([1e-4, 0.001, 0.01, 0.05]),
        "server.media": rnd.choice(["with", "without"]),
        "server.mysql_version": rnd.choice(VERSIONS),
        "retention.cdr_days": rnd.randint(1, 120),
        "retention.database_days": rnd.randint(1, 120),
        "mysql.cdr_engine": rnd.choice(["innodb", "myisam", "unknown"]),
        "topology.dr": True,
        "traffic.codecs": rnd.choice([{"g711": 1.0}, {"g729": 1.0}, {"g729": 0.7, "g711": 0.3}]),
        "server.rtp_ports": ((10000, 49999),),
        "server.sip_ports": ((5060, 5060), (6060, 6060)),
        "server.conntrack": rnd.choice([True, False]),
        "server.os": rnd.choice(["CentOS 7", "Debian 12", "Rocky Linux 9"]),
    }
    chosen = {name: value for name, value in options.items() if rnd.random() < 0.4}
    return {**chosen, **rnd.choice(loads)}


def sized(seed: int, declared: Deployment) -> Sizing | Typical:
    """Return a sizing; of most deployments the typical case, by which the plan and what is recommended are decided."""
    return Typical(declared) if seed % 20 else size(declared)


def tuned(seed: int) -> Deployment | None:
    """Return a deployment with the plan's host, servers and settings; None where it cannot be sized."""
    declared = Deployment().override(chance(seed))
    try:
        sizing = sized(seed, declared)
    except ValueError:
        return None
    assert sizing.plan.status == "suffices"
    return declared.override(host(declared, sizing))


def grave(found: object) -> list[tuple[str, str]]:
    return [(each.rule, each.message) for each in found if each.severity != "info"]


@pytest.mark.parametrize("stretch", range(6))
def test_what_is_sized_and_tuned_is_accepted(stretch: int) -> None:
    """Over 360 deployments: nothing above info on the plan's own host, and the plan again: it suffices."""
    seen = 0
    for seed in range(stretch * 60, stretch * 60 + 60):
        complete = tuned(seed)
        if complete is not None:
            seen += 1
            assert grave(examine(Loaded(complete), Policy()).findings) == [], seed
            assert sized(seed, complete).plan.status == "suffices", seed
    assert seen > 50


@pytest.mark.parametrize("seed", range(300))
def test_what_is_written_is_accepted_on_the_host(seed: int, tmp_path: Path) -> None:
    """The files in a host's tree say what the settings say, and `validate --root` has nothing to add."""
    declared = Deployment().override({**chance(seed), "server.os": "CentOS 7"})
    sizing = sized(seed, declared)
    for path, text in files(declared, sizing, Order(("sysctl", "limits", "mysql"))).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    (tmp_path / "etc/my.cnf").write_text("!includedir /etc/my.cnf.d\n")
    loaded = load(Target("host", str(tmp_path), profile="el7-boot"))
    facts = {name: declared.value(name) for name in ("server.mysql_version", "mysql.cdr_engine") if name in declared}
    found = loaded.deployment.override(facts)
    for each in recommended(declared, sizing):
        if each.name.startswith(("sysctl.", "mysql.")):
            assert text_of(found.value(each.name)) == text_of(each.value), each.name
    known = load(Target("host", str(tmp_path), profile="el7-boot"))._replace(deployment=found)
    assert grave(examine(known, Policy()).findings) == []


def text_of(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value)


@pytest.mark.parametrize(
    ("ram", "least"), [(8e9, 781_250), (32e9, 3_125_000), (64e9, 6_250_000)], ids=["8 GB", "32 GB", "64 GB"]
)
def test_the_file_table_is_never_below_its_boot_value(ram: float, least: int) -> None:
    declared = Deployment().override({"traffic.cps": 20, "server.ram": ram})
    chosen = {each.name: each.value for each in recommended(declared, size(declared))}
    assert chosen["sysctl.fs.file-max"] >= least


def test_options_are_those_the_version_knows() -> None:
    def names(version: str, engine: str = "innodb") -> set[str]:
        declared = Deployment().override(
            {"traffic.cps": 100, "server.mysql_version": version, "mysql.cdr_engine": engine}
        )
        return {each.key for each in recommended(declared, size(declared)) if each.part == "mysql"}

    assert "innodb_redo_log_capacity" in names("8.0.36")
    assert "innodb_log_file_size" not in names("8.0.36")
    assert "innodb_log_file_size" in names("5.7.44")
    assert not {"innodb_log_file_size", "innodb_redo_log_capacity"} & names("5.5.60")
    assert not {"innodb_log_file_size", "innodb_redo_log_capacity"} & names("mariadb-5.5.68")
    assert "innodb_redo_log_capacity" not in names("mariadb-10.11")
    assert "innodb_io_capacity" not in names("5.0.96")
    assert not {each for each in names("5.7.44", "myisam") if each.startswith("innodb")}


@pytest.mark.parametrize("engine", ["innodb", "myisam", "unknown"])
@pytest.mark.parametrize("version", VERSIONS)
def test_no_server_refuses_or_ignores_a_rendered_option(version: str, engine: str) -> None:
    """What each option is to each version stands in data gathered from the servers' own sources."""
    declared = Deployment().override({"traffic.cps": 300, "server.mysql_version": version, "mysql.cdr_engine": engine})
    found = Version.read(version)
    for each in recommended(declared, size(declared)):
        if each.part == "mysql":
            option = server_option(each.key, mariadb=found.mariadb)
            assert option is not None, each.key
            assert option.standing(found) == "taken", each.key
            least, most = (int(limit) if limit.isdecimal() else None for limit in (option.minimum, option.maximum))
            assert least is None or each.value >= least, each.key
            assert not most or each.value <= most, each.key


def test_declared_media_ports_are_kept_free() -> None:
    declared = Deployment().override({"traffic.cps": 20, "server.rtp_ports": ((10000, 49999),)})
    chosen = {each.name: each.value for each in recommended(declared, size(declared))}
    assert chosen["sysctl.net.ipv4.ip_local_reserved_ports"][-2:] == ((8080, 8080), (10000, 49999))
    everywhere = Deployment().override({"traffic.cps": 20, "server.rtp_ports": ((20000, 65535),)})
    chosen = {each.name: each.value for each in recommended(everywhere, size(everywhere))}
    assert chosen["sysctl.net.ipv4.ip_local_port_range"] == (8082, 19999)


def test_the_fragment_reads_back_as_it_was_meant() -> None:
    declared = Deployment().override(
        {"traffic.cps": 300, "server.mysql_version": "5.7.44", "mysql.cdr_engine": "innodb"}
    )
    sizing = size(declared)
    text = files(declared, sizing, Order(("mysql",)))["etc/my.cnf.d/zz-vos3000.cnf"]
    found = from_documents([parse(text, "my.cnf")])
    assert not found.findings
    for each in recommended(declared, sizing):
        if each.part == "mysql":
            assert found.value(each.name) == each.value
