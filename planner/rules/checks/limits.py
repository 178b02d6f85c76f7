"""Descriptors and processes: what the services may open, and what their calls and connections need."""

from __future__ import annotations

from planner.rules.rule import Findings, Rule
from planner.rules.shared import related, short, version
from planner.rules.site import Site
from planner.sizing.constants import limit
from planner.sizing.memory import VERSION
from planner.wording import wording

LIMIT = "sysctl.fs.file-max"
RAM = "server.ram"


def file_limit_below_boot_default(site: Site, rule: Rule) -> Findings:
    """Yield where the limit is clearly below RAM in kB / 10: the kernel counts the memory that is free at boot."""
    boot = site.number(RAM) / 1024 / limit("kernel.ram_kilobytes_per_file")
    if site.number(LIMIT) < boot * limit("kernel.file_table_free"):
        message = wording(
            "fs.file-max = {limit} lowers the boot value of about {boot}", limit=site[LIMIT].text, boot=f"{boot:,.0f}"
        )
        yield rule.at(
            site[LIMIT], message, wording("Remove the line."), related=related(site[RAM], wording("the RAM declared"))
        )


def file_limit_below_need(site: Site, rule: Rule) -> Findings:
    """Yield where the limit is below the descriptors of the calls."""
    yield from short(site, rule, rule.needs[0], "count", wording("Remove the line, or raise the limit."))


CEILING = "sysctl.fs.nr_open"


def process_limit_above_ceiling(site: Site, rule: Rule) -> Findings:
    """Yield where the process limit exceeds fs.nr_open, declared or as at boot."""
    ceiling = site.number_or(CEILING, limit("kernel.nr_open"))
    if site.number(rule.needs[0]) > ceiling:
        message = wording(
            "{declared} open files per process are above fs.nr_open, {ceiling}: the kernel refuses",
            declared=site[rule.needs[0]].text,
            ceiling=f"{ceiling:,.0f}",
        )
        yield rule.at(
            site[rule.needs[0]],
            message,
            wording("Ask for {ceiling} or less, or raise fs.nr_open.", ceiling=f"{ceiling:.0f}"),
            related=related(site.get(CEILING), wording("the ceiling")),
        )


def process_limit_below_need(site: Site, rule: Rule) -> Findings:
    """Yield where the limit is below the descriptors of the calls."""
    yield from short(
        site,
        rule,
        rule.needs[0],
        "count",
        wording("Raise LimitNOFILE=, nofile in limits.conf and `ulimit -n` in the user's .bashrc."),
    )


CONNECTIONS = "mysql.max_connections"
GRANTED = "mysql.open_files_limit|server.nofile"
TABLE_CACHE_SINCE = "5.5"


def connections_above_descriptors(site: Site, rule: Rule) -> Findings:
    """Yield where the connections that descriptors allow are fewer than declared."""
    connections, granted = site.number(CONNECTIONS), site.number(GRANTED)
    tables = _tables(site)
    needed = max(limit("mysql.descriptors_per_connection") * connections, limit("mysql.least_descriptors"))
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
    yield rule.at(
        site[CONNECTIONS], message, advice, related=related(site[GRANTED], wording("the descriptors granted"))
    )


def _tables(site: Site) -> float:
    """Return the descriptors set aside for tables: twice the least table cache, 400 from MySQL 5.5 on, 64 before."""
    old = site.get(VERSION) is not None and not version(site).mariadb and not version(site).reaches(TABLE_CACHE_SINCE)
    least: float = limit("mysql.least_table_cache_before_5.5") if old else limit("mysql.least_table_cache")
    return 2 * least
