"""Declared concurrent calls and declared attempts per second do not fit each other."""

from dataclasses import replace

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import limit, related
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "calls-contradict-attempts",
    Severity.WARNING,
    Basis.STANDARD,
    ("erlang-theory: Little's law",),
    needs=("traffic.cps", "traffic.concurrent_calls"),
    figures=("traffic.offered_erlangs",),
    yields_to=("traffic-impossible", "contradictory-traffic"),
)
CPS, CALLS = RULE.needs


def check(site: Site) -> Findings:
    """Yield where calls differ from attempts x hold by more than a fifth of the calls."""
    attempts, calls = site.number(CPS), site.number(CALLS)
    offered = _offered(site)
    if calls > 0 and abs(calls - offered) / calls > limit("traffic.contradiction"):
        binds = wording("the attempts bind") if offered > calls else wording("the concurrent calls bind")
        message = wording(
            "{attempts} attempts per second make {offered} calls at a time, not {calls}: {binds}",
            attempts=f"{attempts:,.4g}",
            offered=f"{offered:,.0f}",
            calls=f"{calls:,.0f}",
            binds=binds,
        )
        advice = wording("Measure ASR, ACD and setup time, or declare one of the two.")
        yield RULE.at(site[CALLS], message, advice, related=related(site[CPS], wording("the attempts")))


def _offered(site: Site) -> float:
    """Return the erlangs the attempts offer, as the sizing has them where calls are not declared."""
    values = {name: each for name, each in site.deployment.values.items() if name != CALLS}
    return Site(replace(site.deployment, values=values)).figure("traffic.offered_erlangs").value
