"""Bandwidth: what a stream, a call and the server's interface carry, in each direction.

A relayed call has two legs, so two streams arrive at the server and two leave: every rate at the interface
counts two streams per call, each direction. Codec mixes enter as their mean payload and mean packet rate, in
which rates are linear.
"""

from planner.sizing.numbers import Figure

GUIDE = "guide-scaling: bandwidth per codec"
RTP = "rfc-3551: payloads in packets of RFC 3550"


def _leg(leg: str, label: str) -> Figure:
    return Figure(
        f"network.{leg}_bits_per_second",
        "bit/s",
        f"Stream of the {label}'s codec, one direction",
        f"where(framing.documented, codec.{leg}_documented_bits_per_second + "
        f"codec.{leg}_packets_per_second * network.extra_bytes * 8, "
        f"(codec.{leg}_payload + codec.{leg}_packets_per_second * network.packet_overhead) * 8)",
        (GUIDE, RTP),
        shown=False,
    )


FIGURES = (
    Figure(
        "network.extra_bytes",
        "B",
        "Bytes per packet that the documented rates do not count: IPv6, VLAN, SRTP",
        "where(option.ipv6, header.ipv6 - header.ipv4, 0) + where(option.vlan, framing.vlan_bytes, 0) + "
        "where(option.srtp, header.srtp_tag, 0)",
        ("rfc-8200", "ieee-802.1q", "rfc-3711"),
        shown=False,
    ),
    Figure(
        "network.packet_overhead",
        "B",
        "Bytes per packet beside the payload, in the chosen framing",
        "header.rtp + header.udp + header.ipv4 + framing.link_bytes + network.extra_bytes",
        (RTP,),
        shown=False,
    ),
    Figure(
        "network.wire_overhead",
        "B",
        "Bytes per packet beside the payload, on the wire",
        "header.rtp + header.udp + header.ipv4 + framing.wire_bytes + network.extra_bytes + "
        "where(option.vlan, excess(framing.tag_bytes, framing.vlan_bytes), 0)",
        (RTP, "ieee-802.3"),
        shown=False,
    ),
    _leg("caller", "caller"),
    _leg("callee", "callee"),
    Figure(
        "network.bits_per_second_per_call_leg",
        "bit/s",
        "One stream, one direction",
        "max(network.caller_bits_per_second, network.callee_bits_per_second)",
        (GUIDE, RTP),
    ),
    Figure(
        "network.bits_per_second_per_call",
        "bit/s",
        "One call at the server's interface, each direction: two streams",
        "network.caller_bits_per_second + network.callee_bits_per_second",
        (GUIDE, RTP),
    ),
    Figure(
        "network.media_bits_per_second",
        "bit/s",
        "Media, each direction",
        "where(server.media, traffic.media_calls_peak * network.bits_per_second_per_call, 0)",
        (GUIDE,),
        headline=True,
    ),
    Figure(
        "network.packets_per_second_per_call",
        "1/s",
        "RTP packets of one call at the server's interface, each direction",
        "codec.caller_packets_per_second + codec.callee_packets_per_second",
        (RTP,),
        shown=False,
    ),
    Figure(
        "network.all_packets_per_second_per_call",
        "1/s",
        "RTP and RTCP packets of one call at the server's interface, each direction",
        "where(server.media, network.packets_per_second_per_call + where(option.rtcp, (1 + 1) / rtcp.interval, 0), 0)",
        (RTP,),
        shown=False,
    ),
    Figure(
        "network.packets_per_second",
        "1/s",
        "RTP packets, each direction",
        "where(server.media, traffic.media_calls_peak * network.packets_per_second_per_call, 0)",
        (RTP,),
    ),
    Figure(
        "network.rtcp_bits_per_second_per_call",
        "bit/s",
        "RTCP of one call at the server's interface, each direction",
        "where(option.rtcp, min(rtcp.share * network.bits_per_second_per_call, "
        "(rtcp.packet_bytes * 8 + rtcp.packet_bytes * 8) / rtcp.interval), 0)",
        ("rfc-3550: section 6.2",),
        shown=False,
    ),
    Figure(
        "network.rtcp_bits_per_second",
        "bit/s",
        "RTCP, each direction",
        "where(server.media, traffic.media_calls_peak * network.rtcp_bits_per_second_per_call, 0)",
        ("rfc-3550: section 6.2",),
    ),
    Figure(
        "network.rtcp_packets_per_second",
        "1/s",
        "RTCP packets, each direction",
        "where(option.rtcp, where(server.media, traffic.media_calls_peak * (1 + 1) / rtcp.interval, 0), 0)",
        ("rfc-3550: section 6.2",),
    ),
    Figure(
        "network.signalling_documented_bits_per_second",
        "bit/s",
        "Signalling by the guide: per concurrent call",
        "traffic.concurrent_calls_peak * sip.documented_bits_per_second_per_call",
        (GUIDE,),
    ),
    Figure(
        "network.signalling_modelled_bits_per_second",
        "bit/s",
        "Signalling by messages: per attempt",
        "(traffic.answered_cps * sip.answered_bytes + "
        "excess(traffic.egress_cps, traffic.answered_cps) * sip.failed_bytes + "
        "sip.registrations_per_second * sip.registration_bytes) * sip.retransmission_factor * 8",
        ("rfc-3261",),
    ),
    Figure(
        "network.signalling_bits_per_second",
        "bit/s",
        "Signalling planned: the larger of both",
        "max(network.signalling_documented_bits_per_second, network.signalling_modelled_bits_per_second)",
        (GUIDE, "rfc-3261"),
    ),
    Figure(
        "network.total_bits_per_second",
        "bit/s",
        "Media, RTCP and signalling, each direction",
        "network.media_bits_per_second + network.rtcp_bits_per_second + network.signalling_bits_per_second",
    ),
    Figure(
        "network.billed_bits_per_second",
        "bit/s",
        "Both directions together, as volume is billed",
        "network.total_bits_per_second * link.directions",
    ),
    Figure(
        "network.wire_bits_per_second_per_call",
        "bit/s",
        "Media and RTCP of one call on the link, each direction, with preambles and gaps",
        "where(server.media, (codec.caller_payload + codec.callee_payload + "
        "network.packets_per_second_per_call * network.wire_overhead) * 8 + network.rtcp_bits_per_second_per_call, 0)",
        ("ieee-802.3",),
        shown=False,
    ),
    Figure(
        "network.wire_bits_per_second",
        "bit/s",
        "Occupied on the link, each direction, with preambles and gaps",
        "traffic.media_calls_peak * network.wire_bits_per_second_per_call + network.signalling_bits_per_second",
        ("ieee-802.3",),
    ),
)
