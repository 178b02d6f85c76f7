"""Memory of the database: buffers beside the RAM, connections, and tables that no buffer serves."""

from __future__ import annotations

from math import ceil

from planner.catalogue.display import format_quantity
from planner.deployment.model import UndecidableError
from planner.finding import Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import ENGINE, is_myisam, related, short, short_name, version
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
        message = wording(
            "innodb_buffer_pool_size = {declared} is {share} of the RAM, outside {low} to {high}",
            declared=site[POOL].text,
            share=f"{share:.0%}",
            low=f"{low:.0%}",
            high=f"{high:.0%}",
        )
        advice = wording(
            "Set between {least}M and {most}M.", least=ceil(ram * low / 2**20), most=int(ram * high / 2**20)
        )
        severity = rule.severity if site.get(ENGINE) and site.text(ENGINE).lower() == "innodb" else Severity.INFO
        beside = related(site[RAM], wording("the RAM declared"))
        yield rule.at(site[POOL], message, advice, severity=severity, related=beside)


def _is_all(site: Site, rule: Rule) -> bool:
    """Tell whether a larger pool, by a step at least, would be more than is planned."""
    return site.is_sized and site.number(POOL) + limit("mysql.pool_chunk") > site.figure(rule.figures[0]).value


def buffer_pool_rounded_up(site: Site, rule: Rule) -> Findings:
    """Yield where the size is no multiple, for MySQL versions that round."""
    if version(site).mariadb or not version(site).reaches(limit("mysql.pool_rounded_from")):
        return
    size, chunk = (site.number(POOL), site.number_or("mysql.innodb_buffer_pool_chunk_size", limit("mysql.pool_chunk")))
    step = chunk * _instances(site, size)
    # Chunks that are too large for the pool are cut to fit.
    if 0 < step < size and size % step:
        rounded = ceil(size / step) * step
        message = wording(
            "{declared} is rounded up to {rounded} MiB, a multiple of {step} MiB",
            declared=site[POOL].text,
            rounded=f"{rounded / 2**20:,.0f}",
            step=f"{step / 2**20:,.0f}",
        )
        yield rule.at(
            site[POOL], message, wording("Set innodb_buffer_pool_size = {rounded}M.", rounded=int(rounded / 2**20))
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
    connections, buffers = rule.needs
    size = per_connection(site.deployment)
    if site.number(connections) > limit("mysql.many_connections") and size > limit("mysql.connection_bytes"):
        declared = [each for name in buffers.split("|") if (each := site.get(name))]
        largest = max(declared, key=lambda each: site.number(each.name))
        message = wording(
            "each of {connections} connections may take {size} of buffers",
            connections=f"{site.number(connections):,.0f}",
            size=format_quantity(size, "B"),
        )
        yield rule.at(
            largest,
            message,
            wording("Lower the global buffers."),
            related=related(site[connections], wording("the connections")),
        )


def connections_below_recommended(site: Site, rule: Rule) -> Findings:
    """Yield where fewer connections are allowed than documented."""
    name = rule.needs[0]
    if site.number(name) < limit("mysql.connections"):
        message = wording(
            "max_connections = {declared} is below the {recommended} recommended for high traffic",
            declared=site[name].text,
            recommended=limit("mysql.connections"),
        )
        yield rule.at(
            site[name],
            message,
            wording(
                "Set max_connections = {recommended} where connections are refused.",
                recommended=limit("mysql.connections"),
            ),
        )


def key_buffer_below_index(site: Site, rule: Rule) -> Findings:
    """Yield where the buffer is below the sizing's, for MyISAM."""
    if is_myisam(site):
        yield from short(site, rule, rule.needs[0], "B", wording("Raise key_buffer_size towards the need."))


def mysql_memory_above_ram(site: Site, rule: Rule) -> Findings:
    """Yield where the sum exceeds the warning share of the RAM."""
    _, declared = rule.needs
    total, ram = memory(site.deployment), site.number(RAM)
    if total <= limit("mysql.memory_share") * ram:
        return
    severity = Severity.ERROR if total > ram else Severity.WARNING
    connections = setting(site.deployment, "max_connections")
    message = wording(
        "MySQL may take {total}, {share} of the RAM: {connections} connections of up to {each} beside its caches",
        total=format_quantity(total, "B"),
        share=f"{total / ram:.0%}",
        connections=f"{connections:,.0f}",
        each=format_quantity(per_connection(site.deployment), "B"),
    )
    places = related(site[RAM], wording("the RAM declared")) + related(
        site.get("mysql.max_connections"), wording("the connections")
    )
    yield rule.at(
        site[declared],
        message,
        wording("Lower the pool, max_connections or the buffers per connection."),
        severity=severity,
        related=places,
    )


HEAP = "mysql.max_heap_table_size"
ALONE_SINCE = "8.0.28"


def temporary_tables_cut_short(site: Site, rule: Rule) -> Findings:
    """Yield where the heap limit, declared or default, is the smaller of the two."""
    if site.get(VERSION) and not version(site).mariadb and version(site).reaches(ALONE_SINCE):
        return
    size, heap = site[rule.needs[0]], setting(site.deployment, "max_heap_table_size")
    if site.number(size.name) > heap:
        message = wording(
            "tmp_table_size = {size} is cut to max_heap_table_size, {heap} MiB",
            size=size.text,
            heap=f"{heap / 2**20:,.4g}",
        )
        yield rule.at(
            size,
            message,
            wording("Set max_heap_table_size = {size}.", size=size.text),
            related=related(site.get(HEAP), wording("the smaller limit")),
        )


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
        beside = tuple(place for each in tuned[1:] for place in related(each, wording("nor does this")))
        advice = wording("Tune key_buffer_size, and leave memory to the page cache.")
        yield rule.at(
            tuned[0],
            message,
            advice,
            related=beside + related(site["mysql.cdr_engine"], wording("the engine of the CDR tables")),
        )


STRUCTURED = frozenset({"yaml", "json", "toml"})


def cdr_engine_unknown(site: Site, rule: Rule) -> Findings:
    """Yield where a deployment, which could declare the engine, tunes InnoDB without."""
    declares = any(document.format in STRUCTURED for document in site.deployment.documents)
    engine = site.text(ENGINE).lower() if site.get(ENGINE) else "unknown"
    if declares and engine == "unknown":
        message = wording(
            "InnoDB is tuned, but running systems keep their CDR tables in MyISAM and the engine is not declared"
        )
        yield rule.at(site[rule.needs[0]], message, wording("Ask SHOW TABLE STATUS and declare mysql.cdr_engine."))
