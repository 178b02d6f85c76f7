"""Connection-tracking settings are made at boot, before anything has loaded the module they belong to."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import module_lines, short_name
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "connection-tracking-module-unloaded",
    Severity.WARNING,
    Basis.STANDARD,
    ("systemd-219: sysctl.d(5), order of units",),
)


PREFIXES = ("sysctl.net.netfilter.nf_conntrack_", "sysctl.net.nf_conntrack_")
MODULE = "nf_conntrack"
FILES = frozenset({"sysctl"})


def check(site: Site) -> Findings:
    """Yield the first such setting of a sysctl file, unless the host loads the module at boot."""
    files = {document.path for document in site.deployment.documents if document.format in FILES}
    keys = [each for each in site.kernel if each.name.startswith(PREFIXES)]
    keys = [each for each in keys if each.key_span and each.key_span.path in files]
    if not keys or any(line.replace("-", "_").startswith(MODULE) for line in module_lines(site, "modules-load.d")):
        return
    first = min(keys, key=lambda each: (each.key_span.path, each.key_span.line) if each.key_span else ("", 0))
    severity = RULE.severity if site.root else Severity.INFO
    message = wording(
        "{setting} exists only once the module nf_conntrack is loaded, which is after sysctl at boot",
        setting=short_name(first),
    )
    advice = wording("Write nf_conntrack into /etc/modules-load.d/nf_conntrack.conf.")
    yield RULE.at(
        first.key_span or first, message, advice, severity=severity, pointer=first.pointer, subject=first.name
    )
