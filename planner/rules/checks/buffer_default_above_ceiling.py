"""A socket buffer's default is above its ceiling."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import related
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule("buffer-default-above-ceiling", Severity.WARNING, Basis.STANDARD, ("linux-el7-sock",))


def check(site: Site) -> Findings:
    """Yield for receive and send buffers alike."""
    for side in ("rmem", "wmem"):
        default, ceiling = (site.get(f"sysctl.net.core.{side}_{what}") for what in ("default", "max"))
        if default and ceiling and site.number(default.name) > site.number(ceiling.name):
            message = wording(
                "{side}_default = {default} is above {side}_max = {ceiling}",
                side=side,
                default=default.text,
                ceiling=ceiling.text,
            )
            yield RULE.at(
                default,
                message,
                wording("Raise {side}_max to {default}.", side=side, default=default.text),
                related=related(ceiling, wording("the ceiling")),
            )
