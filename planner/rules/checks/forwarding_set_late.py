"""ip_forward is set after settings of interfaces that it resets."""

from planner.deployment import Declared
from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import related, short_name
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "forwarding-set-late",
    Severity.INFO,
    Basis.STANDARD,
    ("linux-el7: net/ipv4/devinet.c, inet_forward_change",),
    needs=("sysctl.net.ipv4.ip_forward",),
)


RESET = frozenset({"sysctl.net.ipv4.conf.all.accept_redirects", "sysctl.net.ipv4.conf.all.forwarding"})


def check(site: Site) -> Findings:
    """Yield where a setting that it writes stands above it in the same file."""
    forward = site[RULE.needs[0]]
    above = [each for each in site.kernel if each.name in RESET and _before(each, forward)]
    if above and site.number(forward.name) == 1:
        message = wording("setting ip_forward sets {setting}, written above it, anew", setting=short_name(above[0]))
        yield RULE.at(
            forward,
            message,
            wording("Put net.ipv4.ip_forward first."),
            related=related(above[0], wording("set before, and reset")),
        )


def _before(first: Declared, second: Declared) -> bool:
    if first.span is None or second.span is None:
        return False
    return first.span.path == second.span.path and first.span.line < second.span.line
