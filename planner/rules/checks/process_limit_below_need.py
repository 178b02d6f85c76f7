"""One process may open fewer files than the calls need."""

from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Findings, Rule
from planner.rules.shared import short
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "process-limit-below-need",
    Severity.ERROR,
    Basis.STANDARD,
    ("linux-el7: RLIMIT_NOFILE", "rfc-3550: section 11, four UDP sockets per relayed call"),
    needs=("server.nofile", TRAFFIC),
    figures=("server.file_descriptors",),
)


def check(site: Site) -> Findings:
    """Yield where the limit is below the descriptors of the calls."""
    yield from short(
        site,
        RULE,
        RULE.needs[0],
        "count",
        wording("Raise LimitNOFILE=, nofile in limits.conf and `ulimit -n` in the user's .bashrc."),
    )
