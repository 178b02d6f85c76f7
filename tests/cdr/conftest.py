"""What the CDR tests share: the reference parser, summaries as plain data, and records to start from."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from planner.cdr.engine.local import read_content
from planner.cdr.summary.meter import Meter
from planner.cdr.summary.samples import CALL, COUNT, GATEWAY
from planner.cdr.summary.summary import Stretch
from planner.cdr.summary.wire import from_bytes, to_bytes

LINE = (
    b"12025550123|12025550199|2026-04-26 12:00:01|2026-04-26 12:01:14|65000|200|0|gw-01|carrier-7|192.0.2.10|"
    b"198.51.100.7|12025550123|0012025550199|12025550123|12025550199|0|1|3200|1500"
)


@pytest.fixture(scope="session")
def oracle():
    path = Path(__file__).with_name("cdr_oracle.py")
    spec = importlib.util.spec_from_file_location("cdr_oracle", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["cdr_oracle"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def line():
    return LINE


def summarise_bytes(data, path="cdr/sample.txt", **how):
    """Return the summary of the bytes of a file, through the bytes summaries travel as."""
    meter = Meter()
    read_content(meter, Stretch(path, **how), data)
    return from_bytes(to_bytes(meter.take()))


@pytest.fixture(scope="session")
def summarise():
    return summarise_bytes


def _seconds(timeline):
    found = {}
    for slots, counts in timeline.pieces():
        for slot, column in zip(slots.tolist(), counts.T.tolist(), strict=True):
            if any(column):
                found[slot] = tuple(column)
    return found


def _groups(sample):
    rows = sample.rows()
    calls = {}
    for call, gateway, count in zip(rows[CALL].tolist(), rows[GATEWAY].tolist(), rows[COUNT].tolist(), strict=True):
        calls.setdefault(call, []).append((gateway, count))
    return sorted((len(group), len({g for g, _ in group}), sum(c for _, c in group)) for group in calls.values())


def _tally(summary):
    tally = {name: count for name, count in summary.tallies.items() if count}
    for name in ("records", "headers", "answered"):
        total = sum(getattr(facts, name) for facts in summary.files.values())
        if total:
            tally[name] = total
    return tally


def _table(table):
    """Return each key's totals, and its changes by kind and second."""
    keys = sorted(table.rows)
    changes = {key: Counter() for key in keys}
    for chunk in table.changes.chunks(keys):
        rows = chunk.rows.repeat(chunk.sizes).tolist()
        for row, second, change in zip(rows, chunk.times.tolist(), chunk.changes.tolist(), strict=True):
            changes[keys[row // 2]][("attempts", "answered")[row % 2], second] += change
    return {
        key: (row.attempts, row.answered, row.hold_ms, {at: n for at, n in changes[key].items() if n})
        for key, row in table.rows.items()
    }


def plain_data(summary):
    """Return a summary as the same plain data the oracle gives, without the outcomes."""
    histograms = {name: (column.tolist() for column in h.counted()) for name, h in summary.histograms.items()}
    return {
        "tally": _tally(summary),
        "seconds": _seconds(summary.seconds),
        "answered_minutes": {minute: counts[0] for minute, counts in _seconds(summary.answered_minutes).items()},
        "histograms": {name: dict(zip(*columns, strict=True)) for name, columns in histograms.items()},
        "tables": {name: _table(table) for name, table in summary.tables.items()},
        "groups": _groups(summary.sample),
    }


def difference(got, expected):
    """Return which parts differ; calls tried too often are cut to a few attempts, and left out here."""
    few = [[group for group in some["groups"] if group[0] < 64] for some in (got, expected)]
    expected_tally = {name: count for name, count in expected["tally"].items() if count}
    wrong = [name for name in got if name not in ("tally", "groups") and got[name] != expected[name]]
    return wrong + ["tally"] * (got["tally"] != expected_tally) + ["groups"] * (few[0] != few[1])


@pytest.fixture(scope="session")
def plain():
    return plain_data


@pytest.fixture(scope="session")
def same(oracle):
    """Return a function that asserts that a summary says what the oracle says about the same bytes."""

    def check(summary, data):
        expected = oracle.measure(data)
        outcomes = expected.pop("outcomes")
        assert difference(plain_data(summary), expected) == []
        facts = list(summary.files.values())
        rejected = sum(1 for outcome, _ in outcomes if outcome not in ("record", "header"))
        assert sum(f.lines for f in facts) == len(outcomes)
        assert sum(f.rejected for f in facts) == rejected
        assert len(outcomes) == rejected + sum(f.records + f.headers for f in facts)
        return outcomes

    return check


@pytest.fixture(scope="module")
def rng():
    return np.random.default_rng(20260426)
