"""Descriptors and processes: what the services may open, and what their calls and connections need."""

from __future__ import annotations

from planner.rules.rule import Findings, Rule
from planner.rules.shared import short, version
from planner.rules.site import Site
from planner.sizing.constants import limit
from planner.sizing.memory import VERSION

LIMIT = "sysctl.fs.file-max"
RAM = "server.ram"


def file_limit_below_boot_default(site: Site, rule: Rule) -> Findings:
    """Yield where the limit is clearly below RAM in kB / 10: the kernel counts the memory that is free at boot."""
    boot = site.number(RAM) / 1024 / limit("kernel.ram_kilobytes_per_file")
    if site.number(LIMIT) < boot * limit("kernel.file_table_free"):
        yield rule.found(site, limit=site[LIMIT].text, boot=f"{boot:,.0f}")


def file_limit_below_need(site: Site, rule: Rule) -> Findings:
    """Yield where the limit is below the descriptors of the calls."""
    yield from short(site, rule, "count")


CEILING = "sysctl.fs.nr_open"


def process_limit_above_ceiling(site: Site, rule: Rule) -> Findings:
    """Yield where the process limit exceeds fs.nr_open, declared or as at boot."""
    ceiling, declared = site.number_or(CEILING, limit("kernel.nr_open")), site[rule.needs[0]]
    if site.number(declared.name) > ceiling:
        yield rule.found(site, declared=declared.text, ceiling=f"{ceiling:,.0f}", most=f"{ceiling:.0f}")


def process_limit_below_need(site: Site, rule: Rule) -> Findings:
    """Yield where the limit is below the descriptors of the calls."""
    yield from short(site, rule, "count")


TABLE_CACHE_SINCE = "5.5"


def connections_above_descriptors(site: Site, rule: Rule) -> Findings:
    """Yield where the connections that descriptors allow are fewer than declared."""
    connections, granted = map(site.number, rule.needs)
    needed = max(limit("mysql.descriptors_per_connection") * connections, limit("mysql.least_descriptors"))
    most = granted - limit("mysql.descriptors_beside") - _tables(site)
    if most < connections:
        yield rule.found(
            site,
            granted=site[rule.needs[1]].text,
            most=f"{max(most, 1):,.0f}",
            connections=f"{connections:,.0f}",
            needed=f"{needed:.0f}",
        )


def _tables(site: Site) -> float:
    """Return the descriptors set aside for tables: twice the least table cache, 400 from MySQL 5.5 on, 64 before."""
    old = site.get(VERSION) is not None and not version(site).mariadb and not version(site).reaches(TABLE_CACHE_SINCE)
    least: float = limit("mysql.least_table_cache_before_5.5") if old else limit("mysql.least_table_cache")
    return 2 * least
