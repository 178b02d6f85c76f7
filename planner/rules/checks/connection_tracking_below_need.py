"""The tracking table is too small for the calls."""

from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Findings, Rule
from planner.rules.shared import limit, short_name
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "connection-tracking-below-need",
    Severity.ERROR,
    Basis.STANDARD,
    ("linux-el7-conntrack-udp",),
    needs=("sysctl.net.netfilter.nf_conntrack_max|sysctl.net.nf_conntrack_max", TRAFFIC),
    figures=("server.conntrack_entries",),
)


def check(site: Site) -> Findings:
    """Yield where the limit is below need x headroom."""
    most, need = site.number(RULE.needs[0]), site.figure("server.conntrack_entries")
    if most >= need.value * limit("conntrack.headroom"):
        return
    message = wording(
        "{most} tracked connections; the calls need {need}, {sound} with headroom",
        most=f"{most:,.0f}",
        need=f"{need.value:,.0f}",
        sound=f"{need.value * limit('conntrack.headroom'):,.0f}",
    )
    severity = Severity.ERROR if most < need.value else Severity.WARNING
    advice = wording(
        "Set {setting} = {sound} and the hash size with it.",
        setting=short_name(site[RULE.needs[0]]),
        sound=f"{site.figure('server.conntrack_max').value:.0f}",
    )
    yield RULE.at(
        site[RULE.needs[0]], message, advice, severity=severity, basis=site.weakest(RULE.basis, *RULE.figures)
    )
