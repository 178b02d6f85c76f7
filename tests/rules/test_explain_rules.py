"""`plan explain` knows every rule, parameter and figure, cites sources for people, and helps with slips."""

from __future__ import annotations

import json
import re

import pytest
from typer.testing import CliRunner

from planner.catalogue.data import SCHEMAS, sources
from planner.catalogue.parameter import parameters
from planner.cli.explain import app
from planner.rules.registry import rules
from planner.sizing.explain import names, topics

NAMES = sorted({*rules(), *(each.name for each in parameters()), *names()})
KEYS = [each for each in sources() if "-" in each]
"""The others are words of the language, too."""


def explain(*arguments):
    return CliRunner().invoke(app, list(arguments))


@pytest.mark.parametrize("part", range(8))
def test_every_name_is_explained_with_sources_people_can_read(part):
    for name in NAMES[part::8]:
        result = explain(name)
        assert (name, result.exit_code) == (name, 0)
        raw = [key for key in KEYS if f" {key}:" in result.stdout or f" {key}\n" in result.stdout]
        assert (name, raw) == (name, [])


def _contract():
    """Return the names users' scripts rely on: figures, parts of the hardware and of the plan, columns of CDRs."""
    document = json.loads((SCHEMAS / "sizing-v1.schema.json").read_text(encoding="utf-8"))["properties"]
    columns = json.loads((SCHEMAS / "cdr-format.json").read_text(encoding="utf-8"))["columns"]
    parts = [f"{part}.{name}" for part in ("hardware", "plan") for name in document[part]["properties"]]
    rows = [f"plan.resources.{name}" for name in document["plan"]["properties"]["resources"]["items"]["properties"]]
    return [*document["figures"]["required"], *parts, *rows, *(column["name"] for column in columns)]


@pytest.mark.parametrize(
    ("spelled", "names"),
    [
        ("plan.order-by", ["plan.order_by"]),
        ("Plan.Servers.Active", ["plan.servers.active"]),
        ("attempt_limit_below_traffic", ["attempt-limit-below-traffic"]),
        ("hardware.cpu_utilization", ["hardware.cpu_utilisation"]),
        ("nf_conntrack_max", ["sysctl.net.netfilter.nf_conntrack_max", "net.nf_conntrack_max"]),
        ("somaxconn", ["sysctl.net.core.somaxconn"]),
        ("TCP_TW_RECYCLE", ["sysctl.net.ipv4.tcp_tw_recycle"]),
        ("server.storage", ["server.storage.type", "server.storage.size"]),
        ("BHCA", ["bhca"]),
    ],
)
def test_a_name_written_otherwise_is_the_one_that_is_meant(spelled, names):
    result = explain(spelled)
    assert result.exit_code == 0
    assert all(f"{name} (" in result.stdout or result.stdout.startswith(f"# {name}\n") for name in names)
    headings = [line for line in result.stdout.splitlines() if re.match(r"\S+ \(.*\): ", line)]
    assert len(headings) == len(set(headings))


def test_every_part_of_the_plan_is_described_in_words():
    for name in (each for each in _contract() if each.startswith("plan.")):
        assert len(explain(name).stdout.split("): ")[1].split()) > 2, name


def test_every_name_of_the_contract_is_explained_in_any_case():
    assert len(_contract()) > 80
    for name in _contract():
        for spelled in (name, name.upper()):
            result = explain(spelled)
            assert (spelled, result.exit_code) == (spelled, 0)
            assert name in result.stdout


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ss_maxcps", ["100-200 (8 cores, media relayed)", "attempt-limit-below-traffic"]),
        ("INNODB_FLUSH_LOG_AT_TRX_COMMIT", ["recommended", "2"]),
        ("SS_CDR_FILE_WRITE_INTERVAL", ["not the same", "SERVER_CDR_FILE_WRITE_INTERVAL"]),
        ("busy-hour", ["The hour of the day"]),
        ("Grade_of_service", ["grade of service"]),
        ("ERLANG", ["One channel busy all the time"]),
        ("N+1", ["so that one may fail"]),
        ("Unlimited-Call-Duration", ["SS_MAX_CALL_DURATION"]),
        # What the guides say beside figures, under any of its names.
        ("Process Monitor", ["under 30 s", "2.12.9"]),
        ("monitors", ["2.12.10"]),
        ("alarms", ["2.11", "80 %"]),
        ("load balancer", ["high complexity", "DNS round-robin"]),
        ("prefixes", ["medium complexity"]),
        ("failover", ["not scale", "2.15"]),
        ("CDR-cleanup", ["exported and deleted"]),
        ("best practices", ["80 %", "every month", "only the softswitch's user", "archive by a job"]),
        ("without media", ["three to four times", "Relay where addresses must be hidden"]),
        ("33 %", ["25 % below", "33 % above"]),
        ("G.729 licences", ["licensed signal processing"]),
        ("illegal calls", ["SS_CDR_RECORD_ILLEGAL"]),
        ("plan.offers", ["cheapest first"]),
        ("endreason", ["Q.850"]),
    ],
)
def test_recommended_values_conflicts_and_terms_are_told(name, said):
    result = explain(name)
    assert result.exit_code == 0
    assert [each for each in said if each not in result.stdout] == []


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("unlimited-call-duraton", "unlimited-call-duration"),
        ("SS_MAXCP", "SS_MAXCPS"),
        ("softswitch.SS_MAXCP", "SS_MAXCPS"),
        ("net.core.rmem_mx", "net.core.rmem_max"),
        ("inodb_buffer_pool_size", "innodb_buffer_pool_size"),
        ("innodb_file_fromat", "innodb_file_format"),
        ("cdr.bytes_per_dya", "cdr.bytes_per_day"),
    ],
)
def test_a_slip_is_told_the_nearest_name_first(slip, meant):
    result = explain(slip)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"plan: nothing is named `{slip}`; close: {meant}")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "log_slow_queries",
            ["deprecated since 5.1.29", "refused from 5.6 on", "refused from 10.0.4 on", "slow_query"],
        ),
        ("mysql.LOG-Slow-Queries", ["refused from 5.6 on"]),
        ("innodb_file_format", ["refused from 8.0.0 on", "warned of and ignored from 10.6 on", "Barracuda"]),
        ("tx_isolation", ["a variable, no option: refused in a file", "instead: transaction_isolation"]),
        ("loose-innodb_buffer_pool_size", ["from 5.0 or before on"]),
        ("skip-innodb", ["MariaDB"]),
        ("validate_password_policy", ["only with"]),
        ("net.ipv4.conf.eth0.arp_filter", ["2.6.32, 3.10", "or"]),
        ("net/ipv4/tcp_tw_recycle", ["2.6.32, 3.10"]),
        ("net.ipv4.ip_conntrack_max", ["older than 2.6.32", "net.netfilter.nf_conntrack_max"]),
        ("vm.overcommit_memory", ["any number from 2.6.32 on; 0-2 from 3.10 on"]),
        ("net.ipv4.tcp_congestion_control", ["bbr from 4.9 on"]),
        ("collation_server", ["utf8mb4_0900_ai_ci", "more"]),
    ],
)
def test_the_life_of_any_option_or_key_is_told(name, said):
    result = explain(name)
    assert (result.exit_code, [each for each in said if each not in result.stdout]) == (0, []), result.output


def test_every_option_and_key_has_a_life():
    rows = [line.split("\t") for line in (SCHEMAS / "mysql-options.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    keys = [line.split("\t")[0] for line in (SCHEMAS / "sysctl-keys.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    named = [*(row[1].replace("_", "-").upper() for row in rows), *keys]
    assert len(rows) > 3000
    assert [name for name in named if not any(len(topic.facts) > 1 for topic in topics(name))] == []


@pytest.mark.parametrize("name", ["", "x\ny", "a" * 100_000])
def test_no_name_at_all_is_an_error_of_one_short_line(name):
    result = explain(name)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert len(result.stderr) < 300


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("kernel.pid_max", "  range    301-4194304\n"),
        ("vm.swappiness", "  range    0-100 from 2.6.32 on; 0-200 from 5.14 on\n"),
    ],
)
def test_a_kernel_key_of_one_range_names_no_kernel_for_it(key, said):
    assert said in explain(key).stdout
