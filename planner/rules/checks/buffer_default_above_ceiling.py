"""A socket buffer's default is above its ceiling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.finding import Basis, Severity
from planner.rules.rule import Rule
from planner.rules.shared import related
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.finding import Finding
    from planner.rules.site import Site

RULE = Rule("buffer-default-above-ceiling", Severity.WARNING, Basis.STANDARD, ("linux-el7-sock",))


def check(site: Site) -> Iterator[Finding]:
    """Yield for receive and send buffers alike."""
    for side in ("rmem", "wmem"):
        default, ceiling = (site.get(f"sysctl.net.core.{side}_{what}") for what in ("default", "max"))
        if default and ceiling and site.number(default.name) > site.number(ceiling.name):
            message = wording(
                "{side}_default = {default} is above {side}_max = {ceiling}",
                side=side,
                default=default.text,
                ceiling=ceiling.text,
            )
            yield RULE.at(
                default,
                message,
                wording("Raise {side}_max to {default}.", side=side, default=default.text),
                related=related(ceiling, wording("the ceiling")),
            )
