"""Peak concurrency of every key: exact, whatever the calls and however the parts come together."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from planner.cdr import format as settings
from planner.cdr.profile.document import build_profile, profile_json
from planner.cdr.profile.times import Peak, find_peaks
from planner.cdr.summary import batch, changes
from planner.cdr.summary import batch as routes
from planner.cdr.summary import changes as block
from planner.cdr.summary.changes import Changes, Shelf
from planner.cdr.summary.summary import Summary
from planner.cdr.summary.wire import from_bytes, to_bytes

BASE = datetime(2026, 4, 26, 11, 30)  # noqa: DTZ001  the file's clock has no zone
LONG = 200_000
"""Seconds of the longest calls here: over two days."""


def written(second):
    return str(datetime(1, 1, 1) + timedelta(seconds=second))  # noqa: DTZ001  the same


def record(caller, called, start, stop, hold_ms):
    clock = [(BASE + timedelta(seconds=second)).strftime("%Y-%m-%d %H:%M:%S") for second in (start, stop)]
    fields = ["12025550100", called, *clock, str(hold_ms), "200", "0", caller, "carrier-1"]
    return "|".join([*fields, "192.0.2.1", "198.51.100.2", "", "", "", "", "0", "1"]).encode() + b"\n"


RECORDS = st.builds(
    lambda caller, called, start, lasts, hold: record(
        f"gw-{caller}", called, start, min(start + lasts, 10 * LONG), hold
    ),
    st.integers(0, 4),
    st.sampled_from(["12025550188", "442079460123", "4930", ""]),
    st.one_of(st.integers(0, 400), st.integers(0, 9000), st.sampled_from([-LONG, LONG, 3 * LONG])),
    st.one_of(st.integers(-30, 300), st.sampled_from([0, 3600, 3601, LONG])),
    st.one_of(st.just(0), st.integers(1, 90_000), st.sampled_from([3_600_000, 86_400_000, 999_999_999])),
)


def rows_of(summary):
    return build_profile(summary, top=10_000)["tables"]


def expected(oracle, data):
    """Return (peak, first second) of attempts and of answered calls by table and key."""
    found = {}
    for name, rows in oracle.measure(data)["tables"].items():
        for key, (*_, events) in rows.items():
            peaks = []
            for kind in ("attempts", "answered"):
                level, at = oracle.peak({second: n for (which, second), n in events.items() if which == kind})
                peaks.append((level, written(at) if level else None))
            found[name, key.decode()] = peaks
    return found


def measured(summary):
    return {
        (name, row["key"]): [
            (row["peak_concurrent_attempts"], row["peak_attempts_at"]),
            (row["peak_concurrent"], row["peak_at"]),
        ]
        for name, table in rows_of(summary).items()
        for row in table["rows"]
    }


@examples(deadline=None)
@given(records=st.lists(RECORDS, min_size=1, max_size=60))
def test_peaks_equal_a_sweep_line(oracle, summarise, records):
    data = b"".join(records)
    assert measured(summarise(data)) == expected(oracle, data)


@pytest.fixture
def crowded(monkeypatch):
    """Make every limit so small that ordinary records cross it."""
    for module, limits in (
        (changes, {"_FEW": 3, "_STRAYS": 8, "_HOT": 300, "_CROWD": 2, "_OVERLAP": 1}),
        (batch, {"_CHUNK": 7, "_NEAR": 0}),
        (routes, {"_BATCH": 16}),
    ):
        for name, value in limits.items():
            monkeypatch.setattr(module, name, value)


@pytest.fixture(params=[0, 1 << 30])
def either_tally(request, monkeypatch):
    monkeypatch.setattr(block, "_THIN", request.param)


@pytest.mark.usefixtures("crowded", "either_tally")
def test_compressed_and_added_up_parts_say_the_same(rng, oracle, summarise):
    lines = []
    for _ in range(900):
        start, lasts = int(rng.integers(0, 9000)), int(rng.integers(-5, 500)) * int(rng.choice([1, 1, 30]))
        hold = int(rng.integers(0, 2)) * int(rng.integers(1, 400_000))
        called = str(rng.choice(["12025550188", "4420", "49"]))
        lines.append(record(f"gw-{rng.integers(0, 9)}", called, start, start + lasts, hold))
    parts = [b"".join(lines[begin : begin + 90]) for begin in range(0, len(lines), 90)]
    told = expected(oracle, b"".join(lines))
    texts = set()
    for order in (rng.permutation(len(parts)) for _ in range(3)):
        total = Summary()
        for i in order.tolist():
            total.merge(summarise(parts[i]))
        total = from_bytes(to_bytes(total))
        assert measured(total) == told
        texts.add(profile_json(build_profile(total)))
    assert len(texts) == 1


@pytest.mark.usefixtures("crowded")
def test_dropped_keys_take_their_changes_with_them(monkeypatch, rng, oracle, summarise):
    monkeypatch.setattr(
        "planner.cdr.summary.summary.limit", lambda name: 5 if name == "table_keys" else settings.limit(name)
    )
    lines = [record(f"gw-{i % 40}", "4420", int(rng.integers(0, 5000)), 6000, 0) for i in range(800)]
    total = Summary()
    for begin in range(0, len(lines), 100):
        total.merge(summarise(b"".join(lines[begin : begin + 100])))
    found, told = measured(total), expected(oracle, b"".join(lines))
    kept = {key for name, key in found if name == "callerGatewayId"}
    assert len(kept) == 5
    assert found == {place: told[place] for place in found}
    table = total.tables["callerGatewayId"]
    held = {key for blocks in table.changes.hours.values() for each in blocks for key in each.keys}
    assert len(held) <= 2 * table.limit


def test_blocks_of_many_parts_do_not_pile_up(summarise):
    data = record("gw-1", "4420", 0, 60, 30_000) * 200
    spread = b"".join(record("gw-1", "4420", second, second + 40, 0) for second in range(0, 1200, 7))
    total = Summary()
    for _ in range(100):
        total.merge(summarise(data + spread))
    table = total.tables["callerGatewayId"]
    assert max(len(blocks) for blocks in table.changes.hours.values()) <= 9
    assert measured(total)["callerGatewayId", "gw-1"][0][0] == 100 * (200 + 6)


@examples(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 200), st.booleans()), min_size=1, max_size=200))
def test_rises_and_falls_in_a_cell_cancel_out(events):
    told = {}
    for cell, rises in events:
        told[cell] = told.get(cell, 0) + (1 if rises else -1)
    for tallied in (block.Tally(1, 1), block.SortedTally(1, 1, len(events))):
        for cell, rises in events:
            tallied.add(np.zeros(1, np.int64), np.array([cell]), rises=rises)
        cells, net = next((both for _, *both in tallied.netted()), (np.zeros(0), np.zeros(0)))
        assert cells.tolist() == sorted(set(cells.tolist()))
        found = zip(cells.tolist(), net.tolist(), strict=True)
        assert {place for place in found if place[1]} == {place for place in told.items() if place[1]}


@pytest.mark.parametrize("most", [1, 127, 128, 40_000])
def test_blocks_hold_changes_of_any_size(most):
    cells = np.array([0, 5, (3 << block.SECOND_BITS) | 3599])
    levels = np.array([most, -most, 1])
    stored = block.Block.of((b"a", b"b"), cells, levels)
    rows = stored.rows.astype(np.int64)
    for _ in range(2):
        found = stored.opened(rows).cells(0, 4)
        assert [column.tolist() for column in found] == [cells.tolist(), levels.tolist()]
        stored.cool(Shelf())
    kept = stored.opened(np.array([-1, 0]))
    assert [column.tolist() for column in kept.cells(0, 1)] == [[3599], [1]]


@pytest.mark.parametrize("band", [1, 7, 1 << 17])
def test_blocks_add_up_the_same_in_bands_of_any_width(band, monkeypatch):
    monkeypatch.setattr(block, "_BAND", band)
    random = np.random.default_rng(band)
    keys, sums, parts = tuple(b"%02d" % i for i in range(20)), {}, []
    for _ in range(5):
        cells = np.unique(random.integers(0, 40, 60) << block.SECOND_BITS | random.integers(0, 9, 60))
        changes = random.integers(-200, 200, cells.size)
        stored = block.Block.of(keys, cells, changes)
        parts.append(stored.opened(stored.rows.astype(np.int64)))
        for cell, change in zip(cells.tolist(), changes.tolist(), strict=True):
            sums[cell] = sums.get(cell, 0) + change
    bands = [(cells.tolist(), changes.tolist()) for cells, changes in block.added(parts, 40)]
    found = [pair for cells, changes in bands for pair in zip(cells, changes, strict=True)]
    assert found == sorted(sums.items())
    assert len(bands) > 1 or band > 40


def test_a_call_of_days_counts_in_every_hour_between():
    some = Changes()
    for hour, change in ((0, 1), (50, -1)):
        some.add((b"k",), hour, np.array([7]), np.array([change]))
    for hour in (10, 20):
        cells = np.arange(0, 3600, 40)
        some.add((b"k",), hour, cells, np.where(np.arange(cells.size) % 2, -1, 1))
    assert find_peaks(some, [b"k"])[b"k"] == (Peak(2, written(36_000)), Peak())
