"""The tracking table may hold far more connections than its hash has buckets for."""

import re
from math import ceil

from planner.catalogue.kernel_keys import kernel_key
from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import BUCKETS, kernel_version, limit, module_lines, related
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "connection-tracking-chains-long",
    Severity.WARNING,
    Basis.STANDARD,
    ("linux-el7-conntrack",),
    needs=("sysctl.net.netfilter.nf_conntrack_max|sysctl.net.nf_conntrack_max",),
)
HASHSIZE = re.compile(r"options\s+nf_conntrack\s(?:.*\s)?hashsize=([0-9]{1,12})(?:\s|$)")


def check(site: Site) -> Findings:
    """Yield where connections per bucket, each counted twice, exceed the kernel's own ratio."""
    key, heeded = kernel_key(BUCKETS.removeprefix("sysctl.")), site.get(BUCKETS)
    if key is not None and key.read_only(kernel_version(site)):
        heeded = None
    at_load = _hash_size(site)
    most, buckets = (
        site.number(RULE.needs[0]),
        site.number(BUCKETS) if heeded else at_load or limit("conntrack.buckets"),
    )
    chain = 2 * most / buckets if buckets > 0 else 0
    if chain > limit("conntrack.chain"):
        assumed = "" if heeded or at_load else wording(", the boot value above 4 GiB of RAM")
        message = wording(
            "{most} connections in {buckets} buckets{assumed}, make chains of {chain} instead of {sound}",
            most=f"{most:,.0f}",
            buckets=f"{buckets:,.0f}",
            assumed=assumed,
            chain=f"{chain:,.3g}",
            sound=limit("conntrack.chain"),
        )
        advice = wording(
            "Set `options nf_conntrack hashsize={buckets}` in /etc/modprobe.d/nf_conntrack.conf.",
            buckets=ceil(most / 4),
        )
        yield RULE.at(site[RULE.needs[0]], message, advice, related=related(heeded, wording("the buckets")))


def _hash_size(site: Site) -> int:
    """Return the hash size a host's `modprobe.d` gives the module when it is loaded; 0 where it gives none."""
    found = (HASHSIZE.match(line) for line in module_lines(site, "modprobe.d"))
    return max((int(match[1]) for match in found if match), default=0)
