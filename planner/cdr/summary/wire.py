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

from planner.cdr.summary.changes import Block, Strays
from planner.cdr.summary.samples import Piece, Timeline
from planner.cdr.summary.summary import Example, FileFacts, Row, Summary, Table

if TYPE_CHECKING:
    import numpy.typing as npt

    from planner.cdr.summary.changes import Changes, Keys

    Arrays = dict[str, npt.NDArray[Any]]


_LENGTH = 8

FORMAT = 3
"""The number of this form: what was stored in another is read from its file again."""


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


def _pack_blocks(name: str, changes: Changes, parts: dict[Keys, int], arrays: Arrays) -> list[list[Any]]:
    """Store the blocks of a table, bodies as they are; return hour, keys, rows, type, cold and length."""
    blocks = [(hour, block) for hour, some in sorted(changes.hours.items()) for block in some]
    empty = np.empty(0, np.int32)
    arrays[f"{name}.block.rows"] = np.concatenate([empty, *(block.rows for _, block in blocks)])
    arrays[f"{name}.block.sizes"] = np.concatenate([empty, *(block.sizes for _, block in blocks)])
    arrays[f"{name}.block.bodies"] = np.frombuffer(b"".join(bytes(block.body) for _, block in blocks), np.uint8)
    return [
        [hour, _number(parts, block.keys), block.rows.size, block.type, block.cold, len(block.body)]
        for hour, block in blocks
    ]


def _number(parts: dict[Keys, int], keys: Keys) -> int:
    return parts.setdefault(keys, len(parts))


def _unpack_blocks(name: str, changes: Changes, about: list[list[Any]], parts: list[Keys], arrays: Arrays) -> None:
    rows, sizes = arrays[f"{name}.block.rows"], arrays[f"{name}.block.sizes"]
    bodies = arrays[f"{name}.block.bodies"]
    row = body = 0
    for hour, part, count, code, cold, length in about:
        some = slice(row, row + count)
        # Copies: a view would keep the whole message in memory.
        content = bodies[body : body + length].tobytes()
        block = Block(parts[part], rows[some].copy(), sizes[some].copy(), code, content, cold)
        changes.keep_block(hour, block)
        row, body = row + count, body + length


def _pack_strays(name: str, changes: Changes, parts: dict[Keys, int], arrays: Arrays) -> list[list[int]]:
    """Store single changes; return keys and how many there are of each part."""
    empty = np.empty(0, np.int64)
    for column in ("rows", "times", "changes"):
        arrays[f"{name}.stray.{column}"] = np.concatenate(
            [empty, *(getattr(strays, column) for strays in changes.strays)]
        )
    return [[_number(parts, strays.keys), strays.rows.size] for strays in changes.strays]


def _unpack_strays(name: str, changes: Changes, about: list[list[int]], parts: list[Keys], arrays: Arrays) -> None:
    columns = [arrays[f"{name}.stray.{column}"] for column in ("rows", "times", "changes")]
    begin = 0
    for part, count in about:
        some = slice(begin, begin + count)
        changes.keep_strays(Strays(parts[part], *(column[some].copy() for column in columns)))
        begin += count


def _pack_table(name: str, table: Table, arrays: Arrays) -> dict[str, Any]:
    totals = [(row.attempts, row.answered, row.hold_ms) for row in table.rows.values()]
    arrays[f"{name}.totals"] = np.array(totals, np.int64).reshape(-1, 3)
    parts: dict[Keys, int] = {}
    blocks = _pack_blocks(name, table.changes, parts, arrays)
    strays = _pack_strays(name, table.changes, parts, arrays)
    return {
        "keys": [key.hex() for key in table.rows],
        "blocks": blocks,
        "strays": strays,
        "parts": [[key.hex() for key in keys] for keys in parts],
    }


def _unpack_table(name: str, table: Table, head: dict[str, Any], arrays: Arrays) -> None:
    for key, totals in zip(head["keys"], arrays[f"{name}.totals"].tolist(), strict=True):
        table.add(bytes.fromhex(key), Row(*totals))
    parts = [tuple(map(bytes.fromhex, keys)) for keys in head["parts"]]
    _unpack_blocks(name, table.changes, head["blocks"], parts, arrays)
    _unpack_strays(name, table.changes, head["strays"], parts, arrays)


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
    head["arrays"] = [[name, array.dtype.newbyteorder("<").str, array.shape] for name, array in stored.items()]
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
    summary.examples.kinds = {kind: [Example(**one) for one in some] for kind, some in head["examples"].items()}
    _unpack_timeline("seconds", summary.seconds, head["seconds"], arrays)
    _unpack_timeline("answered_minutes", summary.answered_minutes, head["answered_minutes"], arrays)
    for name, histogram in summary.histograms.items():
        histogram.add_counted(arrays[f"{name}.values"], arrays[f"{name}.counts"])
    for name, table in summary.tables.items():
        _unpack_table(name, table, head["tables"][name], arrays)
    summary.sample.add(arrays["sample"])
    summary.sample.full = head["sample_full"]
    return summary
