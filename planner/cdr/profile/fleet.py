"""Several servers measured in one run: the peak of their sum beside the sum of their peaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.cdr.profile.statistics import written
from planner.cdr.profile.times import Times

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from planner.cdr.summary.summary import Summary

KINDS = ("calls", "cps_minute")


def describe_fleet(servers: Mapping[str, Summary], every: Summary, zone: ZoneInfo | None) -> dict[str, Any]:
    """Return each server's peaks, their sum, the peak of the sum, and what share one server for all would save.

    Servers are seldom busiest in the same second: what one machine for all must carry is less than what all must.
    """
    rows = [{"name": name, **_peaks(Times(summary, zone))} for name, summary in servers.items()]
    together = _peaks(Times(every, zone))
    summed = {kind: sum(row[kind] for row in rows) for kind in KINDS}
    saved = {kind: 1 - together[kind] / summed[kind] if summed[kind] else 0.0 for kind in KINDS}
    return {"servers": rows, "sum_of_peaks": summed, "peak_of_sum": {k: together[k] for k in KINDS}, "saved": saved}


def _peaks(times: Times) -> dict[str, Any]:
    attempts = times.attempts
    return {
        "attempts": sum(times.hours.values()),
        "calls": attempts.peak,
        "calls_at": written(attempts.peak_at) if attempts.peak else None,
        "cps_minute": max(times.minutes.values(), default=0) / 60,
    }
