"""Everything that needs the timeline, from one pass over it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from planner.cdr.format import limit
from planner.cdr.profile.assumptions import Basics, measured_assumptions
from planner.cdr.profile.calls import describe, describe_calls, describe_retries
from planner.cdr.profile.concurrency import Concurrency
from planner.cdr.profile.rates import HOUR, Hours, by_unit, find_floods, find_gaps, measure_rates
from planner.cdr.profile.statistics import in_zone, written_range
from planner.cdr.profile.tables import describe_files, describe_lines, describe_suspicions, describe_table, total
from planner.cdr.summary.summary import ENDS, STARTS, TALKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.cdr.profile.rates import Rate
    from planner.cdr.summary.histogram import Piece
    from planner.cdr.summary.summary import Summary


_MINUTE = 60
_MINUTES_AN_HOUR = 60


class Times:
    """Rates, both concurrencies, and counts by clock minute and hour (from 0001-01-01).

    `present` are the hours in which any record starts or ends.
    """

    def __init__(self, summary: Summary) -> None:
        self.attempts, self.answered = Concurrency(), Concurrency()
        self.minutes: dict[int, int] = {}
        self.hours: dict[int, int] = {}
        self.present: set[int] = set()
        self.rates = measure_rates(self._walk(summary.seconds.pieces()), STARTS)
        self.answered_minutes = _count(summary.answered_minutes.pieces(), 1)
        answered_hours = _count(summary.answered_minutes.pieces(), _MINUTES_AN_HOUR)
        self.by_hour = Hours(self.hours, answered_hours, self.attempts.hourly, self.answered.hourly)

    def _walk(self, pieces: Iterable[Piece]) -> Iterable[Piece]:
        for piece in pieces:
            slots, counts = piece
            self.attempts.add(slots, counts[STARTS] - counts[ENDS])
            self.answered.add(slots, counts[TALKING])
            for width, into in ((_MINUTE, self.minutes), (HOUR, self.hours)):
                units, starts = by_unit(slots, counts[STARTS], width)
                into.update(zip(units.tolist(), starts.tolist(), strict=True))
            self.present.update((slots[(counts[STARTS] + counts[ENDS]) != 0] // HOUR).tolist())
            yield piece


def _count(pieces: Iterable[Piece], width: int) -> dict[int, int]:
    counted: dict[int, int] = {}
    for piece in pieces:
        units, counts = by_unit(piece.slots, piece.counts[0], width)
        counted.update(zip(units.tolist(), counts.tolist(), strict=True))
    return counted


# The profile document, `profile-v1`: one pure function of a summary. Equal sums give equal bytes.

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
