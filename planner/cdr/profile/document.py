"""The profile document, `profile-v1`, of one archive or a fleet: one pure function. Equal sums give equal bytes."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import Any
from zoneinfo import ZoneInfo

from planner.cdr.format import limit
from planner.cdr.profile.assumptions import Basics, Part, measured_assumptions
from planner.cdr.profile.calls import (
    describe,
    describe_calls,
    describe_files,
    describe_lines,
    describe_retries,
    describe_suspicions,
    describe_table,
    total,
)
from planner.cdr.profile.peaks import in_whole_counts, measure_days
from planner.cdr.profile.rates import DAY_HOURS, HOUR, find_floods, find_gaps, in_zone, written
from planner.cdr.profile.times import Clock, Times
from planner.cdr.summary.summary import Summary
from planner.wording import listing, wording

SCHEMA = "profile-v1"
_UNITS = {"setup_s": "s", "caller_pdd_ms": "ms", "callee_pdd_ms": "ms", "line_bytes": "B"}


def _span(times: Times, timezone: str | None) -> dict[str, Any]:
    local = times.span()
    if not (timezone and local["from"]):
        return local
    return {**local, **{f"{end}_instant": in_zone(local[end], timezone) for end in ("from", "until")}}


def _distributions(summary: Summary) -> dict[str, Any]:
    longest = limit("implausible_setup")
    most = {"setup_s": longest, "caller_pdd_ms": longest * 1000, "callee_pdd_ms": longest * 1000}
    return {name: describe(summary.histograms[name], unit, most.get(name)) for name, unit in _UNITS.items()}


def _traffic(times: Times, timezone: str | None) -> dict[str, Any]:
    rates = times.rates
    second = rates["second"]
    attempts = sum(times.hours.values())
    counted = second.span - second.left_out
    mean = attempts / counted if counted > 0 else 0.0
    return {
        "span": _span(times, timezone),
        "clock": times.clock.document(times.every_hour),
        "cps": {"mean": mean, **({name: rate.document() for name, rate in rates.items()} if attempts else {})},
        "concurrency": {"attempts": times.attempts.document(), "answered": times.answered.document()},
        "busy_hour": times.by_hour.document(times.by_hour.busiest()) if attempts else None,
        "week": times.by_hour.week() if attempts else None,
        "hours": [times.by_hour.document(hour) for hour in sorted(times.hours)][: limit("hours_listed")],
        "floods": find_floods(times.minutes, times.answered_minutes),
    }


def _basics(summary: Summary, times: Times) -> Basics:
    return Basics(
        total(summary, "records"),
        total(summary, "answered"),
        tuple(_whole_hours(summary, times)),
        tuple(Part(server, server, *counts) for server, counts in sorted(_servers(summary).items())),
    )


_NAMED_BY_TIME = re.compile(r"\d{4}[-_]?\d{2}[-_]?\d{2}([-_T]?\d{2})*")


def _servers(summary: Summary) -> dict[str, tuple[int, int]]:
    """Return the records and the answered ones by the folder of their file, and what its name has before a time."""
    found: dict[str, tuple[int, int]] = {}
    for path, facts in summary.files.items():
        name, timed = _NAMED_BY_TIME.subn("*", PurePath(path).name, 1)
        server = str(PurePath(path).parent / name if timed and not name.startswith("*") else PurePath(path).parent)
        records, answered = found.get(server, (0, 0))
        found[server] = records + facts.records, answered + facts.answered
    return found


def _whole_hours(summary: Summary, times: Times) -> Iterator[Part]:
    """Yield the hours in which attempts that fail would have ended in the files."""
    first = min((facts.first_stop for facts in summary.files.values() if facts.first_stop is not None), default=0)
    for hour, attempts in sorted(times.hours.items()):
        if hour >= first // HOUR:
            yield Part(hour, "", attempts, times.by_hour.answered.get(hour, 0))


def build_profile(
    summary: Summary, *, timezone: str | None = None, partial: bool = False, top: int | None = None
) -> dict[str, Any]:
    """Return the `profile-v1` document of a summary.

    Times are local times of the server, as in the files; `timezone` says which zone that is, where it is
    known. `partial` marks a profile that was interrupted. `top` limits the rows of every table.
    """
    times = Times(summary, ZoneInfo(timezone) if timezone else None)
    basics = _basics(summary, times)
    days = measure_days(times)
    tables = {
        name: describe_table(name, table, basics.records, top or limit("top")) for name, table in summary.tables.items()
    }
    assumptions = list(measured_assumptions(summary, basics, times, days))
    return {
        "schema": SCHEMA,
        "partial": partial,
        "timezone": timezone,
        "lines": describe_lines(summary),
        "suspicious": describe_suspicions(summary),
        "calls": describe_calls(summary, basics),
        **_traffic(times, timezone),
        "peaks": days.peaks and in_whole_counts(days.peaks),
        "trend": days.trend,
        "distributions": _distributions(summary),
        "tables": tables,
        "retries": describe_retries(summary.sample),
        "gaps": find_gaps(times.present, summary.files, times.clock.skipped),
        "assumptions": assumptions,
        "files": list(describe_files(summary)),
    }


def profile_json(profile: dict[str, Any]) -> str:
    """Return the document as text: the same document gives the same bytes."""
    return json.dumps(profile, indent=1, ensure_ascii=True, allow_nan=False) + "\n"


# Several servers measured in one run: the peak of their sum beside the sum of their peaks.

KINDS = ("calls", "cps_minute")


def describe_fleet(
    servers: Mapping[str, Summary], every: Summary, zone: ZoneInfo | None
) -> tuple[dict[str, Any], str | None]:
    """Return each server's peaks, their sum, the peak of the sum, and what share one server for all would save.

    Servers are seldom busiest in the same second: what one machine for all must carry is less than what all must. Only
    the days count on which all were measured; where some are left out, that is said. Raises ValueError where none are.
    """
    clocks = [Times(summary, zone).clock for summary in servers.values()]
    days = {(clock.first // DAY_HOURS, clock.last // DAY_HOURS) for clock in clocks}
    first, last = max(begin for begin, _ in days), min(end for _, end in days)
    if first > last:
        raise ValueError(_spans(servers, clocks))
    common = first * DAY_HOURS, (last + 1) * DAY_HOURS - 1
    rows = [{"name": name, **_peaks(Times(summary, zone, common))} for name, summary in servers.items()]
    together = _peaks(Times(every, zone, common))
    summed = {kind: sum(row[kind] for row in rows) for kind in KINDS}
    saved = {kind: 1 - together[kind] / summed[kind] if summed[kind] else 0.0 for kind in KINDS}
    peaks = {"sum_of_peaks": summed, "peak_of_sum": {k: together[k] for k in KINDS}}
    days_alone = wording(
        "the servers' peaks are those of the days on which all were measured: {spans}", spans=_spans(servers, clocks)
    )
    return {"servers": rows, **peaks, "saved": saved}, days_alone if len(days) > 1 else None


def _spans(servers: Iterable[str], clocks: Iterable[Clock]) -> str:
    """Return when each server was measured, in words."""
    spans = (
        wording("{server}: {begin} to {end}", server=name, begin=written(clock.window[0]), end=written(clock.window[1]))
        for name, clock in zip(servers, clocks, strict=True)
    )
    return listing(spans)


def _peaks(times: Times) -> dict[str, Any]:
    attempts = times.attempts
    return {
        "attempts": sum(times.hours.values()),
        "calls": attempts.peak,
        "calls_at": written(attempts.peak_at) if attempts.peak else None,
        "cps_minute": max(times.minutes.values(), default=0) / 60,
    }
