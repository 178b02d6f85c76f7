"""The local port range ends below its beginning."""

from planner.finding import Basis, Edit, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import port_range
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "port-range-reversed",
    Severity.ERROR,
    Basis.STANDARD,
    ("linux-el7-sysctl-ipv4",),
    needs=("sysctl.net.ipv4.ip_local_port_range",),
    fixable=True,
)


def check(site: Site) -> Findings:
    """Yield where the first port is above the last."""
    low, high = port_range(site, RULE.needs[0])
    if low > high:
        message = wording("the range {low} to {high} is empty; the kernel refuses it", low=low, high=high)
        yield RULE.at(
            site[RULE.needs[0]],
            message,
            wording("Write {high} {low}.", high=high, low=low),
            fix=_reversed(site, low, high),
        )


def _reversed(site: Site, low: int, high: int) -> Edit | None:
    span = site[RULE.needs[0]].span
    return (
        Edit(span=span, replacement=f"{high} {low}") if span and site[RULE.needs[0]].text == f"{low} {high}" else None
    )
