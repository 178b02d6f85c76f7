"""A sysctl file uses the `-` prefix or a glob, which the readers of CentOS 7 do not know."""

from planner.document.text import split_lines
from planner.finding import Basis, Severity, Span
from planner.rules.rule import Findings, Rule
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "sysctl-syntax-of-newer-readers",
    Severity.ERROR,
    Basis.STANDARD,
    ("procps-3.3.10: sysctl.c, the prefix came with 3.3.16", "systemd-219: sysctl.c"),
)


FORMATS = frozenset({"sysctl"})
PROFILE = "server.sysctl_profile"
OLD = frozenset({"el6-boot", "el7-boot", "procps-system"})
SPECIAL = frozenset("*?[")


def check(site: Site) -> Findings:
    """Yield the keys whose line begins with `-`, or whose name is a pattern."""
    profile = site.text(PROFILE) if site.get(PROFILE) else ""
    if profile and profile not in OLD:
        return
    severity = Severity.ERROR if profile else Severity.WARNING
    for document in site.deployment.documents:
        for number, line in enumerate(split_lines(document.text) if document.format in FORMATS else (), 1):
            key = line.partition("=")[0].strip()
            if "=" in line and (key.startswith("-") or (SPECIAL & set(key) and not key.startswith(("#", ";")))):
                what = wording("the - prefix") if key.startswith("-") else wording("a pattern of keys")
                message = wording(
                    "{key}: the readers of CentOS 7 do not know {what} and pass over the line", key=key, what=what
                )
                span = Span.at(document.path, number, line.index(key) + 1, len(key))
                yield RULE.at(
                    span,
                    message,
                    wording("Write the full name of each key, without a prefix."),
                    severity=severity,
                    subject=key,
                )
