"""The declared architecture and the number of servers contradict each other."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import related
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "architecture-contradicts-servers",
    Severity.ERROR,
    Basis.DOCUMENTED,
    ("guide-scaling: multiple server architecture",),
    needs=("topology.servers", "topology.architecture"),
)
SERVERS, ARCHITECTURE = RULE.needs
DR = "topology.dr"


def check(site: Site) -> Findings:
    """Yield `single` with several servers that are no disaster-recovery pair, and a distribution over one."""
    servers, single = site.number(SERVERS), site.text(ARCHITECTURE) == "single"
    pair = site.get(DR) is not None and site.switch(DR) and servers == 1 + 1
    if single and servers > 1 and not pair:
        message = wording(
            "{servers} servers are declared, but nothing distributes calls over them", servers=f"{servers:.0f}"
        )
        advice = wording("Declare prefix-partitioned or sip-load-balancer.")
    elif not single and servers == 1:
        message, advice = (
            wording(
                "{architecture} distributes calls, but only one server is declared",
                architecture=site.text(ARCHITECTURE),
            ),
            wording("Declare single."),
        )
    else:
        return
    yield RULE.at(site[ARCHITECTURE], message, advice, related=related(site[SERVERS], wording("the number of servers")))
