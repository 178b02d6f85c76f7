"""The kernel does not let anybody write this key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.catalogue.kernel_keys import kernel_key
from planner.finding import Basis, Severity
from planner.rules.rule import Rule
from planner.rules.shared import BUCKETS, kernel_version
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.finding import Finding
    from planner.rules.site import Site

RULE = Rule("read-only-kernel-key", Severity.WARNING, Basis.STANDARD, ("linux-sysctl-tables",))


def check(site: Site) -> Iterator[Finding]:
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
