"""MySQL lowers max_connections because it is granted too few file descriptors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.finding import Basis, Severity
from planner.rules.rule import Rule
from planner.rules.shared import limit, related
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.finding import Finding
    from planner.rules.site import Site

RULE = Rule(
    "connections-above-descriptors",
    Severity.ERROR,
    Basis.STANDARD,
    ("mysql-5.6-source: mysqld.cc",),
    needs=("mysql.max_connections", "mysql.open_files_limit|server.nofile"),
)


CONNECTIONS, GRANTED = RULE.needs


def check(site: Site) -> Iterator[Finding]:
    """Yield where the connections that descriptors allow are fewer than declared."""
    most = site.number(GRANTED) - limit("mysql.reserved_descriptors")
    if most < site.number(CONNECTIONS):
        needed = max(
            limit("mysql.descriptors_per_connection") * site.number(CONNECTIONS), limit("mysql.least_descriptors")
        )
        message = wording(
            "{granted} descriptors allow {most} connections, not {connections}",
            granted=site[GRANTED].text,
            most=f"{max(most, 1):,.0f}",
            connections=f"{site.number(CONNECTIONS):,.0f}",
        )
        yield RULE.at(
            site[CONNECTIONS],
            message,
            wording("Grant {needed} descriptors: LimitNOFILE={needed} in MySQL's unit.", needed=f"{needed:.0f}"),
            related=related(site[GRANTED], wording("the descriptors granted")),
        )
