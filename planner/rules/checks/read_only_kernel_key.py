"""The kernel does not let anybody write this key."""

from planner.catalogue.kernel_keys import kernel_key
from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import BUCKETS, kernel_version
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule("read-only-kernel-key", Severity.WARNING, Basis.STANDARD, ("linux-sysctl-tables",))


def check(site: Site) -> Findings:
    """Yield each declared key that is read-only; what a running kernel printed is no attempt to write."""
    kernel = kernel_version(site)
    if any(document.format == "sysctl-dump" for document in site.deployment.documents):
        return
    for declared in site.kernel:
        found = kernel_key(declared.name.removeprefix("sysctl."))
        if found is None or not found.exists(kernel) or not found.read_only(kernel):
            continue
        message = wording("{key} is read-only: the kernel refuses the write", key=found.key)
        advice = (
            wording("Set `options nf_conntrack hashsize=N` in /etc/modprobe.d instead.")
            if declared.name == BUCKETS
            else wording("Remove the line.")
        )
        yield RULE.at(declared.key_span or declared, message, advice, pointer=declared.pointer, subject=declared.name)
