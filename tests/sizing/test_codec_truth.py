"""Codec rates against exact arithmetic and against Cisco's published table."""

from __future__ import annotations

import pytest

from planner import Deployment, size
from planner.sizing.codecs import codec, codecs, packet
from planner.sizing.codecs import stream as mean_stream
from planner.sizing.constants import data
from planner.sizing.result import ImpossibleInput

# kbit/s of one stream: IP, Ethernet with FCS, the same with VLAN, wire.
RATES = {
    "g711": (80.0, 87.2, 88.8, 95.2),
    "g722": (80.0, 87.2, 88.8, 95.2),
    "g729": (24.0, 31.2, 32.8, 39.2),
    "g723.1": (17.0667, 21.8667, 22.9333, 27.2),
    "g723.1-5.3": (16.0, 20.8, 21.8667, 26.1333),
    "ilbc-20": (31.2, 38.4, 40.0, 46.4),
    "ilbc-30": (24.0, 28.8, 29.8667, 34.1333),
    "gsm": (29.2, 36.4, 38.0, 44.4),
    "g726-32": (48.0, 55.2, 56.8, 63.2),
}
CISCO_ETHERNET = {
    "g711": 87.2,
    "g729": 31.2,
    "g723.1": 21.9,
    "g723.1-5.3": 20.8,
    "g726-32": 55.2,
    "g722": 87.2,
    "ilbc-20": 38.4,
    "ilbc-30": 28.8,
}
PAYLOADS = {
    "g711": 160,
    "g722": 160,
    "g729": 20,
    "g723.1": 24,
    "g723.1-5.3": 20,
    "ilbc-20": 38,
    "ilbc-30": 50,
    "gsm": 33,
    "g726-32": 80,
    "amr-nb": 32,
    "amr-nb-oa": 33,
    "amr-wb": 33,
    "amr-wb-23.85": 61,
    "speex-nb": 20,
    "speex-nb-15": 38,
    "opus-nb": 30,
    "opus-wb": 50,
    "opus-fb": 80,
    "silk-nb": 30,
}


def stream(name, **options):
    values = {"traffic.concurrent_calls": 1, "traffic.codecs": name}
    values |= {f"traffic.{option}": value for option, value in options.items()}
    return size(Deployment().override(values)).value("network.bits_per_second_per_call_leg") / 1000


@pytest.mark.parametrize("name", RATES)
def test_rates_by_framing(name):
    found = (
        stream(name, framing="ip"),
        stream(name, framing="ethernet"),
        stream(name, framing="ethernet", vlan=True),
        stream(name, framing="wire"),
    )
    assert tuple(round(rate, 4) for rate in found) == RATES[name]


@pytest.mark.parametrize("name", CISCO_ETHERNET)
def test_the_ethernet_column_of_cisco(name):
    assert round(stream(name, framing="ethernet"), 1) == CISCO_ETHERNET[name]


@pytest.mark.parametrize("name", PAYLOADS)
def test_payloads(name):
    assert packet(codec(name), None)[0] == PAYLOADS[name]


def test_every_codec_of_the_data_has_its_payload_checked():
    assert {entry["name"] for entry in data("codecs")["codecs"]} - {"g711a", "g711u"} == set(PAYLOADS)


@pytest.mark.parametrize(
    ("spelled", "name"),
    [
        ("G.729A", "g729"),
        ("PCMU", "g711u"),
        ("pcma", "g711a"),
        ("G711", "g711"),
        ("g7231", "g723.1"),
        ("iLBC", "ilbc-30"),
        ("GSM-FR", "gsm"),
        ("opus", "opus-nb"),
        ("AMR", "amr-nb"),
    ],
)
def test_spellings(spelled, name):
    assert codec(spelled)["name"] == name


def test_no_alias_belongs_to_two_codecs():
    names = [name for entry in data("codecs")["codecs"] for name in (entry["name"], *entry["aliases"])]
    assert len(names) == len(set(names)) == len(codecs())


@pytest.mark.parametrize(
    ("options", "rate"),
    [
        ({"framing": "ethernet", "srtp": True}, 35.2),
        ({"framing": "ethernet", "ipv6": True}, 39.2),
        ({"framing": "ip", "vlan": True}, 24.0),
        ({"framing": "ethernet", "ptime": 0.04}, 19.6),
        ({"srtp": True}, 34.0),
        ({"ptime": 0.04}, 19.6),
    ],
)
def test_options_of_g729(options, rate):
    assert round(stream("g729", **options), 4) == rate


def test_a_codec_the_guide_lacks_is_counted_as_ethernet_frames():
    assert stream("gsm") == stream("gsm", framing="ethernet")


def test_a_mix_is_the_mean_of_its_parts():
    mixed = stream({"g711": 0.25, "g729": 0.75}, framing="wire")
    assert mixed == pytest.approx(0.25 * stream("g711", framing="wire") + 0.75 * stream("g729", framing="wire"))


def test_a_mix_is_called_by_its_parts_and_shares_and_one_codec_by_its_name():
    assert mean_stream({"g711": 0.25, "g729": 0.75}, None, 38).label == "G.711 25 %, G.729 75 %"
    assert mean_stream({"g729": 1.0}, None, 38).label == "G.729"


def test_transcoded_calls_have_two_different_legs():
    values = {"traffic.concurrent_calls": 100, "traffic.codecs": "g711", "traffic.egress_codecs": "g729"}
    found = size(Deployment().override(values))
    assert found.value("network.media_bits_per_second") == 100 * (85_000 + 30_000)
    relayed = size(Deployment().override({**values, "traffic.egress_codecs": "g711"}))
    assert found.value("hardware.cpu_cores") > 2 * relayed.value("hardware.cpu_cores")
    half = size(Deployment().override({**values, "traffic.transcoded_share": 0.5}))
    assert half.value("network.media_bits_per_second") == 100 * (85_000 + (85_000 + 30_000) / 2)


@pytest.mark.parametrize("ptime", [0.015, 0.025, 0.005])
def test_packets_hold_whole_frames(ptime):
    with pytest.raises(ImpossibleInput, match="multiples of 10 ms"):
        stream("g729", ptime=ptime)
