"""One process may open fewer files than the calls need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Rule
from planner.rules.shared import short
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.finding import Finding
    from planner.rules.site import Site

RULE = Rule(
    "process-limit-below-need",
    Severity.ERROR,
    Basis.STANDARD,
    ("linux-el7: RLIMIT_NOFILE", "rfc-3550: section 11, four UDP sockets per relayed call"),
    needs=("server.nofile", TRAFFIC),
    figures=("server.file_descriptors",),
)


def check(site: Site) -> Iterator[Finding]:
    """Yield where the limit is below the descriptors of the calls."""
    yield from short(
        site,
        RULE,
        RULE.needs[0],
        "count",
        wording("Raise LimitNOFILE=, nofile in limits.conf and `ulimit -n` in the user's .bashrc."),
    )
