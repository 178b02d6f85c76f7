"""The truth file against a plain reading of the files: every line parsed, every second looked at."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from planner.cdr.format import Record, Rejected, parse_line
from planner.cdr.simulation.options import Options, read_workload
from planner.cdr.simulation.truth import document
from planner.cdr.simulation.writer import simulate

SPANS = {"second": 1, "minute": 60, "hour": 3600}
ORIGIN = datetime(1, 1, 1)  # noqa: DTZ001  the files' times have no zone
SUSPICIOUS = "fields_18=1%,pdd_empty=1%,stop_before_start=1%,hold_exceeds_duration=1%,outside_file_time=1%"
WORKLOADS = {
    "plain": {"cps": 4, "hours": 0.5},
    "damaged": {
        "cps": 5,
        "hours": 0.6,
        "retries": "20%",
        "columns": "17=30,18=5,19=65",
        "diurnal": "2," + "1," * 22 + "1",
        "damage": ("all=10%", SUSPICIOUS, "duplicate=2%,odd_text=2%,hold_seconds=1%", "truncated=60%,unterminated=40%"),
    },
    "quarter-hours": {
        "cps": 8,
        "hours": 1,
        "interval": "15m",
        "crlf": True,
        "header": True,
        "damage": ("all=3%,outside_file_time=3%,unterminated=100%",),
        "numeric_ids": True,
    },
    "answered only": {
        "cps": 10,
        "hours": 0.5,
        "nonconnect": False,
        "interval": "1m",
        "hold_law": "lognormal:1.5",
        "acd": "90s",
        "damage": ("hold_exceeds_duration=5%,truncated=100%",),
    },
    "long calls": {
        "cps": 2,
        "hours": 0.4,
        "acd": "25m",
        "hold_law": "deterministic",
        "setup_law": "deterministic",
        "start": "2026-12-31T23:40:00",
        "bursts": ("23:50,5m,8",),
        "asr": "90%",
    },
}


def text(seconds):
    return str(ORIGIN + timedelta(seconds=seconds))


def read(folder):
    """Return what a plain reader finds: lines by file, records with their file's stem, and rejected lines."""
    lines, records, rejected, headers = 0, [], [], 0
    for path in sorted(folder.glob("*.txt")):
        content = path.read_bytes()
        offset = 0
        for number, raw in enumerate(split(content), start=1):
            lines += 1
            found = parse_line(raw.removesuffix(b"\n"))
            if isinstance(found, Rejected):
                reason = found.reason if raw.endswith(b"\n") else "truncated"
                rejected.append((path.name, number, offset, reason))
            elif isinstance(found, Record):
                records.append((found, path.stem, len(raw), raw))
            else:
                headers += 1
            offset += len(raw)
    return lines, records, rejected, headers


def split(content):
    pieces = content.split(b"\n")
    return [piece + b"\n" for piece in pieces[:-1]] + ([pieces[-1]] if pieces[-1] else [])


def levels(intervals):
    """Return how many intervals contain each second, second by second."""
    found = Counter()
    for begin, end in intervals:
        found.update(range(begin, end))
    return found


def checked_level(found, told):
    peak = max(found.values(), default=0)
    assert told["peak"] == peak
    assert told["at"] == (text(min(s for s, n in found.items() if n == peak)) if peak else None)
    assert told["seconds"] == {str(n): c for n, c in sorted(Counter(found.values()).items())}


@pytest.fixture(scope="module", params=sorted(WORKLOADS))
def archive(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("archive")
    workload = read_workload(Options(seed=11, **WORKLOADS[request.param]))
    truth = json.loads(json.dumps(document(workload, simulate(workload, folder, 1))))
    return truth, *read(folder)


def test_every_line_is_accounted_for(archive):
    truth, lines, records, rejected, headers = archive
    assert (truth["lines"], truth["records"], truth["headers"]) == (lines, len(records), headers)
    assert truth["rejected"] == len(rejected)
    assert truth["accepted"] + truth["rejected"] == truth["lines"]
    assert truth["bytes"] == sum(entry["bytes"] for entry in truth["files"])
    assert truth["record_bytes"] == sum(size for _, _, size, _ in records)


def test_rejected_lines_stand_where_the_truth_says(archive):
    truth, _, _, rejected, _ = archive
    reasons = set(truth["reasons"])
    told = [(d["file"], d["line"], d["offset"], d["kind"]) for d in truth["damaged"] if d["kind"] in reasons]
    assert sorted(told) == sorted(rejected)
    assert {n: c for n, c in truth["reasons"].items() if c} == Counter(reason for *_, reason in rejected)


def test_suspicions(archive):
    truth, _, records, _, _ = archive
    found = Counter()
    for record, stem, _, raw in records:
        found["fields_18"] += len(record.fields) == 18
        found["pdd_empty"] += "" in record.fields[17:]
        found["stop_before_start"] += record.stop_s < record.start_s
        duration = record.stop_s - record.start_s
        found["hold_exceeds_duration"] += duration >= 0 and record.hold_ms > (duration + 1) * 1000
        stop = text(record.stop_s).replace("-", "").replace(" ", "").replace(":", "")
        found["outside_file_time"] += stop[:10] != stem if len(stem) == 10 else stop[: len(stem)] < stem
        found["unterminated"] += not raw.endswith(b"\n")
    assert truth["suspicious"] == dict(found)


def test_rates(archive):
    truth, _, records, _, _ = archive
    for span, width in SPANS.items():
        counts = Counter(record.start_s // width for record, *_ in records)
        peak = max(counts.values())
        assert truth["cps"][span]["peak"] == peak
        assert truth["cps"][span]["at"] == text(min(s for s, n in counts.items() if n == peak) * width)
        values = sorted(counts[s] for s in range(min(counts), max(counts) + 1))
        assert truth["cps"][span]["spans"] == len(values)
        for name, share in (("p50", 0.5), ("p99", 0.99), ("p99_9", 0.999)):
            assert truth["cps"][span][name] == values[-(-round(share * 1000) * len(values) // 1000) - 1]


def test_concurrency_of_attempts_and_answered_calls(archive):
    truth, _, records, _, _ = archive
    checked_level(levels((r.start_s, max(r.start_s, r.stop_s)) for r, *_ in records), truth["concurrency"]["attempts"])
    talks = [(r.stop_s - -(-r.hold_ms // 1000), r.stop_s) for r, *_ in records if r.hold_ms]
    checked_level(levels(talks), truth["concurrency"]["answered"])


def test_totals_and_distributions(archive):
    truth, _, records, _, _ = archive
    answered = [record for record, *_ in records if record.hold_ms]
    hold = sum(record.hold_ms for record in answered)
    spent = sum(max(record.start_s, record.stop_s) - record.start_s for record, *_ in records)
    assert (truth["answered"], truth["hold_ms"], truth["duration_s"]) == (len(answered), hold, spent)
    assert truth["asr"] == len(answered) / len(records)
    assert truth["acd"] == pytest.approx(hold / 1000 / len(answered))
    assert truth["setup_time"] == pytest.approx((spent - hold / 1000) / len(records))
    sizes = Counter(size for _, _, size, _ in records)
    assert truth["line_bytes"]["values"] == {str(k): v for k, v in sorted(sizes.items())}
    for column, values in (
        ("callerPdd", [r.caller_pdd_ms for r, *_ in records]),
        ("calleePdd", [r.callee_pdd_ms for r, *_ in records]),
    ):
        known = sorted(value for value in values if value is not None)
        assert (truth[column]["count"], truth[column]["sum"]) == (len(known), sum(known))
        assert truth[column]["p95"] == (known[-(-95 * len(known) // 100) - 1] if known else None)


def test_keys(archive):
    truth, _, records, _, _ = archive
    columns = {"callerGatewayId": 7, "calleeGatewayId": 8, "endReason": 5, "endDirection": 6, "billingMode": 16}
    for name, place in (*columns.items(), ("prefix", 1)):
        found = defaultdict(lambda: {"attempts": 0, "answered": 0, "hold_ms": 0})
        busy = defaultdict(lambda: {"peak_attempts": [], "peak_answered": []})
        for record, *_ in records:
            key = record.fields[place][:4] if name == "prefix" else record.fields[place]
            found[key]["attempts"] += 1
            found[key]["answered"] += record.hold_ms > 0
            found[key]["hold_ms"] += record.hold_ms
            begin = record.stop_s - -(-record.hold_ms // 1000)
            busy[key]["peak_attempts"].append((record.start_s, max(record.start_s, record.stop_s)))
            busy[key]["peak_answered"].append((begin, record.stop_s))
        for key, intervals in busy.items():
            found[key] |= {kind: max(levels(some).values(), default=0) for kind, some in intervals.items()}
        assert truth["keys"][name] == found


def test_tries_and_copies(archive):
    truth, _, records, _, _ = archive
    routes, whole = defaultdict(set), Counter()
    for record, *_ in records:
        tails = record.fields[0][-8:], record.fields[1][-8:]
        routes[*tails, record.start_s // 600].add(record.fields[8])
        whole[*tails, record.start_s, record.stop_s, record.hold_ms, record.fields[5:9]] += 1
    several = sum(len(gateways) > 1 for gateways in routes.values())
    assert truth["retries"] == {"groups": len(routes), "groups_over_several_gateways": several}
    assert truth["copies"] == sum(count - 1 for count in whole.values())


def test_lines_stand_in_the_order_of_their_stops(archive):
    _, _, records, _, _ = archive
    stops = defaultdict(list)
    for record, stem, *_ in records:
        stops[stem].append(record.stop_s)
    late = {name: sum(a > b for a, b in pairwise(s)) for name, s in stops.items()}
    assert not any(late.values())
