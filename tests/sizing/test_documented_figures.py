"""The figures the vendor-side guides document, reproduced exactly: a table of inputs and results."""

from __future__ import annotations

import pytest

from planner import Deployment, size

INTERVAL = "softswitch.SERVER_CDR_FILE_WRITE_INTERVAL"
FILES = "softswitch.SERVER_CDR_FILE_WRITE_MAX"
EVERY = "softswitch.SS_CDR_RECORD_NONCONNECT"


def sizing(**declared):
    values = {"traffic.cps": 100, "traffic.codecs": "g729"}
    values |= {name.replace("__", "."): value for name, value in declared.items()}
    if "traffic.concurrent_calls" in values or "traffic.daily_minutes" in values:
        del values["traffic.cps"]
    return size(Deployment().override(values))


def rotated(interval, files, **more):
    return size(Deployment().override({"traffic.cps": 100, EVERY: True, INTERVAL: interval, FILES: files, **more}))


@pytest.mark.parametrize(
    ("interval", "files", "seconds"),
    [(3600, 2048, 7_372_800), (1800, 2048, 3_686_400), (300, 2048, 614_400), (86400, 4096, 353_894_400)],
)
def test_retention_of_the_rotation(interval, files, seconds):
    assert rotated(interval, files).value("cdr.retention_seconds") == seconds


@pytest.mark.parametrize(
    ("days", "interval", "files"), [(30, 900, 2880), (85, 3600, 2040), (90, 1899, 4095), (90, 1800, 4320)]
)
def test_files_required_for_a_number_of_days(days, interval, files):
    found = rotated(interval, 2048, **{"retention.cdr_days": days})
    assert found.value("cdr.required_max_files") == files
    assert (found.value("cdr.archive_bytes_per_day") > 0) == (files > 4096)


def test_ninety_days_need_an_interval_of_1899_seconds():
    assert rotated(3600, 2048, **{"retention.cdr_days": 90}).value("cdr.shortest_interval_for_policy") == 1899


def test_disk_of_a_hundred_attempts_per_second():
    found = rotated(3600, 2048)
    assert found.value("cdr.lines_per_hour") == 360_000
    assert found.value("cdr.bytes_per_hour") == 108_000_000
    assert found.value("cdr.bytes_per_day") == 2_592_000_000
    assert found["cdr.bytes_per_day"].low == 1_728_000_000
    assert found["cdr.bytes_per_day"].high == 3_024_000_000
    assert tuple(found["cdr.retained_bytes"].range) == (147_456_000_000, 221_184_000_000, 258_048_000_000)
    assert found.value("database.inserts_per_second") == 100


def test_only_answered_calls_are_written_where_the_switch_is_off():
    found = rotated(3600, 2048, **{EVERY: False, "traffic.asr": 0.4})
    assert found.value("cdr.retained_bytes") == pytest.approx(88_473_600_000)


def test_undeclared_recording_spans_answered_to_every_attempt():
    found = sizing(traffic__asr=0.17, cdr__line_bytes=300)["cdr.retained_bytes"]
    assert found.value == found.high == 221_184_000_000
    assert found.low == pytest.approx(0.17 * 221_184_000_000)
    assert any("--record-nonconnect" in note.text for note in sizing().notes)


@pytest.mark.parametrize(
    ("cps", "interval"), [(0, 3600), (49.99, 3600), (50, 1800), (199, 1800), (200, 900), (5000, 900)]
)
def test_the_interval_by_traffic(cps, interval):
    assert sizing(traffic__cps=cps).value("cdr.recommended_interval") == interval


@pytest.mark.parametrize(
    ("codec", "stream", "per_thousand"),
    [
        ("g711", 85_000, 170_000_000),
        ("g729", 30_000, 60_000_000),
        ("g723.1", 22_000, 44_000_000),
        ("g722", 85_000, 170_000_000),
    ],
)
def test_bandwidth_of_a_thousand_calls(codec, stream, per_thousand):
    found = sizing(traffic__concurrent_calls=1000, traffic__codecs=codec)
    assert found.value("traffic.concurrent_calls_peak") == 1000
    assert found.value("network.bits_per_second_per_call_leg") == stream
    assert found.value("network.media_bits_per_second") == per_thousand
    assert found.value("network.signalling_documented_bits_per_second") == 5_000_000
    assert found.value("network.billed_bits_per_second") >= 2 * per_thousand


def test_signalling_alone_carries_no_media():
    found = sizing(traffic__concurrent_calls=1000, server__media="without")
    assert found.value("network.media_bits_per_second") == found.value("kernel.udp_ports") == 0
    assert found.value("network.signalling_bits_per_second") == 5_000_000


@pytest.mark.parametrize(
    ("calls", "media", "tier", "servers"),
    [
        (500, "with", "starter", 1),
        (501, "with", "professional", 1),
        (1500, "with", "professional", 1),
        (1501, "with", "enterprise", 1),
        (5000, "with", "enterprise", 1),
        (5001, "with", "enterprise", 2),
        # Three servers of 5,000 lose by splitting: each share needs 5,046 channels.
        (15000, "with", "enterprise", 4),
        # Rotating disks are documented for 500 calls, with media or without.
        (500, "without", "starter", 1),
        (1750, "without", "professional", 1),
        (17500, "without", "enterprise", 1),
        (20000, "without", "carrier", 1),
        (20001, "without", "enterprise", 2),
    ],
)
def test_tiers_and_servers_by_calls(calls, media, tier, servers):
    # Long calls, so that attempts per second do not decide; one day in the database, so that disk does not.
    found = sizing(traffic__concurrent_calls=calls, server__media=media, traffic__acd=120, retention__database_days=1)
    assert found.hardware.tier == tier
    assert found.value("hardware.servers") == servers


@pytest.mark.parametrize(
    ("cps", "media", "servers"), [(200, "with", 1), (201, "with", 2), (500, "without", 1), (501, "without", 2)]
)
def test_attempts_per_second_per_server(cps, media, servers):
    found = sizing(traffic__cps=cps, traffic__acd=1, traffic__setup_time=1, server__media=media)
    assert found.value("hardware.servers_for_cps") == servers


@pytest.mark.parametrize(("media", "low", "high"), [("with", 1.6, 2.4), ("without", 0.4, 0.8)])
def test_cpu_per_thousand_calls_on_eight_cores(media, low, high):
    cores = sizing(traffic__concurrent_calls=1000, server__media=media)["hardware.cpu_cores"]
    assert (cores.low, cores.high) == (pytest.approx(low), pytest.approx(high))


def test_two_hundred_attempts_are_twelve_thousand_inserts_a_minute():
    assert sizing(traffic__cps=200).value("database.inserts_per_minute") == 12_000


def test_a_standby_pair_carries_what_one_server_carries():
    alone, pair = sizing(topology__dr=False), sizing(topology__dr=True)
    assert alone.value("hardware.capacity_concurrent_calls") == pair.value("hardware.capacity_concurrent_calls")
    assert pair.value("hardware.servers_standby") == pair.value("hardware.servers")
    assert pair.hardware.dr


def test_architectures():
    assert sizing().hardware.architecture == "single"
    assert sizing(traffic__cps=1000).hardware.architecture == "prefix-partitioned"
    balanced = sizing(traffic__cps=1000, topology__architecture="sip-load-balancer")
    assert balanced.hardware.architecture == "sip-load-balancer"


def test_disk_is_planned_at_eighty_percent():
    found = sizing()
    needed = found.value("cdr.retained_bytes") + found.value("database.retained_bytes")
    assert found.value("hardware.disk_bytes") == (needed + found.value("disk.fixed_bytes")) / 0.8


@pytest.mark.parametrize(("calls", "ports"), [(16_128, 64_512), (10_000, 40_000), (16_383, 65_532)])
def test_four_ports_per_relayed_call(calls, ports):
    assert sizing(traffic__concurrent_calls=calls).value("kernel.udp_ports") == ports


def test_tracked_connections_of_the_worked_case():
    found = sizing(
        traffic__concurrent_calls=5000, traffic__cps=200, traffic__asr=0.4, traffic__acd=47.5, traffic__setup_time=6
    )
    assert found.value("traffic.answered_cps") * 4 * 180 == pytest.approx(
        found.value("kernel.conntrack_entries") - 20_000 - found.leaves["sip.peers"].value
    )


def test_the_wire_of_five_thousand_calls_needs_more_than_a_gigabit():
    found = sizing(traffic__concurrent_calls=5000, traffic__codecs="g711", traffic__rtcp=False)
    media = found.value("network.wire_bits_per_second") - found.value("network.signalling_bits_per_second")
    assert media == 952_000_000
    assert found.value("network.nic_bits_per_second") == 10_000_000_000
    smaller = sizing(traffic__concurrent_calls=3500, traffic__codecs="g711")
    assert smaller.value("network.nic_bits_per_second") == 1_000_000_000


def test_the_default_traffic_offers_three_thousand_erlangs():
    found = sizing()
    assert found.value("traffic.offered_erlangs") == 3000
    assert found.hardware.tier == "enterprise"
    assert found.value("hardware.servers") == 1
    assert [item.name for item in found.assumptions[:3]] == ["traffic.asr", "traffic.acd", "traffic.setup_time"]
