"""The network interface is too full in the busy hour."""

from planner.catalogue.display import format_quantity
from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Findings, Rule
from planner.rules.shared import limit
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "link-overloaded",
    Severity.ERROR,
    Basis.STANDARD,
    ("ieee-802.3: a frame occupies the wire with 20 B of preamble and gap",),
    needs=("server.nic", TRAFFIC),
    figures=("server.wire_bits_per_second",),
)


def check(site: Site) -> Findings:
    """Yield where the link's utilisation is above the planning or the safety limit."""
    nic, wire = site[RULE.needs[0]], site.figure("server.wire_bits_per_second")
    share = wire.value / site.number(RULE.needs[0])
    if share <= limit("link.planned"):
        return
    severity = Severity.ERROR if share > limit("link.safe") else Severity.WARNING
    message = wording(
        "{wire} each way is {share} of {nic}; plan for {planned} at most",
        wire=format_quantity(wire.value, "bit/s"),
        share=f"{share:.1%}",
        nic=nic.text,
        planned=f"{limit('link.planned'):.0%}",
    )
    recommended = format_quantity(site.figure("network.nic_bits_per_second").value, "bit/s")
    basis = site.weakest(RULE.basis, *RULE.figures)
    yield RULE.at(
        nic,
        message,
        wording("Plan {recommended}, several links or more servers.", recommended=recommended),
        severity=severity,
        basis=basis,
    )
