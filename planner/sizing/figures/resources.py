"""CPU, memory and disk: what the whole load needs, and each server's part."""

from planner.sizing.numbers import Figure

GUIDE = "guide-scaling: single-server capacity limits"
DISK = "guide-scaling: storage"
FIGURES = (
    Figure(
        "cpu.share",
        "ratio",
        "CPU of the reference server per 1,000 calls in this media mode",
        "where(server.media, cpu.share_media, cpu.share_signalling)",
        (GUIDE,),
    ),
    Figure(
        "cpu.cores_per_call",
        "count",
        "CPU cores a call keeps busy: with media, while it sets up, transcoded",
        "((traffic.media_ratio * cpu.share + (1 - traffic.media_ratio) * min(cpu.share, cpu.share_signalling)) * "
        "(1 + codec.transcoded_share * excess(cpu.transcoding_factor, 1))) / "
        "cpu.reference_calls * limit.reference_cores",
        (GUIDE,),
        shown=False,
    ),
    Figure(
        "hardware.cpu_cores",
        "count",
        "CPU cores the calls keep busy, all servers",
        "traffic.concurrent_calls_peak * cpu.cores_per_call",
        (GUIDE,),
        headline=True,
    ),
    Figure(
        "server.cpu_cores",
        "count",
        "CPU cores the calls keep busy on each server",
        "server.concurrent_calls * cpu.cores_per_call",
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
        "memory.bytes_per_call",
        "B",
        "RAM of a call: softswitch and tracked connections",
        "memory.call_bytes + where(option.conntrack, where(server.media, kernel.ports_per_call * "
        "kernel.conntrack_entry_bytes, 0), 0)",
        ("definition: the sum of its parts",),
        shown=False,
    ),
    Figure(
        "memory.base_bytes",
        "B",
        "RAM of a server without calls, with the tracked connections of its peers",
        "memory.fixed_bytes + where(option.conntrack, sip.peers * kernel.conntrack_entry_bytes, 0)",
        ("definition: the sum of its parts",),
        shown=False,
    ),
    Figure(
        "memory.shared_bytes",
        "B",
        "RAM that servers share: media that ended, and the database's hot part",
        "where(option.conntrack, kernel.conntrack_ended * kernel.conntrack_entry_bytes, 0) + "
        "database.hot_bytes * database.pool_overhead",
        ("definition: the sum of its parts",),
        shown=False,
    ),
    Figure(
        "server.memory_without_cache",
        "B",
        "RAM of each server beside the database's cache",
        "memory.base_bytes + server.concurrent_calls * memory.bytes_per_call + "
        "where(option.conntrack, kernel.conntrack_ended * kernel.conntrack_entry_bytes, 0) * server.share",
        ("definition: the sum of its parts",),
    ),
    Figure(
        "server.ram_bytes",
        "B",
        "RAM each server needs, with headroom",
        "(memory.base_bytes + server.concurrent_calls * memory.bytes_per_call + "
        "memory.shared_bytes * server.share) / memory.ceiling",
        ("definition: the sum of its parts",),
    ),
    Figure(
        "server.ram_used",
        "B",
        "RAM each server uses, without headroom",
        "server.ram_bytes * memory.ceiling",
        ("definition: the sum of its parts",),
        shown=False,
    ),
    Figure(
        "hardware.ram_bytes",
        "B",
        "RAM the load needs, all servers, with headroom",
        "(memory.base_bytes * hardware.servers_planned + traffic.concurrent_calls_peak * memory.bytes_per_call + "
        "memory.shared_bytes) / memory.ceiling",
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
        "(cdr.retained_bytes + database.retained_bytes + disk.fixed_bytes * hardware.servers_planned) / disk.ceiling",
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
        "server.disk_used",
        "B",
        "Disk each server fills once retention is reached",
        "server.disk_bytes * disk.ceiling",
        (DISK,),
        shown=False,
    ),
    Figure(
        "disk.bytes_per_day",
        "B/day",
        "CDR text and rows written per day on each server",
        "(cdr.bytes_per_day + database.bytes_per_day) * server.share",
        ("definition: the sum of its parts",),
    ),
)
