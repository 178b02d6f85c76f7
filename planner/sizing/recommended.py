"""What a plan recommends to set on each server: the one place where values of settings are chosen.

They follow from the figures and from `schemas/limits.json`, the floors and thresholds the rules compare with: what
stands here, `plan validate` accepts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import pairwise
from math import ceil, floor
from typing import Any, TypeAlias

from planner.catalogue.parameter import parameter
from planner.catalogue.releases import Version, server_option
from planner.deployment.model import Deployment, UndecidableError
from planner.sizing.constants import limit
from planner.sizing.decide import MIB, PORTS
from planner.sizing.functions import power_of_two
from planner.sizing.memory import VERSION, memory, per_connection, setting
from planner.sizing.plan import Plan

Recommended: TypeAlias = "int | str | tuple[int, ...]"
"""A number, a word, or a vector of the kernel."""
Chosen: TypeAlias = "Iterator[tuple[str, Recommended]]"

POOL, CAPACITY = "mysql.innodb_buffer_pool_size", "mysql.innodb_io_capacity"
FLUSH = "mysql.innodb_flush_log_at_trx_commit"
RESERVED = "sysctl.net.ipv4.ip_local_reserved_ports"
BUFFERS = ("sort_buffer_size", "join_buffer_size", "read_buffer_size", "read_rnd_buffer_size")
TRACKED = "sysctl.net.netfilter.nf_conntrack_max"
QUEUES = (
    "sysctl.net.ipv4.udp_rmem_min",
    "sysctl.net.core.netdev_max_backlog",
    "sysctl.net.core.somaxconn",
    "sysctl.net.ipv4.tcp_max_syn_backlog",
)


class Ground:
    """What recommendations stand on: the deployment, figures and leaves by name, and the plan."""

    def __init__(self, deployment: Deployment, typical: Callable[[str], float], plan: Plan) -> None:
        self.deployment = deployment
        self.typical = typical
        self.plan = plan
        self.version = Version.read(str(deployment.value(VERSION) or ""))

    @cached_property
    def priced(self) -> Deployment:
        """The deployment by whose defaults memory is counted: where the version's are unknown, the newest are."""
        given = self.deployment.override({"mysql.max_connections": 0, "mysql.key_buffer_size": 0, POOL: 0})
        try:
            memory(given)
        except UndecidableError:
            return given.override({VERSION: None})
        return given

    @property
    def ram(self) -> float:
        """Bytes of main memory of each server, declared or of the host that is planned."""
        return self.typical("server.ram_installed")

    @property
    def myisam(self) -> bool:
        """Whether the CDR tables are declared to be MyISAM."""
        return str(self.deployment.value("mysql.cdr_engine") or "").lower() == "myisam"

    @property
    def tracks(self) -> bool:
        """Whether the firewall tracks flows: not declared means it does."""
        return self.deployment.value("server.conntrack") is not False

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


def chosen(ground: Ground) -> dict[str, Recommended]:
    """Return what to set, by declared name, in the order in which it is set."""
    makers = (_sockets, _ports, _tracking, _files, _database, _softswitch)
    return {name: value for make in makers for name, value in make(ground)}


def whole(size: float) -> int:
    """Return a size cut to whole MiB, one at least."""
    return max(floor(size / MIB), 1) * MIB


def _advised(name: str) -> int:
    """Return the number the catalogue recommends for high traffic."""
    found = parameter(name)
    return int(found.recommended[0]["value"]) if found is not None else 0


# Buffers and queues of sockets.


def _sockets(ground: Ground) -> Chosen:
    boot, page = int(limit("kernel.socket_buffer_default")), int(limit("kernel.page_bytes"))
    sockets, most = ground.typical("server.udp_ports"), _advised("sysctl.net.core.rmem_max")
    ceiling = max(boot, min(int(power_of_two(ground.typical("server.sip_socket_bytes"))), most))
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
    low, high = map(int, found.schema["default"]) if found is not None else (limit("kernel.first_free_port"), PORTS - 1)
    given: Any = [ground.deployment.value(name) or () for name in ("server.rtp_ports", "server.sip_ports")]
    listening = ((int(port), int(port)) for port in limit("listeners"))
    taken = _merged([*(pair for ranges in given for pair in ranges), *listening])
    free = (low, high) if _free(low, high, taken) >= limit("kernel.fewest_free_ports") else _gap(taken)
    if free is not None:
        yield "sysctl.net.ipv4.ip_local_port_range", free
        # Ranges of ports are compared as they are written.
        yield RESERVED, ",".join(f"{first}-{last}" if first < last else str(first) for first, last in taken)


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
    first = int(limit("kernel.first_free_port"))
    edges = [(0, first - 1), *taken, (PORTS, PORTS)]
    gaps = [(max(one[1] + 1, first), other[0] - 1) for one, other in pairwise(edges)]
    low, high = max(gaps, key=lambda each: each[1] - each[0])
    low += (high - low) % 2 == 0  # the kernel wants ends of different parity
    return (low, high) if high - low + 1 >= limit("kernel.fewest_free_ports") else None


# Connection tracking, descriptors and processes.


def _tracking(ground: Ground) -> Chosen:
    if ground.tracks:
        yield TRACKED, int(ground.typical("server.conntrack_max"))


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
    yield FLUSH, _advised(FLUSH)


def _io_capacity(ground: Ground) -> int:
    solid = ground.plan.host.value("storage") in limit("disk.solid")
    return int(limit("mysql.io_capacity_solid") if solid else limit("disk.io_capacity")["hdd"])


def _rounds_up(ground: Ground) -> bool:
    found = ground.version
    return found is not None and not found.mariadb and found.reaches(limit("mysql.pool_rounded_from"))


def _room(ground: Ground) -> float:
    """Return the bytes the caches may share, beside the fewest connections that are worth anything."""
    log = setting(ground.priced, "innodb_log_buffer_size")
    return float(ground.ram * limit("mysql.memory_share") - log - limit("mysql.many_connections") * MIB)


def _pool(ground: Ground) -> int:
    """Return the buffer pool: as planned, where it fits beside the fewest connections.

    MyISAM needs none: where one is declared, it is as small as by default.
    """
    if ground.myisam:
        return int(ground.typical("database.buffer_pool_bytes")) if ground.deployment.value(POOL) else 0
    pool, most = ground.plan.settings[POOL], max(_room(ground) / limit("mysql.pool_overhead") // MIB, 1) * MIB
    declared = ground.deployment.value("mysql.max_connections")
    if isinstance(declared, int | float) and declared > limit("mysql.connections"):
        # Fewer connections than are declared leave room that the plan did not count on.
        pool = max(pool, ceil(limit("mysql.pool_share")[0] * ground.ram / MIB) * MIB)
    return int(min(pool, most))


def _connections(ground: Ground, caches: dict[str, int]) -> tuple[int, dict[str, int]]:
    """Return how many connections fit beside the caches, and the buffers to make smaller for more of them."""
    wanted, fitting = int(limit("mysql.connections")), 0
    for small in ({}, _modest(ground)):
        given = {**caches, **small, "max_connections": 0}
        planned = ground.priced.override({f"mysql.{name}": size for name, size in given.items()})
        each = per_connection(planned)
        fitting = floor((limit("mysql.memory_share") * ground.ram - memory(planned)) / each)
        if small or (fitting >= wanted and each <= limit("mysql.connection_bytes")):
            break
    return max(min(fitting, wanted, _planned(ground)), 1), small


def _planned(ground: Ground) -> int:
    """Return how many connections the RAM of the plan has room for, beside all else that it counts."""
    ram = ground.plan.row("ram")
    room = max(ram.headroom if ram else 0, 0) + ground.typical("database.connection_bytes")
    return floor(room / ground.typical("database.bytes_per_connection"))


def _modest(ground: Ground) -> dict[str, int]:
    """Return the buffers of a connection whose defaults in this version are above today's."""
    found = {name: known.schema["default"] for name in BUFFERS if (known := parameter(f"mysql.{name}")) is not None}
    return {name: int(size) for name, size in found.items() if setting(ground.priced, name) > size}


# The softswitch.


def _softswitch(ground: Ground) -> Chosen:
    yield "softswitch.SS_MAXCPS", ceil(ground.plan.settings.get("softswitch.SS_MAXCPS", 1))
    if ground.deployment.value("softswitch.SS_CDR_RECORD_TO_FILE") is not False:
        yield "softswitch.SS_CDR_RECORD_TO_FILE", "On"
        yield "softswitch.SERVER_CDR_FILE_WRITE_INTERVAL", int(ground.typical("cdr.planned_interval"))
        yield "softswitch.SERVER_CDR_FILE_WRITE_MAX", int(ground.typical("cdr.planned_max_files"))
    yield "softswitch.SS_MAX_CALL_DURATION", int(limit("softswitch.call_duration"))
    if ground.typical("server.media"):
        yield "softswitch.SS_NO_MEDIA_HANGUP", int(limit("softswitch.no_media_hangup")[1])
