"""Random deployments over wide ranges, for properties every sizing must have."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st

from planner import Deployment
from planner.catalogue.units import SMALLEST
from planner.sizing.api import Settings
from planner.sizing.decide import decide, leaves_by_name, settings_of
from planner.sizing.evaluation import model, registry
from planner.sizing.leaves import resolve
from planner.sizing.numbers import Estimate, Range

CHUNKS = 8
thousands = settings(max_examples=260, deadline=None, suppress_health_check=list(HealthCheck))
"""Examples of each chunk: with all of them over 2,000."""
in_chunks = pytest.mark.parametrize("chunk", range(CHUNKS))
"""A property in parts, for as many processes as there are."""


def chunked(chunk, strategy_test):
    """Run a property over examples of its own: where runs repeat, each chunk has another seed."""
    (seed(chunk)(strategy_test) if settings.default.derandomize else strategy_test)()


CODECS = ("g711", "g722", "g729", "g723.1", "gsm", "opus-wb", "ilbc-20", "amr-nb")


def _number(low, high):
    # A number too small for any quantity is refused.
    return st.floats(low, high, allow_nan=False).map(lambda number: number if number >= SMALLEST else 0.0)


def _shares(weights):
    # Shares of which some are forgotten are refused; weights that add up to 1 are not.
    total = sum(weights.values())
    return {name: weight / total for name, weight in weights.items()}


MIXES = st.dictionaries(st.sampled_from(CODECS), _number(0.1, 1), min_size=1, max_size=3).map(_shares)
LOADS = st.one_of(
    st.fixed_dictionaries({"traffic.cps": st.one_of(st.just(0.0), _number(0.001, 1e6))}),
    st.fixed_dictionaries({"traffic.concurrent_calls": st.integers(0, 10_000_000)}),
    st.fixed_dictionaries(
        {
            "traffic.daily_minutes": _number(0, 1e8),
            "traffic.peak_factor": _number(1, 10),
            "traffic.asr": _number(0.05, 1),
        }
    ),
)
OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "traffic.asr": _number(0.01, 1),
        "traffic.acd": _number(1, 1800),
        "traffic.setup_time": _number(0.1, 60),
        "traffic.blocking": st.sampled_from([1e-6, 0.001, 0.01, 0.1, 0.5]),
        "traffic.load_factor": _number(0.05, 1),
        "traffic.egress_attempts": _number(1, 5),
        "traffic.growth_per_month": _number(0, 0.5),
        "traffic.framing": st.sampled_from(["documented", "ip", "ethernet", "wire"]),
        "traffic.srtp": st.booleans(),
        "traffic.ipv6": st.booleans(),
        "traffic.vlan": st.booleans(),
        "traffic.rtcp": st.booleans(),
        "traffic.codecs": MIXES,
        "server.media": st.sampled_from(["with", "without"]),
        "server.ram": st.sampled_from([4e9, 16e9, 128e9]),
        "server.cpu_cores": st.integers(1, 64),
        "server.nic": st.sampled_from([1e8, 1e9, 1e10]),
        "server.mysql_version": st.sampled_from(["5.0.96", "5.7.44", "8.0.36", "mariadb-10.11"]),
        "retention.cdr_days": st.integers(0, 3650),
        "retention.database_days": st.integers(0, 3650),
        "topology.dr": st.booleans(),
        "topology.servers": st.integers(1, 50),
        "topology.architecture": st.sampled_from(["single", "prefix-partitioned", "sip-load-balancer"]),
        "mysql.cdr_engine": st.sampled_from(["unknown", "innodb", "myisam"]),
        "softswitch.SS_CDR_RECORD_NONCONNECT": st.booleans(),
        "softswitch.SS_CDR_RECORD_TO_FILE": st.booleans(),
        "softswitch.SERVER_BILLING_RECORD_ZERO_HOLD_TIME": st.booleans(),
        "softswitch.SERVER_CDR_FILE_WRITE_INTERVAL": st.integers(60, 86400),
        "softswitch.SERVER_CDR_FILE_WRITE_MAX": st.integers(10, 4096),
    },
)
SETTINGS = st.fixed_dictionaries(
    {},
    optional={
        f"{section}.{name}": st.sampled_from(values)
        for section, settings_ in {
            "mysql": {
                "innodb_buffer_pool_size": [128 << 20, 4 << 30, 20 << 30],
                "innodb_log_file_size": [48 << 20, 512 << 20],
                "innodb_redo_log_capacity": [100 << 20, 2 << 30],
                "innodb_log_files_in_group": [2, 4],
                "innodb_flush_log_at_trx_commit": [0, 1, 2],
                "innodb_io_capacity": [200, 2000],
                "innodb_log_buffer_size": [8 << 20, 64 << 20],
                "key_buffer_size": [8 << 20, 4 << 30],
                "max_connections": [151, 1000, 4000],
                "sort_buffer_size": [256 << 10, 8 << 20],
                "join_buffer_size": [256 << 10, 4 << 20],
                "read_rnd_buffer_size": [256 << 10, 4 << 20],
                "open_files_limit": [1024, 65535],
                "query_cache_size": [0, 64 << 20],
            },
            "sysctl": {
                "net.core.rmem_max": [212_992, 16 << 20],
                "net.ipv4.udp_mem": [(10_000, 20_000, 30_000), (1 << 20, 1 << 21, 1 << 22)],
                "net.netfilter.nf_conntrack_max": [65_536, 1 << 20],
                "net.netfilter.nf_conntrack_buckets": [16_384, 262_144],
                "net.core.somaxconn": [128, 4096],
                "fs.file-max": [65_536, 2_097_152],
                "vm.min_free_kbytes": [67_584, 1 << 20],
            },
            "server": {"nofile": [1024, 65_535], "rtp_ports": [((10_000, 49_999),)]},
        }.items()
        for name, values in settings_.items()
    },
)
"""What somebody has set on the servers already."""
VALUES = st.builds(lambda options, load: {**options, **load}, OPTIONS, LOADS)
"""Declared values by name; of one load statement each."""


def deployment(values):
    """Return the deployment that declares `values`."""
    return Deployment().override(values)


class Typical:
    """A sizing of the typical case alone, which decides: a hundred times faster than one with its draws."""

    def __init__(self, declared):
        declared = declared if isinstance(declared, Deployment) else Deployment().override(declared)
        self.leaves = resolve(declared, {}).numbers
        numbers = leaves_by_name(self.leaves)
        self.figures = numbers | model()(numbers)
        made = decide(self.figures, settings_of(declared), str(declared.value("server.storage.type") or ""))
        self.plan = made._replace(settings=Settings(declared, self.value, made))

    def value(self, name):
        return self.figures[name]

    def __getitem__(self, name):
        figure = registry()[name]
        case = Range.point(self.figures[name])
        return Estimate(
            name, figure.label, case, figure.unit, figure.formula, figure.operands, figure.sources, "advice"
        )
