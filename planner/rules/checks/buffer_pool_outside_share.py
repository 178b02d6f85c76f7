"""The InnoDB buffer pool is outside 50-70 % of the RAM."""

from math import ceil

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import ENGINE, is_myisam, limit, related
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "buffer-pool-outside-share",
    Severity.WARNING,
    Basis.DOCUMENTED,
    ("guide-scaling: MySQL for high insert rates",),
    needs=("mysql.innodb_buffer_pool_size", "server.ram"),
)
POOL, RAM = RULE.needs


def check(site: Site) -> Findings:
    """Yield where the pool's share of the RAM is outside the documented range, for InnoDB."""
    low, high = limit("mysql.pool_share")
    ram, share = site.number(RAM), site.number(POOL) / site.number(RAM)
    if not is_myisam(site) and not low <= share <= high:
        message = wording(
            "innodb_buffer_pool_size = {declared} is {share} of the RAM, outside {low} to {high}",
            declared=site[POOL].text,
            share=f"{share:.0%}",
            low=f"{low:.0%}",
            high=f"{high:.0%}",
        )
        advice = wording(
            "Set between {least}M and {most}M.", least=ceil(ram * low / 2**20), most=int(ram * high / 2**20)
        )
        severity = RULE.severity if site.get(ENGINE) and site.text(ENGINE).lower() == "innodb" else Severity.INFO
        beside = related(site[RAM], wording("the RAM declared"))
        yield RULE.at(site[POOL], message, advice, severity=severity, related=beside)
