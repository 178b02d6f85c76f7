"""CDR text files cover more time than the traffic band calls for."""

from math import ceil

from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Findings, Rule
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "interval-outside-traffic-band",
    Severity.WARNING,
    Basis.DOCUMENTED,
    ("guide-cdr-file-rotation: interval by traffic volume",),
    needs=("softswitch.SERVER_CDR_FILE_WRITE_INTERVAL", TRAFFIC),
    figures=("cdr.recommended_interval", "cdr.shortest_interval_for_policy"),
)
POLICY = "retention.cdr_days"


def check(site: Site) -> Findings:
    """Yield where the interval is longer than the one of the traffic's band."""
    name = RULE.needs[0]
    called_for, cps = site.figure("cdr.recommended_interval").value, site.figure("traffic.cps").value
    if site.number(name) > called_for:
        message = wording(
            "an interval of {interval} s is longer than the {called_for} s that {cps} attempts per second call for",
            interval=f"{site.number(name):,.0f}",
            called_for=f"{called_for:,.0f}",
            cps=f"{cps:,.4g}",
        )
        advice = wording(
            "Set SERVER_CDR_FILE_WRITE_INTERVAL: {called_for} and raise SERVER_CDR_FILE_WRITE_MAX in proportion.",
            called_for=f"{called_for:.0f}",
        )
        kept = site.get(POLICY) and site.number(name) <= ceil(site.figure("cdr.shortest_interval_for_policy").value)
        severity = (
            Severity.INFO if kept else RULE.severity
        )  # a shorter one could not keep the files as long as declared
        yield RULE.at(site[name], message, advice, severity=severity, basis=site.weakest(RULE.basis, "traffic.cps"))
