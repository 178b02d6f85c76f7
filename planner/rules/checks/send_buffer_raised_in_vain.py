"""wmem_max is raised but wmem_default is not: most sockets keep their small buffer."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import limit
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "send-buffer-raised-in-vain",
    Severity.INFO,
    Basis.STANDARD,
    ("linux-el7-sock",),
    needs=("sysctl.net.core.wmem_max",),
)


DEFAULT = "sysctl.net.core.wmem_default"


def check(site: Site) -> Findings:
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
