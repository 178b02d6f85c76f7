"""How many servers the load needs, and what each of them carries.

Each server of a partitioned site carries its own share of the erlangs: trunks that are split lose efficiency, so
each needs the channels of its share. How many servers, and of which tier, is decided in `tiers`.
"""

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
        "hardware.servers_planned",
        "count",
        "Servers that share the load: as declared, else as many as the load needs",
        "where(given.plan, plan.servers, where(given.servers, topology.servers, hardware.servers))",
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
        "server.share", "ratio", "Share of the load on each server", "1 / hardware.servers_planned", (ARCHITECTURE,)
    ),
    Figure(
        "server.cps", "1/s", "Attempts per second on each server", "traffic.peak_cps * server.share", (ARCHITECTURE,)
    ),
    Figure(
        "server.highest_cps",
        "1/s",
        "Attempts in the busiest second on each server, where a profile measured it",
        "traffic.cps * traffic.peak_cps_second_ratio * server.share",
        (ARCHITECTURE,),
        shown=False,
    ),
    Figure(
        "softswitch.max_cps",
        "1/s",
        "Setting: attempts a second to let in, so that the grade of service holds within a second",
        "admitted(server.highest_cps, traffic.blocking)",
        ("erlang-theory: Poisson arrivals against a hard limit",),
    ),
    Figure(
        "server.concurrent_calls",
        "count",
        "Concurrent calls on each server",
        "part(traffic.concurrent_calls_peak, traffic.planned_erlangs, hardware.servers_planned, traffic.blocking, "
        "where(given.finite, traffic.sources, 0))",
        (ARCHITECTURE, "erlang-theory: Erlang B"),
    ),
    Figure(
        "server.wire_bits_per_second",
        "bit/s",
        "Occupied on each server's link, each direction",
        "server.concurrent_calls * traffic.media_ratio * network.wire_bits_per_second_per_call + "
        "max(server.concurrent_calls * sip.documented_bits_per_second_per_call, "
        "network.signalling_modelled_bits_per_second * server.share)",
        ("ieee-802.3",),
    ),
    Figure(
        "server.packets_per_second",
        "1/s",
        "RTP and RTCP packets on each server, each direction",
        "server.concurrent_calls * traffic.media_ratio * network.all_packets_per_second_per_call",
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
