"""Local ports, the services that listen, and the ports of media."""

from __future__ import annotations

from collections.abc import Iterator

from planner.finding import Edit, Severity
from planner.rules.rule import Findings, Rule, beside
from planner.rules.shared import port_range, port_ranges, reserved, uncovered
from planner.rules.site import Site
from planner.sizing.constants import limit
from planner.sizing.leaves import narrow
from planner.wording import listing, term, wording


def port_range_of_one_parity(site: Site, rule: Rule) -> Findings:
    """Yield where the ends have the same parity."""
    low, high = port_range(site, rule.needs[0])
    if low < high and low % 2 == high % 2:
        parity = wording("odd") if low % 2 else wording("even")
        yield rule.found(site, low=low, high=high, parity=parity, end=high - 1)


RESERVED = "sysctl.net.ipv4.ip_local_reserved_ports"


def port_range_over_listeners(site: Site, rule: Rule) -> Findings:
    """Yield where listeners' ports lie in the range and are not reserved."""
    low, high = port_range(site, rule.needs[0])
    covers = reserved(site[RESERVED].text) if site.get(RESERVED) else []
    shared = {(max(low, first), min(high, last)): name for (first, last), name in _listeners(site)}
    exposed = {_shown(*ports): name for ports, name in sorted(shared.items()) if uncovered(ports, covers)}
    if exposed:
        yield rule.found(site, listeners=_told(exposed), ports=",".join(exposed))


def _told(exposed: dict[str, str]) -> str:
    return listing(wording("{port} ({name})", port=ports, name=term(name)) for ports, name in exposed.items())


def media_range_over_listeners(site: Site, rule: Rule) -> Findings:
    """Yield where services that listen by UDP, as media does, have ports of the range."""
    services = [each for each in _listeners(site) if each[1].partition(",")[0] in limit("listeners.udp")]
    shared = {
        (max(low, first), min(high, last)): name
        for low, high in port_ranges(site, rule.needs[0])
        for (first, last), name in services
    }
    if exposed := {_shown(*ports): name for ports, name in sorted(shared.items()) if ports[0] <= ports[1]}:
        yield rule.found(site, listeners=_told(exposed))


SIP, DATABASE = "softswitch.SIP_PORT", "mysql.port"


def _listeners(site: Site) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield ranges of ports with who listens there: where one is declared, that one instead of the usual."""
    declared = {"SIP": port_ranges(site, SIP)} if site.get(SIP) else {}
    if site.get(DATABASE):
        declared["MySQL"] = [(int(site.number(DATABASE)),) * 2]
    for port, name in limit("listeners").items():
        if name.partition(",")[0] not in declared:
            yield (int(port), int(port)), name
    for name, ranges in declared.items():
        yield from ((ports, name) for ports in ranges)


def _shown(first: int, last: int) -> str:
    return f"{first}" if first == last else f"{first}-{last}"


LOCAL = "sysctl.net.ipv4.ip_local_port_range"


def port_range_over_media(site: Site, rule: Rule) -> Findings:
    """Yield where the ranges overlap in ports that are not reserved."""
    (media,) = rule.needs
    declared = site.get(LOCAL)
    low, high = port_range(site, LOCAL) if declared else site.default(LOCAL)
    covers = reserved(site[RESERVED].text) if site.get(RESERVED) else []
    for first, last in port_ranges(site, media):
        shared = max(low, first), min(high, last)
        if shared[0] <= shared[1] and uncovered(shared, covers):
            range_of = "" if declared else wording(", the kernel's range where none is set,")
            places = beside(site[media], wording("the media range")) if declared else ()
            yield rule.found(
                site, declared, related=places, low=shared[0], high=shared[1], range_of=range_of, first=first, last=last
            )


def port_range_reversed(site: Site, rule: Rule) -> Findings:
    """Yield where the first port is above the last."""
    (low, high), declared = port_range(site, rule.needs[0]), site[rule.needs[0]]
    if low > high:
        plain = declared.span is not None and declared.text == f"{low} {high}"
        fix = Edit(declared.span, replacement=f"{high} {low}") if declared.span and plain else None
        yield rule.found(site, low=low, high=high, fix=fix)


def rtp_ports_below_calls(site: Site, rule: Rule) -> Findings:
    """Yield where the ports of the range are fewer than those of the calls."""
    media, local = rule.needs[0].split("|")
    declared = site.get(media) is not None
    ranges = port_ranges(site, media) if declared else [port_range(site, local)]
    available, need = sum(last - first + 1 for first, last in ranges), site.figure("server.udp_ports")
    calls, each = (site.figure(name).value for name in ("server.concurrent_calls", "kernel.ports_per_call"))
    if told := narrow(available, need.value, calls, each):
        severity = Severity.ERROR if declared and available < need.low else Severity.WARNING
        yield rule.at(site[rule.needs[0]], *told, basis=site.weakest(rule.basis, *rule.figures), severity=severity)
