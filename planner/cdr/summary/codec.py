"""Summaries as bytes: what worker processes send, clusters return and the state folder keeps.

A JSON head (names, counts, and the shapes of what follows), then plain little-endian arrays: nothing that
could run code when it is read back.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from planner.cdr.summary.facts import Example, FileFacts
from planner.cdr.summary.summary import Summary
from planner.cdr.summary.table import Row
from planner.cdr.summary.timeline import Piece, Timeline

if TYPE_CHECKING:
    import numpy.typing as npt

    from planner.cdr.summary.table import Table

    Arrays = dict[str, npt.NDArray[Any]]

_LENGTH = 8


def _pack_timeline(name: str, timeline: Timeline, arrays: Arrays) -> list[list[int]]:
    """Store the used part of every day; return day and first slot of each."""
    timeline.compact()
    days: list[list[int]] = []
    for day in sorted(timeline.days):
        counts = timeline.days[day]
        used = np.flatnonzero(counts.any(axis=0))
        if used.size:
            arrays[f"{name}.{len(days)}"] = counts[:, used[0] : used[-1] + 1]
            days.append([day, int(used[0])])
    if timeline.strays:
        arrays[f"{name}.stray.slots"], arrays[f"{name}.stray.counts"] = timeline.strays[0]
    return days


def _unpack_timeline(name: str, timeline: Timeline, days: list[list[int]], arrays: Arrays) -> None:
    for i, (day, first) in enumerate(days):
        counts = arrays[f"{name}.{i}"]
        dense = np.zeros((timeline.rows, timeline.day_slots), np.int32)
        dense[:, first : first + counts.shape[1]] = counts
        timeline.days[day] = dense
    if f"{name}.stray.slots" in arrays:
        timeline.strays.append(Piece(arrays[f"{name}.stray.slots"], arrays[f"{name}.stray.counts"]))


def _pack_table(name: str, table: Table, arrays: Arrays) -> list[str]:
    marks = [row.marks.changes() for row in table.rows.values()]
    totals = [(row.attempts, row.answered, row.hold_ms) for row in table.rows.values()]
    empty = np.empty(0, np.int64)
    arrays[f"{name}.totals"] = np.array(totals, np.int64).reshape(-1, 3)
    arrays[f"{name}.sizes"] = np.array([minutes.size for minutes, _ in marks], np.int64)
    arrays[f"{name}.minutes"] = np.concatenate([empty, *(minutes for minutes, _ in marks)])
    changes = np.concatenate([empty, *(change for _, change in marks)])
    arrays[f"{name}.changes"] = changes.astype(np.int32)
    return [key.hex() for key in table.rows]


def _unpack_table(name: str, table: Table, keys: list[str], arrays: Arrays) -> None:
    ends = np.cumsum(arrays[f"{name}.sizes"]).tolist()
    minutes, changes = arrays[f"{name}.minutes"], arrays[f"{name}.changes"].astype(np.int64)
    begin = 0
    for key, totals, end in zip(keys, arrays[f"{name}.totals"].tolist(), ends, strict=True):
        row = Row(*totals)
        # Copies: a view would keep the whole message in memory.
        row.marks.add(minutes[begin:end].copy(), changes[begin:end].copy())
        table.add(bytes.fromhex(key), row)
        begin = end


def _head(summary: Summary, arrays: Arrays) -> dict[str, Any]:
    for name, histogram in summary.histograms.items():
        arrays[f"{name}.values"], arrays[f"{name}.counts"] = histogram.counted()
    arrays["sample"] = summary.sample.rows()
    return {
        "tallies": dict(summary.tallies),
        "files": {path: asdict(facts) for path, facts in summary.files.items()},
        "examples": {kind: [asdict(one) for one in some] for kind, some in summary.examples.kinds.items()},
        "seconds": _pack_timeline("seconds", summary.seconds, arrays),
        "answered_minutes": _pack_timeline("answered_minutes", summary.answered_minutes, arrays),
        "tables": {name: _pack_table(name, table, arrays) for name, table in summary.tables.items()},
        "sample_full": summary.sample.full,
    }


def to_bytes(summary: Summary) -> bytes:
    """Return a summary as bytes."""
    arrays: Arrays = {}
    head = _head(summary, arrays)
    stored = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    head["arrays"] = [
        [name, array.dtype.newbyteorder("<").str, array.shape] for name, array in stored.items()
    ]
    text = json.dumps(head).encode()
    bodies = (array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes() for array in stored.values())
    return b"".join((len(text).to_bytes(_LENGTH, "little"), text, *bodies))


def _read_arrays(shapes: list[list[Any]], body: memoryview) -> Arrays:
    arrays: Arrays = {}
    at = 0
    for name, dtype, shape in shapes:
        count = int(np.prod(shape))
        native = np.frombuffer(body, dtype, count, at).reshape(shape)
        arrays[name] = native.astype(native.dtype.newbyteorder("="), copy=True)
        at += native.nbytes
    return arrays


def _read_files(files: dict[str, dict[str, Any]]) -> dict[str, FileFacts]:
    read = {}
    for path, facts in files.items():
        lines = {int(begin): count for begin, count in facts.pop("lines_from").items()}
        read[path] = FileFacts(**facts, lines_from=lines)
    return read


def from_bytes(message: bytes) -> Summary:
    """Return the summary that `to_bytes` wrote."""
    begin = _LENGTH + int.from_bytes(message[:_LENGTH], "little")
    head = json.loads(message[_LENGTH:begin])
    arrays = _read_arrays(head["arrays"], memoryview(message)[begin:])
    summary = Summary(tallies=Counter(head["tallies"]), files=_read_files(head["files"]))
    summary.examples.kinds = {
        kind: [Example(**one) for one in some] for kind, some in head["examples"].items()
    }
    _unpack_timeline("seconds", summary.seconds, head["seconds"], arrays)
    _unpack_timeline("answered_minutes", summary.answered_minutes, head["answered_minutes"], arrays)
    for name, histogram in summary.histograms.items():
        histogram.add_counted(arrays[f"{name}.values"], arrays[f"{name}.counts"])
    for name, table in summary.tables.items():
        _unpack_table(name, table, head["tables"][name], arrays)
    summary.sample.add(arrays["sample"])
    summary.sample.full = head["sample_full"]
    return summary
