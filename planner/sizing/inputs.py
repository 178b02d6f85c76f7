"""What the model is given beside plain numbers: overrides, mixes and choices, each with range and basis."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from math import isfinite
from typing import Any

from planner.catalogue.data import citation
from planner.deployment import Declared, Deployment
from planner.sizing.codecs import Stream, mix_of, stream, undeclared
from planner.sizing.constants import data, defaults
from planner.sizing.numbers import Assumption, Range
from planner.sizing.plan import ALONE, DISTRIBUTED, LEAST
from planner.sizing.result import checked, impossible
from planner.wording import wording

PROFILE_SCHEMA = "profile-v1"
SECTION = "assumptions"
# A figure's name stands for the input it would be declared with.
_INPUTS = {"traffic.cps": "given.cps", "traffic.busy_hour_profile": "traffic.load_factor"}
_HOURS = 24
_CASES = 3


def overrides(
    deployment: Deployment,
    assume: Mapping[str, Any],
    profile: Mapping[str, Any] | None,
    inputs: Callable[[], Mapping[str, str]],
) -> tuple[dict[str, Assumption], tuple[str, ...]]:
    """Return replaced numbers by name, and remarks on measured ones the model has no use for.

    `inputs` returns the unit of the leaves that are no assumptions by themselves. Raises ImpossibleInput for an
    unknown name or an impossible number.
    """
    replaced, remarks = _measured(profile, inputs()) if profile else ({}, ())
    section = ((item.name.removeprefix(f"{SECTION}."), item.value) for item in deployment.under(SECTION))
    for name, value in (*section, *assume.items()):
        leaf = _INPUTS.get(name, name)
        if leaf not in defaults() and inputs().get(leaf, "flag") == "flag":
            raise impossible(name, wording("there is no such assumption"), _close(name, (*defaults(), *inputs())))
        replaced[leaf] = _assumption(leaf, _range(name, value), inputs(), "assumed")
    return replaced, remarks


def _close(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  only needed for a message

    close = get_close_matches(name, list(known), 3, 0.4)
    return ", ".join(close) or wording("see plan explain assumptions")


def _range(name: str, value: Any) -> Range:  # noqa: ANN401  a number, a text, a sequence or a mapping
    low = typical = high = value
    if isinstance(value, str):
        parts = value.split(":")
        cases: tuple[Any, ...] = tuple(_read(name, part) for part in parts)
        low, typical, high = cases if len(cases) == _CASES else (cases[0],) * _CASES
        if len(cases) not in {1, _CASES}:
            raise impossible(
                name, wording("{value} is not understood", value=repr(value)), wording("a number, or low:typical:high")
            )
    elif isinstance(value, tuple) and len(value) == _CASES:
        low, typical, high = value
    elif hasattr(value, "get"):
        typical = value.get("typical")
        low, high = value.get("low", typical), value.get("high", typical)
    _, default_minimum, default_maximum = _limits(_INPUTS.get(name, name))
    found = Range(*(checked(name, case, default_minimum, default_maximum) for case in (low, typical, high)))
    if not found.low <= found.typical <= found.high:
        raise impossible(
            name,
            wording("{low}, {typical}, {high} do not rise", low=low, typical=typical, high=high),
            wording("low <= typical <= high"),
        )
    return found


def _read(name: str, text: str) -> float:
    from planner.catalogue.quantity import parse_quantity  # noqa: PLC0415  the same
    from planner.catalogue.units import QuantityError  # noqa: PLC0415  only texts need reading

    unit = _limits(_INPUTS.get(name, name))[0]
    kind = {"s": "duration", "B": "size", "bit/s": "rate", "ratio": "ratio"}.get(unit, "number")
    try:
        value = parse_quantity("number" if _plain(text) else kind, text)
    except QuantityError as error:
        raise impossible(name, str(error), wording("a number, or low:typical:high")) from None
    assert isinstance(value, (int, float))  # noqa: S101  the kinds above are numbers
    return value


def _plain(text: str) -> bool:
    return not any(character.isalpha() or character == "%" for character in text.replace("e", "").replace("E", ""))


def _limits(name: str) -> tuple[str, float, float | None]:
    default = defaults().get(name)
    return (default.assumption.unit, default.minimum, default.maximum) if default else ("", 0, None)


def _assumption(name: str, value: Range, inputs: Mapping[str, str], origin: str) -> Assumption:
    default = defaults().get(name)
    return Assumption(
        name=name,
        label=default.assumption.label if default else name,
        range=value,
        unit=default.assumption.unit if default else inputs[name],
        grounds="assumption",
        sources=("assumed by name",),
        replace=default.assumption.replace if default else f"--assume {name}=",
        origin=origin,
    )


def _measured(profile: Mapping[str, Any], inputs: Mapping[str, str]) -> tuple[dict[str, Assumption], tuple[str, ...]]:
    if profile.get("schema") != PROFILE_SCHEMA or not isinstance(profile.get("assumptions"), list):
        raise impossible("profile", wording("this is no measured profile"), f'"schema": "{PROFILE_SCHEMA}"')
    found: dict[str, Assumption] = {}
    unused = []
    for entry in profile["assumptions"]:
        name = str(entry.get("name", ""))
        leaf = _INPUTS.get(name, name)
        if leaf not in defaults() and leaf not in inputs:
            unused.append(name)
        else:
            found[leaf] = _measurement(leaf, name, entry, inputs)
    return found, tuple(unused)


def _measurement(leaf: str, name: str, entry: Mapping[str, Any], inputs: Mapping[str, str]) -> Assumption:
    value = entry.get("value")
    cases: tuple[Any, ...] = (entry.get("low", value), value, entry.get("high", value))
    if isinstance(value, list):
        cases = (load_factor(name, value),) * _CASES
    if leaf == "traffic.growth":
        cases = tuple(_extrapolated(leaf, case) for case in cases)
    made = _assumption(leaf, _range(name, cases), inputs, "measured")
    source = str(entry.get("source") or "measured profile")
    return made._replace(grounds="measured", sources=(source,), samples=int(entry.get("samples") or 0))


def _extrapolated(leaf: str, growth: Any) -> Any:  # noqa: ANN401  a number, or what is refused later
    """Return measured growth a month, at most what can be planned with: weeks may show more than lasts for years."""
    _, least, most = _limits(leaf)
    numeric = isinstance(growth, (int, float)) and most is not None
    return min(max(growth, least), most) if numeric else growth


def load_factor(name: str, hours: Any) -> float:  # noqa: ANN401  24 numbers
    """Return the mean of 24 hourly loads over the highest. Raises ImpossibleInput for anything else."""
    loads = [checked(name, hour, 0, None) for hour in hours]
    if len(loads) != _HOURS or max(loads) <= 0:
        raise impossible(name, wording("this is no day"), wording("24 numbers of which one is above 0"))
    return sum(loads) / len(loads) / max(loads)


# What a profile measured, as declarations: for whoever compares a deployment with it.

LOADS = ("traffic.cps", "traffic.concurrent_calls", "traffic.daily_minutes")
_PEAKS = {"traffic.measured_calls": "calls", "traffic.measured_cps": "cps_second"}


def with_peaks(deployment: Deployment, profile: Mapping[str, Any] | None) -> Deployment:
    """Return the deployment with the measured peaks of a high day, the quantile the plan takes, in place of its own."""
    peaks = (profile or {}).get("peaks") or {}
    found = {name: number_at(peaks, kind, "p95", "value") for name, kind in _PEAKS.items()}
    return deployment.override({name: value for name, value in found.items() if value is not None})


def measured_values(profile: Mapping[str, Any]) -> dict[str, float]:
    """Return the traffic a `profile-v1` document measured, by the names it would be declared with."""
    entries = [each for each in profile.get("assumptions") or () if isinstance(each, Mapping)]
    found = {str(each.get("name")): number_at(each, "value") for each in entries}
    return {name: value for name, value in found.items() if name.startswith("traffic.") and value is not None}


def measured_trend(profile: Mapping[str, Any] | None) -> tuple[float, Range] | None:
    """Return the weeks a profile spans and the growth a month they show, with its interval; None where none is told."""
    trend = (profile or {}).get("trend")
    cases = [number_at(trend, "growth_per_month", case) for case in ("low", "value", "high")]
    low, value, high = cases
    if low is None or value is None or high is None or not low <= value <= high:
        return None
    return number_at(trend, "weeks") or 0.0, Range(low, value, high)


def as_sized(
    deployment: Deployment, profile: Mapping[str, Any] | None, assume: Mapping[str, Any] | None = None
) -> Deployment:
    """Return the deployment as a sizing takes it: with what is assumed, and measured where nothing is declared.

    The rules then compare with the same load the sizing has.
    """
    known = measured_values(profile or {})
    if any(load in deployment for load in LOADS):
        known.pop("traffic.cps", None)
    undeclared = {name: value for name, value in known.items() if deployment.value(name) is None}
    taken = {f"{SECTION}.{name}": value for name, value in (*_beside(deployment, profile), *(assume or {}).items())}
    return with_peaks(deployment.override(undeclared | taken), profile)


def _beside(deployment: Deployment, profile: Mapping[str, Any] | None) -> Iterator[tuple[str, Any]]:
    """Yield what was measured and is no traffic that can be declared, and the shape of the day, as assumptions."""
    for entry in (profile or {}).get("assumptions") or ():
        name = str(entry.get("name")) if isinstance(entry, Mapping) else ""
        leaf, value = _INPUTS.get(name, name), entry.get("value")
        declared = (name, leaf, f"{SECTION}.{name}", f"{SECTION}.{leaf}")
        if leaf not in defaults() or any(each in deployment for each in declared):
            continue
        if isinstance(value, list):
            yield leaf, load_factor(name, value)
        elif not name.startswith("traffic."):
            yield leaf, tuple(entry.get(case, value) for case in ("low", "value", "high"))


def number_at(found: Any, *path: str) -> float | None:  # noqa: ANN401  whatever JSON holds
    """Return the finite number at a path of a document; None where there is none."""
    for key in path:
        found = found.get(key) if isinstance(found, Mapping) else None
    usable = isinstance(found, int | float) and not isinstance(found, bool) and isfinite(found)
    return float(found) if usable else None


# Reading a deployment for the model: numbers, switches and choices, each noted as an input that was used.

_SWITCHES = {"on": True, "true": True, "with": True, "off": False, "false": False, "without": False}


class Reader:
    """Takes values from a deployment; `used` holds what was found, by name, in base units."""

    def __init__(self, deployment: Deployment) -> None:
        self.deployment = deployment
        self.used: dict[str, Any] = {}

    def value(self, name: str) -> Any:  # noqa: ANN401  whatever was declared
        """Return what is declared under `name`, None where nothing is."""
        declared = self.deployment.values.get(name)
        if declared is None or declared.value is None:
            return None
        self.used[name] = declared.value
        return declared.value

    def number(self, name: str, minimum: float = 0, maximum: float | None = None) -> float | None:
        """Return a declared number. Raises ImpossibleInput for anything else or one outside the range."""
        value = self.value(name)
        return None if value is None else checked(name, value, minimum, maximum)

    def switch(self, name: str) -> bool | None:
        """Return a declared switch (`with` and `without` are on and off).

        Raises ImpossibleInput for no switch.
        """
        value = self.value(name)
        if value is None or isinstance(value, bool):
            return value
        if value in (0, 1):
            return bool(value)
        known = _SWITCHES.get(str(value).strip().lower())
        if known is None:
            words = wording("with or without") if name == "server.media" else wording("on or off")
            raise impossible(name, wording("{value} is no switch", value=repr(value)), words)
        return known

    def choice(self, name: str, known: Mapping[str, Any], default: str) -> str:
        """Return a declared choice, `default` where none is. Raises ImpossibleInput naming the choices."""
        value = self.value(name)
        text = default if value is None else str(value).strip().lower()
        if text not in known:
            raise impossible(name, wording("{value} is unknown", value=repr(value)), ", ".join(known))
        return text


# Leaves that hold what was chosen, by the deployment or by the model.

kept = lru_cache(maxsize=512)
"""Leaves are made once for each choice: most are the same from one deployment to the next."""


def chosen_leaf(name: str, value: float, unit: str, label: str, rest: tuple[str, str, bool]) -> Assumption:
    """Return a leaf; `rest` is the choice's source, what to pass to make another, whether it was declared."""
    reference, replace, declared = rest
    source = citation(reference)
    basis = "standard" if source.startswith(("RFC", "IEEE")) else "documented"
    origin = "declared" if declared else "default"
    return Assumption(name, label, Range.point(float(value)), unit, basis, (source,), replace, origin)


@kept
def flag(name: str, value: bool) -> Assumption:  # noqa: FBT001  a flag is a boolean
    """Return a leaf that says whether something was declared."""
    return chosen_leaf(name, value, "flag", "What was declared", ("declared", "", True))


# Media as chosen: the framing, and the mean stream of either leg.

GUIDE = "guide-scaling"


def media(reader: Reader) -> tuple[Assumption, ...]:
    """Return the leaves of framing and codecs. Raises ImpossibleInput naming the choices there are."""
    framing = reader.choice("traffic.framing", data("framings")["framings"], "documented")
    caller, callee, transcoded = streams(reader)
    declared = "traffic.codecs" in reader.used
    rest = (GUIDE, "traffic.transcoded_share", transcoded > 0)
    return (
        *_framing(framing, "traffic.framing" in reader.used),
        *_stream("caller", caller, declared),
        *_stream("callee", callee, declared),
        chosen_leaf("codec.transcoded_share", transcoded, "ratio", "Calls whose legs differ in codec", rest),
    )


@kept
def _framing(chosen: str, declared: bool) -> tuple[Assumption, ...]:  # noqa: FBT001  whether it is declared
    framings = data("framings")["framings"]
    framing = framings[chosen]
    wire = framings["wire"]
    values = (framing["link_bytes"], framing["vlan_bytes"], wire["link_bytes"], wire["vlan_bytes"])
    rest = (framing["sources"][0], "--framing", declared)
    label = f"Bytes per packet: {framing['label']}"
    return (
        *(
            chosen_leaf(f"framing.{name}", value, "B", label, rest)
            for name, value in zip(("link_bytes", "vlan_bytes", "wire_bytes", "tag_bytes"), values, strict=True)
        ),
        chosen_leaf("framing.documented", framing["documented"], "flag", framing["label"], rest),
    )


@cache
def _overhead() -> float:
    """Return the bytes of an Ethernet frame beside what it carries of a stream."""
    headers = (defaults()[f"header.{name}"].assumption.range.typical for name in ("rtp", "udp", "ipv4"))
    return sum(headers) + float(data("framings")["framings"]["ethernet"]["link_bytes"])


def streams(reader: Reader) -> tuple[Stream, Stream, float]:
    """Return the mean stream of either leg, and the share of calls that are transcoded."""
    ptime = reader.number("traffic.ptime", 0.001, 0.2)
    overhead = _overhead()
    declared = reader.value("traffic.codecs")
    mix = mix_of("traffic.codecs", undeclared() if declared is None else declared)
    caller = stream(mix, ptime, overhead)
    egress = reader.value("traffic.egress_codecs")
    share = reader.number("traffic.transcoded_share", 0, 1)
    if egress is None:
        return caller, caller, share or 0.0
    callee = stream(mix_of("traffic.egress_codecs", egress), ptime, overhead)
    share = share if share is not None else float(callee.label != caller.label)
    return caller, blended(caller, callee, share), share


def blended(caller: Stream, callee: Stream, share: float) -> Stream:
    """Return the mean stream of the second leg where only `share` of the calls changes codec."""
    numbers = (old + share * (new - old) for old, new in zip(caller[:3], callee[:3], strict=True))
    payload, packets, documented = numbers
    return callee._replace(payload=payload, packets=packets, documented=documented)


@kept
def _stream(leg: str, found: Stream, declared: bool) -> tuple[Assumption, ...]:  # noqa: FBT001  as above
    rest = (found.sources[0], "--codec", declared)
    parts = {
        "payload": (found.payload, "B/s", "RTP payload"),
        "packets_per_second": (found.packets, "1/s", "RTP packets"),
        "documented_bits_per_second": (found.documented, "bit/s", "rate in the guide's column"),
    }
    return tuple(
        chosen_leaf(f"codec.{leg}_{part}", value, unit, f"{found.label}: {label} per stream", rest)
        for part, (value, unit, label) in parts.items()
    )


# Choices that are no numbers of their own: media mode, codecs, framing, engine, version, CDRs, host.

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
    "cdr.illegal_recorded": (
        "softswitch.SS_CDR_RECORD_ILLEGAL",
        True,
        "Illegal calls become text lines",
        "SS_CDR_RECORD_ILLEGAL",
        "guide-cdr-file-rotation: On by default",
    ),
    "database.zero_hold_rows": (
        "softswitch.SERVER_BILLING_RECORD_ZERO_HOLD_TIME",
        True,
        "Attempts without hold time become database rows",
        "SERVER_BILLING_RECORD_ZERO_HOLD_TIME",
        "vos3000-manual: On by default",
    ),
    "option.conntrack": ("server.conntrack", True, "The firewall tracks connections", "server.conntrack", GUIDE),
    "topology.dr": ("topology.dr", False, "A standby server takes over after a failure", "topology.dr", GUIDE),
}

ROTATION = "softswitch.SERVER_CDR_FILE_WRITE_INTERVAL"
"""What bounds the time CDR text is kept, where it is declared: how many files says nothing without it."""
HOST = {
    "nic": ("server.nic", "bit/s", None),
    "ram": ("server.ram", "B", None),
    "cores": ("server.cpu_cores", "count", 4096),
    "disk": ("server.storage.size", "B", None),
    "servers": ("topology.servers", "count", 10000),
}
"""What is declared of a server: as what, in which unit, and at most how much of it."""


def choices(reader: Reader) -> tuple[Assumption, ...]:
    """Return the leaves that follow from choices. Raises ImpossibleInput naming the choices there are."""
    return (
        *_switches(tuple(reader.switch(declared) for declared, *_ in SWITCHES.values())),
        flag("cdr.recording_declared", "softswitch.SS_CDR_RECORD_NONCONNECT" in reader.used),
        # How many files are kept says nothing before it is said how long each is.
        flag("cdr.rotation_declared", ROTATION in reader.deployment.values),
        flag("given.max_cps", bool(reader.number("softswitch.SS_MAXCPS"))),
        *media(reader),
        *_retention(reader.number("retention.cdr_days", 0, 36500)),
        *_engine(reader.choice("mysql.cdr_engine", ENGINES, "unknown")),
        _flushed(reader.number("mysql.innodb_flush_log_at_trx_commit", 0, 3)),
        *_version(None if (version := reader.value("server.mysql_version")) is None else str(version)),
        *_binary_log(reader, version),
        *_host(
            tuple(reader.number(declared, 1, most) for declared, _, most in HOST.values()),
            str(reader.value("topology.architecture") or ""),
        ),
        *_storage(reader.choice("server.storage.type", {**data("tiers")["storage"], "": {}}, "")),
        *_unplanned(),
    )


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


_EXPIRY = {"mysql.binlog_expire_logs_seconds": 1, "mysql.expire_logs_days": 86400}
"""Settings that bound the age of binary logs, in which unit of seconds."""


def _binary_log(reader: Reader, version: Any) -> tuple[Assumption, ...]:  # noqa: ANN401  as declared
    """Return whether the binary log is written, and how long it is kept: by default as the version does."""
    reader.value("mysql.log_bin")
    entry = version_entry(None if version is None else str(version))
    bounds = [bound * unit for name, unit in _EXPIRY.items() if isinstance(bound := reader.value(name), int | float)]
    log = reader.deployment.values.get("mysql.log_bin")
    written = bool(entry["binary_log"]) if log is None or log.value is None else not put_off(log)
    kept = entry["binary_log_seconds"]
    if bounds:  # a version whose logs expire by default heeds the seconds alone, where there are any
        kept = next(filter(None, bounds), 0) if kept else max(bounds)
    return _logged(written, float(max(kept, 0)), log is not None)


@kept
def _logged(written: bool, seconds: float, declared: bool) -> tuple[Assumption, ...]:  # noqa: FBT001  as above
    rest = ("mysql-manual: log_bin, on by default from MySQL 8.0", "mysql.log_bin", declared)
    age = ("mysql-manual: binlog_expire_logs_seconds, expire_logs_days", "mysql.expire_logs_days", declared)
    return (
        chosen_leaf("database.binary_log", written, "flag", "The binary log is written", rest),
        chosen_leaf("database.binary_log_expires", seconds > 0, "flag", "Binary logs expire", age),
        chosen_leaf("database.binary_log_seconds", seconds, "s", "Time binary logs are kept", age),
    )


def put_off(log: Declared) -> bool:
    """Tell whether skip- or disable- puts the binary log off; `log_bin = 0` is a log of that name."""
    return str(log.value) == "0" and log.text.strip() != "0"


@kept
def version_entry(version: str | None) -> dict[str, Any]:
    """Return the row of the database versions that holds for a version (None: the oldest in the field)."""
    versions = data("database-versions")
    text = str(version or versions["default"]).lower()
    wanted = _release(text.removeprefix("mariadb-"))
    if text.startswith("mariadb") and wanted[:1] != (5,):
        wanted = (5, 6)  # MariaDB counts on from 10.0, which continues MySQL 5.6
    rows: list[dict[str, Any]] = versions["versions"]
    return next((row for row in reversed(rows) if _release(row["from"])[: len(wanted)] <= wanted), rows[0])


def _release(text: str) -> tuple[int, ...]:
    parts = text.split("-", maxsplit=1)[0].split(".")
    return tuple(int(part) for part in parts if part.isdigit())


@kept
def _storage(kind: str) -> tuple[Assumption, ...]:
    row = data("tiers")["storage"].get(kind, {"rotating": 0, "write_operations_per_second": 0})
    rest = (GUIDE, "server.storage.type", bool(kind))
    return (
        flag("given.storage", bool(kind)),
        chosen_leaf("server.rotating", row["rotating"], "flag", "The disks declared rotate", rest),
        chosen_leaf(
            "server.write_operations_offered", row["write_operations_per_second"], "1/s", "Writes the disks take", rest
        ),
    )


@kept
def _unplanned() -> tuple[Assumption, ...]:
    """Return the leaves that fix a plan once it is decided: nothing is fixed yet."""
    numbers = {"servers": "count", "tier": "count", "ram": "B", "disk": "B", "nic": "bit/s"}
    rest = ("declared", "", True)
    return (
        flag("given.plan", False),
        *(chosen_leaf(f"plan.{name}", 1, unit, "The plan decided", rest) for name, unit in numbers.items()),
    )


@kept
def _host(values: tuple[float | None, ...], architecture: str) -> tuple[Assumption, ...]:
    *parts, servers = values
    if servers is None and architecture == ALONE:
        servers = 1
    least = LEAST if architecture in DISTRIBUTED else 1
    return tuple(
        leaf
        for value, (name, (declared, unit, _)) in zip((*parts, servers), HOST.items(), strict=True)
        for leaf in (
            flag(f"given.{name}", value is not None),
            chosen_leaf(
                "topology.servers" if name == "servers" else f"server.{name}",
                value or (least if name == "servers" else 1),
                unit,
                f"Declared {declared}",
                ("declared", declared, True),
            ),
        )
    )
