"""max_connections is below the 1000 the guides recommend for high traffic."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import limit
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "connections-below-recommended",
    Severity.INFO,
    Basis.DOCUMENTED,
    ("guide-scaling: MySQL for high insert rates",),
    needs=("mysql.max_connections",),
)


def check(site: Site) -> Findings:
    """Yield where fewer connections are allowed than documented."""
    name = RULE.needs[0]
    if site.number(name) < limit("mysql.connections"):
        message = wording(
            "max_connections = {declared} is below the {recommended} recommended for high traffic",
            declared=site[name].text,
            recommended=limit("mysql.connections"),
        )
        yield RULE.at(
            site[name],
            message,
            wording(
                "Set max_connections = {recommended} where connections are refused.",
                recommended=limit("mysql.connections"),
            ),
        )
