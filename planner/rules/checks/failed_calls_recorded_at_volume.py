"""Every failed attempt is written to the CDR text files at a volume where that multiplies them."""

from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Findings, Rule
from planner.rules.shared import limit
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "failed-calls-recorded-at-volume",
    Severity.WARNING,
    Basis.ADVICE,
    ("guide-cdr-file-rotation: zero-duration calls",),
    needs=("softswitch.SS_CDR_RECORD_NONCONNECT", TRAFFIC),
    figures=("traffic.cps", "traffic.answered_cps"),
)


def check(site: Site) -> Findings:
    """Yield where the switch is On above the lowest traffic band."""
    cps = site.figure("traffic.cps").value
    if site.switch(RULE.needs[0]) and cps >= limit("cdr.volume_cps"):
        answered = site.figure("traffic.answered_cps").value
        factor = wording(", {factor} times the answered calls", factor=f"{cps / answered:.3g}") if answered else ""
        message = wording(
            "{lines} lines a day are written for {cps} attempts per second{compared}",
            lines=f"{cps * 86400:,.0f}",
            cps=f"{cps:,.4g}",
            compared=factor,
        )
        yield RULE.at(
            site[RULE.needs[0]],
            message,
            wording("Set SS_CDR_RECORD_NONCONNECT: Off unless the failed attempts are read."),
        )
