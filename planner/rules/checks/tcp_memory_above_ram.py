"""The memory TCP may take exceeds the RAM."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import pages_above_ram
from planner.rules.site import Site

RULE = Rule(
    "tcp-memory-above-ram",
    Severity.ERROR,
    Basis.STANDARD,
    ("linux-el7-ip-sysctl: tcp_mem",),
    needs=("sysctl.net.ipv4.tcp_mem", "server.ram"),
)


def check(site: Site) -> Findings:
    """Yield where the largest value, in bytes, exceeds the warning share of RAM."""
    yield from pages_above_ram(site, RULE)
