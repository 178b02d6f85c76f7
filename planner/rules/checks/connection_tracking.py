"""Connection tracking: the size of its table, its chains and memory, the module, the helpers and timeouts."""

from __future__ import annotations

import re
from math import ceil

from planner.catalogue.display import format_quantity
from planner.catalogue.releases import kernel_key
from planner.finding import Severity
from planner.rules.rule import Findings, Rule, beside
from planner.rules.shared import BUCKETS, kernel_version, module_lines, short_name
from planner.rules.site import Site
from planner.sizing.constants import defaults, limit
from planner.sizing.leaves import crowded
from planner.wording import wording


def connection_tracking_below_need(site: Site, rule: Rule) -> Findings:
    """Yield where the limit is below need x headroom."""
    most, need = site[rule.needs[0]], site.figure("server.conntrack_entries").value
    tracked = site.number(most.name)
    if (message := crowded(tracked, need, site.figure("kernel.conntrack_headroom").value)) is not None:
        severity = Severity.ERROR if tracked < need else Severity.WARNING
        sound = f"{site.figure('server.conntrack_max').value:.0f}"
        advice = wording("Set {setting} = {sound} and the hash size with it.", setting=short_name(most), sound=sound)
        yield rule.at(most, message, advice, severity=severity, basis=site.weakest(rule.basis, *rule.figures))


HASHSIZE = re.compile(r"options\s+nf_conntrack\s(?:.*\s)?hashsize=([0-9]{1,12})(?:\s|$)")


def connection_tracking_chains_long(site: Site, rule: Rule) -> Findings:
    """Yield where connections per bucket, each counted twice, exceed the kernel's own ratio."""
    key, heeded = kernel_key(BUCKETS.removeprefix("sysctl.")), site.get(BUCKETS)
    if key is not None and key.read_only(kernel_version(site)):
        heeded = None
    most, buckets, assumed = site.number(rule.needs[0]), site.number(BUCKETS) if heeded else _hash_size(site), ""
    if not heeded and not buckets:
        buckets, assumed = _at_boot(site)
    chain = 2 * most / buckets if buckets > 0 else 0
    if chain > limit("conntrack.chain"):
        yield rule.found(
            site,
            related=beside(heeded, wording("the buckets")),
            most=f"{most:,.0f}",
            buckets=f"{buckets:,.0f}",
            assumed=assumed,
            chain=f"{chain:,.3g}",
            sound=limit("conntrack.chain"),
            advised=ceil(most / 4),
        )


def _at_boot(site: Site) -> tuple[float, str]:
    """Return the buckets the kernel makes for the RAM declared, for much of it if none is, and when it makes them."""
    little = site.get("server.ram") and site.number("server.ram") <= _standard("little_ram")
    buckets = _standard("default_little" if little else "default") / _standard("per_bucket")
    if little:
        return buckets, wording(", the boot value of 1 to 4 GiB of RAM")
    return buckets, wording(", the boot value above 4 GiB of RAM")


def _standard(name: str) -> float:
    return defaults()[f"kernel.conntrack_{name}"].assumption.range.typical


def _hash_size(site: Site) -> int:
    """Return the hash size a host's `modprobe.d` gives the module when it is loaded; 0 where it gives none."""
    found = (HASHSIZE.match(line) for line in module_lines(site, "modprobe.d"))
    return max((int(match[1]) for match in found if match), default=0)


def connection_tracking_memory_large(site: Site, rule: Rule) -> Findings:
    """Yield where limit x bytes per entry exceeds the share of RAM."""
    most, ram = map(site.number, rule.needs)
    size = most * limit("conntrack.entry_bytes")
    if size > limit("conntrack.memory_share") * ram:
        yield rule.found(site, size=format_quantity(size, "B"), share=f"{size / ram:.1%}")


def connection_tracking_module_unloaded(site: Site, rule: Rule) -> Findings:
    """Yield the first such setting of a sysctl file, unless the host loads the module at boot."""
    yield from _before(site, rule, "nf_conntrack", ("sysctl.net.netfilter.nf_conntrack_", "sysctl.net.nf_conntrack_"))


def bridge_filter_module_unloaded(site: Site, rule: Rule) -> Findings:
    """Yield the first setting of bridged packets, unless the host loads their module at boot."""
    kernel = kernel_version(site)
    if kernel is None or kernel.reaches("3.10"):  # before, they come with the bridge itself
        yield from _before(site, rule, "br_netfilter", ("sysctl.net.bridge.bridge-nf-",))


def _before(site: Site, rule: Rule, module: str, prefixes: tuple[str, ...]) -> Findings:
    """Yield the first setting of a sysctl file that is made before its module is there."""
    files = {document.path for document in site.deployment.documents if document.format == "sysctl"}
    named = [each for each in site.kernel if each.name.startswith(prefixes)] if files else []
    keys = [each for each in named if each.key_span and each.key_span.path in files]
    if not keys or any(line.replace("-", "_").startswith(module) for line in module_lines(site, "modules-load.d")):
        return
    first = min(keys, key=lambda each: (each.key_span.path, each.key_span.line) if each.key_span else ("", 0))
    message = wording(
        "{setting} exists only once the module {module} is loaded, which is after sysctl at boot",
        setting=short_name(first),
        module=module,
    )
    advice = wording("Write {module} into /etc/modules-load.d/{module}.conf.", module=module)
    severity = rule.severity if site.root else Severity.INFO
    yield rule.at(first, message, advice, span=first.key_span, severity=severity)


def connection_helper_on(site: Site, rule: Rule) -> Findings:
    """Yield where the helper is assigned to flows automatically."""
    if site.number(rule.needs[0]) == 1:
        yield rule.found(site)


STREAM = "sysctl.net.netfilter.nf_conntrack_udp_timeout_stream"


def connection_timeout_of_tcp_only(site: Site, rule: Rule) -> Findings:
    """Yield where only the TCP timeout is declared."""
    if not site.mentioned(STREAM):
        yield rule.found(site, span=site[rule.needs[0]].key_span)
