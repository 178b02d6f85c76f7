"""Bandwidth against rendered packets: the bytes scapy puts on the wire are the bytes the model counts."""

from __future__ import annotations

import os
import warnings

import pytest

from planner import Deployment, size

with warnings.catch_warnings():
    # scapy's own deprecations are not ours to fix.
    warnings.simplefilter("ignore")
    from scapy.layers.inet import IP, UDP
    from scapy.layers.inet6 import IPv6
    from scapy.layers.l2 import Dot1Q, Ether
    from scapy.layers.rtp import RTP
    from scapy.packet import Raw

FCS, PREAMBLE_AND_GAP = 4, 20
PAYLOAD = {"g711": 160, "g729": 20}


def frame(codec, *, vlan, srtp, ipv6):
    link = Ether(src="02:00:00:00:00:01", dst="02:00:00:00:00:02")
    link = link / Dot1Q(vlan=100) if vlan else link
    network = IPv6(src="2001:db8::1", dst="2001:db8::2") if ipv6 else IP(src="192.0.2.1", dst="198.51.100.1")
    # SRTP encrypts the payload in place and appends a tag of 80 bits.
    payload = os.urandom(PAYLOAD[codec]) + (os.urandom(10) if srtp else b"")
    return bytes(link / network / UDP(sport=10000, dport=20000) / RTP() / Raw(payload))


@pytest.mark.parametrize("codec", PAYLOAD)
@pytest.mark.parametrize("vlan", [False, True], ids=["untagged", "vlan"])
@pytest.mark.parametrize("srtp", [False, True], ids=["rtp", "srtp"])
@pytest.mark.parametrize("ipv6", [False, True], ids=["ipv4", "ipv6"])
def test_bytes_on_the_wire(codec, vlan, srtp, ipv6):
    length = len(frame(codec, vlan=vlan, srtp=srtp, ipv6=ipv6))
    for framing, extra in (("ethernet", FCS), ("wire", FCS + PREAMBLE_AND_GAP)):
        values = {"traffic.concurrent_calls": 1, "traffic.codecs": codec, "traffic.framing": framing}
        values |= {"traffic.vlan": vlan, "traffic.srtp": srtp, "traffic.ipv6": ipv6}
        rate = size(Deployment().override(values)).value("network.bits_per_second_per_call_leg")
        assert rate == (length + extra) * 8 * 50


def test_the_ip_framing_counts_the_ip_packet():
    packet = len(frame("g729", vlan=False, srtp=False, ipv6=False)) - 14
    values = {"traffic.concurrent_calls": 1, "traffic.codecs": "g729", "traffic.framing": "ip"}
    rate = size(Deployment().override(values)).value("network.bits_per_second_per_call_leg")
    assert rate == packet * 8 * 50
