"""Recommended settings: each value with its need, its source and what happens without it.

The values follow from the figures of a sizing and from `schemas/limits.json`, the floors and thresholds the rules
compare with: what stands here, `plan validate` accepts. What is said beside each stands in `schemas/tune.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache, cached_property
from itertools import pairwise
from math import ceil, floor
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from planner.catalogue.data import SCHEMAS
from planner.catalogue.display import format_quantity
from planner.catalogue.parameter import parameter
from planner.catalogue.releases import Version, server_option
from planner.deployment import Deployment
from planner.deployment.model import Value
from planner.deployment.settings import profile_named
from planner.document.sysctl_host import DEFAULT_PROFILE, PROFILES
from planner.rules.shared import memory, per_connection, port_ranges, setting
from planner.rules.site import Site, UndecidableError
from planner.sizing.constants import limit
from planner.sizing.decide import MIB, PORTS
from planner.wording import term, wording

if TYPE_CHECKING:
    from planner.sizing import Sizing
    from planner.sizing.plan import Plan

    Chosen: TypeAlias = "Iterator[tuple[str, Recommended]]"

Recommended: TypeAlias = "int | str | tuple[int, ...] | tuple[tuple[int, int], ...]"
"""A number, a word, a vector of the kernel, or ranges of ports."""

POOL, CAPACITY = "mysql.innodb_buffer_pool_size", "mysql.innodb_io_capacity"
RESERVED = "sysctl.net.ipv4.ip_local_reserved_ports"
FIRST_FREE = 1024
FEWEST_FREE = 4096
"""Ports that must stay for outgoing connections."""

BUFFERS = ("sort_buffer_size", "join_buffer_size", "read_buffer_size", "read_rnd_buffer_size")
QUEUES = (
    "sysctl.net.ipv4.udp_rmem_min",
    "sysctl.net.core.netdev_max_backlog",
    "sysctl.net.core.somaxconn",
    "sysctl.net.ipv4.tcp_max_syn_backlog",
)
_PARTS = {"modprobe": "sysctl", "server": "limits"}


class Setting(NamedTuple):
    """One recommended setting.

    `value` is in base units, `text` as the file of its program writes it. `need` says what the value follows from,
    `figure` names the estimate where it is one, `consequence` what happens without the setting.
    """

    part: str
    name: str
    value: Recommended
    text: str
    need: str
    figure: str
    source: tuple[str, ...]
    consequence: str

    @property
    def key(self) -> str:
        """The name in its program's own file: `net.core.rmem_max`, `SS_MAXCPS`."""
        return self.name.split(".", 1)[1]


class Ground:
    """What recommendations stand on: the deployment and the figures of its sizing."""

    def __init__(self, deployment: Deployment, sizing: Sizing) -> None:
        self.sizing = sizing
        self.deployment = deployment
        self.site = Site(deployment)
        self.version = Version.read(str(deployment.value("server.mysql_version") or ""))
        self.boot = PROFILES[profile_named(deployment.values) or DEFAULT_PROFILE]

    def typical(self, figure: str) -> float:
        """Return the typical value of a figure."""
        return float(self.sizing.value(figure))

    @cached_property
    def priced(self) -> Deployment:
        """The deployment by whose defaults memory is counted: where the version's are unknown, the newest are."""
        given = self.deployment.override({"mysql.max_connections": 0, "mysql.key_buffer_size": 0})
        given = given.override({POOL: 0})
        try:
            memory(Site(given))
        except UndecidableError:
            return given.override({"server.mysql_version": None})
        return given

    @property
    def ram(self) -> float:
        """Bytes of main memory of each server, declared or of the host that is planned."""
        return self.typical("server.ram_installed")

    @property
    def media(self) -> str:
        """`with` where calls' RTP passes through the server, else `without`."""
        return str(self.deployment.value("server.media") or "with")

    @property
    def myisam(self) -> bool:
        """Whether the CDR tables are declared to be MyISAM."""
        return str(self.deployment.value("mysql.cdr_engine") or "").lower() == "myisam"

    @property
    def tracks(self) -> bool:
        """Whether the firewall tracks flows: not declared means it does."""
        return self.deployment.value("server.conntrack") is not False

    @property
    def plan(self) -> Plan:
        """The decision the settings are for. Raises ValueError for a sizing without one."""
        if self.sizing.plan is None:
            raise ValueError(wording("the sizing holds no plan"))
        return self.sizing.plan

    @property
    def resizes_by_hand(self) -> bool:
        """Whether the database does not start over redo log files of another size."""
        return self.version is not None and not self.version.reaches(limit("mysql.redo_resizes_from"))

    @property
    def redo_file(self) -> int:
        """Bytes of each redo log file, whole MiB and not below what is documented."""
        return max(whole(self.typical("database.log_file_bytes")), int(limit("mysql.redo_file")))

    def knows(self, name: str) -> bool:
        """Tell whether the server takes an option from its file, and does not call it outdated."""
        if self.version is None:
            return True
        option = server_option(name.removeprefix("mysql."), mariadb=self.version.mariadb)
        return option is not None and option.standing(self.version) == "taken"


def recommended(deployment: Deployment, sizing: Sizing) -> tuple[Setting, ...]:
    """Return what the sizing calls for, in the order in which it is set."""
    ground = Ground(deployment, sizing)
    made = (_sockets, _ports, _tracking, _files, _database, _softswitch)
    return tuple(_setting(ground, name, value) for make in made for name, value in make(ground))


def host(deployment: Deployment, sizing: Sizing) -> dict[str, Value]:
    """Return what makes a deployment the plan's own: its hardware, its servers, and the settings of each by name."""
    ground = Ground(deployment, sizing)
    chosen: dict[str, Value] = {name: ground.plan.host.value(part) for name, part in _HOST.items()}
    settings = [each for each in recommended(deployment, sizing) if not each.name.startswith("modprobe.")]
    # Ranges of ports are compared as they are written.
    made = {each.name: each.text if each.name == RESERVED else each.value for each in settings}
    if any(name.startswith("prices.") for name in deployment.values) and "prices.server" not in deployment:
        # A server that is declared has a price of its own: that of the tier it was planned as.
        chosen["prices.server"] = ground.typical("cost.server")
    servers = ground.plan.servers
    # A count of servers alone would say that no spare is kept.
    return {**chosen, "topology.servers": servers.active, "topology.spare": servers.spare, **made}


_HOST = {
    "server.ram": "ram",
    "server.cpu_cores": "cpu_cores",
    "server.storage.size": "disk",
    "server.storage.type": "storage",
    "server.nic": "nic",
}


def power_of_two(number: float) -> int:
    """Return the least power of two that is `number` or more."""
    return 1 << max(ceil(number) - 1, 0).bit_length()


def whole(size: float) -> int:
    """Return a size cut to whole MiB, one at least."""
    return max(floor(size / MIB), 1) * MIB


@cache
def told() -> dict[str, dict[str, Any]]:
    """Return what stands in `schemas/tune.json`: beside each setting, of alerts, of units and of the archive."""
    loaded: dict[str, dict[str, Any]] = json.loads((SCHEMAS / "tune.json").read_text(encoding="utf-8"))
    return loaded


def _setting(ground: Ground, name: str, value: Recommended) -> Setting:
    beside, section = told()["settings"][name], name.partition(".")[0]
    reasons = [term(beside["need"])] if beside["need"] else []
    if beside["figure"]:
        estimate = ground.sizing[beside["figure"]]
        number = format_quantity(estimate.range.typical, estimate.unit)
        reasons.append(wording("{label}: {value}", label=term(estimate.label), value=number))
    need = reasons[0] if len(reasons) == 1 else wording("{one} {other}", one=reasons[0], other=reasons[1])
    text = _text(section, value)
    part = _PARTS.get(section, section)
    return Setting(
        part, name, value, text, need, beside["figure"], tuple(beside["source"]), term(beside["consequence"])
    )


def _text(section: str, value: Recommended) -> str:
    if isinstance(value, tuple):
        pairs = [each for each in value if isinstance(each, tuple)]
        listed = (f"{first}-{last}" if first < last else str(first) for first, last in pairs)
        return ",".join(listed) if pairs else " ".join(map(str, value))
    is_size = section == "mysql" and isinstance(value, int) and value >= MIB and value % MIB == 0
    return f"{value // MIB}M" if is_size and isinstance(value, int) else str(value)


def _advised(name: str) -> int:
    """Return the number the catalogue recommends for high traffic."""
    found = parameter(name)
    return int(found.recommended[0]["value"]) if found is not None else 0


# Buffers and queues of sockets.


def _sockets(ground: Ground) -> Chosen:
    boot, page = int(limit("kernel.socket_buffer_default")), int(limit("kernel.page_bytes"))
    sockets, most = ground.typical("server.udp_ports"), _advised("sysctl.net.core.rmem_max")
    ceiling = max(boot, min(power_of_two(ground.typical("server.sip_socket_bytes")), most))
    wanted = min(limit("kernel.udp_memory_share"), sockets * boot / ground.ram)
    pages = floor(ground.ram * max(limit("kernel.udp_memory_sound"), wanted) / page)
    yield "sysctl.net.core.rmem_max", ceiling
    # Every media socket may queue as much: the default is raised only where all together fit.
    yield "sysctl.net.core.rmem_default", ceiling if sockets * ceiling <= pages * page else boot
    yield "sysctl.net.ipv4.udp_mem", (pages // 2, pages * 3 // 4, pages)
    for name in QUEUES:
        yield name, _advised(name)


# Ports that outgoing connections must not take.


def _ports(ground: Ground) -> Chosen:
    found = parameter("sysctl.net.ipv4.ip_local_port_range")
    low, high = map(int, found.schema["default"]) if found is not None else (FIRST_FREE, PORTS - 1)
    given = [each for each in ("server.rtp_ports", "server.sip_ports") if ground.site.get(each)]
    taken = [pair for name in given for pair in port_ranges(ground.site, name)]
    taken = _merged([*taken, *((int(port), int(port)) for port in limit("listeners"))])
    free = (low, high) if _free(low, high, taken) >= FEWEST_FREE else _gap(taken)
    if free is not None:
        yield "sysctl.net.ipv4.ip_local_port_range", free
        yield RESERVED, tuple(taken)


def _merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _free(low: int, high: int, taken: list[tuple[int, int]]) -> int:
    covered = sum(max(0, min(last, high) - max(first, low) + 1) for first, last in taken)
    return high - low + 1 - covered


def _gap(taken: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the widest range above the system's ports that nobody else has; None where none is wide enough."""
    edges = [(0, FIRST_FREE - 1), *taken, (PORTS, PORTS)]
    gaps = [(max(one[1] + 1, FIRST_FREE), other[0] - 1) for one, other in pairwise(edges)]
    low, high = max(gaps, key=lambda each: each[1] - each[0])
    low += (high - low) % 2 == 0  # the kernel wants ends of different parity
    return (low, high) if high - low + 1 >= FEWEST_FREE else None


# Connection tracking, descriptors and processes.


def _tracking(ground: Ground) -> Chosen:
    if ground.tracks:
        most = int(ground.typical("server.conntrack_max"))
        yield "sysctl.net.netfilter.nf_conntrack_max", most
        least = ceil(2 * most / limit("conntrack.chain"))
        yield "modprobe.nf_conntrack.hashsize", max(int(ground.typical("server.conntrack_buckets")), least)


def _files(ground: Ground) -> Chosen:
    process = int(ground.plan.settings["server.nofile"])
    if process > limit("kernel.nr_open"):
        yield "sysctl.fs.nr_open", process
    boot = ceil(ground.ram / 1024 / limit("kernel.ram_kilobytes_per_file"))
    yield "sysctl.fs.file-max", max(_advised("sysctl.fs.file-max"), boot, 2 * process)
    yield "server.nofile", process


# The database.


def _database(ground: Ground) -> Chosen:
    pool = _pool(ground)
    free = _room(ground) - pool * limit("mysql.pool_overhead")
    keys = whole(min(ceil(ground.typical("database.key_buffer_bytes") / MIB) * MIB, free))
    connections, small = _connections(ground, {"innodb_buffer_pool_size": pool, "key_buffer_size": keys})
    if not ground.myisam:
        yield from _innodb(ground, pool)
    elif pool:
        yield POOL, pool
    if ground.deployment.value(CAPACITY) is not None or (not ground.myisam and ground.knows(CAPACITY)):
        yield CAPACITY, _io_capacity(ground)
    yield "mysql.key_buffer_size", keys
    yield from ((f"mysql.{name}", size) for name, size in small.items())
    yield "mysql.max_connections", connections
    # The server takes a larger limit of its process for its own: the two are the same.
    yield "mysql.open_files_limit", int(ground.plan.settings["server.nofile"])


def _innodb(ground: Ground, pool: int) -> Chosen:
    yield POOL, pool
    whole_step = pool % int(limit("mysql.pool_chunk") * limit("mysql.pool_instances")) == 0
    if _rounds_up(ground) and pool >= limit("mysql.pool_instances_from") and not whole_step:
        yield "mysql.innodb_buffer_pool_instances", 1
    # A size of the files that is declared would be ignored beside a capacity; one that is declared decides.
    sized, decided = (f"mysql.innodb_{name}" in ground.deployment for name in ("log_file_size", "redo_log_capacity"))
    if decided or (not sized and ground.version is not None and ground.knows("mysql.innodb_redo_log_capacity")):
        yield "mysql.innodb_redo_log_capacity", whole(ground.typical("database.redo_bytes"))
    elif not ground.resizes_by_hand:
        yield "mysql.innodb_log_file_size", ground.redo_file
    yield "mysql.innodb_flush_log_at_trx_commit", 2


def _io_capacity(ground: Ground) -> int:
    solid = ground.plan.host.value("storage") in limit("disk.solid")
    return int(limit("mysql.io_capacity_solid") if solid else limit("disk.io_capacity")["hdd"])


def _rounds_up(ground: Ground) -> bool:
    found = ground.version
    return found is not None and not found.mariadb and found.reaches(limit("mysql.pool_rounded_from"))


def _room(ground: Ground) -> float:
    """Return the bytes the caches may share, beside the fewest connections that are worth anything."""
    log = setting(Site(ground.priced), "innodb_log_buffer_size")
    return float(ground.ram * limit("mysql.memory_share") - log - limit("mysql.many_connections") * MIB)


def _pool(ground: Ground) -> int:
    """Return the buffer pool: as planned, where it fits beside the fewest connections.

    MyISAM needs none: where one is declared, it is as small as by default.
    """
    if ground.myisam:
        return int(ground.typical("database.buffer_pool_bytes")) if ground.deployment.value(POOL) else 0
    pool, most = ground.plan.settings[POOL], max(_room(ground) / limit("mysql.pool_overhead") // MIB, 1) * MIB
    if ground.site.number_or("mysql.max_connections", 0) > limit("mysql.connections"):
        # Fewer connections than are declared leave room that the plan did not count on.
        pool = max(pool, ceil(limit("mysql.pool_share")[0] * ground.ram / MIB) * MIB)
    return int(min(pool, most))


def _connections(ground: Ground, caches: dict[str, int]) -> tuple[int, dict[str, int]]:
    """Return how many connections fit beside the caches, and the buffers to make smaller for more of them."""
    wanted, fitting = int(limit("mysql.connections")), 0
    for small in ({}, _modest(ground)):
        given = {**caches, **small, "max_connections": 0}
        site = Site(ground.priced.override({f"mysql.{name}": size for name, size in given.items()}))
        fitting = floor((limit("mysql.memory_share") * ground.ram - memory(site)) / per_connection(site))
        if small or (fitting >= wanted and per_connection(site) <= limit("mysql.connection_bytes")):
            break
    return max(min(fitting, wanted, _planned(ground)), 1), small


def _planned(ground: Ground) -> int:
    """Return how many connections the RAM of the plan has room for, beside all else that it counts."""
    ram = ground.plan.row("ram")
    room = max(ram.headroom if ram else 0, 0) + ground.typical("database.connection_bytes")
    each = ground.sizing.leaves.get("database.bytes_per_connection")
    return floor(room / (each.range.typical if each else per_connection(Site(ground.priced))))


def _modest(ground: Ground) -> dict[str, int]:
    """Return the buffers of a connection whose defaults in this version are above today's."""
    found = {name: known.schema["default"] for name in BUFFERS if (known := parameter(f"mysql.{name}")) is not None}
    return {name: int(size) for name, size in found.items() if setting(Site(ground.priced), name) > size}


# The softswitch.


def _softswitch(ground: Ground) -> Chosen:
    yield "softswitch.SS_MAXCPS", ceil(ground.plan.settings.get("softswitch.SS_MAXCPS", 1))
    if ground.deployment.value("softswitch.SS_CDR_RECORD_TO_FILE") is not False:
        yield "softswitch.SS_CDR_RECORD_TO_FILE", "On"
        yield "softswitch.SERVER_CDR_FILE_WRITE_INTERVAL", int(ground.typical("cdr.planned_interval"))
        yield "softswitch.SERVER_CDR_FILE_WRITE_MAX", int(ground.typical("cdr.planned_max_files"))
    yield "softswitch.SS_MAX_CALL_DURATION", int(limit("softswitch.call_duration"))
    if ground.media == "with":
        yield "softswitch.SS_NO_MEDIA_HANGUP", int(limit("softswitch.no_media_hangup")[1])
