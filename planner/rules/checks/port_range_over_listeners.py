"""Outgoing connections may take the ports of SIP, the database or the web server."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import limit, port_range, related, reserved, uncovered
from planner.rules.site import Site
from planner.wording import listing, term, wording

RULE = Rule(
    "port-range-over-listeners",
    Severity.WARNING,
    Basis.STANDARD,
    ("linux-el7-ip-sysctl",),
    needs=("sysctl.net.ipv4.ip_local_port_range",),
)


RESERVED = "sysctl.net.ipv4.ip_local_reserved_ports"


def check(site: Site) -> Findings:
    """Yield where listeners' ports lie in the range and are not reserved."""
    low, high = port_range(site, RULE.needs[0])
    covers = reserved(site[RESERVED].text) if site.get(RESERVED) else []
    exposed = {
        port: name for port, name in _listeners(site).items() if low <= port <= high and uncovered((port, port), covers)
    }
    if exposed:
        listeners = listing(
            wording("{port} ({name})", port=port, name=term(name)) for port, name in sorted(exposed.items())
        )
        listed = ",".join(map(str, sorted(exposed)))
        advice = wording(
            "Add net.ipv4.ip_local_reserved_ports = {ports}, with the ports reserved already.", ports=listed
        )
        message = wording(
            "an outgoing connection may take the port of a service that restarts: {listeners}", listeners=listeners
        )
        yield RULE.at(
            site[RULE.needs[0]], message, advice, related=related(site.get(RESERVED), wording("the ports reserved"))
        )


def _listeners(site: Site) -> dict[int, str]:
    ports = {int(port): name for port, name in limit("listeners").items()}
    for name in ("softswitch.SIP_PORT", "softswitch.SS_SIP_PORT", "mysql.port"):
        if site.get(name):
            ports[int(site.number(name))] = name.split(".", 1)[1]
    return ports
