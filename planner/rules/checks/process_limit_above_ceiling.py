"""The limit of open files per process is above the kernel's ceiling."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import limit, related
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "process-limit-above-ceiling",
    Severity.ERROR,
    Basis.STANDARD,
    ("linux-el7: kernel/sys.c",),
    needs=("server.nofile",),
)


CEILING = "sysctl.fs.nr_open"


def check(site: Site) -> Findings:
    """Yield where the process limit exceeds fs.nr_open, declared or as at boot."""
    ceiling = site.number_or(CEILING, limit("kernel.nr_open"))
    if site.number(RULE.needs[0]) > ceiling:
        message = wording(
            "{declared} open files per process are above fs.nr_open, {ceiling}: the kernel refuses",
            declared=site[RULE.needs[0]].text,
            ceiling=f"{ceiling:,.0f}",
        )
        yield RULE.at(
            site[RULE.needs[0]],
            message,
            wording("Ask for {ceiling} or less, or raise fs.nr_open.", ceiling=f"{ceiling:.0f}"),
            related=related(site.get(CEILING), wording("the ceiling")),
        )
