"""udp_mem lets UDP queues take more memory than the machine has."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import pages_above_ram
from planner.rules.site import Site

RULE = Rule(
    "udp-memory-above-ram",
    Severity.ERROR,
    Basis.STANDARD,
    ("linux-el7-udp", "linux-el7-ip-sysctl: udp_mem"),
    needs=("sysctl.net.ipv4.udp_mem", "server.ram"),
)


def check(site: Site) -> Findings:
    """Yield where the largest value, in bytes, exceeds the warning share of RAM."""
    yield from pages_above_ram(site, RULE)
