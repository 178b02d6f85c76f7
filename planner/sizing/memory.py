"""Memory of the database, by the settings declared and the defaults of the version."""

from functools import lru_cache

from planner.catalogue.parameter import Parameter, parameter
from planner.catalogue.releases import Version
from planner.deployment.model import Deployment, UndecidableError
from planner.sizing.constants import limit

VERSION = "server.mysql_version"


def setting(deployment: Deployment, name: str) -> float:
    """Return a setting: as declared, else the default of the declared version, else the newest default."""
    declared = deployment.value(f"mysql.{name}")
    value = _default(name, str(deployment.value(VERSION) or "")) if declared is None else declared
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise UndecidableError(f"mysql.{name} is declared as no number, or has no default that is one")
    return value


@lru_cache(maxsize=1024)
def _default(name: str, declared: str) -> object:
    known, release = parameter(f"mysql.{name}"), Version.read(declared)
    return known and (known.default_in(release) if release else _newest_default(known))


def _newest_default(known: Parameter) -> object:
    by_version = known.schema.get("x-default-by-version", ())
    return by_version[-1]["value"] if known.default is None and by_version else known.default


def per_connection(deployment: Deployment) -> float:
    """Return the bytes one connection may take: the per-thread buffers, `net_buffer_length` twice."""
    times: dict[str, float] = limit("mysql.per_connection")
    return sum(setting(deployment, name) * count for name, count in times.items())


def memory(deployment: Deployment) -> float:
    """Return the bytes MySQL may take: caches, the pool with its overhead, and every connection's buffers.

    Source of the sum: MySQL reference manual, how MySQL uses memory.
    """
    pool = setting(deployment, "innodb_buffer_pool_size") * float(limit("mysql.pool_overhead"))
    caches = setting(deployment, "key_buffer_size") + setting(deployment, "innodb_log_buffer_size")
    # These take memory only where somebody asked for it.
    asked = [name for name in _ASKED if deployment.value(f"mysql.{name}") is not None]
    beside = sum(setting(deployment, name) for name in asked)
    return pool + caches + beside + setting(deployment, "max_connections") * per_connection(deployment)


_ASKED = ("query_cache_size", "innodb_additional_mem_pool_size")
