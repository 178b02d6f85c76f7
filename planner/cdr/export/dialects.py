"""The databases `plan cdr export` can write to."""

from __future__ import annotations

from planner.cdr.export.duck import DuckDB
from planner.cdr.export.mysql import MySQL
from planner.cdr.export.postgresql import PostgreSQL

DIALECTS: dict[str, type[MySQL | PostgreSQL | DuckDB]] = {"mysql": MySQL, "postgresql": PostgreSQL, "duckdb": DuckDB}
