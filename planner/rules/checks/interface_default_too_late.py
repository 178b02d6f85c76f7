"""A setting of `conf.default` is expected to change interfaces that exist already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.finding import Basis, Severity
from planner.rules.rule import Rule
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.finding import Finding
    from planner.rules.site import Site

RULE = Rule("interface-default-too-late", Severity.INFO, Basis.STANDARD, ("linux-el7-ip-sysctl: conf/default of IPv6",))


PREFIX = "sysctl.net.ipv6.conf."


def check(site: Site) -> Iterator[Finding]:
    """Yield defaults of interfaces without a setting for `all`."""
    for declared in site.kernel:
        if declared.name.startswith(f"{PREFIX}default."):
            key = declared.name.removeprefix(f"{PREFIX}default.")
            if not any(
                each.name.startswith(PREFIX) and each.name.endswith(f".{key}") and each is not declared
                for each in site.kernel
            ):
                message = wording(
                    "conf.default.{key} is for interfaces created later; those that exist keep their value", key=key
                )
                yield RULE.at(
                    declared.key_span or declared,
                    message,
                    wording("Set net.ipv6.conf.all.{key} as well, or the interfaces themselves.", key=key),
                    pointer=declared.pointer,
                    subject=declared.name,
                )
