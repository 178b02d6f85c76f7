"""What a sizing's summary shows, in which order: shared by the terminal, Markdown and whoever summarises."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.sizing.numbers import Assumption, Estimate
    from planner.sizing.result import Sizing

GROUPS = {
    "Traffic": (
        "traffic.cps",
        "traffic.answered_cps",
        "traffic.offered_erlangs",
        "traffic.concurrent_calls_peak",
        "traffic.concurrent_calls_busiest",
        "traffic.attempts_per_day",
    ),
    "Network, each direction": (
        "network.bits_per_second_per_call_leg",
        "network.media_bits_per_second",
        "network.signalling_bits_per_second",
        "network.wire_bits_per_second",
        "network.packets_per_second",
        "network.nic_bits_per_second",
    ),
    "CDR text": (
        "cdr.lines_per_hour",
        "cdr.bytes_per_day",
        "cdr.bytes_per_file",
        "cdr.retention_seconds",
        "cdr.retained_bytes",
        "cdr.recommended_interval",
        "cdr.required_max_files",
    ),
    "Database": (
        "database.inserts_per_second",
        "database.bytes_per_day",
        "database.retained_bytes",
        "database.buffer_pool_bytes",
        "database.key_buffer_bytes",
    ),
    "Kernel": ("kernel.udp_ports", "kernel.conntrack_entries", "kernel.file_descriptors"),
    "Hardware": (
        "hardware.servers",
        "hardware.servers_spare",
        "hardware.cpu_cores",
        "hardware.cpu_utilisation",
        "hardware.ram_bytes",
        "hardware.disk_bytes",
        "disk.days_until_alert",
    ),
}
# Below this share of the headline figures an assumption does not matter for a summary.
_LEAST_INFLUENCE = 0.01


def groups(sizing: Sizing, *, every: bool = False) -> Iterator[tuple[str, list[Estimate]]]:
    """Yield titled groups of figures: the summary's, or every figure by the first part of its name."""
    if not every:
        for title, names in GROUPS.items():
            yield title, [sizing.figures[name] for name in names if name in sizing.figures]
        return
    sections: dict[str, list[Estimate]] = {}
    for name, figure in sizing.figures.items():
        sections.setdefault(name.partition(".")[0].capitalize(), []).append(figure)
    yield from sections.items()


def influential(sizing: Sizing, *, every: bool = False) -> list[Assumption]:
    """Return the assumptions worth a line, most influential first."""
    return [item for item in sizing.assumptions if every or item.influence >= _LEAST_INFLUENCE]
