"""max_connections is below the 1000 the guides recommend for high traffic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.finding import Basis, Severity
from planner.rules.rule import Rule
from planner.rules.shared import limit
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.finding import Finding
    from planner.rules.site import Site

RULE = Rule(
    "connections-below-recommended",
    Severity.INFO,
    Basis.DOCUMENTED,
    ("guide-scaling: MySQL for high insert rates",),
    needs=("mysql.max_connections",),
)


def check(site: Site) -> Iterator[Finding]:
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
