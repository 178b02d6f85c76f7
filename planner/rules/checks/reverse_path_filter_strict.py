"""Strict reverse-path filtering is in force on a host with several interfaces."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "reverse-path-filter-strict",
    Severity.WARNING,
    Basis.STANDARD,
    ("linux-el7-ip-sysctl: rp_filter", "systemd-219: 50-default.conf"),
)


PREFIX, SUFFIX, STRICT = "sysctl.net.ipv4.conf.", ".rp_filter", 1
GENERAL = frozenset({"all", "default", "lo"})


def check(site: Site) -> Findings:
    """Yield where `all`, or else an interface, makes the effective mode strict."""
    modes = {
        each.name.removeprefix(PREFIX).removesuffix(SUFFIX): each
        for each in site.kernel
        if each.name.startswith(PREFIX) and each.name.endswith(SUFFIX)
    }
    everywhere = site.number(modes["all"].name) if "all" in modes else 0
    strict = [
        name for name, each in modes.items() if max(everywhere, site.number(each.name)) == STRICT and name != "lo"
    ]
    interfaces = [name for name in modes if name not in GENERAL]
    if strict:
        place = modes["all" if "all" in strict and everywhere == STRICT else strict[0]]
        severity = RULE.severity if len(interfaces) > 1 else Severity.INFO
        message = wording(
            "strict reverse-path filtering drops packets that arrive on another interface than the route back uses"
        )
        yield RULE.at(
            place,
            message,
            wording("Use 2, loose mode, where calls may come in on several interfaces."),
            severity=severity,
        )
