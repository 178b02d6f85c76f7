"""The port range for media holds fewer ports than the calls need."""

from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Findings, Rule
from planner.rules.shared import port_range, port_ranges
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "rtp-ports-below-calls",
    Severity.ERROR,
    Basis.STANDARD,
    ("rfc-3550: section 11, RTP and RTCP on two ports a leg",),
    needs=("server.rtp_ports|sysctl.net.ipv4.ip_local_port_range", TRAFFIC),
    figures=("server.udp_ports",),
    yields_to=("port-range-reversed",),
)
MEDIA, LOCAL = RULE.needs[0].split("|")


def check(site: Site) -> Findings:
    """Yield where the ports of the range are fewer than those of the calls."""
    declared = site.get(MEDIA) is not None
    ranges = port_ranges(site, MEDIA) if declared else [port_range(site, LOCAL)]
    available, need = sum(last - first + 1 for first, last in ranges), site.figure("server.udp_ports")
    if available < need.value:
        calls = site.figure("server.concurrent_calls").value
        carried = wording(
            "{ports} ports carry {calls} relayed calls", ports=f"{available:,}", calls=f"{available // 4:,}"
        )
        message = wording(
            "{carried}; {calls} calls need {need}", carried=carried, calls=f"{calls:,.0f}", need=f"{need.value:,.0f}"
        )
        severity = Severity.ERROR if declared and available < need.low else Severity.WARNING
        facts = {"basis": site.weakest(RULE.basis, *RULE.figures), "severity": severity}
        yield RULE.at(site[RULE.needs[0]], message, wording("Widen the range or add servers."), **facts)
