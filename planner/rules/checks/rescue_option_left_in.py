"""An option of an emergency stands in the server's file."""

from planner.catalogue.client_options import rescue_options
from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule("rescue-option-left-in", Severity.WARNING, Basis.STANDARD, ("mysql-manual: recovery options",))
OFF = frozenset({"0", "off", "false", "no"})


def check(site: Site) -> Findings:
    """Yield each option of an emergency that is in force."""
    for name, does in rescue_options().items():
        declared = site.usable.get(f"mysql.{name}") or site.deployment.values.get(f"mysql.{name}")
        if declared is None or declared.text.strip().lower() in OFF:
            continue
        message = wording("{name} was left in: {does}", name=name, does=does)
        advice = wording("Remove the line and restart the server once the emergency is over.")
        yield RULE.at(declared.key_span or site[f"mysql.{name}"], message, advice)
