"""Routing, filters and queues of the network: which setting takes effect, and what it does to voice."""

from __future__ import annotations

from math import ceil

from planner.catalogue.releases import kernel_key
from planner.deployment import Declared
from planner.finding import Edit, Finding
from planner.rules.rule import Findings, Rule
from planner.rules.shared import related, short_name
from planner.rules.site import Site
from planner.sizing.constants import limit
from planner.wording import wording

PREFIX, SUFFIX, STRICT = "sysctl.net.ipv4.conf.", ".rp_filter", 1
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
        place = modes["all" if "all" in strict else strict[0]]
        message = wording(
            "strict reverse-path filtering drops packets that arrive on another interface than the route back uses"
        )
        yield rule.at(place, message, wording("Use 2, loose mode, where calls may come in on several interfaces."))


def _interfaces(site: Site) -> set[str]:
    """Return the interfaces that settings name."""
    names = (each.name for each in site.kernel if each.name.startswith((PREFIX, IPV6_PREFIX)))
    return {name.removeprefix(PREFIX).removeprefix(IPV6_PREFIX).rpartition(".")[0] for name in names} - GENERAL


RESET = frozenset({"sysctl.net.ipv4.conf.all.accept_redirects", "sysctl.net.ipv4.conf.all.forwarding"})


def forwarding_set_late(site: Site, rule: Rule) -> Findings:
    """Yield where a setting that it writes stands above it in the same file."""
    forward = site[rule.needs[0]]
    above = [each for each in site.kernel if each.name in RESET and _before(each, forward)]
    if above and site.number(forward.name) == 1:
        message = wording("setting ip_forward sets {setting}, written above it, anew", setting=short_name(above[0]))
        yield rule.at(
            forward,
            message,
            wording("Put net.ipv4.ip_forward first."),
            related=related(above[0], wording("set before, and reset")),
        )


def _before(first: Declared, second: Declared) -> bool:
    if first.span is None or second.span is None:
        return False
    return first.span.path == second.span.path and first.span < second.span


IPV6_PREFIX = "sysctl.net.ipv6.conf."


def interface_default_too_late(site: Site, rule: Rule) -> Findings:
    """Yield defaults of interfaces without a setting for `all`."""
    for declared in site.kernel:
        if declared.name.startswith(f"{IPV6_PREFIX}default."):
            key = declared.name.removeprefix(f"{IPV6_PREFIX}default.")
            if not any(
                each.name.startswith(IPV6_PREFIX) and each.name.endswith(f".{key}") and each is not declared
                for each in site.kernel
            ):
                message = wording(
                    "conf.default.{key} is for interfaces created later; those that exist keep their value", key=key
                )
                yield rule.at(
                    declared.key_span or declared,
                    message,
                    wording("Set net.ipv6.conf.all.{key} as well, or the interfaces themselves.", key=key),
                    pointer=declared.pointer,
                    subject=declared.name,
                )


PREFIXES = ("sysctl.net.ipv4.conf.", "sysctl.net.ipv6.conf.")
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
        found = kernel_key(declared.name.removeprefix("sysctl."))
        if found is not None and _decided(found.combines, every.value, declared.value):
            yield _said(declared, every, interface, WORDS[found.combines], rule)


def _decided(combines: str, every: object, own: object) -> bool:
    if not isinstance(every, int) or not isinstance(own, int):
        return False
    return {"max": own < every, "or": every > 0 and own == 0, "and": every == 0 and own > 0}.get(combines, False)


def _said(declared: Declared, every: Declared, interface: str, how: str, rule: Rule) -> Finding:
    message = wording(
        "{key} has no effect on {interface}: `all` is {every}, and {how}",
        key=declared.name.removeprefix("sysctl."),
        interface=interface,
        every=every.text,
        how=how,
    )
    return rule.at(
        declared.key_span or declared,
        message,
        wording("Change the setting of `all`, or remove this line."),
        related=related(every, wording("the setting of all interfaces")),
        pointer=declared.pointer,
        subject=declared.name,
    )


def tw_recycle_behind_nat(site: Site, rule: Rule) -> Findings:
    """Yield where it is switched on."""
    if site.number(rule.needs[0]) != 0:
        message = wording("tcp_tw_recycle refuses connections of clients that share an address behind NAT")
        yield rule.at(
            site[rule.needs[0]],
            message,
            wording("Set net.ipv4.tcp_tw_recycle = 0, or remove the line."),
            fix=_off(site[rule.needs[0]]),
        )


def _off(declared: Declared) -> Edit | None:
    """Return the edit that sets 0 in the place of the value."""
    return Edit(span=declared.span, replacement="0") if declared.span else None


def backlog_above_kernel_limit(site: Site, rule: Rule) -> Findings:
    """Yield where the wish exceeds the grant."""
    backlog, limit = rule.needs
    if site.number(backlog) > site.number(limit):
        message = wording(
            "back_log = {declared} is cut to net.core.somaxconn = {limit}",
            declared=site[backlog].text,
            limit=site[limit].text,
        )
        yield rule.at(
            site[backlog],
            message,
            wording("Set net.core.somaxconn = {declared}.", declared=site[backlog].text),
            related=related(site[limit], wording("the kernel's limit")),
        )


def packets_above_one_queue(site: Site, rule: Rule) -> Findings:
    """Yield where the packets in one direction exceed what a queue is good for."""
    queues, packets = (max(site.number(rule.needs[0]), 1), site.figure("server.packets_per_second").value)
    if packets / queues > limit("network.queue_packets"):
        message = wording(
            "each of {queues} receive queues gets {packets} packets per second; {queue_packets} is "
            "what one is good for",
            queues=f"{queues:.0f}",
            packets=f"{packets / queues:,.0f}",
            queue_packets=f"{limit('network.queue_packets'):,}",
        )
        advice = wording("Use {queues} queues: ethtool -L.", queues=ceil(packets / limit("network.queue_packets")))
        yield rule.at(site[rule.needs[0]], message, advice, basis=site.weakest(rule.basis, *rule.figures))
