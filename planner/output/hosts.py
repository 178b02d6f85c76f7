"""Drift of hosts, and fleets of them, as text, Markdown, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from planner.catalogue.display import format_quantity
from planner.output.comparisons import markdown_table, text_table
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.collect.hosts import Drift, Host
    from planner.deployment import Declared

_UNITS = {"server.ram": "B", "server.storage.size": "B", "server.nic": "bit/s"}
_HEADS = {
    "server.os": "system",
    "server.kernel": "kernel",
    "server.cpu_cores": "cores",
    "server.ram": "RAM",
    "server.storage.size": "disk",
    "server.storage.type": "kind",
    "server.nic": "link",
    "server.mysql_version": "database",
    "mysql.cdr_engine": "CDR tables",
}


def render_drift(hosts: Sequence[tuple[str, Sequence[Drift]]], form: str) -> str:
    """Return each host's drift: declared, in the files, live."""
    if form == "json":
        documents = [{"host": name, "drift": [_row(each) for each in rows]} for name, rows in hosts]
        return _json({"schema": "drift-v1", "hosts": documents})
    heads = ["host", "setting", "declared", "in the files", "live"]
    table = [
        [name, row.name, *(_said(each) for each in (row.declared, row.files, row.live))]
        for name, rows in hosts
        for row in rows
    ]
    if form == "csv":
        return _csv([heads, *table])
    if form == "markdown":
        return markdown_table(table, heads)
    clean = [wording("{host}: no drift", host=name) for name, rows in hosts if not rows]
    return (text_table(table, heads) if table else "") + "".join(f"{each}\n" for each in clean)


def _row(row: Drift) -> dict[str, Any]:
    sides = {"declared": row.declared, "files": row.files, "live": row.live}
    return {"name": row.name, **{side: None if each is None else each.text for side, each in sides.items()}}


def _said(value: Declared | None) -> str:
    return "-" if value is None else " ".join(value.text.split()) or '""'


def render_fleet(hosts: Sequence[Host], form: str) -> str:
    """Return one row for each host."""
    if form == "json":
        return _json({"schema": "fleet-v1", "hosts": [each._asdict() for each in hosts]})
    heads = ["host", *_HEADS.values(), "errors", "warnings", "drift", "bundle"]
    table = [
        [
            str(each.facts.get("name", "")),
            *(_fact(name, each.facts.get(name)) for name in _HEADS),
            *map(str, (each.errors, each.warnings, each.drifted)),
            each.path,
        ]
        for each in hosts
    ]
    if form == "csv":
        return _csv([heads, *table])
    return markdown_table(table, heads) if form == "markdown" else text_table(table, heads)


def _fact(name: str, value: Any) -> str:  # noqa: ANN401  a declared value
    return "-" if value is None else format_quantity(value, _UNITS[name]) if name in _UNITS else str(value)


def _csv(rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
