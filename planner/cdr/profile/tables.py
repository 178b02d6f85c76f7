"""Traffic by gateway, end reason, hang-up side, charge mode and destination."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.cdr.format import cdr_format
from planner.cdr.profile.peaks import find_peaks

if TYPE_CHECKING:
    from planner.cdr.profile.peaks import Peak
    from planner.cdr.summary.table import Row, Table

_MS_PER_MINUTE = 60_000


def _document(key: bytes, row: Row, peaks: tuple[Peak, Peak], labels: dict[str, str]) -> dict[str, Any]:
    name = key.decode(errors="backslashreplace")
    attempts, answered = peaks
    return {
        "key": name,
        **({"label": labels[name]} if name in labels else {}),
        "attempts": row.attempts,
        "answered": row.answered,
        "asr": row.answered / row.attempts,
        "acd": row.hold_ms / 1000 / row.answered if row.answered else None,
        "minutes": row.hold_ms / _MS_PER_MINUTE,
        "peak_concurrent": answered.level,
        "peak_at": answered.at,
        "peak_concurrent_attempts": attempts.level,
        "peak_attempts_at": attempts.at,
    }


def _labels(name: str) -> dict[str, str]:
    return next((dict(column.labels) for column in cdr_format().columns if column.name == name), {})


def describe_table(name: str, table: Table, records: int, top: int) -> dict[str, Any]:
    """Return the `top` keys by attempts, ties by key, and what the others add up to.

    `peak_concurrent` is the most answered calls in progress in any second, `peak_concurrent_attempts` the
    most attempts, each with the first second that reached it. `dropped_attempts` belong to keys beyond the
    table's limit.
    """
    table.trim()
    rows = sorted(table.rows.items(), key=lambda item: (-item[1].attempts, item[0]))
    peaks = find_peaks(table.changes, [key for key, _ in rows[:top]])
    shown = [_document(key, row, peaks[key], _labels(name)) for key, row in rows[:top]]
    kept = sum(row.attempts for _, row in rows)
    others = kept - sum(row["attempts"] for row in shown)
    return {"keys": len(rows), "rows": shown, "other_attempts": others, "dropped_attempts": records - kept}
