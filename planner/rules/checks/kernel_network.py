"""Routing, filters and queues of the network: which setting takes effect, and what it does to voice."""

from __future__ import annotations

from math import ceil

from planner.catalogue.releases import kernel_key
from planner.deployment import Declared
from planner.finding import Edit
from planner.rules.rule import Findings, Rule, beside
from planner.rules.shared import short_name
from planner.rules.site import Site
from planner.sizing.constants import limit
from planner.wording import wording

PREFIX, SUFFIX, STRICT = "sysctl.net.ipv4.conf.", ".rp_filter", 1
IPV6_PREFIX = "sysctl.net.ipv6.conf."
PREFIXES = (PREFIX, IPV6_PREFIX)
GENERAL = frozenset({"all", "default", "lo"})


def reverse_path_filter_strict(site: Site, rule: Rule) -> Findings:
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
    if strict and len(_interfaces(site)) > 1:
        yield rule.found(site, modes["all" if "all" in strict else strict[0]])


def _interfaces(site: Site) -> set[str]:
    """Return the interfaces that settings name."""
    names = (each.name for each in site.kernel if each.name.startswith(PREFIXES))
    return {name.removeprefix(PREFIX).removeprefix(IPV6_PREFIX).rpartition(".")[0] for name in names} - GENERAL


RESET = frozenset({"sysctl.net.ipv4.conf.all.accept_redirects", "sysctl.net.ipv4.conf.all.forwarding"})


def forwarding_set_late(site: Site, rule: Rule) -> Findings:
    """Yield where a setting that it writes stands above it in the same file."""
    forward = site[rule.needs[0]]
    above = [each for each in site.kernel if each.name in RESET and _before(each, forward)]
    if above and site.number(forward.name) == 1:
        places = beside(above[0], wording("set before, and reset"))
        yield rule.found(site, related=places, setting=short_name(above[0]))


def _before(first: Declared, second: Declared) -> bool:
    if first.span is None or second.span is None:
        return False
    return first.span.path == second.span.path and first.span < second.span


def interface_default_too_late(site: Site, rule: Rule) -> Findings:
    """Yield defaults of interfaces without a setting for `all`."""
    settings = [each for each in site.kernel if each.name.startswith(IPV6_PREFIX)]
    for declared in settings:
        _, default, key = declared.name.partition(f"{IPV6_PREFIX}default.")
        if default and not any(each.name.endswith(f".{key}") and each is not declared for each in settings):
            yield rule.found(site, declared, span=declared.key_span, key=key)


WORDS = {
    "max": wording("the kernel takes the larger of both"),
    "or": wording("one of both is enough for the kernel"),
    "and": wording("the kernel wants both"),
}


def interface_setting_without_effect(site: Site, rule: Rule) -> Findings:
    """Yield each setting of an interface that the one of `all` decides; a dump shows what nobody has set, too."""
    dumps = {document.path for document in site.deployment.documents if document.format == "sysctl-dump"}
    for declared in site.kernel:
        if not declared.name.startswith(PREFIXES) or (declared.key_span and declared.key_span.path in dumps):
            continue
        prefix = next(each for each in PREFIXES if declared.name.startswith(each))
        interface, _, key = declared.name.removeprefix(prefix).rpartition(".")
        every = site.get(f"{prefix}all.{key}")
        if every is None or interface in {"all", "default", ""}:
            continue
        found = kernel_key(short_name(declared))
        if found is not None and _decided(found.combines, every.value, declared.value):
            places = beside(every, wording("the setting of all interfaces"))
            yield rule.found(
                site,
                declared,
                span=declared.key_span,
                related=places,
                how=WORDS[found.combines],
                key=short_name(declared),
                interface=interface,
                every=every.text,
            )


def _decided(combines: str, every: object, own: object) -> bool:
    if not isinstance(every, int) or not isinstance(own, int):
        return False
    return {"max": own < every, "or": every > 0 and own == 0, "and": every == 0 and own > 0}.get(combines, False)


def tw_recycle_behind_nat(site: Site, rule: Rule) -> Findings:
    """Yield where it is switched on."""
    if site.number(rule.needs[0]) != 0:
        span = site[rule.needs[0]].span
        yield rule.found(site, fix=Edit(span, replacement="0") if span else None)


def backlog_above_kernel_limit(site: Site, rule: Rule) -> Findings:
    """Yield where the wish exceeds the grant."""
    backlog, most = (site[name] for name in rule.needs)
    if site.number(backlog.name) > site.number(most.name):
        yield rule.found(site, declared=backlog.text, limit=most.text)


def packets_above_one_queue(site: Site, rule: Rule) -> Findings:
    """Yield where the packets in one direction exceed what a queue is good for."""
    queues, packets = max(site.number(rule.needs[0]), 1), site.figure("server.packets_per_second").value
    most = limit("network.queue_packets")
    if packets / queues > most:
        share = f"{packets / queues:,.0f}"
        yield rule.found(
            site, queues=f"{queues:.0f}", packets=share, queue_packets=f"{most:,}", enough=ceil(packets / most)
        )
