"""Any split of the input, in any order and grouping, gives the same bytes of JSON."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta

import numpy as np
import pytest

from planner.cdr import format as settings
from planner.cdr.engine.local import Task, read_stretch, run_locally
from planner.cdr.profile.document import build_profile, profile_json
from planner.cdr.summary.meter import Meter
from planner.cdr.summary.samples import Histogram
from planner.cdr.summary.summary import Stretch, Summary, usual_interval
from planner.cdr.summary.wire import from_bytes, to_bytes


def traffic(rng, count, day=b"2026-04-26"):
    """Return synthetic lines of one hour in the order of their ends, some of them damaged."""
    lines = []
    for _ in range(count):
        start = int(rng.integers(0, 3600))
        hold = int(rng.integers(1, 900_000)) * int(rng.random() < 0.4)
        stop = start + int(rng.integers(0, 20)) + -(-hold // 1000)
        clock = [b"%s %02d:%02d:%02d" % (day, 12 + s // 3600, s // 60 % 60, s % 60) for s in (start, stop)]
        called = rng.choice([b"12025550188", b"442079460123", b"4930", b""])
        fields = [
            b"12025550%03d" % rng.integers(100, 200),
            called,
            *clock,
            b"%d" % hold,
            rng.choice([b"200", b"486", b"-8"]),
        ]
        fields += [b"%d" % rng.integers(0, 3), b"gw-%d" % rng.integers(0, 6), b"carrier-%d" % rng.integers(0, 4)]
        fields += [b"192.0.2.1", b"198.51.100.2", b"", b"", b"", b"", b"0", b"1", b"%d" % rng.integers(0, 9000), b"150"]
        lines.append((stop, b"|".join(fields[: rng.choice([17, 19, 19, 18])])))
    lines.sort(key=lambda item: item[0])
    damaged = [b"" if rng.random() < 0.01 else line[:30] if rng.random() < 0.01 else line for _, line in lines]
    return b"\n".join(damaged) + b"\n"


@pytest.fixture(scope="module")
def archive(tmp_path_factory, rng):
    folder = tmp_path_factory.mktemp("archive")
    for hour in ("2026042612", "2026042613", "2026042615"):
        (folder / f"{hour}.txt").write_bytes(traffic(rng, 3000))
    return folder


def stretches(folder, cuts, rng):
    """Cut every file at random bytes."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        size = path.stat().st_size
        edges = [0, *sorted({int(edge) for edge in rng.integers(1, size, cuts)}), size]
        found += [Stretch(str(path), a, b, size) for a, b in itertools.pairwise(edges)]
    return found


def summary_of(some):
    meter = Meter()
    for stretch in some:
        read_stretch(meter, stretch)
    return meter.take()


def merged(parts):
    total = Summary()
    for part in parts:
        total.merge(part)
    return total


def text(summary):
    return profile_json(build_profile(summary))


@pytest.mark.parametrize("cuts", [0, 1, 7, 60])
def test_any_split_in_any_order_gives_the_same_bytes(archive, cuts, rng):
    whole = text(summary_of(stretches(archive, 0, rng)))
    parts = [summary_of([stretch]) for stretch in stretches(archive, cuts, rng)]
    order = rng.permutation(len(parts))
    assert text(merged(from_bytes(to_bytes(parts[i])) for i in order)) == whole


def test_merging_is_associative_and_commutative(archive, rng):
    one, two, three = (lambda s=s: summary_of([s]) for s in stretches(archive, 0, rng))

    def add(a, b):
        a.merge(b)
        return a

    left, right = add(add(one(), two()), three()), add(one(), add(two(), three()))
    assert text(left) == text(right) == text(add(three(), add(two(), one())))


def test_sample_and_tables_beyond_their_limits_do_not_depend_on_the_order(archive, rng, monkeypatch):
    small = {"sample_calls": 50, "table_keys": 3, "sample_attempts": 2}
    monkeypatch.setattr("planner.cdr.summary.summary.limit", lambda name: small.get(name, settings.limit(name)))
    monkeypatch.setattr("planner.cdr.summary.samples.limit", lambda name: small.get(name, settings.limit(name)))
    parts = stretches(archive, 25, rng)
    texts = {text(merged(summary_of([parts[i]]) for i in rng.permutation(len(parts)))) for _ in range(4)}
    assert len(texts) == 1
    assert '"sampled": true' in texts.pop()


def test_shares_of_a_sample_come_with_their_error(archive, rng, monkeypatch):
    def shares():
        return build_profile(summary_of(stretches(archive, 0, rng)))["retries"]["shares"]

    every = shares()
    assert all(share["low"] == share["value"] == share["high"] for share in every.values())
    assert every["retried"]["value"] > 0
    monkeypatch.setattr(
        "planner.cdr.summary.samples.limit", lambda name: 400 if name == "sample_calls" else settings.limit(name)
    )
    for name, share in shares().items():
        assert share["low"] <= share["value"] <= share["high"]
        assert share["low"] <= every[name]["value"] <= share["high"], name
        assert share["high"] > share["low"], name


def test_worker_processes_agree_with_this_process(archive, rng):
    whole = text(summary_of(stretches(archive, 0, rng)))
    tasks = [Task((stretch,), 1) for stretch in stretches(archive, 2, rng)]
    assert text(merged(part for _, part in run_locally(tasks, 2))) == whole


def test_lines_keep_their_numbers_across_stretches(archive, rng, oracle):
    summary = merged([summary_of([s]) for s in stretches(archive, 9, rng)])
    path = min(archive.glob("*.txt"))
    data = path.read_bytes()
    bad = [
        (i + 1, offset) for i, (outcome, offset) in enumerate(oracle.measure(data)["outcomes"]) if outcome == "fields"
    ]
    examples = [e for e in summary.examples.kinds["reason:fields"] if e.path == str(path)]
    assert [(summary.files[e.path].line_number(e), e.offset) for e in examples] == bad[: len(examples)]
    assert examples


def test_peaks_and_rates_equal_a_sweep_line(archive, rng, oracle):
    data = b"".join(path.read_bytes() for path in sorted(archive.glob("*.txt")))
    seconds = oracle.measure(data)["seconds"]
    profile = build_profile(summary_of(stretches(archive, 3, rng)))
    for kind, change in (("attempts", lambda c: c[0] - c[1]), ("answered", lambda c: c[2])):
        level, at = oracle.peak({second: change(counts) for second, counts in seconds.items()})
        assert (profile["concurrency"][kind]["peak"], profile["concurrency"][kind]["peak_at"]) == (level, clock(at))
    for width, name in ((1, "second"), (60, "minute"), (3600, "hour")):
        counts = {}
        for second, (starts, _, _) in seconds.items():
            counts[second // width] = counts.get(second // width, 0) + starts
        highest = max(counts.values())
        when = min(unit for unit, count in counts.items() if count == highest)
        rate = profile["cps"][name]
        assert (rate["peak_attempts"], rate["peak_at"]) == (highest, clock(when * width))
        used = [unit for unit, count in counts.items() if count]
        every = sorted(counts.get(unit, 0) for unit in range(min(used), max(used) + 1))
        assert rate["p99"] == every[-(-99 * len(every) // 100) - 1] / width


def clock(second):
    return str(datetime(1, 1, 1) + timedelta(seconds=second))  # noqa: DTZ001  the file's clock has no zone


def test_the_first_value_beyond_the_dense_ones_is_kept_once_however_it_was_counted():
    counted = Histogram(10)
    counted.add(np.array([9, 10]))
    counted.add_counted(np.array([9, 10, 11]), np.array([1, 2, 3]))
    values, counts = counted.counted()
    assert (values.tolist(), counts.tolist()) == ([9, 10, 11], [2, 3, 3])


@pytest.mark.parametrize(
    ("names", "seconds"),
    [
        (["2026042612.txt", "2026042613.txt", "2026042615.txt", "2026042616.txt.gz"], 3600),
        (["20260426120000.txt", "20260426121500.txt", "20260426123000.txt", "20260426133000.txt"], 900),
        (["202604261200.txt", "202604261205.txt"], 300),
        (["2026042612.txt", "2026042614.txt", "2026042615.txt"], 3600),
        (["2026042612.txt", "archive/2026042612.txt.gz"], None),
        (["notes.txt", "2026042612.txt"], None),
    ],
)
def test_the_usual_interval_is_the_most_frequent_one_the_shortest_of_several(names, seconds):
    assert usual_interval(names) == seconds
