"""A setting of `conf.default` is expected to change interfaces that exist already."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule("interface-default-too-late", Severity.INFO, Basis.STANDARD, ("linux-el7-ip-sysctl: conf/default of IPv6",))


PREFIX = "sysctl.net.ipv6.conf."


def check(site: Site) -> Findings:
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
