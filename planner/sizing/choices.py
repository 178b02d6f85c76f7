"""Choices that are no numbers of their own: media mode, codecs, framing, engine, version, CDRs, host."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from planner.catalogue.sources import citation
from planner.sizing.codecs import Stream, mix_of, stream
from planner.sizing.constants import data, defaults
from planner.sizing.numbers import Assumption, Range

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.sizing.reading import Reader

GUIDE = "guide-scaling"
ENGINES = {"unknown": (1, 1), "innodb": (1, 0), "myisam": (0, 1)}
# name of the leaf -> (declared as, default, what it says, flag, reference for the default)
SWITCHES = {
    "server.media": ("server.media", True, "The server relays media", "--media", GUIDE),
    "option.ipv6": ("traffic.ipv6", False, "Calls use IPv6", "--ipv6", "rfc-8200"),
    "option.vlan": ("traffic.vlan", False, "Frames carry a VLAN tag", "--vlan", "ieee-802.1q"),
    "option.srtp": ("traffic.srtp", False, "Media is encrypted (SRTP)", "--srtp", "rfc-3711"),
    "option.rtcp": ("traffic.rtcp", True, "RTCP runs beside RTP", "traffic.rtcp", "rfc-3550"),
    "cdr.text_files": (
        "softswitch.SS_CDR_RECORD_TO_FILE",
        True,
        "CDR text files are written",
        "SS_CDR_RECORD_TO_FILE",
        "planning-choice: planned for, though the parameter is Off by default",
    ),
    "cdr.every_attempt": (
        "softswitch.SS_CDR_RECORD_NONCONNECT",
        True,
        "Every attempt becomes a text line",
        "--record-nonconnect",
        "guide-cdr-file-rotation: worked disk example",
    ),
    "database.zero_hold_rows": (
        "softswitch.SERVER_BILLING_RECORD_ZERO_HOLD_TIME",
        True,
        "Attempts without hold time become database rows",
        "SERVER_BILLING_RECORD_ZERO_HOLD_TIME",
        "vos3000-manual: On by default",
    ),
    "topology.dr": (
        "topology.dr",
        False,
        "A standby server takes over after a failure",
        "topology.dr",
        GUIDE,
    ),
}

LEAVES = 1024
"""Leaves that are kept: most of them are the same from one deployment to the next."""


def choices(reader: Reader) -> Iterator[Assumption]:
    """Yield the leaves that follow from choices. Raises ImpossibleInput naming the choices there are."""
    for name, (declared, default, label, replace, source) in SWITCHES.items():
        value = reader.switch(declared)
        chosen = default if value is None else value
        yield _leaf(name, chosen, "flag", label, (source, replace, value is not None))
    yield _flag("cdr.recording_declared", "softswitch.SS_CDR_RECORD_NONCONNECT" in reader.used)
    yield from _media(reader)
    yield from _retention(reader)
    yield from _database(reader)
    yield from _host(reader)


@lru_cache(maxsize=LEAVES)
def _leaf(name: str, value: float, unit: str, label: str, rest: tuple[str, str, bool]) -> Assumption:
    reference, replace, declared = rest
    source = citation(reference)
    basis = "standard" if source.startswith(("RFC", "IEEE")) else "documented"
    origin = "declared" if declared else "default"
    return Assumption(name, label, Range.point(float(value)), unit, basis, (source,), replace, origin)


def _flag(name: str, value: bool) -> Assumption:  # noqa: FBT001  a flag is a boolean
    return _leaf(name, value, "flag", "What was declared", ("declared", "", True))


def _media(reader: Reader) -> Iterator[Assumption]:
    framings = data("framings")["framings"]
    declared = reader.value("traffic.framing") is not None
    framing = framings[reader.choice("traffic.framing", framings, "documented")]
    values = (framing["link_bytes"], framing["vlan_bytes"], framings["wire"]["link_bytes"])
    rest = (framing["sources"][0], "--framing", declared)
    for name, value in zip(("link_bytes", "vlan_bytes", "wire_bytes"), values, strict=True):
        yield _leaf(f"framing.{name}", value, "B", f"Bytes per packet: {framing['label']}", rest)
    yield _leaf("framing.documented", framing["documented"], "flag", framing["label"], rest)
    caller, callee, transcoded = streams(reader)
    yield from _stream("caller", caller, reader)
    yield from _stream("callee", callee, reader)
    rest = (GUIDE, "traffic.transcoded_share", transcoded > 0)
    yield _leaf("codec.transcoded_share", transcoded, "ratio", "Calls whose legs differ in codec", rest)


def streams(reader: Reader) -> tuple[Stream, Stream, float]:
    """Return the mean stream of either leg, and the share of calls that are transcoded."""
    ptime = reader.number("traffic.ptime", 0.001, 0.2)
    known, overhead = defaults(), data("framings")["framings"]["ethernet"]["link_bytes"]
    headers = sum(known[f"header.{name}"].assumption.range.typical for name in ("rtp", "udp", "ipv4"))
    declared = reader.value("traffic.codecs")
    mix = mix_of("traffic.codecs", "g711" if declared is None else declared)
    caller = stream(mix, ptime, headers + overhead)
    egress = reader.value("traffic.egress_codecs")
    share = reader.number("traffic.transcoded_share", 0, 1)
    if egress is None:
        return caller, caller, share or 0.0
    callee = stream(mix_of("traffic.egress_codecs", egress), ptime, headers + overhead)
    share = share if share is not None else float(callee.label != caller.label)
    return caller, blended(caller, callee, share), share


def blended(caller: Stream, callee: Stream, share: float) -> Stream:
    """Return the mean stream of the second leg where only `share` of the calls changes codec."""
    numbers = (old + share * (new - old) for old, new in zip(caller[:3], callee[:3], strict=True))
    payload, packets, documented = numbers
    return callee._replace(payload=payload, packets=packets, documented=documented)


def _stream(leg: str, found: Stream, reader: Reader) -> Iterator[Assumption]:
    rest = (found.sources[0], "--codec", "traffic.codecs" in reader.used)
    parts = {
        "payload": (found.payload, "B/s", "RTP payload"),
        "packets_per_second": (found.packets, "1/s", "RTP packets"),
        "documented_bits_per_second": (found.documented, "bit/s", "rate in the guide's column"),
    }
    for part, (value, unit, label) in parts.items():
        yield _leaf(f"codec.{leg}_{part}", value, unit, f"{found.label}: {label} per stream", rest)


def _retention(reader: Reader) -> Iterator[Assumption]:
    days = reader.number("retention.cdr_days", 0, 36500)
    yield _flag("cdr.has_policy", days is not None)
    yield _leaf(
        "cdr.policy_days",
        days or 0,
        "day",
        "Days CDR text must be kept",
        ("declared", "--retention-days", True),
    )


def _database(reader: Reader) -> Iterator[Assumption]:
    innodb, myisam = ENGINES[reader.choice("mysql.cdr_engine", ENGINES, "unknown")]
    source = ("vos3000-schema-dump: MyISAM, while the scaling guide tunes InnoDB", "mysql.cdr_engine", False)
    yield _leaf("database.innodb", innodb, "flag", "The CDR tables may be InnoDB's", source)
    yield _leaf("database.myisam", myisam, "flag", "The CDR tables may be MyISAM's", source)
    flush = reader.number("mysql.innodb_flush_log_at_trx_commit", 0, 3)
    rest = (
        f"{GUIDE}: innodb_flush_log_at_trx_commit 2",
        "mysql.innodb_flush_log_at_trx_commit",
        flush is not None,
    )
    yield _leaf(
        "database.flush_every_commit", flush in {1, 3}, "flag", "Every commit is flushed to disk", rest
    )
    entry = version_entry(reader.value("server.mysql_version"))
    rest = (entry["sources"][0], "server.mysql_version", "server.mysql_version" in reader.used)
    yield _leaf(
        "database.redo_limit_bytes", entry["redo_limit_bytes"], "B", "Most redo the version allows", rest
    )
    label = "Memory per connection at the version's defaults"
    yield _leaf("database.bytes_per_connection", entry["bytes_per_connection"], "B", label, rest)


def version_entry(version: Any) -> dict[str, Any]:  # noqa: ANN401  a version as declared
    """Return the row of the database versions that holds for a version (None: the oldest in the field)."""
    versions = data("database-versions")
    text = str(version or versions["default"]).lower()
    # MariaDB counts on from 10.0, which continues MySQL 5.6.
    wanted = (5, 6) if text.startswith("mariadb") else _release(text)
    rows: list[dict[str, Any]] = versions["versions"]
    return next((row for row in reversed(rows) if _release(row["from"]) <= wanted), rows[0])


def _release(text: str) -> tuple[int, ...]:
    parts = text.split("-", maxsplit=1)[0].split(".")[:2]
    return tuple(int(part) for part in parts if part.isdigit())


def _host(reader: Reader) -> Iterator[Assumption]:
    for name, declared, unit, most in (
        ("nic", "server.nic", "bit/s", None),
        ("ram", "server.ram", "B", None),
        ("cores", "server.cpu_cores", "count", 4096),
        ("disk", "server.storage.size", "B", None),
        ("servers", "topology.servers", "count", 10000),
    ):
        value = reader.number(declared, 1, most)
        leaf = "topology.servers" if name == "servers" else f"server.{name}"
        yield _flag(f"given.{name}", value is not None)
        yield _leaf(leaf, value or 1, unit, f"Declared {declared}", ("declared", declared, True))
