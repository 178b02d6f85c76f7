"""udp_mem is set to the widely copied value that is 64 GiB."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import limit
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "udp-memory-in-bytes",
    Severity.WARNING,
    Basis.STANDARD,
    ("linux-el7-udp", "linux-el7-ip-sysctl: udp_mem"),
    needs=("sysctl.net.ipv4.udp_mem",),
)


RAM = "server.ram"


def check(site: Site) -> Findings:
    """Yield where the largest value is beyond what a server of the largest tier should hold."""
    pages = site.numbers(RULE.needs[0])[-1]
    size = pages * limit("kernel.page_bytes")
    if not site.mentioned(RAM) and size >= limit("kernel.udp_memory_copied"):
        message = wording(
            "udp_mem counts pages of 4096 B: {pages} of them are {size} GiB",
            pages=f"{pages:,}",
            size=f"{size / 2**30:,.3g}",
        )
        yield RULE.at(
            site[RULE.needs[0]], message, wording("Remove the line to keep the boot default, 19 % of RAM at most.")
        )
