"""What the kernel of each server must allow: ports, descriptors, tracked connections and socket buffers.

`kernel.*` needs are those of the whole load; `server.*` those of each server, which settings are compared
with.
"""

from planner.sizing.numbers import Figure

PORTS = "rfc-3550: section 11, RTP and RTCP ports on two legs"
LINUX = "linux-el7"

FIGURES = (
    Figure(
        "kernel.udp_ports",
        "count",
        "UDP ports and sockets of media",
        "where(server.media, traffic.concurrent_calls_peak * kernel.ports_per_call, 0)",
        (PORTS,),
        headline=True,
    ),
    Figure(
        "kernel.conntrack_ended",
        "count",
        "Tracked connections of media that ended and is not yet forgotten",
        "where(server.media, (traffic.answered_cps + excess(traffic.cps, traffic.answered_cps) * "
        "kernel.failed_media_share) * kernel.ports_per_call * kernel.conntrack_timeout, 0)",
        (f"{LINUX}: nf_conntrack_proto_udp.c",),
        shown=False,
    ),
    Figure(
        "kernel.conntrack_entries",
        "count",
        "Tracked connections: live media, ended media not yet forgotten, signalling",
        "where(option.conntrack, kernel.udp_ports + kernel.conntrack_ended + sip.peers, 0)",
        (f"{LINUX}: nf_conntrack_proto_udp.c",),
    ),
    Figure(
        "kernel.file_descriptors",
        "count",
        "File descriptors: media sockets and services, with headroom",
        "ceil((kernel.udp_ports + kernel.service_descriptors) * kernel.descriptor_headroom)",
        (LINUX,),
    ),
    Figure(
        "server.udp_ports",
        "count",
        "UDP ports and sockets of media on each server",
        "where(server.media, server.concurrent_calls * kernel.ports_per_call, 0)",
        (PORTS,),
    ),
    Figure(
        "server.conntrack_entries",
        "count",
        "Tracked connections on each server",
        "where(option.conntrack, server.udp_ports + kernel.conntrack_ended * server.share + sip.peers, 0)",
        (f"{LINUX}: nf_conntrack_proto_udp.c",),
    ),
    Figure(
        "server.conntrack_max",
        "count",
        "Setting: tracked connections to allow on each server",
        "max(kernel.conntrack_default, power_of_two(server.conntrack_entries * kernel.conntrack_headroom))",
        (f"{LINUX}: nf_conntrack_core.c",),
    ),
    Figure(
        "server.conntrack_buckets",
        "count",
        "Setting: hash buckets for them",
        "power_of_two(server.conntrack_max / kernel.conntrack_per_bucket)",
        (f"{LINUX}: nf_conntrack_core.c",),
    ),
    Figure(
        "server.file_descriptors",
        "count",
        "File descriptors on each server, with headroom",
        "ceil((server.udp_ports + kernel.service_descriptors) * kernel.descriptor_headroom)",
        (LINUX,),
    ),
    Figure(
        "server.sip_socket_bytes",
        "B",
        "Setting: buffer of the SIP socket that absorbs a stall",
        "server.cps * sip.messages_per_attempt * kernel.sip_burst * kernel.packet_memory",
        (f"{LINUX}: net/ipv4/udp.c",),
    ),
)
