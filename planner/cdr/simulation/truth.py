"""The truth about a simulated archive, as a document (`schemas/truth-v1.schema.json`)."""

from __future__ import annotations

from dataclasses import asdict
from math import ceil
from typing import TYPE_CHECKING, Any

from planner.cdr.simulation.calls import gateway_ids, subscribers
from planner.cdr.simulation.counting import MINUTE
from planner.cdr.simulation.damage import rejections, suspicions
from planner.cdr.simulation.workload import HOUR, MILLISECONDS, codes, to_text

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping

    from planner.cdr.simulation.archive import Archive
    from planner.cdr.simulation.counting import Level, Tally
    from planner.cdr.simulation.workload import Workload

SCHEMA = "truth-v1"
TRUTH_FILE = "truth.json"
SPANS = {"second": 1, "minute": MINUTE, "hour": HOUR}
PERCENTILES = {"p50": 0.5, "p90": 0.9, "p95": 0.95, "p99": 0.99, "p99_9": 0.999}
KEY_NAMES = {
    "caller_gateway": "callerGatewayId",
    "callee_gateway": "calleeGatewayId",
    "end_reason": "endReason",
    "end_direction": "endDirection",
    "billing_mode": "billingMode",
    "prefix": "prefix",
    "codec": "codec",
}


def document(workload: Workload, archive: Archive) -> dict[str, Any]:
    """Return all that is true of the archive of a workload, ready for JSON."""
    tally = archive.tally
    return {
        "schema": SCHEMA,
        "workload": _workload(workload),
        **_counts(archive),
        **_means(tally),
        "reasons": _reasons(archive),
        "suspicious": {name: tally.suspicions[name] for name in suspicions()},
        "first_start": _instant(tally.bounds.get("first_start")),
        "last_start": _instant(tally.bounds.get("last_start")),
        "first_stop": _instant(tally.bounds.get("first_stop")),
        "last_stop": _instant(tally.bounds.get("last_stop")),
        "cps": {span: _rate(tally, span) for span in SPANS},
        "attempts_by_hour": _by_hour(tally),
        "hours_without_attempts": _quiet_hours(tally),
        "concurrency": {name: _level(level) for name, level in tally.levels.items()},
        "hold_seconds": _distribution(tally.histograms.get("hold_s", {})),
        "line_bytes": _distribution(tally.histograms.get("line_bytes", {})),
        "callerPdd": _distribution(tally.histograms.get("caller_pdd", {})),
        "calleePdd": _distribution(tally.histograms.get("callee_pdd", {})),
        "keys": _keys(workload, tally),
        "retries": {
            "groups": tally.totals["groups"],
            "groups_over_several_gateways": tally.totals["groups_over_several_gateways"],
        },
        "copies": tally.totals["copies"],
        "files": [
            {
                "name": truth.name,
                "lines": truth.lines,
                "headers": truth.headers,
                "rejected": truth.reasons.total(),
                "bytes": truth.bytes,
            }
            for truth in archive.files
        ],
        "damaged": [entry._asdict() for truth in archive.files for entry in truth.damaged],
    }


def _workload(workload: Workload) -> dict[str, Any]:
    plain = asdict(workload)
    plain["traffic"]["start"] = workload.traffic.start.isoformat(sep=" ")
    return plain | {"damage": dict(workload.damage)}


def _counts(archive: Archive) -> dict[str, int]:
    totals = archive.tally.totals
    lines = sum(truth.lines for truth in archive.files)
    rejected = sum(truth.reasons.total() for truth in archive.files)
    return {
        "lines": lines,
        "accepted": lines - rejected,
        "rejected": rejected,
        "headers": sum(truth.headers for truth in archive.files),
        "records": totals["records"],
        "answered": totals["answered"],
        "bytes": archive.bytes,
        "record_bytes": totals["record_bytes"],
        "hold_ms": totals["hold_ms"],
        "duration_s": totals["duration_s"],
    }


def _reasons(archive: Archive) -> dict[str, int]:
    return {name: sum(truth.reasons[name] for truth in archive.files) for name in rejections()}


def _means(tally: Tally) -> dict[str, float | None]:
    """Return ASR, ACD (s) and the mean time before answer or failure (s); None where nothing was measured."""
    totals = tally.totals
    records, answered = totals["records"], totals["answered"]
    setup_ms = totals["duration_s"] * MILLISECONDS - totals["hold_ms"]
    return {
        "asr": answered / records if records else None,
        "acd": totals["hold_ms"] / answered / MILLISECONDS if answered else None,
        "setup_time": setup_ms / records / MILLISECONDS if records else None,
    }


def _instant(seconds: int | None) -> str | None:
    return None if seconds is None else to_text(seconds)


def _rate(tally: Tally, span: str) -> dict[str, Any]:
    """Return attempts in one second, minute or hour: the peak, when, and percentiles over all of them.

    All spans from the first attempt's to the last one's count, those without an attempt as 0.
    """
    width = SPANS[span]
    if "first_start" not in tally.bounds:
        return {"peak": 0, "at": None, "spans": 0, **_percentiles({}, 0)}
    spans = tally.bounds["last_start"] // width - tally.bounds["first_start"] // width + 1
    if span == "second":
        peak, at, counts = tally.busiest_second.peak, tally.busiest_second.at, dict(tally.per_second)
    else:
        peak, at, counts = _busiest(tally.starts[span], width)
    return {"peak": peak, "at": _instant(at), "spans": spans, **_percentiles(counts, spans)}


def _busiest(starts: Counter[int], width: int) -> tuple[int, int, dict[int, int]]:
    peak = max(starts.values())
    at = min(moment for moment, count in starts.items() if count == peak) * width
    counts: dict[int, int] = {}
    for count in starts.values():
        counts[count] = counts.get(count, 0) + 1
    return peak, at, counts


def _percentiles(counts: Mapping[int, int], total: int) -> dict[str, int | None]:
    """Return nearest-rank percentiles of `total` values, of which `counts` lists those above 0."""
    ordered = [(0, total - sum(counts.values())), *sorted(counts.items())]
    found: dict[str, int | None] = {}
    for name, share in PERCENTILES.items():
        rank, seen = ceil(share * total), 0
        found[name] = None
        for value, count in ordered:
            seen += count
            if total and seen >= rank and count:
                found[name] = value
                break
    return found


def _by_hour(tally: Tally) -> dict[str, int]:
    hours = sorted(tally.starts.get("hour", {}).items())
    return {to_text(hour * HOUR): count for hour, count in hours}


def _quiet_hours(tally: Tally) -> list[str]:
    hours = tally.starts.get("hour")
    if not hours:
        return []
    return [to_text(hour * HOUR) for hour in range(min(hours), max(hours)) if hour not in hours]


def _level(level: Level) -> dict[str, Any]:
    seconds = {str(value): lasted for value, lasted in sorted(level.seconds.items())}
    return {"peak": level.peak, "at": _instant(level.at), "seconds": seconds}


def _distribution(counts: Mapping[int, int]) -> dict[str, Any]:
    """Return count, sum, extremes, nearest-rank percentiles and all values of a histogram."""
    some = {value: count for value, count in sorted(counts.items()) if count}
    total = sum(some.values())
    above = {value: count for value, count in some.items() if value > 0}
    return {
        "count": total,
        "sum": sum(value * count for value, count in some.items()),
        "min": min(some, default=None),
        "max": max(some, default=None),
        **_percentiles(above, total),
        "values": {str(value): count for value, count in some.items()},
    }


def _keys(workload: Workload, tally: Tally) -> dict[str, dict[str, dict[str, int]]]:
    texts = _key_texts(workload)
    return {
        KEY_NAMES[name]: {texts[name][code]: asdict(entry) for code, entry in sorted(entries.items())}
        for name, entries in tally.keys.items()
        if texts[name]
    }


def _key_texts(workload: Workload) -> dict[str, list[str]]:
    """Return what each key's codes stand for in the lines; codecs stand in no line and may be undeclared."""
    areas = dict.fromkeys(number[:4] for number in subscribers())
    return {
        "caller_gateway": gateway_ids("caller", workload.routing),
        "callee_gateway": gateway_ids("callee", workload.routing),
        "end_reason": codes("end_reasons"),
        "end_direction": codes("end_directions"),
        "billing_mode": codes("billing_modes"),
        "prefix": list(areas),
        "codec": [name for name, _ in workload.routing.codecs],
    }
