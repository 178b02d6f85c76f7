"""The kernel's SIP helper is switched on."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "connection-helper-on",
    Severity.WARNING,
    Basis.ADVICE,
    ("linux-el7-conntrack: the kernel itself warns against automatic helpers",),
    needs=("sysctl.net.netfilter.nf_conntrack_helper",),
)


def check(site: Site) -> Findings:
    """Yield where the helper is assigned to flows automatically."""
    if site.number(RULE.needs[0]) == 1:
        message = wording("the kernel tracks and rewrites SIP on its own; a softswitch does that itself")
        yield RULE.at(site[RULE.needs[0]], message, wording("Set net.netfilter.nf_conntrack_helper = 0."))
