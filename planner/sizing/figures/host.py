"""The host that results: declared or of the tier chosen, how full it is, and settings that follow."""

from planner.sizing.numbers import Figure

GUIDE = "guide-scaling"
MANUAL = "mysql-manual"

FIGURES = (
    Figure(
        "server.ram_installed",
        "B",
        "RAM of each server: declared, or the tier's, or more where the tier's is too little",
        "where(given.ram, server.ram, where(given.plan, plan.ram, "
        "max(hardware.tier_ram_bytes, rung(server.ram_bytes, table.ram_sizes))))",
        (GUIDE,),
    ),
    Figure(
        "server.cores_installed",
        "count",
        "CPU cores of each server, declared or of the tier",
        "where(given.cores, server.cores, hardware.tier_cpu_cores)",
        (GUIDE,),
    ),
    Figure(
        "server.disk_installed",
        "B",
        "Disk of each server: declared, or the tier's, or more where the tier's is too little",
        "where(given.disk, server.disk, where(given.plan, plan.disk, "
        "max(hardware.tier_disk_bytes, rung(server.disk_bytes, table.disk_sizes))))",
        (GUIDE,),
    ),
    Figure(
        "server.link_installed",
        "bit/s",
        "Link of each server, declared or recommended",
        "where(given.nic, server.nic, where(given.plan, plan.nic, network.nic_bits_per_second))",
        ("ieee-802.3",),
    ),
    Figure(
        "hardware.cpu_utilisation",
        "ratio",
        "CPU utilisation of each server in the busy hour",
        "server.cpu_cores / server.cores_installed",
        (GUIDE,),
    ),
    Figure(
        "hardware.disk_utilisation",
        "ratio",
        "Use of each server's disk once retention is reached",
        "server.disk_used / server.disk_installed",
        (GUIDE,),
    ),
    Figure(
        "hardware.ram_utilisation",
        "ratio",
        "Use of each server's RAM",
        "server.ram_used / server.ram_installed",
        (GUIDE,),
    ),
    Figure(
        "network.link_utilisation",
        "ratio",
        "Use of each server's link, declared or recommended, each direction",
        "server.wire_bits_per_second / server.link_installed",
        ("ieee-802.3",),
    ),
    Figure(
        "hardware.capacity_concurrent_calls",
        "count",
        "Concurrent calls the planned servers carry",
        "hardware.servers_planned * hardware.tier_concurrent_calls",
        (f"{GUIDE}: multiple server architecture",),
    ),
    Figure(
        "disk.days_until_alert",
        "day",
        "Days until a disk is 80 % full if nothing is deleted",
        "quotient(excess(server.disk_installed * disk.ceiling, disk.fixed_bytes), disk.bytes_per_day, disk.horizon)",
        (f"{GUIDE}: alert at 80 %",),
    ),
    Figure(
        "disk.days_until_full",
        "day",
        "Days until a disk is full if nothing is deleted",
        "quotient(excess(server.disk_installed, disk.fixed_bytes), disk.bytes_per_day, disk.horizon)",
        ("definition: the sum of its parts",),
    ),
    Figure(
        "database.buffer_pool_bytes",
        "B",
        "Setting: InnoDB buffer pool of each server",
        "where(database.innodb, max(database.small_cache_bytes, "
        "min(server.ram_installed * database.pool_share, "
        "excess(server.ram_installed, server.memory_without_cache) / database.pool_overhead)), "
        "database.small_cache_bytes)",
        (f"{GUIDE}: 50-70 % of RAM", "planning-choice: limited to what the rest of the server leaves"),
    ),
    Figure(
        "database.key_buffer_bytes",
        "B",
        "Setting: MyISAM key buffer of each server",
        "where(database.myisam, max(database.small_key_buffer_bytes, "
        "min(database.hot_index_bytes * server.share, "
        "server.ram_installed * database.key_buffer_share)), database.small_key_buffer_bytes)",
        (f"{MANUAL}: key_buffer_size",),
    ),
    Figure(
        "server.memory_bytes",
        "B",
        "Memory of each server with the database's cache as set",
        "server.memory_without_cache + max(where(database.innodb, database.buffer_pool_bytes * "
        "database.pool_overhead, 0), where(database.myisam, database.key_buffer_bytes, 0))",
        ("definition: the sum of its parts",),
    ),
    Figure(
        "server.memory_share",
        "ratio",
        "That memory over the RAM installed",
        "server.memory_bytes / server.ram_installed",
        ("definition: the sum of its parts",),
    ),
    Figure(
        "server.udp_memory_pages",
        "page",
        "Setting: most pages that UDP queues may take",
        "server.ram_installed * kernel.udp_memory_sound / kernel.page_bytes",
        ("linux-el7-ip-sysctl: udp_mem",),
    ),
)
