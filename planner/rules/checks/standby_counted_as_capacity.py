"""Every declared server is needed, and a standby for each comes on top."""

from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Findings, Rule
from planner.rules.shared import related
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "standby-counted-as-capacity",
    Severity.INFO,
    Basis.DOCUMENTED,
    ("guide-scaling: disaster recovery",),
    needs=("topology.servers", "topology.dr", TRAFFIC),
    figures=("hardware.servers",),
)
SERVERS, DR, _ = RULE.needs


def check(site: Site) -> Findings:
    """Yield where the active half of the declared servers is less than the load needs."""
    servers, need = site.number(SERVERS), site.figure("hardware.servers").value
    if site.switch(DR) and servers >= need > servers / 2:
        message = wording(
            "{servers} servers carry the load and a standby for each comes on top: {total} in all",
            servers=f"{servers:.0f}",
            total=f"{2 * servers:.0f}",
        )
        advice = wording("Where the standbys are among the {servers}, plan more servers.", servers=f"{servers:.0f}")
        places = related(site[DR], wording("a standby waits; it adds no capacity"))
        basis = site.weakest(RULE.basis, *RULE.figures)
        yield RULE.at(site[SERVERS], message, advice, related=places, basis=basis)
