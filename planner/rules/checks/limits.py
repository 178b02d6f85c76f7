"""Descriptors and processes: what the services may open, and what their calls and connections need."""

from __future__ import annotations

from planner.rules.registry import declaration
from planner.rules.rule import Findings
from planner.rules.shared import VERSION, limit, related, short, version
from planner.rules.site import Site
from planner.wording import wording

FILE_LIMIT_BELOW_BOOT_DEFAULT = declaration("file-limit-below-boot-default")
LIMIT, RAM = FILE_LIMIT_BELOW_BOOT_DEFAULT.needs


def file_limit_below_boot_default(site: Site) -> Findings:
    """Yield where the limit is clearly below RAM in kB / 10: the kernel counts the memory that is free at boot."""
    boot = site.number(RAM) / 1024 / limit("kernel.ram_kilobytes_per_file")
    if site.number(LIMIT) < boot * limit("kernel.file_table_free"):
        message = wording(
            "fs.file-max = {limit} lowers the boot value of about {boot}", limit=site[LIMIT].text, boot=f"{boot:,.0f}"
        )
        yield FILE_LIMIT_BELOW_BOOT_DEFAULT.at(
            site[LIMIT], message, wording("Remove the line."), related=related(site[RAM], wording("the RAM declared"))
        )


FILE_LIMIT_BELOW_NEED = declaration("file-limit-below-need")


def file_limit_below_need(site: Site) -> Findings:
    """Yield where the limit is below the descriptors of the calls."""
    yield from short(
        site,
        FILE_LIMIT_BELOW_NEED,
        FILE_LIMIT_BELOW_NEED.needs[0],
        "count",
        wording("Remove the line, or raise the limit."),
    )


PROCESS_LIMIT_ABOVE_CEILING = declaration("process-limit-above-ceiling")
CEILING = "sysctl.fs.nr_open"


def process_limit_above_ceiling(site: Site) -> Findings:
    """Yield where the process limit exceeds fs.nr_open, declared or as at boot."""
    ceiling = site.number_or(CEILING, limit("kernel.nr_open"))
    if site.number(PROCESS_LIMIT_ABOVE_CEILING.needs[0]) > ceiling:
        message = wording(
            "{declared} open files per process are above fs.nr_open, {ceiling}: the kernel refuses",
            declared=site[PROCESS_LIMIT_ABOVE_CEILING.needs[0]].text,
            ceiling=f"{ceiling:,.0f}",
        )
        yield PROCESS_LIMIT_ABOVE_CEILING.at(
            site[PROCESS_LIMIT_ABOVE_CEILING.needs[0]],
            message,
            wording("Ask for {ceiling} or less, or raise fs.nr_open.", ceiling=f"{ceiling:.0f}"),
            related=related(site.get(CEILING), wording("the ceiling")),
        )


PROCESS_LIMIT_BELOW_NEED = declaration("process-limit-below-need")


def process_limit_below_need(site: Site) -> Findings:
    """Yield where the limit is below the descriptors of the calls."""
    yield from short(
        site,
        PROCESS_LIMIT_BELOW_NEED,
        PROCESS_LIMIT_BELOW_NEED.needs[0],
        "count",
        wording("Raise LimitNOFILE=, nofile in limits.conf and `ulimit -n` in the user's .bashrc."),
    )


CONNECTIONS_ABOVE_DESCRIPTORS = declaration("connections-above-descriptors")
CONNECTIONS, GRANTED = CONNECTIONS_ABOVE_DESCRIPTORS.needs
TABLE_CACHE_SINCE = "5.5"


def connections_above_descriptors(site: Site) -> Findings:
    """Yield where the connections that descriptors allow are fewer than declared."""
    connections, granted = site.number(CONNECTIONS), site.number(GRANTED)
    tables = _tables(site)
    wanted = limit("mysql.descriptors_beside") + connections + tables
    needed = max(wanted, limit("mysql.descriptors_per_connection") * connections, limit("mysql.least_descriptors"))
    most = granted - limit("mysql.descriptors_beside") - tables
    if most >= connections:
        return
    message = wording(
        "{granted} descriptors allow {most} connections, not {connections}",
        granted=site[GRANTED].text,
        most=f"{max(most, 1):,.0f}",
        connections=f"{connections:,.0f}",
    )
    advice = wording("Grant {needed} descriptors: LimitNOFILE={needed} in MySQL's unit.", needed=f"{needed:.0f}")
    yield CONNECTIONS_ABOVE_DESCRIPTORS.at(
        site[CONNECTIONS], message, advice, related=related(site[GRANTED], wording("the descriptors granted"))
    )


def _tables(site: Site) -> float:
    """Return the descriptors set aside for tables: twice the least table cache, 400 from MySQL 5.5 on, 64 before."""
    old = site.get(VERSION) is not None and not version(site).mariadb and not version(site).reaches(TABLE_CACHE_SINCE)
    least: float = limit("mysql.least_table_cache_before_5.5") if old else limit("mysql.least_table_cache")
    return 2 * least
