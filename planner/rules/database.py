"""MySQL as checks see it: its version, its memory, and settings with the defaults of that version."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from planner.catalogue.parameters import parameter
from planner.catalogue.versions import Version
from planner.rules.limits import limit
from planner.rules.site import UndecidableError

if TYPE_CHECKING:
    from planner.catalogue.parameter import Parameter
    from planner.rules.site import Site

VERSION = "server.mysql_version"
ENGINE = "mysql.cdr_engine"
MYISAM = "myisam"


def version(site: Site) -> Version:
    """Return the declared version of MySQL or MariaDB."""
    found = Version.read(site.text(VERSION))
    if found is None:
        raise UndecidableError(f"{VERSION} is no usable version")
    return found


def is_myisam(site: Site) -> bool:
    """Tell whether the CDR tables are declared to be MyISAM."""
    return site.get(ENGINE) is not None and site.text(ENGINE).lower() == MYISAM


def setting(site: Site, name: str) -> float:
    """Return a setting: as declared, else the default of the declared version, else the newest default."""
    declared = f"mysql.{name}"
    if declared in site.usable:
        return site.number(declared)
    value = _default(name, site.text(VERSION) if site.get(VERSION) else "")
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise UndecidableError(f"mysql.{name} is not declared and its default is no number")
    return value


@lru_cache(maxsize=1024)
def _default(name: str, declared: str) -> object:
    known, release = parameter(f"mysql.{name}"), Version.read(declared)
    return known and (known.default_in(release) if release else _newest_default(known))


def _newest_default(known: Parameter) -> object:
    by_version = known.schema.get("x-default-by-version", ())
    return by_version[-1]["value"] if known.default is None and by_version else known.default


def per_connection(site: Site) -> float:
    """Return the bytes one connection may take: the per-thread buffers, `net_buffer_length` twice."""
    times: dict[str, float] = limit("mysql.per_connection")
    return sum(setting(site, name) * count for name, count in times.items())


def declared_or_zero(site: Site, name: str) -> float:
    """Return a setting that takes memory only where somebody asked for it."""
    return site.number(f"mysql.{name}") if site.get(f"mysql.{name}") else 0


def memory(site: Site) -> float:
    """Return the bytes MySQL may take: caches, the pool with its overhead, and every connection's buffers.

    Source of the sum: MySQL reference manual, how MySQL uses memory.
    """
    pool = setting(site, "innodb_buffer_pool_size") * float(limit("mysql.pool_overhead"))
    caches = setting(site, "key_buffer_size") + setting(site, "innodb_log_buffer_size")
    asked = declared_or_zero(site, "query_cache_size") + declared_or_zero(site, "innodb_additional_mem_pool_size")
    return pool + caches + asked + setting(site, "max_connections") * per_connection(site)
