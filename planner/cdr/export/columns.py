"""Layouts of exported records: which columns, of which type, from which field of the line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from planner.catalogue.paths import SCHEMAS

Value: TypeAlias = str | int | float | None
Row: TypeAlias = tuple[Value, ...]

TYPES = {
    "key": "text", "file": "text", "text": "text", "label": "text", "line": "integer", "offset": "integer",
    "milliseconds": "integer", "seconds": "number", "instant": "instant",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One exported column: its name, how it is made (`form`) and from which field; `type` is what it holds.

    Types: `text`, `integer`, `number`, and `instant` (s since 1970, local or UTC).
    """

    name: str
    form: str
    field: str
    meaning: str

    @property
    def type(self) -> str:
        """What the column holds."""
        return TYPES[self.form]


@cache
def export_data() -> dict[str, Any]:
    """Return `schemas/export.json`."""
    read: dict[str, Any] = json.loads((SCHEMAS / "export.json").read_text(encoding="utf-8"))
    return read


def layouts() -> tuple[str, ...]:
    """Return the names of the layouts."""
    return tuple(export_data()["layouts"])


@cache
def columns(layout: str) -> tuple[Column, ...]:
    """Return the columns of a layout, the record key first."""
    entries = export_data()["layouts"][layout]
    return tuple(Column(entry["name"], entry["as"], entry["from"], entry["meaning"]) for entry in entries)
