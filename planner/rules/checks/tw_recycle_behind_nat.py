"""tcp_tw_recycle drops connections of clients behind NAT."""

from planner.deployment import Declared
from planner.finding import Basis, Edit, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "tw-recycle-behind-nat",
    Severity.ERROR,
    Basis.STANDARD,
    ("linux-el7-ip-sysctl: tcp_tw_recycle, removed in Linux 4.12",),
    needs=("sysctl.net.ipv4.tcp_tw_recycle",),
    fixable=True,
    yields_to=("removed-parameter",),
)


def check(site: Site) -> Findings:
    """Yield where it is switched on."""
    if site.number(RULE.needs[0]) != 0:
        message = wording("tcp_tw_recycle refuses connections of clients that share an address behind NAT")
        yield RULE.at(
            site[RULE.needs[0]],
            message,
            wording("Set net.ipv4.tcp_tw_recycle = 0, or remove the line."),
            fix=off(site[RULE.needs[0]]),
        )


def off(declared: Declared) -> Edit | None:
    """Return the edit that sets 0 in the place of the value."""
    return Edit(span=declared.span, replacement="0") if declared.span else None
