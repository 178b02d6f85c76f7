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
from planner.cdr.summary.samples import Piece, Sample, Timeline
from planner.cdr.summary.summary import Example, FileFacts, Row, Summary, Table

if TYPE_CHECKING:
    import numpy.typing as npt

    from planner.cdr.summary.changes import Changes, Keys

    Arrays = dict[str, npt.NDArray[Any]]


_LENGTH = 8
_SHORT = 1 << 16
"""As many things are numbered in two bytes."""

FORMAT = 5
"""The number of this form: what was stored in another is read from its file again."""


def _pack_timeline(name: str, timeline: Timeline, arrays: Arrays) -> None:
    """Store the used slots of all days as steps from one to the next, and what was counted in them."""
    timeline.compact()
    used = {day: np.flatnonzero(counts.any(axis=0)) for day, counts in sorted(timeline.days.items())}
    slots = [day * timeline.day_slots + some for day, some in used.items()]
    arrays[f"{name}.steps"] = np.diff(np.concatenate([np.empty(0, np.int64), *slots]), prepend=0)
    counts: list[npt.NDArray[Any]] = [np.empty((timeline.rows, 0), np.int8)]
    counts += [timeline.days[day][:, some] for day, some in used.items()]
    arrays[f"{name}.counts"] = np.concatenate(counts, axis=1)
    if timeline.strays:
        arrays[f"{name}.stray.slots"], arrays[f"{name}.stray.counts"] = timeline.strays[0]


def _unpack_timeline(name: str, timeline: Timeline, arrays: Arrays) -> None:
    timeline.keep(np.cumsum(arrays[f"{name}.steps"]), arrays[f"{name}.counts"])
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
    arrays[f"{name}.totals"] = np.array(totals, np.int64).reshape(len(totals), 3)
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


def _pack_sample(sample: Sample, arrays: Arrays) -> None:
    """Store fingerprints of hours as steps, they ascend; those of gateways once each."""
    calls, arrays["sample.attempts"], gateways, arrays["sample.counts"] = sample.rows()
    arrays["sample.steps"] = np.diff(calls, prepend=calls[:1] - calls[:1])
    arrays["sample.gateways"], named = np.unique(gateways, return_inverse=True)
    arrays["sample.gateway"] = named.astype("<u2") if arrays["sample.gateways"].size <= _SHORT else named


def _unpack_sample(sample: Sample, arrays: Arrays) -> None:
    calls = np.cumsum(arrays["sample.steps"], dtype=np.uint64)
    gateways = arrays["sample.gateways"][arrays["sample.gateway"]]
    sample.add(np.stack((calls, arrays["sample.attempts"], gateways, arrays["sample.counts"])))


def _head(summary: Summary, arrays: Arrays) -> dict[str, Any]:
    for name, histogram in summary.histograms.items():
        arrays[f"{name}.values"], arrays[f"{name}.counts"] = histogram.counted()
    _pack_sample(summary.sample, arrays)
    for name, timeline in summary.timelines.items():
        _pack_timeline(name, timeline, arrays)
    return {
        "tallies": dict(summary.tallies),
        "files": {path: asdict(facts) for path, facts in summary.files.items()},
        "examples": {kind: [asdict(one) for one in some] for kind, some in summary.examples.kinds.items()},
        "tables": {name: _pack_table(name, table, arrays) for name, table in summary.tables.items()},
        "sample_full": summary.sample.full,
        "closed": summary.closed,
    }


def to_bytes(summary: Summary) -> bytes:
    """Return a summary as bytes."""
    arrays: Arrays = {}
    head = _head(summary, arrays)
    stored = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    head["arrays"] = [[name, array.dtype.newbyteorder("<").str, array.shape] for name, array in stored.items()]
    text = json.dumps(head).encode()
    bodies = (_planes(array.astype(array.dtype.newbyteorder("<"), copy=False)) for array in stored.values())
    return b"".join((len(text).to_bytes(_LENGTH, "little"), text, *bodies))


def _planes(array: npt.NDArray[Any]) -> bytes:
    """Return an array's bytes, the first of every number, then the second and so on: alike ones stand together."""
    return array.ravel().view(np.uint8).reshape(array.size, array.itemsize).T.tobytes()


def _read_arrays(shapes: list[list[Any]], body: memoryview) -> Arrays:
    arrays: Arrays = {}
    at = 0
    for name, dtype, shape in shapes:
        count = int(np.prod(shape))
        width = np.dtype(dtype).itemsize
        planes = np.frombuffer(body, np.uint8, count * width, at).reshape(width, count)
        native = np.array(planes.T, order="C").ravel().view(dtype).reshape(shape)
        arrays[name] = native.astype(native.dtype.newbyteorder("="), copy=False)
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
    for name, timeline in summary.timelines.items():
        _unpack_timeline(name, timeline, arrays)
    for name, histogram in summary.histograms.items():
        histogram.add_counted(arrays[f"{name}.values"], arrays[f"{name}.counts"])
    for name, table in summary.tables.items():
        _unpack_table(name, table, head["tables"][name], arrays)
    _unpack_sample(summary.sample, arrays)
    summary.sample.full = head["sample_full"]
    summary.closed = [(begin, end) for begin, end in head["closed"]]
    summary.message = message
    return summary
