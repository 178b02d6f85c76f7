"""MySQL asks for a longer queue of connections than the kernel grants."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import related
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "backlog-above-kernel-limit",
    Severity.WARNING,
    Basis.STANDARD,
    ("linux-el7: net/socket.c, listen()",),
    needs=("mysql.back_log", "sysctl.net.core.somaxconn"),
)
BACKLOG, LIMIT = RULE.needs


def check(site: Site) -> Findings:
    """Yield where the wish exceeds the grant."""
    if site.number(BACKLOG) > site.number(LIMIT):
        message = wording(
            "back_log = {declared} is cut to net.core.somaxconn = {limit}",
            declared=site[BACKLOG].text,
            limit=site[LIMIT].text,
        )
        yield RULE.at(
            site[BACKLOG],
            message,
            wording("Set net.core.somaxconn = {declared}.", declared=site[BACKLOG].text),
            related=related(site[LIMIT], wording("the kernel's limit")),
        )
