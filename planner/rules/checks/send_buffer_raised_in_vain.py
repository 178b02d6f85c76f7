"""wmem_max is raised but wmem_default is not: most sockets keep their small buffer."""

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
    "send-buffer-raised-in-vain",
    Severity.INFO,
    Basis.STANDARD,
    ("linux-el7-sock",),
    needs=("sysctl.net.core.wmem_max",),
)


DEFAULT = "sysctl.net.core.wmem_default"


def check(site: Site) -> Iterator[Finding]:
    """Yield where the ceiling is above the boot value and no default is declared."""
    ceiling = site[RULE.needs[0]]
    if not site.mentioned(DEFAULT) and site.number(ceiling.name) > limit("kernel.socket_buffer_default"):
        message = wording(
            "wmem_max is a ceiling: sockets that do not ask for more keep {size} B",
            size=f"{limit('kernel.socket_buffer_default'):,}",
        )
        place = ceiling.key_span or ceiling
        yield RULE.at(
            place, message, wording("Set net.core.wmem_default as well."), pointer=ceiling.pointer, subject=ceiling.name
        )
