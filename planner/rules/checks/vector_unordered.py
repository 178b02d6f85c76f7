"""The values of a kernel vector are not in ascending order."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import limit
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule("vector-unordered", Severity.ERROR, Basis.STANDARD, ("linux-el7-ip-sysctl",))


def check(site: Site) -> Findings:
    """Yield triplets that do not ascend."""
    for name in limit("kernel.ascending"):
        if (declared := site.get(f"sysctl.{name}")) is None:
            continue
        values = site.numbers(declared.name)
        if list(values) != sorted(values):
            message = wording(
                "{name} = {declared} does not ascend; its values mean least, middle and largest",
                name=name,
                declared=declared.text,
            )
            yield RULE.at(
                declared, message, wording("Order them, such as {values}.", values=" ".join(map(str, sorted(values))))
            )
