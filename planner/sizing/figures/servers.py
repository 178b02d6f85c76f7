"""How many servers the load needs, and what each of them carries.

Each server of a partitioned site carries its own share of the erlangs: trunks that are split lose efficiency,
so a server is full when its share reaches the erlangs its documented number of calls carries at the grade of
service.
"""

from __future__ import annotations

from planner.sizing.numbers import Figure

GUIDE = "guide-scaling: single-server capacity limits"
ARCHITECTURE = "guide-scaling: multiple server architecture"

FIGURES = (
    Figure(
        "limit.calls",
        "count",
        "Calls one server carries in this media mode",
        "where(server.media, limit.calls_media, limit.calls_signalling)",
        (GUIDE,),
    ),
    Figure(
        "limit.cps",
        "1/s",
        "Attempts per second one server carries in this media mode",
        "where(server.media, limit.cps_media, limit.cps_signalling)",
        (GUIDE,),
    ),
    Figure(
        "hardware.servers_for_calls",
        "count",
        "Servers for the concurrent calls",
        "where(given.direct, ceil(traffic.concurrent_calls_peak / limit.calls), "
        "ceil(traffic.offered_erlangs / erlangs(limit.calls, traffic.blocking)))",
        (ARCHITECTURE, "erlang-theory: Erlang B"),
    ),
    Figure(
        "hardware.servers_for_cps",
        "count",
        "Servers for the attempts per second",
        "ceil(traffic.cps / limit.cps)",
        (GUIDE,),
    ),
    Figure(
        "hardware.servers_for_ports",
        "count",
        "Servers for the UDP ports",
        "ceil(kernel.udp_ports / kernel.ports_available)",
        ("rfc-3550: section 11",),
    ),
    Figure(
        "hardware.servers_for_nic",
        "count",
        "Servers for the declared network interface",
        "where(given.nic, ceil(network.wire_bits_per_second / (server.nic * link.ceiling)), 1)",
        ("ieee-802.3",),
    ),
    Figure(
        "hardware.servers",
        "count",
        "Servers for the load",
        "max(1, hardware.servers_for_calls, hardware.servers_for_cps, hardware.servers_for_ports, "
        "hardware.servers_for_nic)",
        (ARCHITECTURE,),
    ),
    Figure(
        "hardware.servers_planned",
        "count",
        "Servers that share the load: as declared, else as many as the load needs",
        "where(given.servers, topology.servers, hardware.servers)",
        (ARCHITECTURE,),
    ),
    Figure("hardware.servers_spare", "count", "Servers kept as spare", "topology.spare", ("planning-choice: N+1",)),
    Figure(
        "hardware.servers_standby",
        "count",
        "Standby servers of disaster-recovery pairs: failover, not capacity",
        "where(topology.dr, hardware.servers_planned, 0)",
        ("guide-scaling: disaster recovery",),
    ),
    Figure(
        "hardware.servers_total",
        "count",
        "Servers to buy",
        "hardware.servers_planned + hardware.servers_spare + hardware.servers_standby",
        (ARCHITECTURE,),
    ),
    Figure(
        "server.share",
        "ratio",
        "Share of the load on each server",
        "1 / typical(hardware.servers_planned)",
        (ARCHITECTURE,),
    ),
    Figure("server.cps", "1/s", "Attempts per second on each server", "traffic.cps * server.share", (ARCHITECTURE,)),
    Figure(
        "server.concurrent_calls",
        "count",
        "Concurrent calls on each server",
        "where(given.direct, ceil(traffic.concurrent_calls_peak * server.share), "
        "channels(traffic.offered_erlangs * server.share, traffic.blocking))",
        (ARCHITECTURE, "erlang-theory: Erlang B"),
    ),
    Figure(
        "server.wire_bits_per_second",
        "bit/s",
        "Occupied on each server's link, each direction",
        "network.wire_bits_per_second * server.share",
        ("ieee-802.3",),
    ),
    Figure(
        "server.packets_per_second",
        "1/s",
        "RTP and RTCP packets on each server, each direction",
        "(network.packets_per_second + network.rtcp_packets_per_second) * server.share",
        ("rfc-3550",),
    ),
    Figure(
        "network.nic_bits_per_second",
        "bit/s",
        "Recommended link of each server",
        "rung(server.wire_bits_per_second / link.ceiling, table.link_rates)",
        ("ieee-802.3",),
    ),
    Figure(
        "server.write_operations_per_second",
        "1/s",
        "Writes to disk per second on each server",
        "database.write_operations_per_second * server.share",
        ("mysql-manual",),
    ),
)
