"""Socket buffers and the memory of UDP and TCP: what the kernel grants, and what the sockets of the calls need."""

from __future__ import annotations

from planner.catalogue.display import format_quantity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import pages_above_ram, related
from planner.rules.site import Site
from planner.sizing.constants import limit
from planner.wording import wording


def buffer_default_above_ceiling(site: Site, rule: Rule) -> Findings:
    """Yield for receive and send buffers alike."""
    for side in ("rmem", "wmem"):
        default, ceiling = (site.get(f"sysctl.net.core.{side}_{what}") for what in ("default", "max"))
        if default and ceiling and site.number(default.name) > site.number(ceiling.name):
            message = wording(
                "{side}_default = {default} is above {side}_max = {ceiling}",
                side=side,
                default=default.text,
                ceiling=ceiling.text,
            )
            yield rule.at(
                default,
                message,
                wording("Raise {side}_max to {default}.", side=side, default=default.text),
                related=related(ceiling, wording("the ceiling")),
            )


DEFAULT = "sysctl.net.core.rmem_default"


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
        place = ceiling.key_span or ceiling
        yield rule.at(place, message, advice, pointer=ceiling.pointer, subject=ceiling.name)


def socket_buffers_above_udp_memory(site: Site, rule: Rule) -> Findings:
    """Yield where sockets x default exceeds the last value of udp_mem."""
    _, pages, _ = rule.needs
    sockets, most = (site.figure("server.udp_ports").value, site.numbers(pages)[-1] * limit("kernel.page_bytes"))
    size = sockets * site.number(DEFAULT)
    if size > most:
        message = wording(
            "{sockets} sockets of {default} B may queue {size}; udp_mem allows {most}",
            sockets=f"{sockets:,.0f}",
            default=site[DEFAULT].text,
            size=format_quantity(size, "B"),
            most=format_quantity(most, "B"),
        )
        basis = site.weakest(rule.basis, *rule.figures)
        yield rule.at(
            site[DEFAULT],
            message,
            wording("Keep rmem_default small."),
            related=related(site[pages], wording("the limit of all sockets")),
            basis=basis,
        )


def tcp_memory_above_ram(site: Site, rule: Rule) -> Findings:
    """Yield where the largest value, in bytes, exceeds the warning share of RAM."""
    yield from pages_above_ram(site, rule)


def udp_memory_above_ram(site: Site, rule: Rule) -> Findings:
    """Yield where the largest value, in bytes, exceeds the warning share of RAM."""
    yield from pages_above_ram(site, rule)


RAM = "server.ram"


def udp_memory_in_bytes(site: Site, rule: Rule) -> Findings:
    """Yield where the largest value is beyond what a server of the largest tier should hold."""
    pages = site.numbers(rule.needs[0])[-1]
    size = pages * limit("kernel.page_bytes")
    if not site.mentioned(RAM) and size >= limit("kernel.udp_memory_copied"):
        message = wording(
            "udp_mem counts pages of 4096 B: {pages} of them are {size} GiB",
            pages=f"{pages:,}",
            size=f"{size / 2**30:,.3g}",
        )
        yield rule.at(
            site[rule.needs[0]], message, wording("Remove the line to keep the boot default, 19 % of RAM at most.")
        )


def vector_unordered(site: Site, rule: Rule) -> Findings:
    """Yield triplets that do not ascend."""
    for name in limit("kernel.ascending"):
        if (declared := site.get(f"sysctl.{name}")) is None:
            continue
        values = site.numbers(declared.name)
        if list(values) != sorted(values):
            message = wording(
                "{name} = {declared} does not ascend; its values mean least, middle and largest",
                name=name,
                declared=declared.text,
            )
            yield rule.at(
                declared, message, wording("Order them, such as {values}.", values=" ".join(map(str, sorted(values))))
            )
