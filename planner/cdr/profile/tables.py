"""Traffic by gateway, end reason, hang-up side, charge mode and destination."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from planner.cdr.format import cdr_format
from planner.cdr.profile.clock import written

if TYPE_CHECKING:
    from planner.cdr.summary.table import Row, Table

_MS_PER_MINUTE = 60_000
_MINUTE = 60


def _peak(row: Row) -> dict[str, Any]:
    minutes, changes = row.marks.changes()
    if not minutes.size:
        return {"peak_concurrent": 0, "peak_at": None}
    levels = np.cumsum(changes)
    highest = int(np.argmax(levels))
    return {"peak_concurrent": int(levels[highest]), "peak_at": written(int(minutes[highest]) * _MINUTE)}


def _document(key: bytes, row: Row, labels: dict[str, str]) -> dict[str, Any]:
    name = key.decode(errors="backslashreplace")
    return {
        "key": name,
        **({"label": labels[name]} if name in labels else {}),
        "attempts": row.attempts,
        "answered": row.answered,
        "asr": row.answered / row.attempts,
        "acd": row.hold_ms / 1000 / row.answered if row.answered else None,
        "minutes": row.hold_ms / _MS_PER_MINUTE,
        **_peak(row),
    }


def _labels(name: str) -> dict[str, str]:
    return next((dict(column.labels) for column in cdr_format().columns if column.name == name), {})


def describe_table(name: str, table: Table, records: int, top: int) -> dict[str, Any]:
    """Return the `top` keys by attempts, ties by key, and what the others add up to.

    `peak_concurrent` is the most answered calls in progress at any full minute (hh:mm:00): a peak between
    two minutes can be higher. `dropped` is how many attempts belong to keys beyond the table's limit.
    """
    table.trim()
    rows = sorted(table.rows.items(), key=lambda item: (-item[1].attempts, item[0]))
    shown = [_document(key, row, _labels(name)) for key, row in rows[:top]]
    kept = sum(row.attempts for _, row in rows)
    others = kept - sum(row["attempts"] for row in shown)
    return {"keys": len(rows), "rows": shown, "other_attempts": others, "dropped_attempts": records - kept}
