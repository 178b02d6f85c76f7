"""Everything measured of a set of lines: a commutative, associative sum."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from planner.cdr.format import limit
from planner.cdr.summary.facts import Examples, FileFacts
from planner.cdr.summary.histogram import Histogram, Timeline
from planner.cdr.summary.sample import Sample
from planner.cdr.summary.table import Table

STARTS, ENDS, TALKING = range(3)
"""Rows of `seconds`: attempts that start, attempts that end, and the change in answered calls in progress."""

BACKWARDS = "backwards:"
"""Tallies of records that stop before they start, by the hour (from 0001-01-01) they start in."""

HISTOGRAMS = {
    "hold_s": 1 << 15,
    "setup_s": 1 << 12,
    "caller_pdd_ms": 1 << 17,
    "callee_pdd_ms": 1 << 17,
    "line_bytes": 1 << 12,
}
"""The distributions kept, each with the number of values that are stored densely."""

DIMENSIONS = ("callerGatewayId", "calleeGatewayId", "endReason", "endDirection", "billingMode", "prefix")


def _timeline() -> Timeline:
    return Timeline(3)


def _answered_minutes() -> Timeline:
    return Timeline(1, 1440)


def _histograms() -> dict[str, Histogram]:
    return {name: Histogram(dense) for name, dense in HISTOGRAMS.items()}


def _tables() -> dict[str, Table]:
    return {name: Table(limit("table_keys")) for name in DIMENSIONS}


@dataclass(slots=True)
class Summary:
    """The sum of what was measured.

    `tallies` counts lines by `reason:NAME`, records by `suspicious:NAME` and `fields:N`, and adds up
    `hold_ms`, `duration_s` and `size`. `seconds` counts by second (rows `STARTS`, `ENDS`, `TALKING`),
    `answered_minutes` answered calls by the minute they start in.
    """

    tallies: Counter[str] = field(default_factory=Counter)
    files: dict[str, FileFacts] = field(default_factory=dict)
    examples: Examples = field(default_factory=lambda: Examples(limit("examples")))
    seconds: Timeline = field(default_factory=_timeline)
    answered_minutes: Timeline = field(default_factory=_answered_minutes)
    histograms: dict[str, Histogram] = field(default_factory=_histograms)
    tables: dict[str, Table] = field(default_factory=_tables)
    sample: Sample = field(default_factory=Sample)

    def merge(self, other: Summary) -> None:
        """Add another summary; the result is the same in any order and any grouping."""
        self.tallies.update(other.tallies)
        for path, facts in other.files.items():
            self.files.setdefault(path, FileFacts()).merge(facts)
        self.examples.merge(other.examples)
        self.seconds.merge(other.seconds)
        self.answered_minutes.merge(other.answered_minutes)
        for name, histogram in self.histograms.items():
            histogram.merge(other.histograms[name])
        for name, table in self.tables.items():
            table.merge(other.tables[name])
        self.sample.merge(other.sample)
