"""The buffers of all media sockets together may exceed what udp_mem allows UDP."""

from planner.catalogue.display import format_quantity
from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Findings, Rule
from planner.rules.shared import limit, related
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "socket-buffers-above-udp-memory",
    Severity.INFO,
    Basis.STANDARD,
    ("linux-el7-sock", "linux-el7-udp"),
    needs=("sysctl.net.core.rmem_default", "sysctl.net.ipv4.udp_mem", TRAFFIC),
    figures=("server.udp_ports",),
)
DEFAULT, PAGES, _ = RULE.needs


def check(site: Site) -> Findings:
    """Yield where sockets x default exceeds the last value of udp_mem."""
    sockets, most = (site.figure("server.udp_ports").value, site.numbers(PAGES)[-1] * limit("kernel.page_bytes"))
    size = sockets * site.number(DEFAULT)
    if size > most:
        message = wording(
            "{sockets} sockets of {default} B may queue {size}; udp_mem allows {most}",
            sockets=f"{sockets:,.0f}",
            default=site[DEFAULT].text,
            size=format_quantity(size, "B"),
            most=format_quantity(most, "B"),
        )
        basis = site.weakest(RULE.basis, *RULE.figures)
        yield RULE.at(
            site[DEFAULT],
            message,
            wording("Keep rmem_default small."),
            related=related(site[PAGES], wording("the limit of all sockets")),
            basis=basis,
        )
