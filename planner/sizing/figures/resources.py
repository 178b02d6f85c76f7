"""CPU, memory and disk: what the whole load needs, and each server's part."""

from __future__ import annotations

from planner.sizing.numbers import Figure

GUIDE = "guide-scaling: single-server capacity limits"
DISK = "guide-scaling: storage"
_CORES = (
    "/ cpu.reference_calls * cpu.share * limit.reference_cores * "
    "(1 + codec.transcoded_share * excess(cpu.transcoding_factor, 1))"
)

FIGURES = (
    Figure(
        "cpu.share",
        "ratio",
        "CPU of the reference server per 1,000 calls in this media mode",
        "where(server.media, cpu.share_media, cpu.share_signalling)",
        (GUIDE,),
    ),
    Figure(
        "hardware.cpu_cores",
        "count",
        "CPU cores the calls keep busy, all servers",
        f"traffic.concurrent_calls_peak {_CORES}",
        (GUIDE,),
        headline=True,
    ),
    Figure(
        "server.cpu_cores",
        "count",
        "CPU cores the calls keep busy on each server",
        f"server.concurrent_calls {_CORES}",
        (GUIDE,),
    ),
    Figure(
        "memory.fixed_bytes",
        "B",
        "RAM of a server without calls: system, Java, softswitch, connections",
        "memory.system_bytes + memory.java_bytes + memory.softswitch_bytes + database.connection_bytes",
        ("definition: the sum of its parts",),
    ),
    Figure(
        "server.memory_without_cache",
        "B",
        "RAM of each server beside the database's cache",
        "memory.fixed_bytes + server.concurrent_calls * memory.call_bytes + "
        "server.conntrack_entries * kernel.conntrack_entry_bytes",
        ("definition: the sum of its parts",),
    ),
    Figure(
        "server.ram_bytes",
        "B",
        "RAM each server needs, with headroom",
        "(server.memory_without_cache + database.hot_bytes * server.share * database.pool_overhead) / memory.ceiling",
        ("definition: the sum of its parts",),
    ),
    Figure(
        "hardware.ram_bytes",
        "B",
        "RAM the load needs, all servers, with headroom",
        "(memory.fixed_bytes * hardware.servers + traffic.concurrent_calls_peak * memory.call_bytes + "
        "kernel.conntrack_entries * kernel.conntrack_entry_bytes + "
        "database.hot_bytes * database.pool_overhead) / memory.ceiling",
        ("definition: the sum of its parts",),
        headline=True,
    ),
    Figure(
        "disk.fixed_bytes",
        "B",
        "Disk of a server without CDRs: system and logs",
        "disk.system_bytes + disk.log_bytes",
        ("definition: the sum of its parts",),
    ),
    Figure(
        "hardware.disk_bytes",
        "B",
        "Disk the load needs, all servers, so that it is at most 80 % full",
        "(cdr.retained_bytes + database.retained_bytes + disk.fixed_bytes * hardware.servers) / disk.ceiling",
        (DISK,),
        headline=True,
    ),
    Figure(
        "server.disk_bytes",
        "B",
        "Disk each server needs, so that it is at most 80 % full",
        "((cdr.retained_bytes + database.retained_bytes) * server.share + disk.fixed_bytes) / disk.ceiling",
        (DISK,),
    ),
    Figure(
        "disk.bytes_per_day",
        "B/day",
        "CDR text and rows written per day on each server",
        "(cdr.bytes_per_day + database.bytes_per_day) * server.share",
        ("definition: the sum of its parts",),
    ),
)
