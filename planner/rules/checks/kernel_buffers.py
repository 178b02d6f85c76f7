"""Socket buffers and the memory of UDP and TCP: what the kernel grants, and what the sockets of the calls need."""

from __future__ import annotations

from planner.catalogue.display import format_quantity
from planner.rules.rule import Findings, Rule, beside
from planner.rules.shared import pages_above_ram
from planner.rules.site import Site
from planner.sizing.constants import limit
from planner.wording import wording


def buffer_default_above_ceiling(site: Site, rule: Rule) -> Findings:
    """Yield for receive and send buffers alike."""
    for side in ("rmem", "wmem"):
        default, ceiling = (site.get(f"sysctl.net.core.{side}_{what}") for what in ("default", "max"))
        if default and ceiling and site.number(default.name) > site.number(ceiling.name):
            places = beside(ceiling, wording("the ceiling"))
            yield rule.found(site, default, related=places, side=side, default=default.text, ceiling=ceiling.text)


def receive_buffer_raised_in_vain(site: Site, rule: Rule) -> Findings:
    """Yield where the ceiling is above the boot value and no default is declared."""
    yield from _raised_in_vain(site, rule, "rmem")


def send_buffer_raised_in_vain(site: Site, rule: Rule) -> Findings:
    """Yield where the ceiling is above the boot value and no default is declared; said of receiving it is said once."""
    if not list(_raised_in_vain(site, rule, "rmem")):
        yield from _raised_in_vain(site, rule, "wmem")


def _raised_in_vain(site: Site, rule: Rule, side: str) -> Findings:
    ceiling, boot = site.get(f"sysctl.net.core.{side}_max"), limit("kernel.socket_buffer_default")
    if ceiling and not site.mentioned(f"sysctl.net.core.{side}_default") and site.number(ceiling.name) > boot:
        message = wording(
            "{side}_max is a ceiling: sockets that do not ask for more keep {size} B", side=side, size=f"{boot:,}"
        )
        advice = wording("Set net.core.{side}_default as well.", side=side)
        yield rule.at(ceiling, message, advice, span=ceiling.key_span)


def socket_buffers_above_udp_memory(site: Site, rule: Rule) -> Findings:
    """Yield where sockets x default exceeds the last value of udp_mem."""
    default, pages, _ = rule.needs
    sockets, most = site.figure("server.udp_ports").value, site.numbers(pages)[-1] * limit("kernel.page_bytes")
    size = sockets * site.number(default)
    if size > most:
        yield rule.found(
            site,
            sockets=f"{sockets:,.0f}",
            default=site[default].text,
            size=format_quantity(size, "B"),
            most=format_quantity(most, "B"),
        )


def tcp_memory_above_ram(site: Site, rule: Rule) -> Findings:
    """Yield where the largest value, in bytes, exceeds the warning share of RAM."""
    yield from pages_above_ram(site, rule)


def udp_memory_above_ram(site: Site, rule: Rule) -> Findings:
    """Yield where the largest value, in bytes, exceeds the warning share of RAM."""
    yield from pages_above_ram(site, rule)


def udp_memory_in_bytes(site: Site, rule: Rule) -> Findings:
    """Yield where the largest value is beyond what a server of the largest tier should hold."""
    pages = site.numbers(rule.needs[0])[-1]
    size = pages * limit("kernel.page_bytes")
    if not site.mentioned("server.ram") and size >= limit("kernel.udp_memory_copied"):
        yield rule.found(site, pages=f"{pages:,}", size=f"{size / 2**30:,.3g}")


def vector_unordered(site: Site, rule: Rule) -> Findings:
    """Yield triplets that do not ascend."""
    for name in limit("kernel.ascending"):
        if (declared := site.get(f"sysctl.{name}")) is None:
            continue
        values = site.numbers(declared.name)
        if list(values) != sorted(values):
            ordered = " ".join(map(str, sorted(values)))
            yield rule.found(site, declared, name=name, declared=declared.text, values=ordered)
