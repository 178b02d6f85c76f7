"""A line of a sysctl file names a key that no kernel can have."""

import re

from planner.catalogue.units import quoted
from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "impossible-kernel-key",
    Severity.ERROR,
    Basis.STANDARD,
    ("procps-3.3.10: sysctl.c", "linux-sysctl-tables"),
    yields_to=("comment-inside-value",),
)
SOUND = re.compile(r"[A-Za-z0-9_.:@/*?\[\]{}~,%+!-]+", re.ASCII)
COMMAND = re.compile(r"(?:sudo\s+)?(?:/s?bin/|/usr/s?bin/)?(?:sysctl|echo|ulimit|modprobe)\b")


def check(site: Site) -> Findings:
    """Yield each declared key that can be no name below /proc/sys."""
    for declared in site.kernel:
        key = declared.name.removeprefix("sysctl.")
        if SOUND.fullmatch(key) or not (declared.key_span or declared.span):
            continue
        if COMMAND.match(key):
            message = wording("{key} is a shell command, not a key of the kernel", key=quoted(key))
            advice = wording("Write `{key} = value`, without the command.", key=key.split()[-1])
        else:
            message = wording("{key} can be no key of the kernel", key=quoted(key))
            advice = wording("Delete the name and type it again in plain ASCII, without blanks.")
        yield RULE.at(declared.key_span or declared, message, advice, pointer=declared.pointer, subject=declared.name)
