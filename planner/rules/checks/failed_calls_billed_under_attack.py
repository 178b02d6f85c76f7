"""Attempts nobody answers are stored in the database while hardly any call is answered."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import limit, related
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "failed-calls-billed-under-attack",
    Severity.WARNING,
    Basis.DOCUMENTED,
    ("guide-cdr-file-rotation: zero-duration calls",),
    needs=("softswitch.SERVER_BILLING_RECORD_ZERO_HOLD_TIME", "traffic.asr"),
)
ZERO, ASR = RULE.needs


def check(site: Site) -> Findings:
    """Yield where the switch is On and the declared ASR is that of an attack."""
    if site.switch(ZERO) and site.number(ASR) < limit("traffic.attack_asr"):
        message = wording(
            "at an ASR of {asr}, {share} of the rows stored bill nothing",
            asr=f"{site.number(ASR):.3g}",
            share=f"{1 - site.number(ASR):.0%}",
        )
        places = related(site[ASR], wording("the answer-seizure ratio"))
        yield RULE.at(
            site[ZERO],
            message,
            wording("Set SERVER_BILLING_RECORD_ZERO_HOLD_TIME: Off while it lasts; then On, the rows are evidence."),
            related=places,
        )
