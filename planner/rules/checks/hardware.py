"""Servers and their parts beside what the load needs."""

from __future__ import annotations

from planner.catalogue.display import format_quantity
from planner.finding import Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import is_myisam, related, short, short_name
from planner.rules.site import SERVERS, Site
from planner.sizing.constants import limit
from planner.sizing.plan import ALONE, is_beyond, within
from planner.wording import additions, wording


def cores_below_need(site: Site, rule: Rule) -> Findings:
    """Yield where the calls need more cores than are declared."""
    yield from short(
        site, rule, rule.needs[0], "count", wording("Plan more cores, more servers, or calls without media.")
    )


def cpu_above_planning_ceiling(site: Site, rule: Rule) -> Findings:
    """Yield where the typical utilisation is above the ceiling, but not above full load."""
    cores, share, most = (site[rule.needs[0]], site.figure(rule.figures[0]).value, limit("cpu.ceiling"))
    if share <= 1 and not within(share, most):
        message = wording(
            "the calls keep {share} of {cores} cores busy; {most} is the most to plan for",
            share=f"{share:.0%}",
            cores=cores.text,
            most=f"{most:.0%}",
        )
        basis = site.weakest(rule.basis, *rule.figures)
        yield rule.at(cores, message, wording("Plan more cores or more servers."), basis=basis)


def disk_below_need(site: Site, rule: Rule) -> Findings:
    """Yield where the declared disk is smaller than the need."""
    yield from short(site, rule, rule.needs[0], "B", wording("Shorten retention or plan a larger disk."))


PARTS = {"server.cpu_cores": ("hardware.tier_cpu_cores", "count"), "server.ram": ("hardware.tier_ram_bytes", "B")}
"""What is declared of a server, with the figure it is compared with and that figure's unit."""


def hardware_below_tier(site: Site, rule: Rule) -> Findings:
    """Yield one finding at the first part that is smaller than the tier's; the others are beside it."""
    small = [name for name in PARTS if site.get(name) and site.number(name) < _wanted(site, name)]
    if small:
        parts = additions(_shown(site, name) for name in small)
        message = wording("the documented tier for this load has {parts}", parts=parts)
        beside = tuple(place for name in small[1:] for place in related(site[name], wording("this is smaller, too")))
        advice = wording("Plan the tier, or measure that less is enough.")
        basis = site.weakest(rule.basis, *rule.figures)
        yield rule.at(site[small[0]], message, advice, related=beside, basis=basis)


def _wanted(site: Site, name: str) -> float:
    return site.figure(PARTS[name][0]).value


def _shown(site: Site, name: str) -> str:
    return f"{short_name(site[name])} {format_quantity(_wanted(site, name), PARTS[name][1])}"


def link_overloaded(site: Site, rule: Rule) -> Findings:
    """Yield where the link's utilisation is above the planning or the safety limit."""
    nic, wire = site[rule.needs[0]], site.figure("server.wire_bits_per_second")
    share = wire.value / site.number(rule.needs[0])
    if within(share, limit("link.planned")):
        return
    severity = Severity.ERROR if is_beyond("link", wire.low, site.number(rule.needs[0])) else Severity.WARNING
    message = wording(
        "{wire} each way is {share} of {nic}; plan for {planned} at most",
        wire=format_quantity(wire.value, "bit/s"),
        share=f"{share:.1%}",
        nic=nic.text,
        planned=f"{limit('link.planned'):.0%}",
    )
    recommended = format_quantity(site.figure("network.nic_bits_per_second").value, "bit/s")
    basis = site.weakest(rule.basis, *rule.figures)
    yield rule.at(
        nic,
        message,
        wording("Plan {recommended}, several links or more servers.", recommended=recommended),
        severity=severity,
        basis=basis,
    )


ARCHITECTURE = "topology.architecture"
HOST = ("server.", "softswitch.", "sysctl.", "mysql.")
"""What describes one server: its parts and its settings."""


def load_above_one_server(site: Site, rule: Rule) -> Findings:
    """Yield where more than one server is needed and their number is not declared."""
    need = site.figure("hardware.servers").value
    if site.get(SERVERS) is None and not _alone(site) and need > 1:
        # A flag describes no server.
        described = any(each.span and name.startswith(HOST) for name, each in site.usable.items())
        message = (
            wording("the load needs {need} servers, and one is described", need=f"{need:.0f}")
            if described
            else wording("the load needs {need} servers: how many there are is not declared", need=f"{need:.0f}")
        )
        severity = rule.severity if described else Severity.INFO
        advice = wording(
            "Declare topology.servers: {need} with an architecture, or a smaller load.", need=f"{need:.0f}"
        )
        basis = site.weakest(rule.basis, *rule.figures)
        yield rule.at(site[rule.needs[0]], message, advice, severity=severity, basis=basis)


def ram_below_need(site: Site, rule: Rule) -> Findings:
    """Yield where the need exceeds the declared RAM; the parts are assumptions, so it is never an error."""
    advice = wording("Plan more RAM or more servers.")
    if not site.figure("hardware.servers_for_ram").value:
        advice = wording("Plan more RAM: what a server needs by itself fills it, more servers do not help.")
    yield from short(site, rule, rule.needs[0], "B", advice)


def rotating_disk_above_500_calls(site: Site, rule: Rule) -> Findings:
    """Yield where an HDD meets more calls on a server than the documented number."""
    calls = site.figure("server.concurrent_calls").value
    if not is_myisam(site) and site.text(rule.needs[0]).lower() == "hdd" and calls > limit("storage.hdd_calls"):
        message = wording(
            "{calls} concurrent calls write to a rotating disk; {hdd_calls} are the most it is recommended for",
            calls=f"{calls:,.0f}",
            hdd_calls=limit("storage.hdd_calls"),
        )
        basis = site.weakest(rule.basis, *rule.figures)
        yield rule.at(site[rule.needs[0]], message, wording("Plan an SSD or NVMe disk."), basis=basis)


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
        message = wording(
            "{total} servers in all: {servers} for the load, and a standby for each on top",
            servers=f"{servers:.0f}",
            total=f"{2 * servers:.0f}",
        )
        advice = wording("Where the standbys are among the {servers}, plan more servers.", servers=f"{servers:.0f}")
        places = related(site[DR], wording("a standby waits; it adds no capacity"))
        basis = site.weakest(rule.basis, *rule.figures)
        yield rule.at(site[SERVERS], message, advice, related=places, basis=basis)


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
        message, advice = (
            wording(
                "{architecture} distributes calls, but only one server is declared",
                architecture=site.text(architecture),
            ),
            wording("Declare single."),
        )
    else:
        return
    yield rule.at(site[architecture], message, advice, related=related(site[SERVERS], wording("the number of servers")))
