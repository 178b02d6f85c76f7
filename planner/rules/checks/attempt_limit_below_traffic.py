"""SS_MAXCPS is below the attempts per second each server has to take."""

from math import ceil

from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Findings, Rule
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "attempt-limit-below-traffic",
    Severity.ERROR,
    Basis.DOCUMENTED,
    ("guide-scaling: softswitch parameters",),
    needs=("softswitch.SS_MAXCPS", TRAFFIC),
    figures=("server.cps",),
)


def check(site: Site) -> Findings:
    """Yield where each server's share of the attempts exceeds the limit; zero means no limit is given."""
    name, cps = RULE.needs[0], site.figure("server.cps")
    if 0 < site.number(name) < cps.value:
        message = wording(
            "SS_MAXCPS: {declared} rejects calls: each server has to take {cps} attempts per second",
            declared=site[name].text,
            cps=f"{cps.value:,.4g}",
        )
        basis = site.weakest(RULE.basis, "server.cps")
        severity = Severity.ERROR if cps.low > site.number(name) else Severity.WARNING
        yield RULE.at(
            site[name],
            message,
            wording("Set SS_MAXCPS: {cps} or more.", cps=ceil(cps.value)),
            basis=basis,
            severity=severity,
        )
