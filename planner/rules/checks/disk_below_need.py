"""The disk is smaller than CDR files, database, logs and system need."""

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
    "disk-below-need",
    Severity.ERROR,
    Basis.DOCUMENTED,
    ("guide-cdr-file-rotation: disk space", "guide-scaling: hardware by traffic level"),
    needs=("server.storage.size", TRAFFIC),
    figures=("server.disk_bytes",),
)


def check(site: Site) -> Iterator[Finding]:
    """Yield where the declared disk is smaller than the need."""
    yield from short(site, RULE, RULE.needs[0], "B", wording("Shorten retention or plan a larger disk."))
