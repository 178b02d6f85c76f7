"""The declared traffic cannot be sized."""

from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Findings, Rule
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "traffic-impossible",
    Severity.ERROR,
    Basis.STANDARD,
    ("product: the model of `plan size`",),
    needs=(TRAFFIC,),
    yields_to=("contradictory-traffic", "out-of-range", "wrong-type"),
)


def check(site: Site) -> Findings:
    """Yield each problem the sizing names, at the value it names."""
    for problem in site.problems:
        place = site.get(problem.name) or site[RULE.needs[0]]
        yield RULE.at(
            place,
            wording("{name}: {problem}", name=problem.name, problem=problem.message),
            wording("Allowed: {allowed}.", allowed=problem.allowed),
            subject=problem.name,
        )
