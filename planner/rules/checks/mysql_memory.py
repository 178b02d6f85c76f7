"""Memory of the database: buffers beside the RAM, connections, and tables that no buffer serves."""

from __future__ import annotations

from math import ceil

from planner.catalogue.display import format_quantity
from planner.deployment.model import UndecidableError
from planner.finding import Severity
from planner.rules.rule import Findings, Rule, beside
from planner.rules.shared import ENGINE, is_myisam, short, short_name, version
from planner.rules.site import Site
from planner.sizing.constants import limit
from planner.sizing.memory import VERSION, memory, per_connection, setting
from planner.wording import wording

POOL = "mysql.innodb_buffer_pool_size"
RAM = "server.ram"


def buffer_pool_outside_share(site: Site, rule: Rule) -> Findings:
    """Yield where the pool's share of the RAM is outside the documented range, for InnoDB.

    A pool that is all the rest of the server leaves is large enough.
    """
    low, high = limit("mysql.pool_share")
    ram, share = site.number(RAM), site.number(POOL) / site.number(RAM)
    if not is_myisam(site) and not low <= share <= high and not (share < low and _is_all(site, rule)):
        yield rule.found(
            site,
            severity=rule.severity if site.get(ENGINE) and site.text(ENGINE).lower() == "innodb" else Severity.INFO,
            basis=rule.basis,
            declared=site[POOL].text,
            share=f"{share:.0%}",
            low=f"{low:.0%}",
            high=f"{high:.0%}",
            least=ceil(ram * low / 2**20),
            most=int(ram * high / 2**20),
        )


def _is_all(site: Site, rule: Rule) -> bool:
    """Tell whether a larger pool, by a step at least, would be more than is planned."""
    return site.is_sized and site.number(POOL) + limit("mysql.pool_chunk") > site.figure(rule.figures[0]).value


def buffer_pool_rounded_up(site: Site, rule: Rule) -> Findings:
    """Yield where the size is no multiple, for MySQL versions that round."""
    if version(site).mariadb or not version(site).reaches(limit("mysql.pool_rounded_from")):
        return
    size, chunk = site.number(POOL), site.number_or("mysql.innodb_buffer_pool_chunk_size", limit("mysql.pool_chunk"))
    step = chunk * _instances(site, size)
    # Chunks that are too large for the pool are cut to fit.
    if 0 < step < size and size % step:
        rounded = ceil(size / step) * step / 2**20
        yield rule.found(
            site, declared=site[POOL].text, advised=int(rounded), rounded=f"{rounded:,.0f}", step=f"{step / 2**20:,.0f}"
        )


def _instances(site: Site, size: float) -> float:
    """Return into how many parts the server divides a pool; one alone below a size, whatever is declared."""
    if size < limit("mysql.pool_instances_from"):
        return 1
    declared = site.number_or("mysql.innodb_buffer_pool_instances", 0)
    if not declared and version(site).reaches(limit("mysql.pool_instances_of_cpus")):
        raise UndecidableError("mysql.innodb_buffer_pool_instances is not declared, and the server chooses by its CPUs")
    return declared or float(limit("mysql.pool_instances"))


def connection_buffers_large(site: Site, rule: Rule) -> Findings:
    """Yield where many connections have large buffers, at the largest one declared."""
    connections, size = site.number(rule.needs[0]), per_connection(site.deployment)
    if connections > limit("mysql.many_connections") and size > limit("mysql.connection_bytes"):
        declared = [each for name in rule.needs[1].split("|") if (each := site.get(name))]
        largest = max(declared, key=lambda each: site.number(each.name))
        yield rule.found(site, largest, connections=f"{connections:,.0f}", size=format_quantity(size, "B"))


def connections_below_recommended(site: Site, rule: Rule) -> Findings:
    """Yield where fewer connections are allowed than documented."""
    declared, least = site[rule.needs[0]], limit("mysql.connections")
    if site.number(declared.name) < least:
        yield rule.found(site, declared=declared.text, recommended=least)


def key_buffer_below_index(site: Site, rule: Rule) -> Findings:
    """Yield where the buffer is below the sizing's, for MyISAM."""
    if is_myisam(site):
        yield from short(site, rule, "B")


def mysql_memory_above_ram(site: Site, rule: Rule) -> Findings:
    """Yield where the sum exceeds the warning share of the RAM."""
    total, ram = memory(site.deployment), site.number(RAM)
    if total > limit("mysql.memory_share") * ram:
        yield rule.found(
            site,
            site[rule.needs[1]],
            severity=Severity.ERROR if total > ram else Severity.WARNING,
            total=format_quantity(total, "B"),
            share=f"{total / ram:.0%}",
            connections=f"{setting(site.deployment, 'max_connections'):,.0f}",
            each=format_quantity(per_connection(site.deployment), "B"),
        )


ALONE_SINCE = "8.0.28"


def temporary_tables_cut_short(site: Site, rule: Rule) -> Findings:
    """Yield where the heap limit, declared or default, is the smaller of the two."""
    if site.get(VERSION) and not version(site).mariadb and version(site).reaches(ALONE_SINCE):
        return
    size, heap = site[rule.needs[0]], setting(site.deployment, "max_heap_table_size")
    if site.number(size.name) > heap:
        yield rule.found(site, size=size.text, heap=f"{heap / 2**20:,.4g}")


TUNED = ("innodb_buffer_pool_size", "innodb_log_file_size", "innodb_flush_log_at_trx_commit", "innodb_io_capacity")


def innodb_tuned_for_myisam(site: Site, rule: Rule) -> Findings:
    """Yield one finding at the first of the settings that do nothing for MyISAM; the others are beside it."""
    tuned = [each for name in TUNED if (each := site.get(f"mysql.{name}"))]
    if is_myisam(site) and tuned:
        names = ", ".join(short_name(each) for each in tuned)
        message = (
            wording("{names} does nothing for the CDR tables, which are MyISAM", names=names)
            if len(tuned) == 1
            else wording("{names} do nothing for the CDR tables, which are MyISAM", names=names)
        )
        others = tuple(place for each in tuned[1:] for place in beside(each, wording("nor does this")))
        advice = wording("Tune key_buffer_size, and leave memory to the page cache.")
        places = others + beside(site["mysql.cdr_engine"], wording("the engine of the CDR tables"))
        yield rule.at(tuned[0], message, advice, related=places)


STRUCTURED = frozenset({"yaml", "json", "toml"})


def cdr_engine_unknown(site: Site, rule: Rule) -> Findings:
    """Yield where a deployment, which could declare the engine, tunes InnoDB without."""
    declares = any(document.format in STRUCTURED for document in site.deployment.documents)
    engine = site.text(ENGINE).lower() if site.get(ENGINE) else "unknown"
    if declares and engine == "unknown":
        yield rule.found(site)
