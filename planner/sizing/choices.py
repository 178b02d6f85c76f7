"""Choices that are no numbers of their own: media mode, codecs, framing, engine, version, CDRs, host."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.sizing.chosen import chosen_leaf, flag, kept
from planner.sizing.constants import data
from planner.sizing.media import media

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.sizing.numbers import Assumption
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
    "topology.dr": ("topology.dr", False, "A standby server takes over after a failure", "topology.dr", GUIDE),
}

HOST = {
    "nic": ("server.nic", "bit/s", None),
    "ram": ("server.ram", "B", None),
    "cores": ("server.cpu_cores", "count", 4096),
    "disk": ("server.storage.size", "B", None),
    "servers": ("topology.servers", "count", 10000),
}
"""What is declared of a server: as what, in which unit, and at most how much of it."""


def choices(reader: Reader) -> Iterator[Assumption]:
    """Yield the leaves that follow from choices. Raises ImpossibleInput naming the choices there are."""
    yield from _switches(tuple(reader.switch(declared) for declared, *_ in SWITCHES.values()))
    yield flag("cdr.recording_declared", "softswitch.SS_CDR_RECORD_NONCONNECT" in reader.used)
    yield from media(reader)
    yield from _retention(reader.number("retention.cdr_days", 0, 36500))
    yield from _engine(reader.choice("mysql.cdr_engine", ENGINES, "unknown"))
    yield _flushed(reader.number("mysql.innodb_flush_log_at_trx_commit", 0, 3))
    declared = reader.value("server.mysql_version")
    yield from _version(None if declared is None else str(declared))
    values = (reader.number(declared, 1, most) for declared, _, most in HOST.values())
    yield from _host(tuple(values))


@kept
def _switches(values: tuple[bool | None, ...]) -> tuple[Assumption, ...]:
    return tuple(
        chosen_leaf(name, default if value is None else value, "flag", label, (source, replace, value is not None))
        for value, (name, (_, default, label, replace, source)) in zip(values, SWITCHES.items(), strict=True)
    )


@kept
def _retention(days: float | None) -> tuple[Assumption, ...]:
    rest = ("declared", "--retention-days", True)
    return (
        flag("cdr.has_policy", days is not None),
        chosen_leaf("cdr.policy_days", days or 0, "day", "Days CDR text must be kept", rest),
    )


@kept
def _engine(chosen: str) -> tuple[Assumption, ...]:
    innodb, myisam = ENGINES[chosen]
    source = ("vos3000-schema-dump: MyISAM, while the scaling guide tunes InnoDB", "mysql.cdr_engine", False)
    return (
        chosen_leaf("database.innodb", innodb, "flag", "The CDR tables may be InnoDB's", source),
        chosen_leaf("database.myisam", myisam, "flag", "The CDR tables may be MyISAM's", source),
    )


@kept
def _flushed(declared: float | None) -> Assumption:
    setting = "innodb_flush_log_at_trx_commit"
    rest = (f"{GUIDE}: {setting} 2", f"mysql.{setting}", declared is not None)
    label = "Every commit is flushed to disk"
    return chosen_leaf("database.flush_every_commit", declared in {1, 3}, "flag", label, rest)


@kept
def _version(declared: str | None) -> tuple[Assumption, ...]:
    entry = version_entry(declared)
    rest = (entry["sources"][0], "server.mysql_version", declared is not None)
    allowed, label = "Most redo the version allows", "Memory per connection at the version's defaults"
    return (
        chosen_leaf("database.redo_limit_bytes", entry["redo_limit_bytes"], "B", allowed, rest),
        chosen_leaf("database.bytes_per_connection", entry["bytes_per_connection"], "B", label, rest),
    )


def version_entry(version: str | None) -> dict[str, Any]:
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


@kept
def _host(values: tuple[float | None, ...]) -> tuple[Assumption, ...]:
    return tuple(
        leaf
        for value, (name, (declared, unit, _)) in zip(values, HOST.items(), strict=True)
        for leaf in (
            flag(f"given.{name}", value is not None),
            chosen_leaf(
                "topology.servers" if name == "servers" else f"server.{name}",
                value or 1,
                unit,
                f"Declared {declared}",
                ("declared", declared, True),
            ),
        )
    )
