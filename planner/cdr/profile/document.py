"""The profile document, `profile-v1`: one pure function of a summary. Equal sums give equal bytes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from planner.cdr.profile.answers import describe_calls
from planner.cdr.profile.assumptions import Basics, measured_assumptions
from planner.cdr.profile.clock import in_zone, written_range
from planner.cdr.profile.distributions import describe
from planner.cdr.profile.floods import find_floods
from planner.cdr.profile.hours import find_gaps
from planner.cdr.profile.lines import describe_files, describe_lines, describe_suspicions, total
from planner.cdr.profile.retries import describe_retries
from planner.cdr.profile.tables import describe_table
from planner.cdr.profile.times import Times
from planner.cdr.settings import limit

if TYPE_CHECKING:
    from planner.cdr.profile.rates import Rate
    from planner.cdr.summary.summary import Summary

SCHEMA = "profile-v1"
_UNITS = {"setup_s": "s", "caller_pdd_ms": "ms", "callee_pdd_ms": "ms", "line_bytes": "B"}


def _span(second: Rate, timezone: str | None) -> dict[str, Any]:
    if second.first is None:
        return {"from": None, "until": None, "seconds": 0}
    local = written_range(second.first, second.last + 1)
    instants = {f"{name}_instant": in_zone(text, timezone) for name, text in local.items()} if timezone else {}
    return {**local, **instants, "seconds": second.span}


def _distributions(summary: Summary) -> dict[str, Any]:
    return {name: describe(summary.histograms[name], unit) for name, unit in _UNITS.items() if name != "hold_s"}


def _traffic(times: Times, timezone: str | None) -> dict[str, Any]:
    rates = times.rates
    second = rates["second"]
    attempts = sum(times.hours.values())
    mean = attempts / second.span if second.span else 0.0
    return {
        "span": _span(second, timezone),
        "cps": {"mean": mean, **({name: rate.document() for name, rate in rates.items()} if attempts else {})},
        "concurrency": {"attempts": times.attempts.document(), "answered": times.answered.document()},
        "busy_hour": times.by_hour.document(times.by_hour.busiest()) if attempts else None,
        "week": times.by_hour.week() if attempts else None,
        "hours": [times.by_hour.document(hour) for hour in sorted(times.hours)][: limit("hours_listed")],
        "floods": find_floods(times.minutes, times.answered_minutes),
    }


def build_profile(
    summary: Summary, *, timezone: str | None = None, partial: bool = False, top: int | None = None
) -> dict[str, Any]:
    """Return the `profile-v1` document of a summary.

    Times are local times of the server, as in the files; `timezone` says which zone that is, where it is
    known. `partial` marks a profile that was interrupted. `top` limits the rows of every table.
    """
    basics = Basics(total(summary, "records"), total(summary, "answered"))
    times = Times(summary)
    tables = {
        name: describe_table(name, table, basics.records, top or limit("top")) for name, table in summary.tables.items()
    }
    assumptions = list(measured_assumptions(summary, basics, times))
    return {
        "schema": SCHEMA,
        "partial": partial,
        "timezone": timezone,
        "lines": describe_lines(summary),
        "suspicious": describe_suspicions(summary),
        "calls": describe_calls(summary, basics),
        **_traffic(times, timezone),
        "distributions": _distributions(summary),
        "tables": tables,
        "retries": describe_retries(summary.sample),
        "gaps": find_gaps(times.present, summary.files),
        "assumptions": assumptions,
        "files": list(describe_files(summary)),
    }


def profile_json(profile: dict[str, Any]) -> str:
    """Return the document as text: the same document gives the same bytes."""
    return json.dumps(profile, indent=1, ensure_ascii=True, allow_nan=False) + "\n"
