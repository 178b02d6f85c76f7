"""Servers and their parts beside what the load needs."""

from __future__ import annotations

from planner.catalogue.display import format_quantity
from planner.finding import Severity
from planner.rules.rule import Findings, Rule, beside
from planner.rules.shared import is_myisam, short, short_name
from planner.rules.site import SERVERS, Site
from planner.sizing.constants import limit
from planner.sizing.plan import ALONE, is_beyond, within
from planner.wording import additions, wording


def cores_below_need(site: Site, rule: Rule) -> Findings:
    """Yield where the calls need more cores than are declared."""
    yield from short(site, rule, "count")


def cpu_above_planning_ceiling(site: Site, rule: Rule) -> Findings:
    """Yield where the typical utilisation is above the ceiling, but not above full load."""
    cores, share, most = site[rule.needs[0]], site.figure(rule.figures[0]).value, limit("cpu.ceiling")
    if share <= 1 and not within(share, most):
        yield rule.found(site, share=f"{share:.0%}", cores=cores.text, most=f"{most:.0%}")


def disk_below_need(site: Site, rule: Rule) -> Findings:
    """Yield where the declared disk is smaller than the need."""
    yield from short(site, rule, "B")


PARTS = {"server.cpu_cores": ("hardware.tier_cpu_cores", "count"), "server.ram": ("hardware.tier_ram_bytes", "B")}
"""What is declared of a server, with the figure it is compared with and that figure's unit."""


def hardware_below_tier(site: Site, rule: Rule) -> Findings:
    """Yield one finding at the first part that is smaller than the tier's; the others are beside it."""
    small = {}
    for name, (figure, unit) in PARTS.items():
        if site.get(name) and site.number(name) < (wanted := site.figure(figure).value):
            small[name] = f"{short_name(site[name])} {format_quantity(wanted, unit)}"
    if small:
        first, *others = (site[name] for name in small)
        places = tuple(place for each in others for place in beside(each, wording("this is smaller, too")))
        yield rule.found(site, first, related=places, parts=additions(small.values()))


def link_overloaded(site: Site, rule: Rule) -> Findings:
    """Yield where the link's utilisation is above the planning or the safety limit."""
    nic, wire, planned = site[rule.needs[0]], site.figure("server.wire_bits_per_second"), limit("link.planned")
    capacity = site.number(nic.name)
    if not within(wire.value / capacity, planned):
        yield rule.found(
            site,
            severity=Severity.ERROR if is_beyond("link", wire.low, capacity) else Severity.WARNING,
            wire=format_quantity(wire.value, "bit/s"),
            share=f"{wire.value / capacity:.1%}",
            nic=nic.text,
            planned=f"{planned:.0%}",
            recommended=format_quantity(site.figure("network.nic_bits_per_second").value, "bit/s"),
        )


ARCHITECTURE = "topology.architecture"
HOST = ("server.", "softswitch.", "sysctl.", "mysql.")
"""What describes one server: its parts and its settings."""


def load_above_one_server(site: Site, rule: Rule) -> Findings:
    """Yield where more than one server is needed and their number is not declared."""
    need = site.figure("hardware.servers").value
    if site.get(SERVERS) is None and not _alone(site) and need > 1:
        # A flag describes no server, and an architecture of several says that there are more.
        several = site.get(ARCHITECTURE) is not None
        described = not several and any(each.span and name.startswith(HOST) for name, each in site.usable.items())
        message = (
            wording("the load needs {need} servers, and one is described", need=f"{need:.0f}")
            if described
            else wording("the load needs {need} servers: how many there are is not declared", need=f"{need:.0f}")
        )
        severity = rule.severity if described else Severity.INFO
        advice = wording(
            "Declare topology.servers: {need} with an architecture, or a smaller load.", need=f"{need:.0f}"
        )
        if several:
            advice = wording("Declare topology.servers: {need}, or a smaller load.", need=f"{need:.0f}")
        basis = site.weakest(rule.basis, *rule.figures)
        yield rule.at(site[rule.needs[0]], message, advice, severity=severity, basis=basis)


def ram_below_need(site: Site, rule: Rule) -> Findings:
    """Yield where the need exceeds the declared RAM; the parts are assumptions, so it is never an error."""
    alone = wording("Plan more RAM: what a server needs by itself fills it, more servers do not help.")
    yield from short(site, rule, "B", "" if site.figure("hardware.servers_for_ram").value else alone)


def rotating_disk_above_500_calls(site: Site, rule: Rule) -> Findings:
    """Yield where an HDD meets more calls on a server than the documented number."""
    calls, most = site.figure("server.concurrent_calls").value, limit("storage.hdd_calls")
    if not is_myisam(site) and site.text(rule.needs[0]).lower() == "hdd" and calls > most:
        yield rule.found(site, calls=f"{calls:,.0f}", hdd_calls=most)


def servers_below_need(site: Site, rule: Rule) -> Findings:
    """Yield where the declared number is below the sizing's; `single` declares one."""
    if site.get(SERVERS) is None and not _alone(site):
        return
    servers, need = site.number_or(SERVERS, 1), site.figure("hardware.servers")
    if servers < need.value:
        from planner.sizing.decide import too_few  # noqa: PLC0415  most files need no decision

        severity = Severity.ERROR if site.needs.more_servers(servers) else Severity.WARNING
        if (told := too_few(site.needs.plan, ALONE if _alone(site) else "")) is not None:
            yield rule.at(site[rule.needs[0]], *told, severity=severity, basis=site.weakest(rule.basis, *rule.figures))


def _alone(site: Site) -> bool:
    return site.get(ARCHITECTURE) is not None and site.text(ARCHITECTURE) == ALONE


DR = "topology.dr"


def standby_counted_as_capacity(site: Site, rule: Rule) -> Findings:
    """Yield where the active half of the declared servers is less than the load needs."""
    servers, need = site.number(SERVERS), site.figure("hardware.servers").value
    if site.switch(DR) and servers >= need > servers / 2:
        yield rule.found(site, servers=f"{servers:.0f}", total=f"{2 * servers:.0f}")


def architecture_contradicts_servers(site: Site, rule: Rule) -> Findings:
    """Yield `single` with several servers that are no disaster-recovery pair, and a distribution over one."""
    _, architecture = rule.needs
    servers, single = site.number(SERVERS), _alone(site)
    pair = site.get(DR) is not None and site.switch(DR) and servers == 1 + 1
    if single and servers > 1 and not pair:
        message = wording(
            "{servers} servers are declared, but nothing distributes calls over them", servers=f"{servers:.0f}"
        )
        advice = wording("Declare prefix-partitioned or sip-load-balancer.")
    elif not single and servers == 1:
        message = wording(
            "{architecture} distributes calls, but only one server is declared", architecture=site.text(architecture)
        )
        advice = wording("Declare single.")
    else:
        return
    yield rule.at(site[architecture], message, advice, related=beside(site[SERVERS], wording("the number of servers")))
